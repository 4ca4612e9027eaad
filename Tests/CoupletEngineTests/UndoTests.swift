import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Undoing what was done")
struct UndoTests {
    /// A world in which a run has written to both sides.
    private func edited() async throws -> (world: World, run: Int64) {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        let run = try #require(try await world.synchronize().run)
        return (world, run)
    }

    @Test func `puts before-values back, and the next synchronization leaves them`() async throws {
        let (world, run) = try await edited()
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.status == .done)
        #expect(undone.counts.modified == 3)
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        #expect(try world.account("C-002").text("address1_city") == "Lund")
        // What people wrote stays as they wrote it.
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
        let content = world.content
        for isFull in [false, true] {
            try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: isFull))
            #expect(world.content == content)
        }
        #expect(try await code { try await world.perform(UndoRun(.run(run))) } == "undo.done")
    }

    @Test func `leaves values that differ, and explaining the record says so`() async throws {
        let (world, run) = try await edited()
        #expect(try await world.explain("C-002").reasons.map(\.code) == ["state.inSync"])
        try await world.perform(UndoRun(.run(run)))
        let explained = try await world.explain("C-002")
        #expect(explained.reasons.map(\.code) == ["explain.apart", "explain.settledApart"])
        let said = try #require(explained.reasons.last).arguments
        #expect(said["erp"] == "Malmö" && said["crm"] == "Lund")
        #expect(try await world.explain("C-003").reasons.map(\.code) == ["state.inSync"])
        try world.editCustomer("C-002", "city", .string("Ystad"))
        try await world.synchronize()
        #expect(try await world.explain("C-002").reasons.map(\.code) == ["state.inSync"])
    }

    @Test func `leaves and lists what changed since on either side`() async throws {
        let (world, run) = try await edited()
        try world.editAccount("C-001", "telephone1", .string("+46 99"))
        try world.editCustomer("C-002", "city", .string("Ystad"))
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.status == .doneWithOpenItems)
        #expect(undone.leftOut?.map(\.key).sorted() == ["C-001", "C-002"])
        #expect(undone.leftOut?.allSatisfy { $0.obstacle?.code == "undo.changedSince" } == true)
        #expect(try world.account("C-001").text("telephone1") == "+46 99")
        #expect(try world.account("C-002").text("address1_city") == "Malmö")
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 99")
        #expect(try world.account("C-002").text("address1_city") == "Ystad")
    }

    @Test func `uncouples what was created and coupled, and deletes nothing`() async throws {
        let known = Small.account(1, ["name": .string("CUSTOMER 1"), "address1_city": .string("LUND")])
        let world = try await World(seed: Small.seed(accounts: [known]))
        try await world.coupleSalespeople()
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let run = try #require(try await world.perform(match).run)
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.counts.uncoupled == 3)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.states().values.allSatisfy { $0 == .uncoupled })
        let account = try #require(world.row(.crm, "accounts", where: "name", is: "CUSTOMER 1"))
        #expect(account.text("address1_city") == "LUND")
        let content = world.content
        #expect(try await world.synchronize().status == .done)
        #expect(world.content == content)
    }

    @Test func `of an uncoupling couples again with the base that was there`() async throws {
        let world = try await Small.coupled()
        let run = try #require(try await world.perform(UncoupleRecords(mapping: "CUSTOMER", isAll: true)).run)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        #expect(try await world.perform(UndoRun(.run(run))).counts.coupled == 3)
        let merged = try await world.synchronize()
        #expect(merged.counts.modified == 2)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("displayName") == "Customer One")
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
    }

    @Test func `can be undone itself`() async throws {
        let (world, run) = try await edited()
        let undo = try #require(try await world.perform(UndoRun(.run(run))).run)
        #expect(try await world.perform(UndoRun(.run(undo))).status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("displayName") == "Customer One")
        let content = world.content
        try await world.synchronize()
        #expect(world.content == content)
    }

    @Test func `works for one job and for one step, and as a preview`() async throws {
        let (world, _) = try await edited()
        let job = try #require(
            try await world.perform(ListJobs()).jobs.first {
                $0.mapping == "CUSTOMER" && $0.direction == .fromIntegrationTable
            }
        )
        let content = world.content
        let preview = try await world.perform(UndoRun(.job(job.id), isPreview: true))
        #expect(preview.plan?.steps.map(\.side) == [.erp])
        #expect(world.content == content)
        let applied = try await world.perform(ApplyPlan(plan: try #require(preview.plan?.id)))
        #expect(applied.counts.modified == 1)
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        let history = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-002"))
        let entry = try #require(history.entries.first)
        #expect(entry.step == .update && entry.fields.map(\.after) == [.text("Malmö")])
        #expect(entry.startedBy == "simulation" && entry.action == "sync")
        try await world.perform(UndoRun(.entry(entry.id)))
        #expect(try world.account("C-002").text("address1_city") == "Lund")
        let after = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-002"))
        #expect(after.entries.first?.undoes == entry.id)
        #expect(after.entries.first { $0.id == entry.id }?.isUndone == true)
        #expect(after.entries.last?.step == .create)
    }
}

@Suite("The error list")
struct ErrorListTests {
    @Test func `groups records by cause, and tries them again`() async throws {
        let world = try await Small.coupled()
        let long = String(repeating: "x", count: 120)
        for number in ["C-001", "C-002"] { try world.editAccount(number, "name", .string(long)) }
        #expect(try await world.synchronize().counts.parked == 2)
        let list = try await world.perform(ListErrors())
        let cause = try #require(list.causes.first)
        #expect(list.causes.count == 1 && cause.count == 2)
        #expect(cause.message.code == "field.tooLong" && cause.mapping == "CUSTOMER")
        let shown = try await world.perform(ShowError(cause: cause.id))
        #expect(shown.records.count == 2)
        #expect(shown.records.allSatisfy { $0.ids.erp != nil && $0.ids.crm != nil })
        let failed = try await world.perform(RetryError(cause: cause.id))
        #expect(failed.counts.parked == 2)
        for number in ["C-001", "C-002"] { try world.editAccount(number, "name", .string("Short \(number)")) }
        let key = try #require(shown.records.first?.key)
        #expect(try await world.perform(RetryError(cause: cause.id, keys: [key])).counts.modified == 1)
        #expect(try await world.perform(RetryError(cause: nil)).counts.modified == 1)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        #expect(try await code { try await world.perform(ShowError(cause: "none")) } == "error.unknown")
    }
}
