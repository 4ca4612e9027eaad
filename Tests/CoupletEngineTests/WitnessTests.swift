import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Stores that were put back or copied")
struct WitnessTests {
    /// A witness whose file can be looked at, lost and moved.
    private final class Witness: StoreWitness {
        private let state = Mutex<(mark: WitnessMark?, place: String, isDamaged: Bool)>((nil, "here", false))
        private let isOver = Mutex(false)

        var place: String {
            get { state.withLock { $0.place } }
            set { state.withLock { $0.place = newValue } }
        }
        var obstacle: Message? { nil }
        var mark: WitnessMark? {
            get { state.withLock { $0.mark } }
            set { state.withLock { $0.mark = newValue } }
        }

        func damage() { state.withLock { $0.isDamaged = true } }

        func last() throws -> WitnessMark? {
            if state.withLock({ $0.isDamaged }) { throw CoupletError("witness.damaged", status: .wrongConfiguration) }
            return mark
        }

        /// Whether the process ends before anything is kept.
        func setOver(_ value: Bool) { isOver.withLock { $0 = value } }

        func keep(_ mark: WitnessMark) throws {
            if isOver.withLock(\.self) { throw CancellationError() }
            state.withLock { $0.mark = mark }
            state.withLock { $0.isDamaged = false }
        }
    }

    private static func world(_ witness: Witness) async throws -> World {
        var options = World.Options()
        options.parts.witness = witness
        let world = try await Small.coupled(options)
        try await world.synchronize()
        try await world.engine.compareWithWitness()
        return world
    }

    private static func restart(_ world: World) async throws { try await world.restart().compareWithWitness() }

    private static func reasons(_ world: World) async throws -> [WriteStop.Reason] {
        try await world.perform(ShowWriting()).stops.filter { $0.confirmedAt == nil }.map(\.reason)
    }

    @Test func `a store that nobody has touched goes on`() async throws {
        let witness = Witness()
        let world = try await Self.world(witness)
        try await Self.restart(world)
        try await Self.restart(world)
        #expect(try await Self.reasons(world).isEmpty)
        #expect(try await code { try await world.perform(ConfirmWriting()) } == "writing.notStopped")
        try world.editCustomer("C-001", "displayName", .string("Changed"))
        #expect(try await world.synchronize().status == .done)
    }

    @Test func `one whose first process was cut off before it kept anything goes on`() async throws {
        let witness = Witness()
        var options = World.Options()
        options.parts.witness = witness
        let world = try await World(seed: Small.seed(), options: options)
        witness.setOver(true)
        await #expect(throws: CancellationError.self) { try await world.engine.compareWithWitness() }
        #expect(witness.mark == nil)
        witness.setOver(false)
        try await Self.restart(world)
        #expect(try await Self.reasons(world).isEmpty)
        #expect(witness.mark != nil)
        witness.mark = nil
        try await Self.restart(world)
        #expect(try await Self.reasons(world) == [.lostWitness])
    }

