import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Couplings as a file")
struct CouplingFileActionTests {
    @Test("what one home exports, another imports, and a second import changes nothing")
    func exportAndImport() async throws {
        let first = try await Small.coupled()
        let rows = try await first.perform(ExportCouplings(mapping: "customer")).rows
        #expect(rows.map(\.erp) == ["C-001", "C-002", "C-003"])
        #expect(rows.allSatisfy { $0.mapping == "CUSTOMER" })

        let accounts = Small.customers.indices.map { index in
            Small.account(index + 1, ["name": .string("Account \(index + 1)")])
        }
        let second = try await World(seed: Small.seed(accounts: accounts))
        let ids = second.rows(.crm, "accounts").map { $0.text("accountid") }
        let wanted = zip(Small.numbers, ids).enumerated().map { index, pair in
            CouplingRow(mapping: "CUSTOMER", erp: pair.0, crm: pair.1, line: index + 2)
        }
        let content = second.content
        let shown = try await second.perform(ImportCouplings(rows: wanted, isPreview: true))
        #expect(shown.result.plan?.steps.count == 3)
        #expect(try await second.perform(ExportCouplings()).rows.isEmpty)
        let done = try await second.perform(ImportCouplings(rows: wanted))
        #expect(done.problems.isEmpty && done.result.counts.coupled == 3)
        #expect(second.content == content)
        let again = try await second.perform(ImportCouplings(rows: wanted))
        #expect(again.present == 3 && again.result.counts.coupled == 0 && again.problems.isEmpty)
    }

    @Test("every bad row has its problem, and one of them keeps all from being coupled")
    func problems() async throws {
        let accounts = (1...3).map { Small.account($0, ["name": .string("Account \($0)")]) }
        let world = try await World(seed: Small.seed(accounts: accounts))
        let ids = world.rows(.crm, "accounts").map { $0.text("accountid") }
        let rows = [
            CouplingRow(mapping: "CUSTOMER", erp: "C-001", crm: ids[0], line: 2),
            CouplingRow(mapping: "NOTHING", erp: "C-001", crm: ids[0], line: 3),
            CouplingRow(mapping: "CUSTOMER", erp: "C-009", crm: ids[1], line: 4),
            CouplingRow(mapping: "CUSTOMER", erp: "C-002", crm: ids[0], line: 5),
            CouplingRow(mapping: "CUSTOMER", erp: "C-003", crm: Small.customers[0], line: 6),
        ]
        let view = try await world.perform(ImportCouplings(rows: rows))
        #expect(view.problems.map(\.line) == [3, 4, 5, 6])
        #expect(
            view.problems.map(\.message.code) == [
                "mapping.unknown", "key.unknown", "coupling.twice", "key.unknown",
            ]
        )
        #expect(try await world.perform(ExportCouplings()).rows.isEmpty)
    }

    @Test("a record that is coupled otherwise is not coupled anew")
    func coupledOtherwise() async throws {
        let world = try await Small.coupled()
        var rows = try await world.perform(ExportCouplings(mapping: "CUSTOMER")).rows
        (rows[0].crm, rows[1].crm) = (rows[1].crm, rows[0].crm)
        let view = try await world.perform(ImportCouplings(rows: rows))
        #expect(view.problems.map(\.message.code) == ["couple.alreadyCoupled", "couple.alreadyCoupled"])
        #expect(view.present == 1)
    }
}

@Suite("Records by key")
struct RecordKeyTests {
    @Test("every key that a list shows names its record, on either side, with and without its side")
    func keys() async throws {
        let world = try await Small.coupled()
        for side in Side.allCases {
            for record in try await world.perform(ListRecords(mapping: "CUSTOMER", side: side)).records {
                let id = record.id
                for key in [record.typedKey, id.description] {
                    #expect(try await world.explain(key).record.id == id, "\(key)")
                }
            }
        }
        #expect(try await world.explain("crm:C-002").record.side == .crm)
    }

    @Test("records can be listed by how they stand")
    func states() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-002", "address1_city", .string("Malmö"))
        let changed = try await world.perform(ListRecords(mapping: "CUSTOMER", states: [.crmChanged]))
        #expect(changed.records.map(\.key) == ["C-002"])
        #expect(try await world.perform(ListRecords(mapping: "CUSTOMER", states: [.inSync])).records.count == 2)
    }

    @Test("a reason names its record, so that advice can be typed as it stands")
    func advice() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-002", "address1_city", .string("Malmö"))
        let view = try await world.explain("C-002")
        #expect(view.reasons.allSatisfy { $0.arguments["mapping"] == "CUSTOMER" && $0.arguments["key"] == "C-002" })
    }
}

@Suite("Kinds of connections")
struct ConnectionKindTests {
    @Test("a system cannot be a side that it is not", arguments: Side.allCases)
    func kinds(side: Side) async throws {
        let world = try await World(seed: Small.seed())
        for (kind, wanted) in [
            (side == .erp ? "dataverse" : "businessCentral", "connection.kindOfOtherSide"),
            ("sap", "connection.unknownKind"),
        ] {
            let found = try await code {
                try await world.perform(
                    SetConnection(
                        connection: "other",
                        side: side,
                        kind: kind,
                        url: "http://x.example",
                        tokenURL: "http://x.example/token",
                        clientID: "c",
                        secret: "s"
                    )
                )
            }
            #expect(found == wanted)
        }
    }
}
