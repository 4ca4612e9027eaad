import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Safety limits")
struct SafetyLimitTests {
    /// A company whose customers are all coupled and equal, after its first synchronization.
    private func coupled(_ records: Int) async throws -> World {
        let world = try await World(seed: GeneratedCompany(records: records).seed)
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        #expect(try await world.synchronize().status == .done)
        return world
    }

    private func edit(_ world: World, _ count: Int) {
        let customers = world.rows(.erp, "customers").prefix(count)
        world.edit(
            .erp,
            "customers",
            rows: customers.map { .members(["id": .string($0.text("id")), "phoneNumber": .string("+46 7")]) }
        )
    }

    @Test func `a change of most records waits for approval, and is then done as shown`() async throws {
        let world = try await coupled(150)
        edit(world, 120)
        let content = world.content
        let held = try await world.synchronize("CUSTOMER")
        #expect(held.status == .waitsForApproval)
        #expect(held.plan?.holds.map(\.code) == ["limit.changed"])
        #expect((held.jobs ?? []).reduce(0) { $0 + $1.counts.held } == 120)
        #expect(world.content == content)
        // Another synchronization replaces the plan that waits, and changes nothing either.
        #expect(try await world.synchronize().status == .waitsForApproval)
        #expect(world.content == content)
        let again = try await world.synchronize("CUSTOMER")
        #expect(world.content == content)
        let plans = try await world.perform(ListPlans()).plans
        #expect(plans.map(\.id) == [again.plan?.id])
        #expect(plans.first?.counts.changed.crm == 120)
        let rejected = try await world.perform(ListAudit(AuditSelection(event: "plan.rejected"))).entries
        #expect(rejected.count == 2)
        #expect(rejected.allSatisfy { $0.who == Engine.itself && $0.run != nil })
        #expect(rejected.compactMap { $0.details["replacedBy"] }.contains { $0 == again.plan.map { String($0.id) } })
        let first = try #require(held.plan?.id)
        #expect(try await world.perform(ShowPlan(plan: first)).decidedBy == Engine.itself)
        let applied = try await world.perform(ApplyPlan(plan: try #require(again.plan?.id)))
        #expect(applied.status == .done)
        #expect(applied.counts.modified == 120)
        let done = world.content
        #expect(try await world.synchronize().status == .done)
        #expect(world.content == done)
    }

    @Test(
        "many deletions wait for approval before the mapping's rule settles them, few do not",
        arguments: [ConflictRules.Deletion.uncouple, .restore]
    )
    func deletionsByRule(_ rule: ConflictRules.Deletion) async throws {
        let world = try await coupled(60)
        var mapping = try #require(try await world.store.read { try $0.mappings() }.first { $0.name == "CUSTOMER" })
        mapping.conflictRules.deletion = rule
        try await world.store.write { [mapping] in try $0.save(mapping) }
        #expect(try await world.synchronize().status == .done)
        func delete(_ count: Int) {
            for account in world.rows(.crm, "accounts").prefix(count) {
                #expect(world.delete(.crm, "accounts", id: account.text("accountid")))
            }
        }
        delete(10)
        #expect(try await world.perform(Synchronize(isFull: true)).status == .done)
        let before = world.rows(.crm, "accounts").count
        delete(15)
        let content = world.content
        let held = try await world.perform(Synchronize(isFull: true))
        #expect(held.status == .waitsForApproval)
        #expect(held.plan?.holds.map(\.code) == ["limit.gone"])
        #expect(world.content == content)
        let coupled = { try await world.perform(ListRecords(mapping: "CUSTOMER", isCoupled: true)).records.count }
        let couplings = try await coupled()
        try await world.perform(ApplyPlan(plan: try #require(held.plan?.id)))
        switch rule {
        case .restore: #expect(world.rows(.crm, "accounts").count == before)
        default: #expect(try await coupled() < couplings)
        }
        #expect(try await world.perform(Synchronize(isFull: true)).status != .waitsForApproval)
    }

    @Test(
        "a table that is empty all at once waits for approval, and nothing counts as deleted",
        arguments: Side.allCases
    )
    func emptied(_ side: Side) async throws {
        let world = try await coupled(60)
        #expect(try await world.perform(Synchronize(isFull: true)).status == .done)
        let (table, id) = side == .erp ? ("customers", "id") : ("accounts", "accountid")
        for row in world.rows(side, table) { #expect(world.delete(side, table, id: row.text(id))) }
        let content = world.content
        let held = try await world.perform(Synchronize(isFull: true))
        #expect(held.status == .waitsForApproval)
        #expect(held.plan?.holds.map(\.code) == ["limit.shrunk"])
        #expect(world.content == content)
        #expect(try await world.perform(ListErrors()).causes.allSatisfy { !$0.isDeletion })
        // Approved, it is known that the table is empty, and said no more.
        try await world.perform(ApplyPlan(plan: try #require(held.plan?.id)))
        #expect(try await world.perform(Synchronize(isFull: true)).status == .done)
        #expect(world.content == content)
    }

    @Test func `a changed filter makes a smaller part wait, and approval settles it`() async throws {
        let world = try await coupled(300)
        var mapping = try #require(try await world.store.read { try $0.mappings() }.first { $0.name == "CUSTOMER" })
        mapping.crm.filter = .all([mapping.crm.filter, .compare(field: "statecode", .equal, .number("0"))])
        try await world.store.write { [mapping] in try $0.save(mapping) }
        edit(world, 110)
        let content = world.content
        let held = try await world.synchronize("CUSTOMER")
        #expect(held.plan?.holds.map(\.code) == ["limit.mappingChanged"])
        #expect(world.content == content)
        try await world.perform(ApplyPlan(plan: try #require(held.plan?.id)))
        edit(world, 0)
        #expect(try await world.synchronize("CUSTOMER").status == .done)
    }

    @Test func `a rejected plan is not carried out`() async throws {
        let world = try await coupled(150)
        edit(world, 120)
        let plan = try #require(try await world.synchronize("CUSTOMER").plan?.id)
        try await world.perform(RejectPlan(plan: plan))
        #expect(try await code { try await world.perform(ApplyPlan(plan: plan)) } == "plan.rejected")
    }

    private static func job(
        changed: Int = 0,
        created: Int = 0,
        isFirst: Bool = false,
        moved: [Side] = [],
        before: Int = 1000,
        now: Int = 1000,
        isMappingChanged: Bool = false
    ) -> SafetyLimits.Job {
        SafetyLimits.Job(
            mapping: "CUSTOMER",
            coupled: 1000,
            changed: BySide(erp: 0, crm: changed),
            created: BySide(erp: 0, crm: created),
            isFirst: isFirst,
            isMappingChanged: isMappingChanged,
            movedSides: moved,
            recordsBefore: BySide(erp: 1000, crm: before),
            recordsNow: BySide(erp: 1000, crm: now)
        )
    }

    static let jobs: [(SafetyLimits.Job, [String])] = [
        (job(changed: 500), []),
        (job(changed: 501), ["limit.changed"]),
        (job(changed: 501, isFirst: true), []),
        (job(created: 501), ["limit.created"]),
        (job(changed: 100_001, isFirst: true), ["limit.most"]),
        (job(changed: 101, isMappingChanged: true), ["limit.mappingChanged"]),
        (job(changed: 100, isMappingChanged: true), []),
        (job(changed: 1, moved: [.erp]), ["limit.moved"]),
        (job(moved: [.crm]), []),
        (job(now: 0), ["limit.shrunk"]),
        (job(now: 499), ["limit.shrunk"]),
        (job(now: 500), []),
        (job(before: 0, now: 0), []),
        (job(before: 3, now: 0), ["limit.shrunk"]),
    ]

    @Test(arguments: jobs)
    func `hold what is unusual and nothing else`(job: SafetyLimits.Job, holds: [String]) {
        #expect(SafetyLimits().holds(job).map(\.code) == holds)
    }
}
