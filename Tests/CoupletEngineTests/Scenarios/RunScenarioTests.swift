import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: runs, directions and parents")
struct RunScenarioTests {
    private static func id(_ number: Int) -> SandboxJSON { .string("00000000-0000-4000-8000-00000000e00\(number)") }

    private static func all(_ seed: SeedSource) async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(seed: seed, options: options)
    }

    @Test("S0025 A record of another table is unknown to a mapping, and nothing is done")
    func otherTable() async throws {
        let world = try await Small.coupled()
        let account = try #require(try world.account("C-001")["accountid"]?.string)
        for key in ["SP-00007", "crm:" + Small.users[0]] {
            let found = try await code {
                try await world.perform(Synchronize(mapping: "CUSTOMER", keys: [key]))
            }
            #expect(found == "key.unknown", "\(key)")
        }
        let other = try await code {
            try await world.perform(Synchronize(mapping: "SALESPEOPLE", keys: ["crm:" + account]))
        }
        #expect(other == "key.unknown")
    }

    @Test("S0027 A job against the mapping's direction is refused before anything is read")
    func direction() async throws {
        let world = try await World(seed: Small.seed())
        let cost = try await world.cost {
            let found = try await code {
                try await world.perform(Synchronize(mapping: "SALESPEOPLE", direction: .toIntegrationTable))
            }
            #expect(found == "sync.directionNotAllowed")
        }
        #expect(cost.requests == BySide(erp: 0, crm: 0))
    }

    @Test("S0151 A record is not created against the mapping's direction")
    func createRefused() async throws {
        let world = try await World(seed: Small.seed())
        let before = world.rows(.crm, "systemusers").count
        let found = try await code {
            try await world.perform(
                CoupleRecords(mapping: "SALESPEOPLE", key: "SP-00007", with: nil, choice: nil)
            )
        }
        #expect(found == "couple.createNotAllowed")
        #expect(world.rows(.crm, "systemusers").count == before)
    }

    @Test("S0266 A record outside the filter is not synchronized, and says so")
    func outside() async throws {
        let contact = SandboxJSON.members([
            "id": Self.id(1), "number": .string("CT1"), "type": .string("Person"), "displayName": .string("Ann Berg"),
        ])
        let world = try await Self.all(
            SeedSource(businessCentral: [SeedTable(entitySet: "contacts", rows: [contact])], dataverse: [])
        )
        let run = try await world.perform(Synchronize(mapping: "CONTACT", keys: ["CT1"], creates: true))
        #expect(run.counts.inserted == 0)
        #expect(world.rows(.crm, "contacts").isEmpty)
        #expect(try await world.explain("CT1", "CONTACT").record.state == .outOfScope)
    }

    /// An account of a relationship type, and a contact of it.
    private static func family(type: String) -> SeedSource {
        SeedSource(
            businessCentral: [],
            dataverse: [
                SeedTable(
                    entitySet: "accounts",
                    rows: [
                        .members([
                            "accountid": id(2), "name": .string("Åre Ski"), "accountnumber": .string("A2"),
                            "customertypecode": .number(type), "statecode": .number("0"),
                        ])
                    ]
                ),
                SeedTable(
                    entitySet: "contacts",
                    rows: [
                        .members([
                            "contactid": id(3), "firstname": .string("Bo"), "lastname": .string("Ek"),
                            "_parentcustomerid_value": id(2),
                            "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": .string("account"),
                            "statecode": .number("0"),
                        ])
                    ]
                ),
            ]
        )
    }

    @Test("S0270 A contact whose account is no customer waits, and nothing is created on the way")
    func parentOutside() async throws {
        let world = try await Self.all(Self.family(type: "9"))
        let run = try await world.perform(Synchronize(mapping: "CONTACT", isFull: true, creates: true))
        #expect(run.counts.inserted == 0)
        #expect(run.counts.waiting == 1)
        #expect(world.rows(.erp, "customers").isEmpty)
        #expect(world.rows(.erp, "contacts").isEmpty)
    }

    @Test("S0412 A contact without a company is out of scope")
    func noCompany() async throws {
        let alone = SandboxJSON.members([
            "contactid": Self.id(4), "lastname": .string("Alone"), "statecode": .number("0"),
        ])
        let world = try await Self.all(
            SeedSource(businessCentral: [], dataverse: [SeedTable(entitySet: "contacts", rows: [alone])])
        )
        let run = try await world.perform(Synchronize(mapping: "CONTACT", isFull: true, creates: true))
        #expect(run.counts.inserted + run.counts.failed == 0)
        let id = Self.id(4).string ?? ""
        #expect(try await world.explain("crm:" + id, "CONTACT").record.state == .outOfScope)
    }

    @Test("S0583 A unit is called by its code")
    func unitName() async throws {
        let unit = SandboxJSON.members([
            "id": Self.id(6), "code": .string("STONE"), "displayName": .string("Fourteen pounds"),
        ])
        let world = try await Self.all(
            SeedSource(businessCentral: [SeedTable(entitySet: "unitsOfMeasure", rows: [unit])], dataverse: [])
        )
        let before = world.rows(.crm, "uomschedules").count
        try await world.perform(
            MatchRecords(mapping: "UNIT OF MEASURE", createUnmatched: true, synchronization: .to)
        )
        #expect(world.rows(.crm, "uomschedules").count == before + 1)
        let group = try #require(world.row(.crm, "uomschedules", where: "name", is: "STONE"))
        #expect(group.text("baseuomname") == "STONE")
    }

    @Test("S0073 An item without a base unit is reported, and no product is created")
    func noUnit() async throws {
        let item = SandboxJSON.members([
            "id": Self.id(5), "number": .string("I1"), "displayName": .string("Bike"), "type": .string("Inventory"),
        ])
        let world = try await Self.all(
            SeedSource(businessCentral: [SeedTable(entitySet: "items", rows: [item])], dataverse: [])
        )
        let run = try await world.perform(
            MatchRecords(mapping: "ITEM-PRODUCT", createUnmatched: true, synchronization: .to)
        )
        #expect(run.counts.inserted == 0)
        #expect(run.counts.parked == 1, "\(run.counts)")
        #expect(world.rows(.crm, "products").isEmpty)
        let reasons = try await world.explain("I1", "ITEM-PRODUCT").reasons
        #expect(reasons.contains { $0.code == "field.needsValue" && $0.arguments["field"] == "baseUnitOfMeasureCode" })
    }

    @Test("S0321 An item's price goes to its product and to nothing else")
    func priceLines() async throws {
        let item = SandboxJSON.members([
            "id": Self.id(5), "number": .string("I1"), "displayName": .string("Bike"), "unitPrice": .number("10"),
            "baseUnitOfMeasureCode": .string("PCS"), "type": .string("Inventory"),
        ])
        let world = try await Self.all(
            SeedSource(
                businessCentral: [
                    SeedTable(
                        entitySet: "unitsOfMeasure",
                        rows: [.members(["id": Self.id(6), "code": .string("PCS"), "displayName": .string("Piece")])]
                    ), SeedTable(entitySet: "items", rows: [item]),
                ],
                dataverse: []
            )
        )
        try await world.perform(MatchRecords(mapping: "UNIT OF MEASURE", createUnmatched: true, synchronization: .to))
        try await world.perform(MatchRecords(mapping: "ITEM-PRODUCT", createUnmatched: true, synchronization: .to))
        let product = try #require(world.rows(.crm, "products").first)
        let line = SandboxJSON.members([
            "productpricelevelid": Self.id(7), "_productid_value": product["productid"] ?? .null,
            "amount": .number("7"),
        ])
        #expect(world.edit(.crm, "productpricelevels", line) == [])
        let before = world.rows(.crm, "productpricelevels").map(\.bytes)
        world.edit(.erp, "items", ["id": Self.id(5), "unitPrice": .number("12")])
        try await world.synchronize("ITEM-PRODUCT")
        #expect(Double(world.rows(.crm, "products").first?["price"]?.number ?? "") == 12)
        #expect(world.rows(.crm, "productpricelevels").map(\.bytes) == before)
    }
}
