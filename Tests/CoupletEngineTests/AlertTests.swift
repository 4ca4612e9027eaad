import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@testable import CoupletEngine

@Suite("Alerts")
struct AlertTests {
    /// Takes messages in the place of a network, or refuses them.
    private final class Courier: AlertCourier {
        let taken = Mutex<[(message: AlertMessage, address: AlertAddress)]>([])
        let refusal = Mutex<Message?>(nil)

        func obstacle(to way: AlertWay) -> Message? { nil }
        func objection(toSecret secret: String) -> Message? { secret.count < 8 ? Message("alert.weakSecret") : nil }

        func deliver(_ message: AlertMessage, to address: AlertAddress) async throws(AlertUndelivered) {
            taken.withLock { $0.append((message, address)) }
            if let refusal = refusal.withLock({ $0 }) { throw AlertUndelivered(refusal) }
        }

        /// What came since this was asked last: the events and alerts of each message.
        func take() -> [[String]] {
            taken.withLock { taken in
                defer { taken = [] }
                return taken.map { $0.message.items.map { "\($0.event.rawValue) \($0.alert.id)" } }
            }
        }
    }

    /// A store whose disk is full when it is told so.
    private final class FullStore: StateStore {
        let store: any StateStore
        let isFull: Flag

        final class Flag: Sendable {
            let value = Mutex(false)
        }

        init(_ store: any StateStore, _ isFull: Flag) { (self.store, self.isFull) = (store, isFull) }

        func read<Result: Sendable>(
            _ body: @escaping @Sendable (any StoreReading) throws -> Result
        ) async throws -> Result { try await store.read(body) }

        func write<Result: Sendable>(
            _ body: @escaping @Sendable (any StoreWriting) throws -> Result
        ) async throws -> Result {
            if isFull.value.withLock({ $0 }) { throw StoreError.diskFull }
            return try await store.write(body)
        }

        func overwriteRemoved() async throws { try await store.overwriteRemoved() }

