import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Mappings made by proposal, end to end")
struct WizardTests {
    private static func id(_ number: Int) -> SandboxJSON { .string("00000000-0000-4000-8000-00000000b00\(number)") }

    private static func items(_ count: Int) -> SeedTable {
        SeedTable(
            entitySet: "items",
            rows: (1...count).map { number in
                .members([
                    "id": id(number), "number": .string("I\(number)"), "displayName": .string("Bike \(number)"),
                    "unitPrice": .number("\(number)0.5"), "type": .string("Inventory"),
                    "baseUnitOfMeasureCode": .string("PCS"),
                ])
            }
        )
    }

    private static func world() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(
            seed: SeedSource(
                businessCentral: [
                    SeedTable(
                        entitySet: "unitsOfMeasure",
                        rows: [.members(["id": id(9), "code": .string("PCS"), "displayName": .string("Piece")])]
                    ), items(2),
                ],
                dataverse: []
            ),
            options: options
        )
    }

    private static func propose(_ world: World, _ erp: String, _ crm: String) async throws -> MappingProposal {
        try await world.perform(
            ProposeMapping(
                mapping: "mine",
                tables: BySide(erp: erp, crm: crm),
                connections: BySide(erp: nil, crm: nil)
            )
        )
    }

    @Test("items and products: what is proposed is applied, creates, and brings edits of both sides over")
    func items() async throws {
        let world = try await Self.world()
        try await world.perform(MatchRecords(mapping: "UNIT OF MEASURE", createUnmatched: true, synchronization: .to))
        let proposal = try await Self.propose(world, "items", "products")
        var mapping = proposal.mapping
        let pairs = Set(mapping.fields.map(\.id))
        #expect(pairs.isSuperset(of: ["number|productnumber", "displayName|name"]), "\(pairs)")
        #expect(
            proposal.unmapped.contains { $0.field == "_defaultuomid_value" && $0.reason.code == "propose.reference" }
        )
        // What the proposal explains and leaves to a person: the references that every product needs.
        let known = try #require(
            try await world.perform(ShowMapping(mapping: "ITEM-PRODUCT")).mappings.first?.mapping
        )
        mapping.fields += known.fields.filter { $0.reference != nil }
        mapping.crm.template = known.crm.template
        #expect(try await world.perform(PauseMapping(mapping: "ITEM-PRODUCT", isPaused: true)).mappings.count == 1)
        let applied = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(applied.isApplied, "\(applied.problems)")
        let run = try await world.perform(MatchRecords(mapping: "MINE", createUnmatched: true, synchronization: .to))
        #expect(run.counts.inserted == 2)
        #expect(run.counts.failed + run.counts.parked == 0)
        world.edit(.erp, "items", ["id": Self.id(1), "displayName": .string("Trike")])
        let second = try #require(world.row(.crm, "products", where: "productnumber", is: "I2"))
        #expect(
            world.edit(
                .crm,
                "products",
                .members(["productid": second["productid"] ?? .null, "name": .string("Boat")])
            )
                == []
        )
        try await world.synchronize("MINE")
        #expect(world.row(.crm, "products", where: "productnumber", is: "I1")?.text("name") == "Trike")
        #expect(world.row(.erp, "items", where: "number", is: "I2")?.text("displayName") == "Boat")
        let open = try await world.states("MINE").filter { $0.value != .inSync }
        #expect(open.isEmpty, "\(open) \(pairs)")
    }

    /// A table of the ERP's own, published as an API page.
    private static let page = """
        [{"publisher":"contoso","group":"club","version":"v1.0","entitySet":"plans","entityName":"plan","table":"Plan",
        "key":"number","numberSeries":{"prefix":"P","digits":3,"step":1},
        "properties":[{"name":"number","type":"code","length":10},{"name":"displayName","type":"text","length":50},
        {"name":"description","type":"text","length":100},{"name":"estimatedValue","type":"decimal"}]}]
        """

    @Test("a table of one's own behind another route of the API: proposed, applied, created and kept in sync both ways")
    func customTable() async throws {
        let pages = try #require(try SandboxJSON(bytes: Array(Self.page.utf8)).array)
        let plan = SandboxJSON.members([
            "id": Self.id(1), "number": .string("P001"), "displayName": .string("Spring"),
            "description": .string("Bikes for all"), "estimatedValue": .number("12.5"),
        ])
        let account = SandboxJSON.members(["accountid": Self.id(2), "name": .string("Åre Ski")])
        var options = World.Options()
        options.mappings = nil
        let world = try await World(
            seed: SeedSource(
                businessCentral: [
                    SeedTable(entitySet: "apiPages", rows: pages), SeedTable(entitySet: "plans", rows: [plan]),
                ],
                dataverse: [SeedTable(entitySet: "accounts", rows: [account])]
            ),
            options: options
        )
        let proposal = try await Self.propose(world, "contoso/club/v1.0/plans", "opportunities")
        var mapping = proposal.mapping
        let pairs = Set(mapping.fields.map(\.id))
        #expect(
            pairs.isSuperset(of: ["displayName|name", "description|description", "estimatedValue|estimatedvalue"]),
            "\(pairs)"
        )
        // An opportunity needs a customer.
        mapping.crm.template = [
            TableMapping.TemplateValue(
                field: FieldMapping.Field(
                    "_customerid_value",
                    .reference(table: "accounts", property: "customerid_account")
                ),
                value: .text(Self.id(2).string ?? "")
            )
        ]
        let applied = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(applied.isApplied, "\(applied.problems)")
        let run = try await world.perform(MatchRecords(mapping: "MINE", createUnmatched: true, synchronization: .to))
        #expect(run.counts.inserted == 1)
        let made = try #require(world.rows(.crm, "opportunities").first)
        #expect(made.text("name") == "Spring")
        #expect(Double(made["estimatedvalue"]?.number ?? "") == 12.5)
        let edit = SandboxJSON.members([
            "opportunityid": made["opportunityid"] ?? .null, "description": .string("Bikes for some"),
        ])
        #expect(world.edit(.crm, "opportunities", edit) == [])
        world.edit(.erp, "plans", ["id": Self.id(1), "displayName": .string("Summer")])
        try await world.synchronize("MINE")
        #expect(world.rows(.crm, "opportunities").first?.text("name") == "Summer")
        #expect(world.rows(.erp, "plans").first?.text("description") == "Bikes for some")
        let new = SandboxJSON.members([
            "opportunityid": Self.id(3), "name": .string("Autumn"), "_customerid_value": Self.id(2),
        ])
        #expect(world.edit(.crm, "opportunities", new) == [])
        let back = try await world.perform(Synchronize(mapping: "MINE", creates: true))
        #expect(back.counts.inserted == 1, "\(back.counts)")
        #expect(world.rows(.erp, "plans").contains { $0.text("displayName") == "Autumn" })
        #expect(try await world.states("MINE").filter { $0.value != .inSync } == [:])
    }
}
