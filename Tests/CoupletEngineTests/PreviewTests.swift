import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Previews")
struct PreviewTests {
    /// What Couplet knows of couplings, open items and bases.
    private func knowledge(_ world: World) async throws -> [String] {
        try await world.store.read { transaction in
            var lines: [String] = []
            for mapping in try transaction.mappings() {
                let feeds = BySide(
                    erp: try transaction.feed(connection: "bc", table: mapping.erp.table)?.id ?? 0,
                    crm: try transaction.feed(connection: "crm", table: mapping.crm.table)?.id ?? 0
                )
                let states = try transaction.couplingStates(
                    mapping: mapping.name,
                    feeds: feeds,
                    scope: .all,
                    now: Instant(milliseconds: 0),
                    after: 0,
                    limit: 1000
                )
                lines += states.map { "\($0.coupling) \($0.base.map { "\($0)" } ?? "none")" }
                lines += try transaction.conflicts(mapping: mapping.name, includingClosed: true).map { "\($0)" }
                lines += try transaction.questions(mapping: mapping.name, includingClosed: true).map { "\($0)" }
                lines += try transaction.failures(mapping: mapping.name).map { "\($0)" }
            }
            return lines
        }
    }

    /// A plan's changes: side, record's name, field and value; blank values are not sent by creates.
    private func changes(_ plan: PlanView?) -> [String] {
        (plan?.steps ?? []).flatMap { step in
            step.changes.map { "\(step.side) \(step.name) \($0.field) \($0.after.text)" }
        }.sorted()
    }

    /// What a run did, from its history.
    private func done(_ world: World, run: Int64?) async throws -> [String] {
        let ids = BySide(
            erp: world.rows(.erp, "customers").compactMap { RecordID($0.text("id")) },
            crm: world.rows(.crm, "accounts").compactMap { RecordID($0.text("accountid")) }
        )
        return try await world.store.read { transaction in
            let names = try transaction.mappings().first { $0.name == "CUSTOMER" }
            return try Side.allCases.flatMap { side in
                try ids[side].flatMap { try transaction.history(side: side, record: $0, limit: 50) }
                    .filter { $0.run == run }
                    .flatMap { entry in
                        entry.fields.map { write in
                            let field = names?.fields.first { $0.id == write.field }?.field(side).name
                            return "\(side) \(field ?? "customertypecode") \(write.value.text)"
                        }
                    }
            }.sorted()
        }
    }

    private func withoutNames(_ plan: PlanView?) -> [String] {
        (plan?.steps ?? []).flatMap { step in step.changes.map { "\(step.side) \($0.field) \($0.after.text)" } }
            .sorted()
    }

    @Test func `of a synchronization writes nothing and shows what the run then does`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try world.editAccount("C-002", "address1_city", .string("Ystad"))
        try world.editAccount("C-003", "name", .string(String(repeating: "x", count: 120)))
        let (content, known) = (world.content, try await knowledge(world))
        let preview = try await world.perform(Synchronize(isPreview: true))
        #expect(world.content == content)
        #expect(try await knowledge(world) == known)
        #expect(preview.jobs == nil)
        let plan = try #require(preview.plan)
        #expect(
            changes(plan) == ["crm C-001 Customer 1 telephone1 +46 1", "erp C-001 Customer 1 displayName Customer One"]
        )
        #expect(plan.steps.first { $0.side == .crm }?.changes.first?.before == .text("+46 40 1"))
        #expect(plan.conflicts.count == 1)
        #expect(plan.failures.count == 1)
        #expect(plan.requests == BySide(erp: 1, crm: 1))
        let run = try await world.synchronize()
        #expect(try await done(world, run: run.run) == withoutNames(plan))
        #expect(run.counts.conflicts == plan.conflicts.count)
        #expect(run.counts.parked == plan.failures.count)
    }

    @Test(arguments: [MatchSynchronization.none, .to, .from, .both])
    func `of matching writes nothing and shows what the run then does`(
        synchronization: MatchSynchronization
    ) async throws {
        let world = try await World(
            seed: Small.seed(accounts: [
                Small.account(
                    1,
                    [
                        "name": .string("First"), "accountnumber": .string("c-001"),
                        "address1_line1": .string("Street 1"), "emailaddress1": .string("crm@small.example"),
                    ]
                ),
                Small.account(2, ["name": .string(" CUSTOMER 2"), "address1_city": .string("LUND")]),
            ])
        )
        try await world.coupleSalespeople()
        let (content, known) = (world.content, try await knowledge(world))
        var match = MatchRecords(
            mapping: "CUSTOMER",
            createUnmatched: synchronization == .to,
            synchronization: synchronization,
            isPreview: true
        )
        let plan = try #require(try await world.perform(match).plan)
        #expect(world.content == content)
        #expect(try await knowledge(world) == known)
        let couples = plan.steps.filter { $0.action == .couple }
        #expect(couples.map(\.key).sorted() == ["C-001", "C-002"])
        #expect(couples.allSatisfy { ($0.score ?? 0) > 0.5 && !$0.reasons.isEmpty && $0.with != nil })
        #expect(plan.steps.count { $0.action == .create } == (synchronization == .to ? 1 : 0))
        match.isPreview = false
        let run = try await world.perform(match)
        #expect(try await done(world, run: run.run) == withoutNames(plan))
        #expect(run.counts.questions == plan.questions.count)
        #expect(run.counts.coupled == 2)
        if synchronization == .none { #expect(world.content == content) }
    }

    @Test(arguments: [true, false])
    func `of coupling one record writes nothing and shows what follows`(creates: Bool) async throws {
        let world = try await World(seed: Small.seed(accounts: [Small.account(1, ["name": .string("First")])]))
        try await world.coupleSalespeople()
        let (content, known) = (world.content, try await knowledge(world))
        var couple = CoupleRecords(
            mapping: "CUSTOMER",
            key: "C-001",
            with: creates ? nil : CoupleTests.account,
            choice: creates ? nil : .erp,
            isPreview: true
        )
        let plan = try #require(try await world.perform(couple).plan)
        #expect(world.content == content)
        #expect(try await knowledge(world) == known)
        #expect(plan.steps.map(\.action) == [creates ? .create : .couple])
        couple.isPreview = false
        let run = try await world.perform(couple)
        #expect(try await done(world, run: run.run) == withoutNames(plan))
    }

    @Test func `and reading work while a connection is disabled, and writing does not`() async throws {
        var options = World.Options()
        options.isEnabled = false
        let world = try await World(seed: Small.seed(), options: options)
        let content = world.content
        let plan = try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", isFull: true, creates: true, isPreview: true)
        ).plan
        #expect(plan?.steps.map(\.name) == ["Bo Two"])
        #expect(plan?.questions.count == 1)
        #expect(try await world.perform(MatchRecords(mapping: "SALESPEOPLE")).counts.coupled == 1)
        #expect(try await world.states("SALESPEOPLE")["SP-00007"] == .uncompared)
        #expect(try await world.explain("C-001").state == .uncoupled)
        let writing: [() async throws -> Void] = [
            { try await world.synchronize("CUSTOMER") },
            {
                try await world.perform(
                    MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
                )
            },
            { try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: nil, choice: nil)) },
        ]
        for action in writing { #expect(try await code(of: action) == "connection.disabled") }
        #expect(world.content == content)
    }
}
