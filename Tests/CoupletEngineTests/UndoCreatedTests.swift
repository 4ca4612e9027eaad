import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Deleting what a run created, as its undo")
struct UndoCreatedTests {
    /// A world whose run has created three accounts.
    private func created(_ options: World.Options = World.Options()) async throws -> (world: World, run: Int64) {
        let world = try await World(seed: Small.seed(), options: options)
        try await world.coupleSalespeople()
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let run = try #require(try await world.perform(match).run)
        #expect(world.rows(.crm, "accounts").count == 3)
        return (world, run)
    }

    @Test func `deletes it where it is as it was made, and no synchronization makes it again`() async throws {
        var options = World.Options()
        options.changes["CUSTOMER"] = { $0.onlyCoupled = false }
        let (world, run) = try await created(options)
        let customers = world.rows(.erp, "customers").count
        let undone = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(undone.status == .done)
        #expect(undone.counts.deleted == 3)
        #expect(world.rows(.crm, "accounts").isEmpty)
        #expect(world.rows(.erp, "customers").count == customers)
        for isFull in [false, true, false] {
            try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: isFull))
            #expect(world.rows(.crm, "accounts").isEmpty)
        }
        #expect(try await world.explain("C-001").reasons.contains { $0.code == "undo.notMadeAgain" })
        // A person's word, or a change of the source, makes it again.
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: nil, choice: nil))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try await world.synchronize("CUSTOMER")
        #expect(Set(world.rows(.crm, "accounts").map { $0.text("accountnumber") }) == ["C-001", "C-002"])
        #expect(try await code { try await world.perform(UndoRun(.run(run), deletesCreated: true)) } == "undo.done")
    }

    @Test func `leaves and lists what was edited since, by anybody and in any field`() async throws {
        let (world, run) = try await created()
        try world.editAccount("C-001", "description", .string("A note that no mapping knows"))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try await world.synchronize("CUSTOMER")
        let undone = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(undone.status == .doneWithOpenItems)
        #expect(undone.counts.deleted == 1)
        #expect(undone.leftOut?.compactMap(\.obstacle?.code) == ["undo.editedSince", "undo.editedSince"])
        #expect(Set(world.rows(.crm, "accounts").map { $0.text("accountnumber") }) == ["C-001", "C-002"])
        #expect(try await world.states().filter { $0.value == .inSync }.keys.sorted() == ["C-001", "C-002"])
    }

    @Test func `leaves what is edited between the plan and its approval`() async throws {
        let (world, run) = try await created()
        let preview = try await world.perform(UndoRun(.run(run), deletesCreated: true, isPreview: true))
        #expect(preview.plan?.steps.map(\.action) == [.delete, .delete, .delete])
        #expect(world.rows(.crm, "accounts").count == 3)
        try world.editAccount("C-003", "description", .string("A note"))
        let applied = try await world.perform(ApplyPlan(plan: try #require(preview.plan?.id)))
        #expect(applied.counts.deleted == 2)
        #expect(applied.leftOut?.count == 1)
        #expect(world.rows(.crm, "accounts").map { $0.text("accountnumber") } == ["C-003"])
    }

    @Test func `leaves what others refer to`() async throws {
        let whole = try await WholeWorld()
        let world = whole.world
        let contacts = try await world.perform(ListRecords(mapping: "CONTACT", side: .crm, isCoupled: true)).records
        #expect(!contacts.isEmpty)
        let parents = Set(
            world.rows(.crm, "contacts").map { $0.text("_parentcustomerid_value") }.filter { !$0.isEmpty }
        )
        let entries = try await world.store.read { transaction in
            var entries: [HistoryEntry] = []
            for account in parents.sorted() {
                guard let id = RecordID(account) else { continue }
                entries += try transaction.history(side: .crm, record: id, limit: 10).filter { $0.action == .create }
            }
            return entries
        }
        let entry = try #require(entries.first)
        let undone = try await world.perform(UndoRun(.entry(entry.id), deletesCreated: true))
        let codes = Set(undone.leftOut?.compactMap(\.obstacle?.code) ?? [])
        #expect(codes.isSubset(of: ["undo.referred", "undo.editedSince"]) && !codes.isEmpty)
        #expect(undone.counts.deleted == 0)
        #expect(world.rows(.crm, "accounts").contains { RecordID($0.text("accountid")) == entry.record })
    }

    @Test func `waits for approval when it would delete many`() async throws {
        let world = try await World(seed: GeneratedCompany(records: 40).seed)
        try await world.coupleSalespeople()
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let run = try #require(try await world.perform(match).run)
        let accounts = world.rows(.crm, "accounts").count
        let held = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(held.status == .waitsForApproval)
        #expect(held.plan?.holds.map(\.code) == ["limit.deleted"])
        #expect(world.rows(.crm, "accounts").count == accounts)
        try await world.perform(ApplyPlan(plan: try #require(held.plan?.id)))
        #expect(world.rows(.crm, "accounts").count < accounts)
    }

    @Test func `trying errors again can be previewed, and the preview be applied`() async throws {
        let world = try await Small.coupled()
        for number in ["C-001", "C-002"] {
            try world.editAccount(number, "name", .string(String(repeating: "x", count: 120)))
        }
        try await world.synchronize()
        for number in ["C-001", "C-002"] { try world.editAccount(number, "name", .string("Short \(number)")) }
        let content = world.content
        let preview = try await world.perform(RetryError(cause: nil, isPreview: true))
        #expect(world.content == content)
        #expect(preview.plan?.steps.map(\.key).sorted() == ["C-001", "C-002"])
        #expect(try await world.perform(ListErrors()).causes.count == 1)
        let applied = try await world.perform(ApplyPlan(plan: try #require(preview.plan?.id)))
        #expect(applied.counts.modified == 2)
        try await world.synchronize()
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test func `leaves what may have been edited before it was known to be created`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        var rule = FaultRule(.dropAfter)
        (rule.method, rule.pathContains) = ("POST", "$batch")
        world.addFault(rule, to: .crm)
        let (write, read) = (Once(), Once())
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment else { return .none }
            if request.method == "POST", request.url.hasSuffix("$batch"), write.isFirst() { return .none }
            if write.isUsed, read.isFirst() {
                #expect(throws: Never.self) {
                    try world.editAccount("C-001", "description", .string("A note that no mapping knows"))
                }
            }
            return .none
        }
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let run = try #require(try await world.perform(match).run)
        world.onMoments(nil)
        #expect(read.isUsed)
        let undone = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(undone.counts.deleted == 0)
        #expect(Set(undone.leftOut?.compactMap(\.obstacle?.code) ?? []) == ["undo.editedSince"])
        #expect(world.rows(.crm, "accounts").count == 3)
    }
}
