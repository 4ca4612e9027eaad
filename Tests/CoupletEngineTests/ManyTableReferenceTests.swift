import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("References to records of several tables")
struct ManyTableReferenceTests {
    private static let team = "00000000-0000-4000-8000-0000000000f1"

    private static func mapping(_ world: World, _ name: String) async throws -> TableMapping {
        try #require(try await world.perform(ShowMapping(mapping: name)).mappings.first?.mapping)
    }

    /// A company whose second customer belongs to a group of people, which the CRM has as a team.
    private static func world() async throws -> World {
        let group = SandboxJSON.members([
            "id": .string("00000000-0000-4000-8000-00000000b002"), "code": .string("GROUP"),
            "displayName": .string("The North"),
        ])
        var seed = Small.seed(people: [Small.salesperson, group])
        let rows = [SandboxJSON.members(["teamid": .string(team), "name": .string("The North")])]
        seed.dataverse.append(SeedTable(entitySet: "teams", rows: rows))
        return try await World(seed: seed)
    }

    /// Teams as salespeople, beside the users.
    private static func addTeams(_ world: World) async throws {
        var teams = try await mapping(world, "SALESPEOPLE")
        teams.name = "TEAM"
        teams.crm.table = "teams"
        teams.crm.idField = "teamid"
        teams.crm.nameField = "name"
        teams.crm.keyField = nil
        teams.crm.filter = .everything
        teams.fields = [
            FieldMapping(
                erp: FieldMapping.Field("displayName", .text(maximum: 50)),
                crm: FieldMapping.Field("name", .text(maximum: 160)),
                direction: .fromIntegrationTable
            )
        ]
        teams.matchRules = [MatchRule(pairs: [MatchRule.Pair(erp: "displayName", crm: "name")])]
        var customers = try await mapping(world, "CUSTOMER")
        for index in customers.fields.indices where customers.fields[index].crm.name == "_ownerid_value" {
            customers.fields[index].reference?.path = ReferencePath(
                others: ["TEAM"],
                targets: [ReferencePath.Target(mapping: "TEAM", table: "teams", property: "ownerid")]
            )
        }
        let applied = try await world.perform(ApplyMappings(mappings: [teams, customers]))
        #expect(applied.isApplied, "\(applied.problems)")
        try await world.perform(MatchRecords(mapping: "TEAM"))
    }

    @Test func `an owner is a user or a team, whichever the salesperson is coupled with`() async throws {
        let world = try await Self.world()
        try await world.coupleSalespeople()
        try await Self.addTeams(world)
        try world.editCustomer("C-002", "salespersonCode", .string("GROUP"))
        let run = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(run.counts.inserted == 3, "\(run.counts)")
        #expect(try world.account("C-001").text("_ownerid_value") == Small.users[0])
        #expect(try world.account("C-002").text("_ownerid_value") == Self.team)
        try world.editCustomer("C-001", "salespersonCode", .string("GROUP"))
        try world.editCustomer("C-002", "salespersonCode", .string("SP-00007"))
        try await world.synchronize()
        #expect(try world.account("C-001").text("_ownerid_value") == Self.team)
        #expect(try world.account("C-002").text("_ownerid_value") == Small.users[0])
        #expect(Set(try await world.states().values) == [.inSync])
    }

