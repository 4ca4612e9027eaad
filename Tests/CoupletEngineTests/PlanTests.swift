import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Plans that are applied later")
struct PlanTests {
    /// Edits that merge in both directions, a conflict, and a value that does not fit.
    private func edited() async throws -> World {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try world.editAccount("C-003", "name", .string("Customer Three"))
        return world
    }

    /// A plan's changes: side, record, field and value.
    private func changes(_ plan: PlanView) -> [String] {
        plan.steps.flatMap { step in step.changes.map { "\(step.side) \($0.field) \($0.after.text)" } }.sorted()
    }

    /// What a run did, from its history.
    private func done(_ world: World, _ run: Int64?) async throws -> [String] {
        let number = try #require(run)
        return try await world.store.read { transaction in
            let mapping = try transaction.mappings().first { $0.name == "CUSTOMER" }
            return try transaction.history(run: number, job: nil, before: nil, limit: 1000).flatMap { entry in
                entry.fields.map { write in
                    let field = mapping?.fields.first { $0.id == write.field }?.field(entry.side).name
                    return "\(entry.side) \(field ?? "customertypecode") \(write.value.text)"
                }
            }.sorted()
        }
    }

    @Test func `do exactly what the preview of a synchronization has shown, at its cost`() async throws {
        let world = try await edited()
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        #expect(plan.counts.steps == 4)
        let before = world.traffic.writes
        let run = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(run.status == .done)
        #expect(run.leftOut?.isEmpty == true)
        #expect(try await done(world, run.run) == changes(plan))
        #expect(world.traffic.writes - before == plan.requests.erp + plan.requests.crm)
        let content = world.content
        #expect(try await world.synchronize().status == .done)
        #expect(world.content == content)
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
        let shown = try await world.perform(ShowPlan(plan: plan.id))
        #expect(shown.state == .applied)
        #expect(shown.steps.allSatisfy { $0.state == .applied })
    }

    @Test(arguments: [MatchSynchronization.none, .to, .from])
    func `do exactly what the preview of matching has shown`(synchronization: MatchSynchronization) async throws {
        let seed = Small.seed(accounts: [
            Small.account(
                1,
                [
                    "name": .string("First"), "accountnumber": .string("c-001"),
                    "address1_line1": .string("Street 1"), "emailaddress1": .string("crm@small.example"),
                ]
            ),
            Small.account(2, ["name": .string(" CUSTOMER 2"), "address1_city": .string("LUND")]),
        ])
        let (world, other) = (try await World(seed: seed), try await World(seed: seed))
        for world in [world, other] { try await world.coupleSalespeople() }
        var match = MatchRecords(
            mapping: "CUSTOMER",
            createUnmatched: synchronization == .to,
            synchronization: synchronization,
            isPreview: true
        )
        let plan = try #require(try await world.perform(match).plan)
        let before = world.traffic.writes
        let run = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(run.counts.coupled == 2)
        #expect(try await done(world, run.run) == changes(plan))
        #expect(world.traffic.writes - before == plan.requests.erp + plan.requests.crm)
        match.isPreview = false
        let atOnce = try await other.perform(match)
        #expect(try await done(world, run.run) == done(other, atOnce.run))
        for world in [world, other] { try await world.synchronize() }
        #expect(try await world.states() == other.states())
        #expect(run.counts.inserted == (synchronization == .to ? 1 : 0))
    }

    @Test func `leave out what has moved since, list it, and do everything else`() async throws {
        let world = try await edited()
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        try world.editCustomer("C-001", "city", .string("Kiruna"))
        try world.editAccount("C-003", "address1_city", .string("Visby"))
        let run = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(run.status == .doneWithOpenItems)
        #expect(run.leftOut?.map(\.key).sorted() == ["C-001", "C-001", "C-003"])
        #expect(run.leftOut?.allSatisfy { $0.obstacle?.code == "plan.obstacle.moved" } == true)
        #expect(try await done(world, run.run) == ["crm address1_city Malmö"])
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-003").text("city") == "Visby")
    }

    @Test func `leave out what moves while they are carried out`() async throws {
        let world = try await edited()
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        let once = Once()
        world.onHandled { side, request, _ in
            // Between reading the changes and writing them.
            guard side == .erp, request.url.contains("customers"), once.isFirst() else { return }
            try? world.editAccount("C-002", "name", .string("Moved"))
        }
        let run = try await world.perform(ApplyPlan(plan: plan.id))
        world.onHandled(nil)
        #expect(run.leftOut?.map(\.key) == ["C-002"])
        try await world.synchronize()
        #expect(try world.account("C-002").text("address1_city") == "Malmö")
        #expect(try world.customer("C-002").text("displayName") == "Moved")
    }

    @Test func `cut off at any moment and applied again, do each step once`() async throws {
        var moment = 1
        while try await cutOff(at: moment) { moment += 2 }
        #expect(moment > 10)
    }

