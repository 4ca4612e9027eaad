import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Retention and erasure")
struct RetentionTests {
    private static let day = 86_400.0

    private func history(_ world: World, _ key: String) async throws -> [HistoryView.Entry] {
        try await world.perform(ShowHistory(mapping: "CUSTOMER", key: key)).entries
    }

    private func edited() async throws -> World {
        let world = try await Small.coupled()
        try await world.synchronize()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try await world.synchronize()
        return world
    }

    @Test func `what is older than the retention goes with a day's first run, and the audit log says so`() async throws
    {
        let world = try await edited()
        let before = try await history(world, "C-001").count
        #expect(before > 0)
        world.clock.advance(bySeconds: 179 * Self.day)
        try await world.synchronize()
        #expect(try await history(world, "C-001").count == before)
        world.clock.advance(bySeconds: 1.5 * Self.day)
        try await world.synchronize()
        #expect(try await history(world, "C-001").isEmpty)
        let entries = try await world.perform(ListAudit(AuditSelection(event: "history"))).entries
        #expect(entries.map(\.who) == [Engine.itself])
        #expect(entries.first?.details["history"].flatMap { Int($0) } ?? 0 >= before)
        try world.editCustomer("C-001", "city", .string("Lund"))
        #expect(try await world.synchronize().counts.modified == 1)
    }

    @Test func `the retention is set for the store, and forever removes nothing`() async throws {
        let world = try await edited()
        #expect(try await world.perform(ShowRetention()).period == .days(180))
        try await world.perform(SetRetention(.forever))
        world.clock.advance(bySeconds: 1000 * Self.day)
        try await world.synchronize()
        #expect(try await !history(world, "C-001").isEmpty)
        #expect(try await world.perform(ApplyRetention()).isEmpty)
        try await world.perform(SetRetention(.days(30)))
        world.clock.advance(bySeconds: 2 * Self.day)
        try await world.synchronize()
        #expect(try await history(world, "C-001").isEmpty)
        let changes = try await world.perform(ListAudit(AuditSelection(event: "setting"))).entries
        #expect(changes.map { $0.details["after"] } == ["30", "forever"])
        #expect(try await code { try await world.perform(SetRetention(.days(0))) } == "retention.badDays")
    }

    @Test func `retention is applied once a day and not with every run`() async throws {
        let world = try await edited()
        world.clock.advance(bySeconds: 100 * Self.day)
        try await world.synchronize()
        try await world.perform(SetRetention(.days(50)))
        try await world.synchronize()
        #expect(try await !history(world, "C-001").isEmpty)
        world.clock.advance(bySeconds: Self.day)
        try await world.synchronize()
        #expect(try await history(world, "C-001").isEmpty)
    }

    @Test func `an erased record leaves no trace of its values in the store`() async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        let marks = ["Planted Street 77", "Planted Name", "+46 99 123"]
        for (property, mark) in zip(["addressLine1", "displayName", "phoneNumber"], marks) {
            try world.editCustomer("C-001", property, .string(mark))
            try await world.synchronize()
        }
        try world.editCustomer("C-001", "displayName", .string("Planted Name of the ERP"))
        try world.editAccount("C-001", "name", .string("Planted Name of the CRM"))
        _ = try await world.perform(Synchronize(isPreview: true))
        try await world.synchronize()
        #expect(try await world.perform(ListConflicts()).conflicts.count == 1)
        let account = try world.account("C-001").text("accountid")
        let customer = try #require(try world.customer("C-001")["id"]?.string)
        #expect(Self.traces(["Planted", "+46 99 123", account], world) > 5)

