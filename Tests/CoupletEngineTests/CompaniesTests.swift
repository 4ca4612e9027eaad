import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Several companies against one CRM")
struct CompaniesTests {
    private static let north = "00000000-0000-4000-8000-00000000f002"

    /// Both companies have a customer C-001 of the same name and city.
    private static var seed: SeedSource {
        func company(_ id: String, _ name: String) -> SandboxJSON {
            .members(["id": .string(id), "name": .string(name), "displayName": .string(name)])
        }
        func customer(_ id: Int, _ number: String, _ name: String, _ company: String) -> SandboxJSON {
            .members([
                "@company": .string(company), "id": .string("00000000-0000-4000-8000-00000000c00\(id)"),
                "number": .string(number), "displayName": .string(name), "city": .string("Lund"),
                "blocked": .string(" "),
            ])
        }
        return SeedSource(
            businessCentral: [
                SeedTable(
                    entitySet: "companies",
                    rows: [company("00000000-0000-4000-8000-00000000f001", "South"), company(north, "North")]
                ),
                SeedTable(
                    entitySet: "customers",
                    rows: [
                        customer(1, "C-001", "Same", "South"), customer(2, "C-002", "Only South", "South"),
                        customer(3, "C-001", "Same", "North"), customer(4, "C-003", "Only North", "North"),
                    ]
                ),
            ],
            dataverse: []
        )
    }

    private static func world() async throws -> World {
        let world = try await World(seed: seed)
        try await world.perform(
            SetConnection(
                connection: "north",
                side: .erp,
                kind: "businessCentral",
                url: "http://erp.example",
                company: north,
                tokenURL: "http://erp.example/tenant/oauth2/v2.0/token",
                clientID: "sandbox-client",
                secret: "sandbox-secret",
                operationLimitSeconds: 2
            )
        )
        try await world.perform(EnableConnection(connection: nil, isEnabled: true))
        return world
    }

    private static func accounts(_ world: World, _ mapping: String) async throws -> [String: String] {
        let view = try await world.perform(ListRecords(mapping: mapping, side: .erp, isCoupled: true))
        return Dictionary(view.records.map { ($0.key ?? "", $0.coupledTo?.description ?? "") }) { first, _ in first }
    }

    @Test func `each has mappings of its own, and adding them again changes nothing`() async throws {
        let world = try await Self.world()
        let added = try await world.perform(AddDefaultMappings(erp: "north", crm: "crm", mappings: ["customer"]))
        #expect(added.mappings.map(\.mapping.name) == ["SALESPEOPLE@NORTH", "CUSTOMER@NORTH"])
        #expect(added.mappings.allSatisfy { $0.mapping.erp.connection == "north" })
        let references = added.mappings.last?.mapping.enabledFields.compactMap(\.reference?.mapping)
        #expect(references == ["SALESPEOPLE@NORTH"])
        let again = try await world.perform(AddDefaultMappings(erp: "north", crm: "crm"))
        #expect(again.mappings.map(\.mapping) == added.mappings.map(\.mapping))
        let first = try await world.perform(AddDefaultMappings(erp: "bc", crm: "crm"))
        #expect(first.mappings.map(\.mapping.name) == ["SALESPEOPLE", "CUSTOMER"])
        let wrong = try await code { try await world.perform(AddDefaultMappings(erp: "crm", crm: "bc")) }
        #expect(wrong == "mapping.wrongSide")
    }

    @Test func `customers of each get accounts of their own, and nothing is crossed`() async throws {
        let world = try await Self.world()
        try await world.perform(AddDefaultMappings(erp: "north", crm: "crm"))
        for name in ["CUSTOMER", "CUSTOMER@NORTH"] {
            let run = try await world.perform(
                MatchRecords(mapping: name, createUnmatched: true, synchronization: .to)
            )
            #expect(run.counts.inserted == 2, "\(name)")
            #expect(run.counts.questions == 0, "\(name)")
        }
        let south = try await Self.accounts(world, "CUSTOMER")
        let north = try await Self.accounts(world, "CUSTOMER@NORTH")
        #expect(Set(south.keys) == ["C-001", "C-002"])
        #expect(Set(north.keys) == ["C-001", "C-003"])
        #expect(Set(south.values).isDisjoint(with: north.values))
        #expect(world.rows(.crm, "accounts").count == 4)

        let run = try await world.perform(Synchronize(isFull: true, creates: true))
        #expect(run.counts.inserted == 0)
        #expect(world.rows(.crm, "accounts").count == 4)
        #expect(world.rows(.erp, "customers").count == 2)

        let theirs = try #require(north["C-001"])
        world.edit(.crm, "accounts", ["accountid": .string(theirs), "name": .string("Renamed")])
        try await world.synchronize()
        #expect(try world.customer("C-001").text("displayName") == "Same")
        let names = try await world.perform(ListRecords(mapping: "CUSTOMER@NORTH", side: .erp)).records.map(\.name)
        #expect(Set(names) == ["Renamed", "Only North"])

        let refused = try await code {
            try await world.perform(
                CoupleRecords(mapping: "CUSTOMER", key: "crm:" + theirs, with: "C-002", choice: nil)
            )
        }
        #expect(refused == "couple.taken")
    }
}