    @Test func `with team ownership new accounts belong to the team, and those without salesperson beside a person's`()
        async throws
    {
        let world = try await Self.world()
        try await world.coupleSalespeople()
        var customers = try await Self.mapping(world, "CUSTOMER")
        customers.crm.template.append(
            TableMapping.TemplateValue(
                field: FieldMapping.Field("_ownerid_value", .reference(table: "teams", property: "ownerid")),
                value: .text(Self.team)
            )
        )
        #expect(try await world.perform(ApplyMappings(mappings: [customers])).isApplied)
        try world.editCustomer("C-002", "salespersonCode", .string(""))
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001", "C-002"], direction: .toIntegrationTable, creates: true)
        )
        #expect(try world.account("C-001").text("_ownerid_value") == Small.users[0])
        #expect(try world.account("C-002").text("_ownerid_value") == Self.team)
        customers.fields.removeAll { $0.crm.name == "_ownerid_value" }
        #expect(try await world.perform(ApplyMappings(mappings: [customers])).isApplied)
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-003"], direction: .toIntegrationTable, creates: true)
        )
        #expect(try world.account("C-003").text("_ownerid_value") == Self.team)
        try world.editCustomer("C-001", "salespersonCode", .string(""))
        try await world.synchronize()
        #expect(try world.account("C-001").text("_ownerid_value") == Small.users[0])
    }

    /// A table of the ERP's own whose records each name a customer.
    private static let page = """
        [{"publisher":"contoso","group":"club","version":"v1.0","entitySet":"plans","entityName":"plan","table":"Plan",
        "key":"number","numberSeries":{"prefix":"P","digits":3,"step":1},
        "properties":[{"name":"number","type":"code","length":10},{"name":"displayName","type":"text","length":50},
        {"name":"customerNumber","type":"code","length":20}]}]
        """

    /// Customers that the CRM keeps as persons, and plans that are opportunities of one or the other.
    private static func addPlans(_ world: World) async throws {
        func text(_ erp: String, _ crm: String, _ direction: Direction = .bidirectional) -> FieldMapping {
            FieldMapping(
                erp: FieldMapping.Field(erp, .text(maximum: 50)),
                crm: FieldMapping.Field(crm, .text(maximum: 50)),
                direction: direction
            )
        }
        var customers = try await mapping(world, "CUSTOMER")
        customers.erp.filter = .compare(field: "type", .equal, .text("Company"))
        var persons = customers
        persons.name = "PERSON"
        persons.erp.filter = .compare(field: "type", .equal, .text("Person"))
        persons.crm = TableMapping.Table(
            connection: "crm",
            table: "contacts",
            idField: "contactid",
            keyField: nil,
            nameField: "fullname"
        )
        persons.fields = [text("displayName", "lastname")]
        persons.matchRules = []
        let customer = FieldMapping(
            erp: FieldMapping.Field("customerNumber", .code(maximum: 20)),
            crm: FieldMapping.Field("_customerid_value", .reference(table: "accounts", property: "customerid_account")),
            direction: .bidirectional,
            reference: FieldMapping.Reference(
                mapping: "CUSTOMER",
                erpHoldsKey: true,
                required: true,
                path: ReferencePath(
                    others: ["PERSON"],
                    targets: [
                        ReferencePath.Target(mapping: "PERSON", table: "contacts", property: "customerid_contact")
                    ]
                )
            )
        )
        let plans = TableMapping(
            name: "PLAN",
            erp: TableMapping.Table(
                connection: "bc",
                table: "contoso/club/v1.0/plans",
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime"
            ),
            crm: TableMapping.Table(
                connection: "crm",
                table: "opportunities",
                idField: "opportunityid",
                keyField: nil,
                nameField: "name"
            ),
            direction: .bidirectional,
            fields: [text("displayName", "name"), customer],
            matchRules: [],
            onlyCoupled: false
        )
        let applied = try await world.perform(ApplyMappings(mappings: [customers, persons, plans]))
        #expect(applied.isApplied, "\(applied.problems)")
    }

    /// A company with two plans: Plan 1 of a company, Plan 2 of a person, both coupled.
    private static func worldWithPlans() async throws -> World {
        let plans = [(1, "C-001"), (2, "C-002")].map { number, customer in
            SandboxJSON.members([
                "id": .string("00000000-0000-4000-8000-00000000f70\(number)"), "number": .string("P00\(number)"),
                "displayName": .string("Plan \(number)"), "customerNumber": .string(customer),
            ])
        }
        var seed = Small.seed()
        let pages = try #require(try SandboxJSON(bytes: Array(Self.page.utf8)).array)
        seed.businessCentral += [
            SeedTable(entitySet: "apiPages", rows: pages), SeedTable(entitySet: "plans", rows: plans),
        ]
        let world = try await World(seed: seed)
        try world.editCustomer("C-002", "type", .string("Person"))
        try await addPlans(world)
        try await world.coupleSalespeople()
        let run = try await world.perform(Synchronize(creates: true))
        #expect(run.counts.failed + run.counts.parked + run.counts.waiting == 0, "\(run.counts)")
        return world
    }

    /// The ERP names a person instead of a company in Plan 1, and the CRM a company instead of a person in Plan 2.
    private static func change(_ world: World) async throws -> Int64 {
        world.edit(
            .erp,
            "plans",
            ["id": .string("00000000-0000-4000-8000-00000000f701"), "customerNumber": .string("C-002")]
        )
        let second = try #require(world.row(.crm, "opportunities", where: "name", is: "Plan 2"))
        let edit = SandboxJSON.members([
            "opportunityid": second["opportunityid"] ?? .null,
            "_customerid_value": .string(try world.account("C-001").text("accountid")),
        ])
        #expect(world.edit(.crm, "opportunities", edit) == [])
        return try #require(try await world.synchronize("PLAN").run)
    }

    private static func customer(_ plan: String, _ world: World) -> String? {
        world.row(.crm, "opportunities", where: "name", is: plan)?.text("_customerid_value")
    }

    @Test func `a customer is an account or a contact, and may become the other one on either side`() async throws {
        let world = try await Self.worldWithPlans()
        let account = try world.account("C-001").text("accountid")
        let contact = try #require(world.rows(.crm, "contacts").first).text("contactid")
        #expect(Self.customer("Plan 1", world) == account)
        #expect(Self.customer("Plan 2", world) == contact)
        _ = try await Self.change(world)
        #expect(Self.customer("Plan 1", world) == contact)
        #expect(world.row(.erp, "plans", where: "number", is: "P002")?.text("customerNumber") == "C-001")
        #expect(Set(try await world.states("PLAN").values) == [.inSync])
    }

    @Test func `a reference that became one to another table is undone to the one before, and back`() async throws {
        let world = try await Self.worldWithPlans()
        let account = try world.account("C-001").text("accountid")
        let contact = try #require(world.rows(.crm, "contacts").first).text("contactid")
        let run = try await Self.change(world)
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.status == .done)
        #expect(Self.customer("Plan 1", world) == account)
        #expect(world.row(.erp, "plans", where: "number", is: "P002")?.text("customerNumber") == "C-002")
        let again = try await world.perform(UndoRun(.run(try #require(undone.run))))
        #expect(again.status == .done)
        #expect(Self.customer("Plan 1", world) == contact)
        #expect(world.row(.erp, "plans", where: "number", is: "P002")?.text("customerNumber") == "C-001")
    }
}