    private func cutOff(at moment: Int) async throws -> Bool {
        let known = Small.account(1, ["name": .string("CUSTOMER 1"), "address1_city": .string("Lund")])
        let world = try await World(seed: Small.seed(accounts: [known]))
        try await world.coupleSalespeople()
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to, isPreview: true)
        let plan = try #require(try await world.perform(match).plan)
        let left = Mutex(moment)
        world.onMoments { _ in
            left.withLock { left in
                left -= 1
                return left == 0 ? .crash : .none
            }
        }
        _ = try? await world.perform(ApplyPlan(plan: plan.id))
        world.onMoments(nil)
        try world.restart()
        let state = try await world.perform(ShowPlan(plan: plan.id)).state
        if state == .previewed || state == .approved { try await world.perform(ApplyPlan(plan: plan.id)) }
        #expect(try await world.perform(ShowPlan(plan: plan.id)).state == .applied, "moment \(moment)")
        #expect(world.rows(.crm, "accounts").count == 3, "moment \(moment)")
        #expect(try await world.states().values.filter { $0 == .inSync }.count == 3, "moment \(moment)")
        let ids = world.rows(.crm, "accounts").compactMap { RecordID($0.text("accountid")) }
        let entries = try await world.store.read { transaction in
            try ids.flatMap { try transaction.history(side: .crm, record: $0, limit: 50) }
        }
        #expect(entries.count { $0.action == .create } == 2, "moment \(moment)")
        #expect(entries.count { $0.action == .couple } == 1, "moment \(moment)")
        #expect(entries.count { $0.action == .update && $0.isConfirmed } == 1, "moment \(moment)")
        return left.withLock { $0 <= 0 }
    }

    @Test func `are decided once, by anybody, and under the settings they were made under`() async throws {
        let world = try await edited()
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        let other = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        #expect(try await world.perform(ListPlans()).plans.map(\.id) == [other.id, plan.id])
        #expect(try await world.perform(RejectPlan(plan: other.id)).decidedBy == "simulation")
        #expect(try await world.perform(ListPlans()).plans.map(\.id) == [plan.id])
        #expect(try await code { try await world.perform(ApplyPlan(plan: other.id)) } == "plan.rejected")
        #expect(try await code { try await world.perform(ApplyPlan(plan: 4711)) } == "plan.unknown")
        let mapping = try #require(try await world.store.read { try $0.mappings() }.first { $0.name == "CUSTOMER" })
        var changed = mapping
        changed.crm.filter = .compare(field: "statecode", .equal, .number("0"))
        try await world.store.write { [changed] in try $0.save(changed) }
        let content = world.content
        #expect(try await code { try await world.perform(ApplyPlan(plan: plan.id)) } == "plan.otherSettings")
        #expect(world.content == content)
        try await world.store.write { try $0.save(mapping) }
        #expect(try await world.perform(ApplyPlan(plan: plan.id)).status == .done)
        #expect(try await code { try await world.perform(ApplyPlan(plan: plan.id)) } == "plan.applied")
        #expect(try await code { try await world.perform(RejectPlan(plan: plan.id)) } == "plan.applied")
    }

    @Test func `are shown page by page, conflicts and questions last`() async throws {
        let world = try await edited()
        try world.editCustomer("C-002", "phoneNumber", .string("+46 2"))
        try world.editAccount("C-002", "telephone1", .string("+46 3"))
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        var pages: [PlanView] = []
        var position: PlanView.Position?
        repeat {
            pages.append(try await world.perform(ShowPlan(plan: plan.id, position: position, limit: 1)))
            position = pages.last?.next
        } while position != nil && pages.count < 20
        #expect(pages.allSatisfy { $0.steps.count + $0.conflicts.count <= 1 })
        #expect(pages.flatMap(\.steps).map(\.name) == plan.steps.map(\.name))
        #expect(pages.flatMap(\.conflicts).count == 1)
        try await world.perform(ApplyPlan(plan: plan.id))
        #expect(try await world.perform(ListConflicts()).conflicts.count == 1)
        #expect(try await world.states()["C-002"] == .conflict)
    }

    @Test func `do not bring back a conflict that was settled since`() async throws {
        let world = try await Small.coupled()
        for (phone, city, number) in [("+46 2", "Malmö", "C-001"), ("+46 4", "Kiruna", "C-002")] {
            try world.editCustomer(number, "phoneNumber", .string(phone))
            try world.editAccount(number, "telephone1", .string("\(phone)1"))
            try world.editCustomer(number, "city", .string(city))
            try world.editAccount(number, "address1_city", .string("\(city) C"))
        }
        let plan = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        #expect(plan.conflicts.count == 2)
        try await world.synchronize()
        let conflicts = try await world.perform(ListConflicts()).conflicts.sorted { $0.id < $1.id }
        let (first, second) = (try #require(conflicts.first), try #require(conflicts.last))
        try await world.perform(ResolveConflict(id: first.id, field: nil, resolution: .take(.crm)))
        let phone = "phoneNumber|telephone1"
        try await world.perform(ResolveConflict(id: second.id, field: phone, resolution: .take(.crm)))
        try await world.perform(ApplyPlan(plan: plan.id))
        let open = try await world.perform(ListConflicts()).conflicts
        #expect(open.map(\.id) == [second.id])
        #expect(open.flatMap(\.fields).map(\.field) == ["city|address1_city"])
    }

    @Test func `do not bring back a question that was answered since`() async throws {
        let account = Small.account(1, ["name": .string("First Customer"), "address1_city": .string("Ystad")])
        let world = try await World(seed: Small.seed(accounts: [account]))
        try await world.coupleSalespeople()
        let couple = CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: account.text("accountid"), choice: nil)
        try await world.perform(couple)
        var compare = Synchronize(mapping: "CUSTOMER", keys: ["C-001"], isPreview: true)
        let plan = try #require(try await world.perform(compare).plan)
        #expect(plan.questions.count == 1)
        compare.isPreview = false
        try await world.perform(compare)
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        try await world.perform(AnswerQuestion(id: question.id, answer: .take(.crm), choice: nil))
        _ = try? await world.perform(ApplyPlan(plan: plan.id))
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
    }
}
