import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import CoupletTestSupport
import Synchronization
import Testing

@Suite("Synchronizing by itself")
struct SchedulerTests {
    /// A scheduler over a world, worked step by step on the world's clock.
    private struct Desk {
        let world: World
        let scheduler: Scheduler
        var day: ScheduledDay
        let events: Box

        final class Box: Sendable {
            let found = Mutex<[Scheduler.Event]>([])
        }

        init(_ world: World, sweeps: String = "cron 0 3 * * *") async throws {
            self.world = world
            let events = Box()
            self.events = events
            scheduler = Scheduler(engine: try world.engine, sweeps: try Schedule(parsing: sweeps)) { event in
                events.found.withLock { $0.append(event) }
            }
            day = try await scheduler.begin()
        }

        /// Steps for so many simulated seconds.
        mutating func work(seconds: Double) async throws {
            let (world, scheduler) = (world, scheduler)
            try await workThrough(
                seconds: seconds,
                now: { world.clock.now },
                advance: { world.clock.advance(bySeconds: $0) },
                step: { try await scheduler.step(&day) }
            )
        }
    }

    private static func runs(_ world: World) async throws -> Int {
        Set(try await world.store.read { try $0.jobs(run: nil, limit: 10_000) }.map(\.run)).count
    }

    private static func set(_ world: World, _ schedule: String) async throws {
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        mapping.schedule = try Schedule(parsing: schedule)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
    }