        let other = try await history(world, "C-002")
        let counts = try await world.perform(EraseRecord(mapping: "CUSTOMER", key: "C-001"))
        #expect(counts.couplings == 1)
        #expect(counts.history > 3)
        #expect(counts.openItems == 1)
        #expect(counts.records == 2)
        #expect(Self.traces(["Planted", "+46 99 123"], world) == 0)
        #expect(Self.traces([account], world, except: "audit") == 0)
        #expect(Self.traces([customer], world, except: "audit") == 0)
        #expect(try await history(world, "C-002").map(\.id) == other.map(\.id))
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)

        let entry = try #require(try await world.perform(ListAudit(AuditSelection(event: "record"))).entries.first)
        #expect(entry.subject.name.contains(account))
        #expect(!"\(entry.details)".contains("Planted"))
        #expect(try await world.perform(VerifyAudit()).broken == nil)
    }

    @Test func `a record that both systems have deleted is erased by its id`() async throws {
        let world = try await edited()
        let id = try #require(try world.customer("C-001")["id"]?.string)
        let account = try world.account("C-001").text("accountid")
        #expect(world.delete(.erp, "customers", id: id))
        #expect(world.delete(.crm, "accounts", id: account))
        try await world.perform(Synchronize(isFull: true))
        try await world.perform(EraseRecord(mapping: "CUSTOMER", key: id))
        #expect(Self.traces(["Malmö"], world) == 0)
        try await world.perform(Synchronize(isFull: true))
        #expect(Self.traces(["Malmö"], world) == 0)
        #expect(
            try await code { try await world.perform(EraseRecord(mapping: "CUSTOMER", key: "C-999")) } == "key.unknown"
        )
    }

    /// A store whose file cannot be written over until it may.
    private final class Full: Sendable {
        private let state = Mutex((isFull: true, count: 0))

        /// How often the file was written over.
        var count: Int { state.withLock { $0.count } }

        func makeRoom() { state.withLock { $0.isFull = false } }

        func overwrite() throws {
            try state.withLock { state in
                if state.isFull { throw StoreError.diskFull }
                state.count += 1
            }
        }
    }

    /// What makes up for an erasure that could not be overwritten.
    static let later: [@Sendable (World) async throws -> Void] = [
        { try await $0.perform(ApplyRetention()) },
        { world in
            world.clock.advance(bySeconds: 1.5 * day)
            try await world.synchronize()
        },
        { world in
            let again = try await code { try await world.perform(EraseRecord(mapping: "CUSTOMER", key: "C-001")) }
            #expect(again == "key.unknown")
        },
    ]

    @Test(arguments: later.indices)
    func `what was erased and could not be overwritten is overwritten later, once`(index: Int) async throws {
        let disk = Full()
        var options = World.Options()
        options.parts.store = { WatchedStore(store: $0) { try disk.overwrite() } }
        let world = try await Small.coupled(options)
        try await world.synchronize()
        #expect(world.delete(.erp, "customers", id: try world.customer("C-001").text("id")))
        #expect(world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid")))
        let found = try await code { try await world.perform(EraseRecord(mapping: "CUSTOMER", key: "C-001")) }
        #expect(found == "erase.notOverwritten")
        #expect(try await world.perform(ListAudit(AuditSelection(event: "record.erased"))).entries.count == 1)
        try await world.synchronize()
        #expect(try await code { try await world.perform(ApplyRetention()) } == "erase.notOverwritten")
        disk.makeRoom()
        try await Self.later[index](world)
        #expect(disk.count == 1)
        try await world.perform(ApplyRetention())
        #expect(disk.count == 1)
    }

    @Test func `a waiting step of another record that names an erased one is left out, and the plan says so`()
        async throws
    {
        let world = try await Small.coupled()
        try await world.synchronize()
        let other = try #require(
            world.rows(.erp, "salespeoplePurchasers").map { $0.text("code") }.first { $0 != "SP-00007" }
        )
        try world.editCustomer("C-001", "salespersonCode", .string(other))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        let preview = try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true))
        let plan = try #require(preview.plan?.id)
        #expect(preview.plan?.steps.map(\.key).sorted() == ["C-001", "C-002"])
        let owner = try world.account("C-001").text("_ownerid_value")
        try await world.perform(EraseRecord(mapping: "SALESPEOPLE", key: other))
        let shown = try await world.perform(ShowPlan(plan: plan)).steps
        #expect(shown.map(\.key).sorted() == ["C-001", "C-002"])
        #expect(shown.compactMap(\.obstacle?.code) == ["plan.obstacle.erased"])
        let applied = try await world.perform(ApplyPlan(plan: plan))
        #expect(applied.counts.modified == 1)
        #expect(applied.leftOut?.map(\.key) == ["C-001"])
        #expect(try world.account("C-001").text("_ownerid_value") == owner)
    }

    @Test func `what a waiting undo would take back is kept`() async throws {
        let world = try await World(seed: GeneratedCompany(records: 40).seed)
        try await world.coupleSalespeople()
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let run = try #require(try await world.perform(match).run)
        let held = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(held.status == .waitsForApproval)
        let steps = try #require(held.plan).steps.filter { $0.obstacle == nil }.count
        world.clock.advance(bySeconds: 200 * Self.day)
        try await world.synchronize()
        let kept = try await world.store.read { try $0.history(run: run, job: nil, before: nil, limit: 1000) }
        #expect(kept.count == steps)
        #expect(kept.allSatisfy { $0.action == .create })
        let accounts = world.rows(.crm, "accounts").count
        let applied = try await world.perform(ApplyPlan(plan: try #require(held.plan?.id)))
        #expect(applied.counts.deleted == steps)
        #expect(world.rows(.crm, "accounts").count == accounts - steps)
        try await world.perform(ApplyRetention())
        #expect(try await world.store.read { try $0.history(run: run, job: nil, before: nil, limit: 1000) }.isEmpty)
    }

    @Test func `a shown undo whose history is gone by the time it is applied couples nothing without its base`()
        async throws
    {
        let world = try await edited()
        let run = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001"])).run
        let undo = UndoRun(.run(try #require(run)), isPreview: true)
        world.clock.advance(bySeconds: 170 * Self.day)
        try await world.synchronize()
        let plan = try #require(try await world.perform(undo).plan)
        #expect(plan.steps.map(\.action) == [.couple])
        world.clock.advance(bySeconds: 12 * Self.day)
        try await world.synchronize()
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.leftOut?.compactMap(\.obstacle?.code) == ["undo.forgotten"])
        #expect(try await world.states()["C-001"] == .uncoupled)
    }

    /// How many rows of the store contain one of some texts, outside of columns of bytes.
    private static func traces(_ texts: [String], _ world: World, except table: String? = nil) -> Int {
        let rows = (try? world.store.contents()) ?? []
        return rows.count { row in
            if row.table == table { return false }
            // Bytes that are no text have some below the blank among them.
            let columns = row.columns.map { $0.text.lowercased() }.filter { text in
                text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
            }
            return columns.contains { column in texts.contains { column.contains($0.lowercased()) } }
        }
    }
}
