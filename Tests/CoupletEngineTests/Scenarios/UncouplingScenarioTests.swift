import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Scenarios: uncoupling records")
struct UncouplingScenarioTests {
    private typealias Stamped = CompanyStampTests

    /// Three coupled customers whose accounts carry this company's stamp, and an account that was never coupled and
    /// carries it too.
    private func stamped() async throws -> World {
        let stuck = Small.account(
            9,
            ["name": .string("Stuck"), "_bcbi_companyid_value": .string(Stamped.own)]
        )
        let world = try await Stamped.world(Stamped.seed(accounts: [stuck]))
        #expect(try await Stamped.set(Stamped.stamp, world).isApplied)
        try await Stamped.create(world)
        #expect(try await stamps(world) == ["C-001", "C-002", "C-003"])
        return world
    }

    /// The numbers of the accounts that carry this company's stamp.
    private func stamps(_ world: World) async throws -> [String] {
        world.rows(.crm, "accounts").filter { $0.text(Stamped.column) == Stamped.own && $0.text("name") != "Stuck" }
            .map { $0.text("accountnumber") }.sorted()
    }

    private func uncouple(
        _ world: World,
        _ keys: [String],
        _ mapping: String = "CUSTOMER"
    ) async throws -> RunOrPlan {
        try await world.perform(UncoupleRecords(mapping: mapping, keys: keys, isAll: keys.isEmpty))
    }

    private func coupled(_ world: World, _ mapping: String = "CUSTOMER") async throws -> [String] {
        try await world.perform(ListRecords(mapping: mapping, side: .erp, isCoupled: true)).records
            .compactMap(\.key).sorted()
    }

    @Test(
        "Selected records are uncoupled, the company's stamp is taken from their accounts, and the others keep both",
        arguments: [
            ("S0188", ["C-002"]), ("S0194", ["C-002"]), ("S0197", ["C-002"]), ("S0206", ["C-002"]),
            ("S0187", ["C-001", "C-003"]), ("S0193", ["C-001", "C-003"]), ("S0202", ["C-001", "C-003"]),
            ("S0198", ["C-001"]), ("S0204", ["C-001"]), ("S0207", ["C-001"]),
        ]
    )
    func selected(scenario: String, keys: [String]) async throws {
        let world = try await stamped()
        let rest = ["C-001", "C-002", "C-003"].filter { !keys.contains($0) }
        let run = try await uncouple(world, keys)
        #expect(run.status == .done)
        #expect(run.counts.uncoupled == keys.count)
        #expect(run.counts.modified == keys.count)
        #expect(try await coupled(world) == rest)
        #expect(try await stamps(world) == rest)
        // Nothing is stamped again, and nothing coupled again, by itself.
        #expect(try await world.synchronize().counts.modified == 0)
        #expect(try await stamps(world) == rest)
    }

    @Test("S0181 Of a whole mapping every coupling goes, and the stamps of what was coupled")
    func whole() async throws {
        let world = try await stamped()
        let run = try await uncouple(world, [])
        #expect(run.counts.uncoupled == 3)
        #expect(run.counts.modified == 3)
        #expect(try await coupled(world).isEmpty)
        #expect(try await stamps(world).isEmpty)
        // What was never coupled is not ours to change.
        #expect(world.row(.crm, "accounts", where: "name", is: "Stuck")?.text(Stamped.column) == Stamped.own)
    }

    @Test("A record that names another company keeps that stamp")
    func foreign() async throws {
        let world = try await stamped()
        var stamp = Stamped.stamp
        stamp.admits = .any
        try await Stamped.set(stamp, world)
        try world.editAccount("C-001", Stamped.column, .string(Stamped.other))
        let run = try await uncouple(world, ["C-001", "C-002"])
        #expect(run.counts.uncoupled == 2)
        #expect(run.counts.modified == 1)
        #expect(try world.account("C-001").text(Stamped.column) == Stamped.other)
        #expect(try world.account("C-002").text(Stamped.column).isEmpty)
    }

