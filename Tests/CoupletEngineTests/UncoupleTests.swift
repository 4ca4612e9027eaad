import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Uncoupling records")
struct UncoupleTests {
    @Test func `writes to neither system, and both records can be coupled again`() async throws {
        let world = try await Small.coupled()
        let content = world.content
        let run = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-002"]))
        #expect(run.counts.uncoupled == 1)
        #expect(run.status == .done)
        #expect(world.content == content)
        #expect(try await world.states()["C-002"] == .uncoupled)
        #expect(try await world.states("CUSTOMER", .crm)["C-002"] == .uncoupled)
        #expect(try await world.synchronize().counts.inserted == 0)
        #expect(world.content == content)
        let match = try await world.perform(MatchRecords(mapping: "CUSTOMER", synchronization: .both))
        #expect(match.counts.coupled == 1)
        #expect(try await world.states()["C-002"] == .inSync)
        #expect(world.content == content)
    }

    @Test(arguments: [true, false])
    func `records that could not be read by then can be coupled again all the same`(isByFile: Bool) async throws {
        let world = try await Small.coupled()
        var rule = FaultRule(.status(503, retryAfter: nil))
        rule.part = 0
        for side in Side.allCases { world.addFault(rule, to: side) }
        let run = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(run.counts.uncoupled == 1)
        let account = try world.account("C-001").text("accountid")
        if isByFile {
            let row = CouplingRow(mapping: "CUSTOMER", erp: "C-001", crm: account, line: 1)
            #expect(try await world.perform(ImportCouplings(rows: [row])).problems.isEmpty)
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"]))
        } else {
            try await world.perform(
                CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: account, choice: .erp)
            )
        }
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test func `keeps the base that the coupling had in the history of both records`() async throws {
        let world = try await Small.coupled()
        let before = try #require(try await state(world, "C-001"))
        try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001"]))
        for side in Side.allCases {
            let id = before.coupling.ids[side]
            let entry = try #require(
                try await world.store.read { try $0.history(side: side, record: id, limit: 1) }.first
            )
            #expect(entry.action == .uncouple)
            #expect(entry.base == before.base?.blob)
            #expect(entry.counterpart == before.coupling.ids[side.other])
        }
    }

    @Test func `of a whole mapping leaves the records of others coupled`() async throws {
        let world = try await Small.coupled()
        let run = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", isAll: true))
        #expect(run.counts.uncoupled == 3)
        #expect(try await world.states().values.allSatisfy { $0 == .uncoupled })
        #expect(try await world.states("SALESPEOPLE").values.allSatisfy { $0 == .inSync })
    }

    @Test func `settles what was open about them`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        try world.editAccount("C-002", "name", .string(String(repeating: "x", count: 120)))
        #expect(try await world.synchronize().counts.conflicts == 1)
        try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001", "C-002"]))
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        #expect(try await world.store.read { try $0.failures(mapping: nil) }.isEmpty)
        #expect(try await world.synchronize().status == .done)
    }

    @Test func `is refused for records that are not coupled, and without saying which`() async throws {
        let world = try await Small.coupled()
        try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001"]))
        let wrong: [(UncoupleRecords, String)] = [
            (UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001"]), "sync.notCoupled"),
            (UncoupleRecords(mapping: "CUSTOMER", keys: ["C-009"]), "key.unknown"),
            (UncoupleRecords(mapping: "CUSTOMER"), "uncouple.keysOrAll"),
            (UncoupleRecords(mapping: "CUSTOMER", keys: ["C-002"], isAll: true), "uncouple.keysOrAll"),
        ]
        for (action, expected) in wrong {
            #expect(try await code { try await world.perform(action) } == expected)
        }
    }

    @Test func `can be previewed, and the plan applied`() async throws {
        let world = try await Small.coupled()
        let preview = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", isAll: true, isPreview: true))
        let plan = try #require(preview.plan)
        #expect(plan.steps.map(\.action) == [.uncouple, .uncouple, .uncouple])
        #expect(plan.steps.map(\.key) == Small.numbers)
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
        try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: ["C-003"]))
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.counts.uncoupled == 2)
        #expect(applied.leftOut?.map(\.key) == ["C-003"])
        #expect(applied.leftOut?.first?.obstacle?.code == "plan.obstacle.uncoupled")
        #expect(try await world.states().values.allSatisfy { $0 == .uncoupled })
    }

    private func state(_ world: World, _ number: String) async throws -> CouplingState? {
        let id = try #require(RecordID(try world.customer(number).text("id")))
        return try await world.store.read { transaction in
            guard let coupling = try transaction.coupling(mapping: "CUSTOMER", side: .erp, record: id) else {
                return nil
            }
            return try transaction.couplingStates(
                mapping: "CUSTOMER",
                feeds: BySide(erp: 1, crm: 2),
                scope: .couplings([coupling.id]),
                now: Instant(milliseconds: 0),
                after: 0,
                limit: 1
            ).first
        }
    }
}