    @Test func `changes of both sides arrive within seconds, and looking leaves no run`() async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 120)
        let before = try await Self.runs(world)
        try await desk.work(seconds: 600)
        #expect(try await Self.runs(world) == before)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try world.editAccount("C-002", "telephone1", .string("+46 1 002"))
        try await desk.work(seconds: 75)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
        #expect(try world.customer("C-002").text("phoneNumber") == "+46 1 002")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 2 001"))
        while try world.account("C-001").text("telephone1") != "+46 2 001" { try await desk.work(seconds: 1) }
        try world.editCustomer("C-003", "phoneNumber", .string("+46 1 003"))
        try await desk.work(seconds: 4)
        #expect(try world.account("C-003").text("telephone1") == "+46 1 003")
        #expect(try await Self.runs(world) <= before + 4)
        let started = try await world.store.read { transaction in
            try transaction.jobs(run: nil, limit: 1).first.flatMap { try transaction.run($0.run) }?.startedBy
        }
        #expect(started == Scheduler.name)
    }

    @Test func `time without changes costs a request a minute for each table`() async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 400)
        let before = world.allRequests
        try await desk.work(seconds: 1200)
        let spent = world.allRequests - before
        // Four tables of two mappings.
        #expect((76...84).contains(spent), "\(spent)")
    }

    @Test func `word of a change is followed at once, and writes nothing by itself`() async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 400)
        let content = world.content
        #expect(try await world.perform(NoteChange(connection: "bc", table: "customers")).mappings == ["CUSTOMER"])
        try await desk.work(seconds: 1)
        #expect(world.content == content)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        #expect(try await world.perform(NoteChange(connection: "bc", table: "customers")).mappings == ["CUSTOMER"])
        try await desk.work(seconds: 1)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
    }

    @Test func `word of a table that no mapping uses is refused`() async throws {
        let world = try await Small.coupled()
        let found = try await code { try await world.perform(NoteChange(connection: "bc", table: "vendors")) }
        #expect(found == "connection.tableNotMapped")
    }

    @Test func `an interval and a pause are kept to`() async throws {
        let world = try await Small.coupled()
        try await Self.set(world, "every 30 min")
        var desk = try await Desk(world)
        try await desk.work(seconds: 10)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await desk.work(seconds: 1000)
        #expect(try world.account("C-001").text("telephone1") != "+46 1 001")
        try await desk.work(seconds: 900)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
        try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 009"))
        try await desk.work(seconds: 4000)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
    }

    @Test func `times are kept to, and one that was missed while nothing ran is made up for once`() async throws {
        let world = try await Small.coupled()
        try await Self.set(world, "cron 0 * * * *")
        var desk = try await Desk(world)
        try await desk.work(seconds: 3700)
        let first = try await Self.runs(world)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await desk.work(seconds: 3600)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
        #expect(try await Self.runs(world) > first)
        // Nobody was there for some hours.
        world.clock.advance(bySeconds: 10_000)
        try world.restart()
        try world.editCustomer("C-002", "phoneNumber", .string("+46 1 002"))
        var again = try await Desk(world)
        try await again.work(seconds: 10)
        #expect(try world.account("C-002").text("telephone1") == "+46 1 002")
    }

    @Test func `a new record is created although somebody else has read the table first`() async throws {
        let world = try await Small.coupled()
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        mapping.onlyCoupled = false
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        var desk = try await Desk(world)
        try await desk.work(seconds: 120)
        let accounts = world.rows(.crm, "accounts").count
        let problems = world.edit(
            .erp,
            "customers",
            [
                "id": .string("00000000-0000-4000-8000-00000000c0de"), "number": .string("C-900"),
                "displayName": .string("Newcomer"), "blocked": .string(" "),
            ]
        )
        #expect(problems.isEmpty)
        _ = try await world.explain("C-001")
        try await desk.work(seconds: 60)
        #expect(world.rows(.crm, "accounts").count == accounts + 1)
    }

    @Test func `word of a change is followed whatever the schedule, and while a system was not answering`() async throws
    {
        let world = try await Small.coupled()
        try await Self.set(world, "every 30 min rest 12 h")
        var desk = try await Desk(world)
        try await desk.work(seconds: 4000)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await world.perform(NoteChange(connection: "bc", table: "customers"))
        try await desk.work(seconds: 1900)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
    }

    @Test func `a mapping that is paused while others have their turn is left alone`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
        let turn = try await world.engine.synchronize(
            Synchronize(mapping: "CUSTOMER"),
            ActionContext(engine: try world.engine, startedBy: Scheduler.name),
            turn: ScheduledTurn(hasRead: false)
        )
        #expect(turn.counts.modified == 0)
        #expect(try world.account("C-001").text("telephone1") != "+46 1 001")
    }

    @Test func `disabled connections are left alone`() async throws {
        let world = try await Small.coupled()
        try await world.perform(EnableConnection(connection: "crm", isEnabled: false))
        var desk = try await Desk(world)
        let before = world.allRequests
        try await desk.work(seconds: 300)
        #expect(world.allRequests == before)
    }

    @Test func `a system that is down is asked less and less often, and what it missed arrives when it is back`()
        async throws
    {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 60)
        var rule = FaultRule(.status(503, retryAfter: nil))
        rule.times = 1_000_000
        world.addFault(rule, to: .crm)
        let before = world.allRequests
        try await desk.work(seconds: 900)
        let failures = desk.events.found.withLock { events in
            events.count { event in
                if case .unread = event { return true }
                return false
            }
        }
        #expect((8...24).contains(failures), "\(failures)")
        #expect(world.allRequests - before < 400)
        world.clearFaults(of: .crm)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await desk.work(seconds: 2000)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
    }

    @Test func `what waits for approval is not planned again every second`() async throws {
        let world = try await World(seed: GeneratedCompany(records: 150).seed)
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        #expect(try await world.synchronize().status == .done)
        var desk = try await Desk(world)
        try await desk.work(seconds: 30)
        let customers = world.rows(.erp, "customers").prefix(120)
        world.edit(
            .erp,
            "customers",
            rows: customers.map { .members(["id": .string($0.text("id")), "phoneNumber": .string("+46 7")]) }
        )
        let (content, before) = (world.content, try await Self.runs(world))
        try await desk.work(seconds: 900)
        #expect(world.content == content)
        #expect(try await Self.runs(world) - before < 8)
        let plans = try await world.perform(ListPlans()).plans
        #expect(plans.count == 1)
        for second in 1...20 {
            try world.editCustomer(customers[0].text("number"), "phoneNumber", .string("+46 8 \(second)"))
            try await desk.work(seconds: 2)
        }
        #expect(try await world.perform(ListPlans()).plans.map(\.id) == plans.map(\.id))
        try await world.perform(ApplyPlan(plan: try #require(plans.first?.id)))
        // The record that was changed since it was shown was left out, and is written by itself now.
        try await desk.work(seconds: 600)
        let numbers = Set(world.rows(.crm, "accounts").map { $0.text("telephone1") })
        #expect(numbers.isSuperset(of: ["+46 7", "+46 8 20"]))
        #expect(try await world.perform(ListPlans()).plans.isEmpty)
    }

    @Test func `a sweep finds what no list of changes tells`() async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world, sweeps: "every 1 h")
        try await desk.work(seconds: 60)
        let customer = try world.customer("C-001")
        #expect(world.delete(.erp, "customers", id: customer.text("id")))
        try await desk.work(seconds: 600)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        try await desk.work(seconds: 3700)
        #expect(try await world.perform(ListErrors()).causes.count { $0.isDeletion } == 1)
    }
}

extension World {
    /// The requests to both systems.
    fileprivate var allRequests: Int { countedRequests(.erp) + countedRequests(.crm) }
}