    @Test("Undone, the couplings and the stamps are back, and nothing is written after that")
    func undone() async throws {
        let world = try await stamped()
        let content = try await world.synchronize()
        #expect(content.counts.modified == 0)
        let run = try #require(try await uncouple(world, ["C-001", "C-002"]).run)
        // Somebody has given one of them to another company since.
        try world.editAccount("C-002", Stamped.column, .string(Stamped.other))
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(try await coupled(world) == ["C-001", "C-002", "C-003"])
        #expect(try await stamps(world) == ["C-001", "C-003"])
        #expect(undone.leftOut?.map { $0.obstacle?.code } == ["undo.changedSince"])
        #expect(try world.account("C-002").text(Stamped.column) == Stamped.other)
        #expect(try await world.states()["C-001"] == .inSync)
        #expect(try await world.synchronize().counts.modified == 0)
        // Again, there is nothing left but what was left out.
        let again = try await world.perform(UndoRun(.run(run)))
        #expect(again.counts.modified + again.counts.coupled == 0)
        #expect(try await stamps(world) == ["C-001", "C-003"])
    }

    @Test("A plan shows the stamps that would be taken away, and takes just those")
    func previewed() async throws {
        let world = try await stamped()
        let shown = try await world.perform(
            UncoupleRecords(mapping: "CUSTOMER", keys: ["C-001", "C-002"], isPreview: true)
        )
        let plan = try #require(shown.plan)
        #expect(plan.steps.map(\.action).filter { $0 == .update }.count == 2)
        #expect(plan.counts.uncoupled == 2)
        #expect(try await stamps(world) == ["C-001", "C-002", "C-003"])
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.counts.uncoupled == 2)
        #expect(try await stamps(world) == ["C-003"])
        #expect(try await coupled(world) == ["C-003"])
    }

    @Test("Where the CRM may not be written, records are uncoupled, keep their stamps, and the run says so")
    func disabled() async throws {
        let world = try await stamped()
        try await world.perform(EnableConnection(connection: nil, isEnabled: false))
        let run = try await uncouple(world, ["C-001"])
        #expect(run.counts.uncoupled == 1)
        #expect(run.notices?.map(\.message.code) == ["uncouple.stampsStay"])
        #expect(try await stamps(world) == ["C-001", "C-002", "C-003"])
    }

    /// What keeps Couplet from writing to the CRM.
    static let holds: [@Sendable (World) async throws -> Void] = [
        { world in
            let stop = WriteStop(reason: .copiedStore, foundAt: world.clock.now)
            try await world.store.write { _ = try $0.save(stop) }
        },
        { world in
            try await world.store.write { transaction in
                for var connection in try transaction.connections() where connection.side == .crm {
                    connection.otherIntegration?.confirmedTables = []
                    try transaction.save(connection, sealedSecret: nil)
                }
            }
        },
        { world in
            try await world.synchronize()
            try await world.store.write { transaction in
                for var connection in try transaction.connections() where connection.side == .crm {
                    connection.url += "/"
                    try transaction.save(connection, sealedSecret: nil)
                }
            }
        },
    ]

    @Test("Whatever holds other writes holds the taking away of stamps too", arguments: holds.indices)
    func held(index: Int) async throws {
        let world = try await stamped()
        try await Self.holds[index](world)
        let content = world.content
        let run = try await uncouple(world, ["C-001"])
        #expect(run.counts.uncoupled == 1)
        #expect(run.notices?.map(\.message.code) == ["uncouple.stampsStay"])
        #expect(world.content == content)
    }

    @Test("An account loses the stamp though the mapping does not take its customer in any more")
    func outOfScope() async throws {
        let world = try await stamped()
        try world.editCustomer("C-001", "blocked", .string("All"))
        try await world.synchronize()
        #expect(try await world.states()["C-001"] == .outOfScope)
        let run = try await uncouple(world, ["C-001"])
        #expect(run.counts.uncoupled == 1)
        #expect((run.leftOut ?? []).isEmpty)
        #expect(try await stamps(world) == ["C-002", "C-003"])
    }

    @Test(
        "A deleted customer's account loses the stamp when the pair is uncoupled, by hand or by rule",
        arguments: [true, false]
    )
    func deleted(byRule: Bool) async throws {
        let world = try await stamped()
        if byRule {
            try await Stamped.set(Stamped.stamp, world) { $0.conflictRules.deletion = .uncouple }
        }
        #expect(world.delete(.erp, "customers", id: Small.customers[0]))
        try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        if !byRule {
            let cause = try #require(try await world.perform(ListErrors()).causes.first)
            try await world.perform(SettleDeletions(cause: cause.id, way: .uncouple))
        }
        #expect(try await stamps(world) == ["C-002", "C-003"])
        #expect(try await world.store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 2)
    }

    @Test(
        "Where the CRM's table has no stamp, uncoupling writes nothing at all",
        arguments: [
            ("S0182", [String]()), ("S0190", ["SP-00007"]), ("S0191", ["SP-00007"]), ("S0192", ["SP-00007"]),
            ("S0199", ["SP-00007"]), ("S0200", ["SP-00007"]), ("S0208", ["SP-00007"]), ("S0209", ["SP-00007"]),
            ("S0210", ["SP-00007"]), ("S0100", ["SP-00007"]),
        ]
    )
    func unstamped(scenario: String, keys: [String]) async throws {
        let world = try await Small.coupled()
        let content = world.content
        let all = try await coupled(world, "SALESPEOPLE")
        let run = try await uncouple(world, keys, "SALESPEOPLE")
        #expect(run.counts.uncoupled == (keys.isEmpty ? all.count : keys.count))
        #expect(run.counts.modified == 0)
        #expect(try await coupled(world, "SALESPEOPLE") == (keys.isEmpty ? [] : all.filter { !keys.contains($0) }))
        #expect(world.content == content)
        // What refers to them stays coupled.
        #expect(try await coupled(world).count == 3)
    }

    @Test("S0183 Each mapping's couplings go by themselves, and those of others stay")
    func mappings() async throws {
        let world = try await stamped()
        _ = try await uncouple(world, [])
        #expect(try await coupled(world).isEmpty)
        #expect(try await !coupled(world, "SALESPEOPLE").isEmpty)
        #expect(try await uncouple(world, [], "SALESPEOPLE").counts.modified == 0)
        #expect(try await coupled(world, "SALESPEOPLE").isEmpty)
    }

    @Test(
        "From the error list the chosen record is uncoupled, and the others stay listed",
        arguments: ["S0186", "S0212", "S0213", "S0231"]
    )
    func fromErrors(scenario: String) async throws {
        let world = try await stamped()
        for number in ["C-001", "C-002"] {
            try world.editAccount(number, "name", .string(String(repeating: "x", count: 120)))
        }
        try await world.synchronize()
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        #expect(cause.count == 2)
        try await world.perform(SettleDeletions(cause: cause.id, keys: ["C-002"], way: .uncouple))
        #expect(try await coupled(world) == ["C-001", "C-003"])
        #expect(try await stamps(world) == ["C-001", "C-003"])
        #expect(try await world.perform(ListErrors()).causes.map(\.count) == [1])
    }

    @Test("S0088 Uncoupling a customer uncouples the contacts that belong to both, and no others")
    func children() async throws {
        let whole = try await WholeWorld()
        let world = whole.world
        let contacts = try await whole.coupled("CONTACT")
        func parent(_ contact: RecordView) -> String? {
            world.row(.crm, "contacts", where: "contactid", is: contact.coupledTo?.description.lowercased() ?? "")?
                .text("_parentcustomerid_value")
        }
        let customers = try await whole.coupled("CUSTOMER")
        // A customer with contacts, and a contact of another company.
        let customer = try #require(
            customers.first { one in
                contacts.contains { parent($0) == one.coupledTo?.description.lowercased() }
            }
        )
        let account = customer.coupledTo?.description.lowercased()
        let own = contacts.filter { parent($0) == account }
        let stranger = try #require(contacts.first { parent($0) != account })
        let others = contacts.filter { parent($0) != account }
        // A contact of the customer's account that belongs, in the ERP, to another company.
        let lent = try #require(own.first)
        try await world.perform(UncoupleRecords(mapping: "CONTACT", keys: [lent.typedKey]))
        try await world.perform(
            CoupleRecords(
                mapping: "CONTACT",
                key: stranger.typedKey,
                with: lent.typedCounterpart,
                choice: nil,
                moves: true
            )
        )
        let run = try await world.perform(UncoupleRecords(mapping: "CUSTOMER", keys: [customer.typedKey]))
        let left = Set(try await whole.coupled("CONTACT").map(\.id))
        #expect(left == Set(others.map(\.id)))
        #expect(run.counts.uncoupled == own.count)
        #expect(try await whole.coupled("CUSTOMER").count == customers.count - 1)
        // Undone, they are coupled again as they were.
        try await world.perform(UndoRun(.run(try #require(run.run))))
        #expect(try await whole.coupled("CONTACT").count == contacts.count - 1)
        #expect(try await whole.coupled("CUSTOMER").count == customers.count)
    }
}
