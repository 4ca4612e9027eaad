import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Coupled records that a system has deleted")
struct DeletionTests {
    /// A coupled world from which one system has deleted some customers' records, and Couplet has looked.
    static func world(deletedIn side: Side, _ numbers: [String] = ["C-001"]) async throws -> World {
        let world = try await Small.coupled()
        for number in numbers {
            let isThere =
                side == .erp
                ? world.delete(.erp, "customers", id: try world.customer(number).text("id"))
                : world.delete(.crm, "accounts", id: try world.account(number).text("accountid"))
            #expect(isThere)
        }
        try await world.perform(Synchronize(isFull: true))
        return world
    }

    /// The one cause of the error list, which is about deleted records.
    static func cause(_ world: World) async throws -> ErrorsView.Cause {
        let causes = try await world.perform(ListErrors()).causes
        #expect(causes.count == 1)
        return try #require(causes.first)
    }

    private static func rows(_ world: World) -> BySide<Int> {
        BySide(erp: world.rows(.erp, "customers").count, crm: world.rows(.crm, "accounts").count)
    }

    @Test(arguments: Side.allCases)
    func `a deletion is found without touching the survivor, and listed with its times and both records`(
        side: Side
    )
        async throws
    {
        let world = try await Small.coupled()
        let account = try world.account("C-001").text("accountid")
        let isThere =
            side == .erp
            ? world.delete(.erp, "customers", id: Small.customers[0]) : world.delete(.crm, "accounts", id: account)
        #expect(isThere)
        let before = world.content
        let now = world.clock.now
        // The CRM tells of deletions by itself; the ERP's are found by comparing ids.
        try await world.perform(Synchronize(isFull: side == .erp))
        #expect(world.content == before)
        let cause = try await Self.cause(world)
        #expect(cause.isDeletion)
        #expect(cause.target == side)
        #expect(cause.count == 1)
        #expect(cause.firstAt >= now)
        let record = try #require(try await world.perform(ShowError(cause: cause.id)).records.first)
        #expect(record.ids.erp == RecordID(Small.customers[0]))
        #expect(record.ids.crm == RecordID(account))
        #expect(record.label == "C-001 Customer 1")
        let explained = try await world.explain(side == .erp ? "crm:\(account)" : "C-001")
        #expect(explained.reasons.first?.arguments["cause"] == cause.id)
    }

