import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Scenarios: which records may be coupled")
struct CandidateScenarioTests {
    private static func id(_ number: Int) -> String { "00000000-0000-4000-8000-00000000a00\(number)" }

    /// Two records of one table of the CRM, named A and B.
    private static func rows(_ table: String) -> [SandboxJSON] {
        [("A", 1), ("B", 2)].map { name, number in
            func row(_ members: KeyValuePairs<String, SandboxJSON>) -> SandboxJSON { .members(members) }
            let (id, name) = (SandboxJSON.string(id(number)), SandboxJSON.string(name))
            return switch table {
            case "accounts": row(["accountid": id, "name": name, "customertypecode": .number("3")])
            case "contacts": row(["contactid": id, "lastname": name, "fullname": name])
            case "transactioncurrencies":
                row([
                    "transactioncurrencyid": id, "currencyname": name, "isocurrencycode": name,
                    "exchangerate": .number("1"),
                ])
            case "products": row(["productid": id, "name": name, "producttypecode": .number("\(number * 2 - 1)")])
            case "pricelevels": row(["pricelevelid": id, "name": name])
            default: row(["uomscheduleid": id, "name": name, "baseuomname": name])
            }
        }
    }

    private static func world(_ table: String) async throws -> World {
        var options = World.Options()
        options.mappings = nil
        let seed = SeedSource(
            businessCentral: [
                SeedTable(entitySet: "items", rows: [.members(["id": .string(id(9)), "number": .string("I1")])]),
                SeedTable(entitySet: "customers", rows: [.members(["id": .string(id(8)), "number": .string("I1")])]),
                SeedTable(
                    entitySet: "contacts",
                    rows: [
                        .members([
                            "id": .string(id(7)), "number": .string("I1"), "type": .string("Person"),
                            "companyNumber": .string("I2"),
                        ])
                    ]
                ), SeedTable(entitySet: "currencies", rows: [.members(["id": .string(id(6)), "code": .string("I1")])]),
                SeedTable(
                    entitySet: "unitsOfMeasure",
                    rows: [.members(["id": .string(id(5)), "code": .string("I1")])]
                ),
            ],
            dataverse: [SeedTable(entitySet: table, rows: rows(table))]
        )
        return try await World(seed: seed, options: options)
    }

    /// Lets a mapping concern one record of the CRM.
    private static func narrow(_ world: World, _ mapping: String, _ filter: RecordFilter) async throws {
        try await world.store.write { transaction in
            for var found in try transaction.mappings() where found.name == mapping {
                found.crm.filter = filter
                try transaction.save(found)
            }
        }
    }

    @Test(
        "Only records within the mapping's filter are offered, and others cannot be coupled",
        arguments: [
            ("S0123 S0389", "CUSTOMER", "accounts", "name"), ("S0124 S0390", "CONTACT", "contacts", "fullname"),
            ("S0126 S0393", "CURRENCY", "transactioncurrencies", "currencyname"),
            ("S0394", "UNIT OF MEASURE", "uomschedules", "name"),
        ]
    )
    func candidates(scenarios: String, mapping: String, table: String, field: String) async throws {
        let world = try await Self.world(table)
        try await Self.narrow(world, mapping, .compare(field: field, .equal, .text("A")))
        let view = try await world.perform(ListRecords(mapping: mapping, side: .crm, isCoupled: false))
        #expect(view.records.map(\.name) == ["A"], "\(scenarios)")
        func couple(_ number: Int) async throws -> String? {
            try await code {
                let with = "crm:" + Self.id(number)
                try await world.perform(CoupleRecords(mapping: mapping, key: "I1", with: with, choice: nil))
            }
        }
        #expect(try await couple(2) == "couple.outOfScope", "\(scenarios)")
        #expect(try await couple(1) == nil, "\(scenarios)")
    }

    @Test("S0128 Of products, those of the mapping's type are offered, and others cannot be coupled")
    func products() async throws {
        let world = try await Self.world("products")
        let view = try await world.perform(ListRecords(mapping: "ITEM-PRODUCT", side: .crm, isCoupled: false))
        #expect(view.records.map(\.name) == ["A"])
        func couple(_ number: Int) async throws -> String? {
            try await code {
                let with = "crm:" + Self.id(number)
                try await world.perform(CoupleRecords(mapping: "ITEM-PRODUCT", key: "I1", with: with, choice: nil))
            }
        }
        #expect(try await couple(2) == "couple.outOfScope")
        #expect(try await couple(1) == nil)
    }

    @Test("S0127 A mapping of one's own for price groups offers what its filter lets in")
    func priceGroups() async throws {
        let world = try await Self.world("pricelevels")
        var mapping = try #require(
            try await world.perform(ShowMapping(mapping: "UNIT OF MEASURE")).mappings.first?.mapping
        )
        mapping.name = "PRICE GROUP"
        mapping.crm.table = "pricelevels"
        mapping.crm.idField = "pricelevelid"
        mapping.crm.keyField = nil
        mapping.crm.filter = .compare(field: "name", .equal, .text("A"))
        mapping.fields = mapping.fields.filter { $0.crm.name == "name" }
        mapping.matchRules = [MatchRule(pairs: [MatchRule.Pair(erp: "code", crm: "name")])]
        let applied = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(applied.isApplied, "\(applied.problems)")
        let view = try await world.perform(ListRecords(mapping: "PRICE GROUP", side: .crm, isCoupled: false))
        #expect(view.records.map(\.name) == ["A"])
    }

    @Test("S0392 Two mappings of one table each offer what their own filter lets in")
    func twoMappings() async throws {
        let world = try await Self.world("accounts")
        try await Self.narrow(world, "CUSTOMER", .compare(field: "name", .equal, .text("A")))
        try await Self.narrow(world, "VENDOR", .compare(field: "name", .equal, .text("B")))
        var names: [String] = []
        for mapping in ["CUSTOMER", "VENDOR"] {
            names += try await world.perform(ListRecords(mapping: mapping, side: .crm, isCoupled: false)).records
                .map(\.name)
        }
        #expect(names == ["A", "B"])
    }

    @Test("S0740 Choices are listed with the codes that they are coupled to")
    func choices() async throws {
        var options = World.Options()
        options.mappings = nil
        let seed = SeedSource(
            businessCentral: [
                SeedTable(
                    entitySet: "paymentTerms",
                    rows: [.members(["id": .string(Self.id(1)), "code": .string("NET 30")])]
                )
            ],
            dataverse: []
        )
        let world = try await World(seed: seed, options: options)
        try await world.perform(MatchRecords(mapping: "PAYMENT TERMS", synchronization: .to))
        let view = try await world.perform(ListRecords(mapping: "PAYMENT TERMS", side: .crm))
        #expect(view.records.count == 4)
        let coupled = view.records.filter { $0.coupledTo != nil }
        #expect(coupled.map(\.name) == ["Net 30"])
        #expect(coupled.first?.coupledTo?.description == Self.id(1))
    }
}