    /// What writes to a system, each in a form that would write something.
    static let writing: [@Sendable (World) async throws -> Void] = [
        { try await $0.perform(Synchronize()) },
        { try await $0.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: .toIntegrationTable)) },
        { try await $0.perform(Synchronize(mapping: "CUSTOMER", isFull: true, creates: true)) },
        { try await $0.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)) },
        { try await $0.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-004", with: nil, choice: nil)) },
    ]

    @Test func `one that was put back writes nothing, whatever is asked, until somebody confirms`() async throws {
        let witness = Witness()
        let world = try await Self.world(witness)
        let copy = try world.store.copyInMemory()
        try world.editCustomer("C-001", "displayName", .string("Written before the store was put back"))
        #expect(try await world.synchronize().status == .done)
        try world.store.restore(from: copy)
        try await Self.restart(world)
        #expect(try await Self.reasons(world) == [.olderStore])
        #expect(world.edit(.erp, "customers", rows: [Self.newCustomer]).isEmpty)
        try world.editCustomer("C-002", "displayName", .string("Edited meanwhile"))
        let content = world.content
        for write in Self.writing {
            #expect(try await code { try await write(world) } == "writing.olderStore")
            #expect(world.content == content)
        }
        // Looking is allowed, and neither looking nor starting again makes Couplet forget.
        #expect(try await world.perform(Synchronize(isPreview: true)).plan != nil)
        for _ in 1...5 { _ = try await world.perform(Synchronize(isPreview: true)) }
        try await Self.restart(world)
        #expect(try await Self.reasons(world) == [.olderStore])
        #expect(try await code { try await Self.writing[0](world) } == "writing.olderStore")

        let confirmed = try await world.perform(ConfirmWriting())
        #expect(!confirmed.isStopped)
        #expect(confirmed.stops.last?.confirmedBy == "simulation")
        let accounts = world.rows(.crm, "accounts").count
        #expect(try await world.synchronize().status == .done)
        #expect(world.rows(.crm, "accounts").count == accounts)
        #expect(try world.account("C-001").text("name") == "Written before the store was put back")
        #expect(try world.account("C-002").text("name") == "Edited meanwhile")
        try await Self.restart(world)
        #expect(try await Self.reasons(world).isEmpty)
        let entries = try await world.perform(ListAudit(AuditSelection(event: "writing"))).entries
        #expect(entries.map(\.event) == [.writingConfirmed, .writingStopped])
    }

    @Test func `one that was put back from the midst of its last run is noticed too`() async throws {
        let witness = Witness()
        let world = try await Self.world(witness)
        try world.editCustomer("C-001", "displayName", .string("Sent"))
        let store = world.store
        let copies = Copies()
        world.onMoments { moment in
            // The last state in which nothing of the run is marked as sent.
            guard case .beforeRequest(_, let request) = moment else { return .none }
            if request.url.contains("$batch") { copies.end() }
            copies.take { try store.copyInMemory() }
            return .none
        }
        try await world.synchronize()
        world.onMoments(nil)
        let before = try #require(copies.last)
        try world.store.restore(from: before)
        try await Self.restart(world)
        #expect(try await Self.reasons(world) == [.olderStore])
    }

    @Test func `one that was copied, another one, and one that lost its witness write nothing`() async throws {
        let moved = Witness()
        let first = try await Self.world(moved)
        moved.place = "elsewhere"
        try await Self.restart(first)
        #expect(try await Self.reasons(first) == [.copiedStore])
        #expect(try await code { try await first.synchronize() } == "writing.copiedStore")
        try await first.perform(ConfirmWriting())
        try await Self.restart(first)
        #expect(try await Self.reasons(first).isEmpty)

        let lost = Witness()
        let second = try await Self.world(lost)
        lost.mark = nil
        try await Self.restart(second)
        #expect(try await Self.reasons(second) == [.lostWitness])

        let damaged = Witness()
        let third = try await Self.world(damaged)
        damaged.damage()
        try await Self.restart(third)
        #expect(try await Self.reasons(third) == [.lostWitness])

        let other = Witness()
        let fourth = try await Self.world(other)
        other.mark?.instance = RecordID(high: 1, low: 2)
        try await Self.restart(fourth)
        #expect(try await Self.reasons(fourth) == [.otherStore])
    }

    @Test func `a store that went another way since is another one`() async throws {
        let witness = Witness()
        let world = try await Self.world(witness)
        let copy = try world.store.copyInMemory()
        try await world.synchronize()
        let seen = try #require(witness.mark)
        try world.store.restore(from: copy)
        // What was done without the witness: the numbers have caught up, and the audit log tells.
        world.clock.advance(bySeconds: 60)
        for _ in 1...4 { _ = try await world.synchronize("CUSTOMER") }
        witness.mark = seen
        try await Self.restart(world)
        #expect(try await Self.reasons(world) == [.otherStore])
    }

    @Test func `a moved system is written to by nothing but an approved plan`() async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        #expect(world.edit(.erp, "customers", rows: [Self.newCustomer]).isEmpty)
        try world.editCustomer("C-002", "displayName", .string("Edited"))
        try await Self.move(world)
        let content = world.content
        let single = [Self.writing[1], Self.writing[3], Self.writing[4]]
        for write in single {
            #expect(try await code { try await write(world) } == "connection.moved")
            #expect(world.content == content)
        }
        let held = try await world.synchronize("CUSTOMER")
        #expect(held.plan?.holds.map(\.code) == ["limit.moved"])
        #expect(world.content == content)
    }

    @Test func `a system that moves before the first synchronization stops writing`() async throws {
        let world = try await Small.coupled()
        try await Self.move(world)
        #expect(try await Self.reasons(world) == [.otherSystem])
        #expect(try await code { try await world.synchronize() } == "writing.otherSystem")
        try await world.perform(ConfirmWriting())
        #expect(try await world.synchronize().status == .done)
    }

    private static func move(_ world: World) async throws {
        let connection = try #require(try await world.store.read { try $0.connections() }.first { $0.name == "crm" })
        try await world.perform(
            SetConnection(
                connection: connection.name,
                side: connection.side,
                kind: connection.kind,
                url: connection.url + "/",
                tokenURL: connection.tokenURL,
                clientID: connection.clientID,
                secret: nil,
                operationLimitSeconds: 2
            )
        )
        try await world.perform(EnableConnection(connection: "crm", isEnabled: true))
    }

    private static var newCustomer: SandboxJSON {
        .members([
            "id": .string("00000000-0000-4000-8000-00000000c004"), "number": .string("C-004"),
            "type": .string("Company"), "displayName": .string("Customer 4"), "city": .string("Lund"),
            "blocked": .string(" "),
        ])
    }

    /// Keeps the last of several copies.
    private final class Copies: Sendable {
        private let state = Mutex<(last: SQLiteStateStore?, isOver: Bool)>((nil, false))

        var last: SQLiteStateStore? { state.withLock { $0.last } }

        func end() { state.withLock { $0.isOver = true } }

        func take(_ copy: () throws -> SQLiteStateStore) {
            state.withLock { state in
                if !state.isOver { state.last = try? copy() }
            }
        }
    }
}
