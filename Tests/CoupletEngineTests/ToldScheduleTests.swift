import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import CoupletTestSupport
import Testing

@Suite("Synchronizing by itself, being told of changes")
struct ToldScheduleTests {
    /// A scheduler over a world whose customers are subscribed to, worked step by step on the world's clock.
    private struct Desk {
        let world: World
        let scheduler: Scheduler
        var day: ScheduledDay

        init(_ world: World) async throws {
            self.world = world
            let address = try #require(NotificationAddress("https://we.example"))
            let connection = try #require(try await world.perform(ListConnections()).connections.first?.connection)
            let subscription = StoredSubscription(
                connection: connection.name,
                table: "customers",
                place: "\(connection.url) \(connection.company ?? "")",
                address: address.address(of: connection),
                remoteID: "one",
                sealedState: [],
                expiresAt: world.clock.now.advanced(bySeconds: 3 * 86_400)
            )
            try await world.store.write { try $0.save(subscription) }
            scheduler = Scheduler(
                engine: try world.engine,
                sweeps: try Schedule(parsing: "every 30 d"),
                notifications: address
            )
            day = try await scheduler.begin()
        }

        mutating func work(seconds: Double) async throws {
            let (world, scheduler) = (world, scheduler)
            try await workThrough(
                seconds: seconds,
                now: { world.clock.now },
                advance: { world.clock.advance(bySeconds: $0) },
                step: { try await scheduler.step(&day) }
            )
        }

        func asked() -> Int { world.trace.count { $0.contains(" erp: GET ") && $0.contains("/customers?") } }

        func state() async throws -> StoredSubscription {
            try #require(try await world.store.read { try $0.subscriptions(connection: nil) }.first)
        }
    }

    @Test func `a table whose changes are told is looked at twice an hour, and at once when told`() async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 100)
        let before = desk.asked()
        try await desk.work(seconds: 4 * 3600)
        #expect((7...8).contains(desk.asked() - before), "\(desk.asked() - before)")
        #expect(try await desk.state().doubtedAt == nil)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try world.engine.wakeups.wake(.init(connection: "bc", table: "customers"))
        try await desk.work(seconds: 1)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
        #expect(try await desk.state().doubtedAt == nil)
    }

    @Test func `a change that nobody has told of is found within half an hour, and asked for as ever from then on`()
        async throws
    {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        try await desk.work(seconds: 100)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1 001"))
        try await desk.work(seconds: 900)
        #expect(try world.account("C-001").text("telephone1") != "+46 1 001")
        try await desk.work(seconds: 1000)
        #expect(try world.account("C-001").text("telephone1") == "+46 1 001")
        #expect(try await desk.state().doubtedAt != nil)
        try await desk.work(seconds: 400)
        let before = desk.asked()
        try await desk.work(seconds: 600)
        #expect((9...12).contains(desk.asked() - before), "\(desk.asked() - before)")
    }

    @Test(
        arguments: [
            { $0.expiresAt = Instant(milliseconds: 0) }, { $0.remoteID = nil }, { $0.place = "elsewhere" },
            { $0.address = "https://other.example" }, { $0.mustProve = true },
        ] as [@Sendable (inout StoredSubscription) -> Void]
    )
    func `a subscription that is not sure to tell is none`(
        change: @escaping @Sendable (inout StoredSubscription) -> Void
    ) async throws {
        let world = try await Small.coupled()
        var desk = try await Desk(world)
        var subscription = try await desk.state()
        change(&subscription)
        let changed = subscription
        try await world.store.write { try $0.save(changed) }
        try await desk.work(seconds: 400)
        let before = desk.asked()
        try await desk.work(seconds: 600)
        #expect((9...11).contains(desk.asked() - before), "\(desk.asked() - before)")
    }
}