        func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
            try await store.backUp(to: path, replacing: replaces)
        }
    }

    /// A world with a recipient and a keeper that is worked step by step on the world's clock.
    private struct Desk {
        let world: World
        let courier: Courier
        let isFull: FullStore.Flag
        var keeper: AlertKeeper
        var memory = AlertKeeper.Memory()

        init(_ set: SetAlertRecipient? = nil) async throws {
            let (courier, isFull) = (Courier(), FullStore.Flag())
            var options = World.Options()
            options.parts.courier = courier
            options.parts.store = { FullStore($0, isFull) }
            world = try await Small.coupled(options)
            (self.courier, self.isFull) = (courier, isFull)
            keeper = AlertKeeper(engine: try world.engine)
            try await world.perform(
                set
                    ?? SetAlertRecipient(
                        recipient: "office",
                        way: .webhook,
                        address: "https://hooks.example.com/T0/secret-part",
                        secret: "signing secret"
                    )
            )
        }

        /// Looks for so many simulated seconds, every half minute.
        mutating func work(seconds: Double) async throws {
            for _ in 0..<Int(seconds / AlertKeeper.pause) {
                _ = try await keeper.step(&memory)
                world.clock.advance(bySeconds: AlertKeeper.pause)
            }
        }

        /// Another process in the place of this one.
        mutating func restart() throws {
            keeper = AlertKeeper(engine: try world.restart())
            memory = AlertKeeper.Memory()
        }

        func stopWriting() async throws {
            let now = world.clock.now
            _ = try await world.store.write { try $0.save(WriteStop(reason: .olderStore, foundAt: now)) }
        }
    }

    private static func kinds(_ world: World) async throws -> [AlertKind] {
        try await world.perform(ListAlerts()).alerts.map(\.kind)
    }

    @Test func `what needs a person is told once, also over a restart, and again when it is over`() async throws {
        var desk = try await Desk()
        try await desk.work(seconds: 600)
        #expect(desk.courier.take() == [], "nothing needs anybody")
        try await desk.stopWriting()
        try await desk.work(seconds: 120)
        #expect(desk.courier.take() == [["begun writingStopped"]])
        try desk.restart()
        try await desk.work(seconds: 3600)
        #expect(desk.courier.take() == [])
        _ = try await desk.world.perform(ConfirmWriting())
        try await desk.work(seconds: 600)
        #expect(desk.courier.take() == [["ended writingStopped"]])
    }

    @Test func `conflicts, questions, plans that wait and connections that are closed are found`() async throws {
        let desk = try await Desk()
        let world = desk.world
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        try await world.synchronize()
        #expect(try await Self.kinds(world) == [.conflictsOpen])
        let conflict = try #require(try await world.perform(ListAlerts()).alerts.first)
        #expect(conflict.subject == "CUSTOMER" && conflict.count == 1 && !conflict.isUrgent)
        #expect(
            conflict.message
                == Message("alert.kind.conflictsOpen", ["mapping": "CUSTOMER", "count": "1", "mappings": "CUSTOMER"])
        )
        _ = try await world.perform(EnableConnection(connection: "crm", isEnabled: false))
        #expect(
            try await Self.kinds(world) == [.conflictsOpen, .connectionDisabled]
        )
        try await desk.stopWriting()
        #expect(try await Self.kinds(world).first == .writingStopped, "what is urgent first")
    }

    @Test func `a system that refuses is one alert for all its tables, and one that does not answer another`()
        async throws
    {
        let desk = try await Desk()
        let (world, engine) = (desk.world, try desk.world.engine)
        let now = world.clock.now
        func note(_ connection: String, _ table: String, _ code: String?) {
            let cause = code.map { Message($0, ["connection": connection, "detail": "said"]) }
            engine.meter.note(Wakeups.Table(connection: connection, table: table), cause, at: now)
        }
        note("bc", "customers", "remote.unauthorized")
        note("bc", "salespeoplePurchasers", "remote.unauthorized")
        note("crm", "accounts", "remote.unreachable")
        note("crm", "systemusers", "remote.protocolViolation")
        engine.meter.note(mapping: "CUSTOMER", Message("remote.unreachable", ["connection": "crm"]), at: now)
        engine.meter.note(mapping: "SALESPEOPLE", Message("mapping.unknownField"), at: now)
        let found = try await world.perform(ListAlerts()).alerts
        #expect(
            found.map { "\($0.kind) \($0.subject)" } == [
                "connectionRefused bc", "connectionUnreachable crm", "mappingFails SALESPEOPLE",
                "tableUnread crm systemusers",
            ]
        )
        #expect(found[0].mappings == ["CUSTOMER", "SALESPEOPLE"])
        #expect(found[0].cause?.code == "remote.unauthorized")
        note("bc", "customers", nil)
        note("bc", "salespeoplePurchasers", nil)
        _ = try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
        #expect(
            try await Self.kinds(world) == [.mappingFails, .tableUnread],
            "nobody minds what nothing is read for"
        )
    }

    @Test func `a mapping that misses its time is told, and one that does not keep up`() async throws {
        let desk = try await Desk()
        let (world, engine) = (desk.world, try desk.world.engine)
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "SALESPEOPLE")).mappings.first?.mapping)
        mapping.schedule = try Schedule(parsing: "every 2 h")
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        try await world.synchronize()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        _ = try await world.perform(ListRecords(mapping: "CUSTOMER"))
        world.clock.advance(bySeconds: 3700)
        #expect(try await Self.kinds(world) == [], "nothing is done by itself here")
        engine.pulse.expect(at: world.clock.now)
        #expect(try await Self.kinds(world) == [.mappingBehind])
        _ = try await world.perform(SetAlertLag(seconds: 7200))
        #expect(try await Self.kinds(world) == [])
        world.clock.advance(bySeconds: 5400)
        engine.pulse.expect(at: world.clock.now)
        #expect(try await Self.kinds(world) == [.mappingBehind, .scheduleMissed])
        try await world.synchronize()
        #expect(try await Self.kinds(world) == [])
    }

    @Test func `what does not arrive is told by the doctor, tried again after a restart, and arrives once`()
        async throws
    {
        var desk = try await Desk()
        desk.courier.refusal.withLock { $0 = Message("alert.refused", ["status": "500"]) }
        try await desk.stopWriting()
        try await desk.work(seconds: 300)
        let tried = desk.courier.taken.withLock { $0.map(\.message.id) }
        #expect(tried.count > 2 && Set(tried).count == 1, "\(tried)")
        let recipient = try #require(try await desk.world.perform(ListAlerts()).recipients.first)
        #expect(recipient.problem?.code == "alert.refused" && recipient.attempts == tried.count)
        let findings = try await desk.world.perform(ExamineSetup()).findings.filter { $0.topic == .alert }
        #expect(findings.map(\.level) == [.bad])
        let numbers = try await desk.world.engine.metrics()
        #expect(numbers.recipients.map(\.isFailing) == [true] && numbers.alerts == [.writingStopped: 1])

        _ = desk.courier.take()
        try desk.restart()
        desk.courier.refusal.withLock { $0 = nil }
        try await desk.work(seconds: 3600)
        #expect(desk.courier.taken.withLock { $0.map(\.message.id) } == [tried[0]])
        #expect(try await desk.world.perform(ListAlerts()).recipients.first?.problem == nil)
    }

    @Test func `a full disk is told, and nothing twice, although nothing can be stored`() async throws {
        var desk = try await Desk()
        try await desk.work(seconds: 60)
        desk.isFull.value.withLock { $0 = true }
        try await desk.work(seconds: 3600)
        #expect(desk.courier.take() == [["begun storeUnusable"]])
        desk.isFull.value.withLock { $0 = false }
        try await desk.work(seconds: 900)
        #expect(desk.courier.take() == [["ended storeUnusable"]])
        try desk.restart()
        try await desk.work(seconds: 900)
        #expect(desk.courier.take() == [])
    }

    @Test func `quiet hours put off what can wait`() async throws {
        let start = SimulatedClock().now
        let hour = Int(start.milliseconds / 3_600_000) % 24
        let (opens, closes) = ("\(hour)", "\((hour + 3) % 24)")
        func time(_ hour: String) -> String { (hour.count == 1 ? "0" + hour : hour) + ":00" }
        var desk = try await Desk(
            SetAlertRecipient(
                recipient: "night",
                way: .mail,
                address: "it@example.com",
                quiet: "between \(time(opens)) and \(time(closes))"
            )
        )
        try desk.world.editCustomer("C-001", "city", .string("Malmö"))
        try desk.world.editAccount("C-001", "address1_city", .string("Ystad"))
        try await desk.world.synchronize()
        try await desk.work(seconds: 3600)
        #expect(desk.courier.take() == [])
        try await desk.stopWriting()
        try await desk.work(seconds: 600)
        #expect(desk.courier.take() == [["begun writingStopped"]])
        try await desk.work(seconds: 7200)
        #expect(desk.courier.take() == [["begun conflictsOpen CUSTOMER"]])
    }

    @Test func `a recipient is tried, changed without losing address and secret, and removed with all that is kept`()
        async throws
    {
        var desk = try await Desk()
        try await desk.world.perform(TestAlertRecipient(recipient: "office"))
        let test = try #require(desk.courier.taken.withLock { $0.first })
        #expect(test.message.isTest && test.message.items.isEmpty)
        try await desk.world.perform(
            SetAlertRecipient(recipient: "office", way: .webhook, quiet: "on sat,sun", urgentOnly: true)
        )
        try await desk.world.perform(TestAlertRecipient(recipient: "office"))
        let again = try #require(desk.courier.taken.withLock { $0.last })
        #expect(again.address == test.address)
        let view = try await desk.world.perform(ListAlerts())
        #expect(view.recipients.map(\.address) == ["https://hooks.example.com/…"], "the path may be a secret")
        #expect(view.recipients.first?.quiet == "on sun,sat")
        desk.courier.refusal.withLock { $0 = Message("alert.refused", ["status": "404"]) }
        #expect(
            try await code { try await desk.world.perform(TestAlertRecipient(recipient: "office")) } == "alert.refused"
        )
        try await desk.stopWriting()
        try await desk.work(seconds: 120)
        try await desk.world.perform(RemoveAlertRecipient(recipient: "office"))
        _ = desk.courier.take()
        try await desk.work(seconds: 7200)
        #expect(desk.courier.take() == [])
        let kept = try await desk.world.store.read { try $0.documents(kind: "alertLedger").map(\.key) }
        #expect(kept == [])
        let events = try await desk.world.perform(ListAudit(AuditSelection(event: "alert"), limit: 10)).entries
        #expect(events.map(\.event) == [.alertRemoved, .alertSet, .alertSet])
        #expect(!events.contains { $0.details.values.contains { $0.contains("secret-part") } })
    }

    @Test(
        arguments: [
            (SetAlertRecipient(recipient: "a b", way: .mail, address: "a@b.se"), "alert.badName"),
            (SetAlertRecipient(recipient: "a", way: .mail), "alert.noAddress"),
            (SetAlertRecipient(recipient: "a", way: .mail, address: "-oQ/tmp@b.se"), "alert.badMail"),
            (SetAlertRecipient(recipient: "a", way: .mail, address: "a@b.se\nBcc: c@d.se"), "alert.badMail"),
            (SetAlertRecipient(recipient: "a", way: .mail, address: "a@b.se", sender: "x y@b.se"), "alert.badMail"),
            (SetAlertRecipient(recipient: "a", way: .webhook, address: "https://e.se/"), "alert.noSecret"),
            (
                SetAlertRecipient(recipient: "a", way: .webhook, address: "https://e.se", secret: "short"),
                "alert.weakSecret"
            ),
            (
                SetAlertRecipient(recipient: "a", way: .webhook, address: "https://u:p@e.se/", secret: "long enough"),
                "alert.badURL"
            ),
            (
                SetAlertRecipient(recipient: "a", way: .webhook, address: "ftp://e.se", secret: "long enough"),
                "alert.badURL"
            ),
            (SetAlertRecipient(recipient: "a", way: .mail, address: "a@b.se", quiet: "never"), "schedule.wrongText"),
            (
                SetAlertRecipient(recipient: "a", way: .mail, address: "a@b.se", groupingSeconds: -1),
                "alert.badGrouping"
            ),
        ]
    )
    func `what cannot be told anything is refused`(_ action: SetAlertRecipient, _ expected: String) async throws {
        let desk = try await Desk()
        #expect(try await code { try await desk.world.perform(action) } == expected)
        #expect(try await desk.world.perform(ListAlerts()).recipients.map(\.name) == ["office"])
    }
}