    @Test(arguments: Side.allCases)
    func `restoring makes the record again, and the new pair stays in sync`(side: Side) async throws {
        let world = try await Self.world(deletedIn: side)
        let cause = try await Self.cause(world)
        let run = try await world.perform(SettleDeletions(cause: cause.id, way: .restore))
        #expect(run.status == .done)
        #expect(run.counts.inserted == 1)
        #expect(Self.rows(world) == BySide(erp: 3, crm: 3))
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp, containing: "Customer 1"))
        #expect(view.records.map(\.state) == [.inSync])
        // The ERP numbers its customers itself.
        let number = try #require(view.records.first?.key)
        #expect((number == "C-001") == (side == .crm))
        try await world.synchronize()
        // The CRM still has the number of the one that is gone: whose number stands is asked like any first comparison.
        for question in try await world.perform(ListQuestions()).questions {
            #expect(side == .erp)
            #expect(question.fields.map(\.field) == ["number|accountnumber"])
            try await world.perform(AnswerQuestion(id: question.id, answer: .take(.erp)))
        }
        try world.editCustomer(number, "city", .string("Ystad"))
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account(number).text("address1_city") == "Ystad")
    }

    @Test(arguments: Side.allCases)
    func `deleting the survivor shows its values first, keeps them in the history and ends the coupling`(
        side: Side
    )
        async throws
    {
        let world = try await Self.world(deletedIn: side)
        let cause = try await Self.cause(world)
        let key = try #require(try await world.perform(ShowError(cause: cause.id)).records.first).key
        let content = world.content
        let shown = try await world.perform(
            SettleDeletions(cause: cause.id, keys: [key], way: .delete, isPreview: true)
        )
        #expect(world.content == content)
        let plan = try #require(shown.plan)
        #expect(plan.counts.deletions == 1)
        let step = try #require(plan.steps.first)
        #expect(step.action == .delete)
        #expect(step.side == side.other)
        #expect(step.changes.contains { $0.before == .text("Lund") && $0.after == .null })
        let run = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(run.counts.deleted == 1)
        #expect(Self.rows(world) == BySide(erp: 2, crm: 2))
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        let couplings = try await world.perform(ListRecords(mapping: "CUSTOMER", isCoupled: true)).records
        #expect(couplings.map(\.key) == ["C-002", "C-003"])
        let history = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: key)).entries
        let entry = try #require(history.first)
        #expect(entry.step == .delete)
        #expect(entry.fields.contains { $0.before == .text("Lund") })
    }

    @Test func `a survivor that was changed since it was shown is not deleted`() async throws {
        let world = try await Self.world(deletedIn: .crm)
        let cause = try await Self.cause(world)
        let shown = try await world.perform(SettleDeletions(cause: cause.id, way: .delete, isPreview: true))
        try world.editCustomer("C-001", "city", .string("Ystad"))
        let run = try await world.perform(ApplyPlan(plan: try #require(shown.plan).id))
        #expect(run.counts.deleted == 0)
        #expect(run.leftOut?.map(\.obstacle?.code) == ["plan.obstacle.moved"])
        #expect(Self.rows(world) == BySide(erp: 3, crm: 2))
    }

    @Test(arguments: Side.allCases)
    func `uncoupling leaves the survivor alone, and undoing it finds the record gone`(side: Side) async throws {
        let world = try await Self.world(deletedIn: side)
        let cause = try await Self.cause(world)
        let content = world.content
        let run = try await world.perform(SettleDeletions(cause: cause.id, way: .uncouple))
        #expect(run.counts.uncoupled == 1)
        #expect(world.content == content)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        let undone = try await world.perform(UndoRun(.run(try #require(run.run))))
        #expect(undone.leftOut?.map(\.obstacle?.code) == ["plan.obstacle.deleted"])
        #expect(undone.counts.coupled == 0)
    }

    @Test func `undoing a restoration uncouples the new record, and the old coupling does not come back`() async throws
    {
        let world = try await Self.world(deletedIn: .crm)
        let run = try await world.perform(
            SettleDeletions(cause: try await Self.cause(world).id, way: .restore)
        )
        try await world.perform(UndoRun(.run(try #require(run.run))))
        #expect(try await world.states()["C-001"] == .uncoupled)
        #expect(Self.rows(world) == BySide(erp: 3, crm: 3))
    }

    @Test func `undoing a deletion says that it cannot be undone`() async throws {
        let world = try await Self.world(deletedIn: .crm)
        let run = try await world.perform(
            SettleDeletions(cause: try await Self.cause(world).id, way: .delete)
        )
        let undone = try await world.perform(UndoRun(.run(try #require(run.run))))
        #expect(undone.leftOut?.map(\.obstacle?.code) == ["undo.deletion"])
        #expect(Self.rows(world) == BySide(erp: 2, crm: 2))
    }

    @Test(arguments: [SettleDeletions.Way.restore, .delete])
    func `a lost answer to settling a deletion does it once`(way: SettleDeletions.Way) async throws {
        for gone in Side.allCases {
            let world = try await Self.world(deletedIn: gone)
            let cause = try await Self.cause(world)
            let once = Once()
            world.onMoments { moment in
                if case .afterHandling(_, let request, _) = moment, request.method == "POST",
                    request.url.hasSuffix("$batch"),
                    String(decoding: request.body, as: UTF8.self).contains(way == .delete ? "DELETE" : "POST"),
                    once.isFirst()
                {
                    return .crash
                }
                return .none
            }
            await #expect(throws: (any Error).self) {
                try await world.perform(SettleDeletions(cause: cause.id, way: way))
            }
            #expect(once.isUsed)
            world.onMoments(nil)
            try world.restart()
            world.clock.advance(bySeconds: 10)
            try await world.synchronize()
            let count = way == .restore ? 3 : 2
            #expect(Self.rows(world) == BySide(erp: count, crm: count))
            #expect(try await world.perform(ListErrors()).causes.isEmpty)
            let coupled = try await world.perform(ListRecords(mapping: "CUSTOMER", isCoupled: true)).records
            #expect(coupled.count == count)
        }
    }

    @Test func `many deletions wait for approval, and are done once a person gives it`() async throws {
        let seed = Small.seed()
        var customers: [SandboxJSON] = []
        for number in 10...25 {
            customers.append(
                .members([
                    "id": .string("00000000-0000-4000-8000-00000000cc\(number)"), "number": .string("D-0\(number)"),
                    "type": .string("Company"), "displayName": .string("Many \(number)"), "blocked": .string(" "),
                    "salespersonCode": .string("SP-00007"),
                ])
            )
        }
        let world = try await World(
            seed: SeedSource(
                businessCentral: seed.businessCentral.map { table in
                    table.entitySet == "customers" ? SeedTable(entitySet: "customers", rows: customers) : table
                },
                dataverse: seed.dataverse
            )
        )
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        let accounts = world.rows(.crm, "accounts").map { $0.text("accountid") }
        for account in accounts.prefix(12) { world.delete(.crm, "accounts", id: account) }
        try await world.synchronize()
        let cause = try await Self.cause(world)
        #expect(cause.count == 12)
        let held = try await world.perform(SettleDeletions(cause: cause.id, way: .delete))
        #expect(held.status == .waitsForApproval)
        #expect(held.plan?.holds.map(\.code) == ["limit.deleted"])
        #expect(world.rows(.erp, "customers").count == 16)
        try await world.perform(ApplyPlan(plan: try #require(held.plan).id))
        #expect(world.rows(.erp, "customers").count == 4)
    }

    @Test(arguments: Side.allCases)
    func `a record that is back by itself is no deletion any more`(side: Side) async throws {
        let world = try await Small.coupled()
        let table = side == .erp ? "customers" : "accounts"
        let row = try side == .erp ? world.customer("C-001") : world.account("C-001")
        world.delete(side, table, id: row.text(side == .erp ? "id" : "accountid"))
        try await world.perform(Synchronize(isFull: true))
        let cause = try await Self.cause(world)
        var members = row.object ?? []
        members.removeAll { $0.name.contains("@") || ["versionnumber", "createdon", "modifiedon"].contains($0.name) }
        world.edit(side, table, .object(members))
        // Whoever decides while it is back does no harm.
        let run = try await world.perform(SettleDeletions(cause: cause.id, way: .delete))
        #expect(run.counts.deleted == 0)
        #expect(Self.rows(world) == BySide(erp: 3, crm: 3))
        try await world.synchronize()
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test(arguments: Side.allCases)
    func `who may not read a record any more does not find it deleted`(side: Side) async throws {
        let world = try await Small.coupled()
        let account = try world.account("C-001").text("accountid")
        world.delete(side, side == .erp ? "customers" : "accounts", id: side == .erp ? Small.customers[0] : account)
        // Reading by id is refused, as it is for a record that may not be seen.
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.method, rule.pathContains, rule.times) = ("POST", "$batch", nil)
        world.addFault(rule, to: side)
        _ = try? await world.perform(Synchronize(isFull: true))
        #expect(try await world.perform(ListErrors()).causes.allSatisfy { !$0.isDeletion })
        world.clearFaults(of: side)
        try await world.perform(Synchronize(isFull: true))
        #expect(try await Self.cause(world).isDeletion)
    }

    @Test func `a whole table that is gone deletes nothing`() async throws {
        let world = try await Self.world(deletedIn: .erp, Small.numbers)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        // Strangers under the same address prove nothing either: the table was put back from somewhere else.
        world.edit(
            .erp,
            "customers",
            ["id": .string("00000000-0000-4000-8000-00000000cc01"), "displayName": .string("Stranger")]
        )
        try await world.perform(Synchronize(isFull: true))
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test func `a one-way mapping neither makes nor deletes records where it does not write`() async throws {
        let world = try await Small.coupled()
        #expect(
            world.delete(.crm, "systemusers", id: Small.users[1])
        )
        try await world.perform(Synchronize(isFull: true))
        let cause = try await Self.cause(world)
        #expect(cause.mapping == "SALESPEOPLE")
        let found = try await code { try await world.perform(SettleDeletions(cause: cause.id, way: .restore)) }
        #expect(found == "error.restoreNotAllowed")
        try await world.perform(SettleDeletions(cause: cause.id, way: .uncouple))
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test func `other causes are not settled as deletions`() async throws {
        let world = try await Self.world(deletedIn: .crm)
        let cause = try await Self.cause(world)
        let unknown = try await code { try await world.perform(SettleDeletions(cause: "00000000", way: .restore)) }
        #expect(unknown == "error.unknown")
        let key = try await code {
            try await world.perform(SettleDeletions(cause: cause.id, keys: ["C-003"], way: .restore))
        }
        #expect(key == "error.unknownKey")
        try world.editCustomer("C-002", "displayName", .string(String(repeating: "x", count: 90)))
        var rule = FaultRule(.status(400, retryAfter: nil))
        (rule.method, rule.pathContains, rule.times) = ("PATCH", "accounts", nil)
        world.addFault(rule, to: .crm)
        try await world.synchronize()
        let others = try await world.perform(ListErrors()).causes.filter { !$0.isDeletion }
        for other in others {
            let found = try await code {
                try await world.perform(SettleDeletions(cause: other.id, way: .restore))
            }
            #expect(found == "error.notDeleted")
        }
    }
}
