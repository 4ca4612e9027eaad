import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Testing

@Suite("Default mappings against the stand-ins")
struct DefaultFilterTests {
    private let clock = SteppingClock()

    /// A layout with all that a mapping and its filter read of one side.
    private func shape(_ mapping: TableMapping, _ side: Side) -> TableShape {
        let table = mapping.table(side)
        var fields: [String] = []
        for name in mapping.fields.map({ $0.field(side).name }) + table.filter.fields where !fields.contains(name) {
            fields.append(name)
        }
        return TableShape(
            table: table.table,
            idField: table.idField,
            modifiedField: table.modifiedField,
            layout: RowLayout(number: 1, fields: fields)
        )
    }

    private func connector(_ side: Side) throws -> any Connector {
        let now = SandboxInstant(milliseconds: clock.now.milliseconds)
        switch side {
        case .erp:
            let sandbox = BusinessCentralSandbox(seed: Self.erpSeed, at: now)
            let company = sandbox.companyID.description
            let factory = StandardConnectorFactory(transport: SandboxTransport(sandbox, clock: clock), clock: clock)
            return try factory.connector(
                for: SandboxWorlds.settings("businessCentral", company),
                secret: "sandbox-secret"
            )
        case .crm:
            let sandbox = DataverseSandbox(seed: Self.crmSeed, at: now)
            let factory = StandardConnectorFactory(transport: SandboxTransport(sandbox, clock: clock), clock: clock)
            return try factory.connector(for: SandboxWorlds.settings("dataverse", nil), secret: "sandbox-secret")
        }
    }

    private static let erpSeed = [
        SeedTable(
            entitySet: "customers",
            rows: ["_x0020_", "Ship", "Invoice", "All"].enumerated().map { index, blocked in
                .members([
                    "id": .string(ConnectorWorld.id(index).description), "number": .string("C\(index)"),
                    "displayName": .string("Customer \(index)"), "blocked": .string(blocked),
                ])
            }
        ),
        SeedTable(
            entitySet: "vendors",
            rows: [
                named("number", 30, ["blocked": .string(" ")]), named("number", 31, ["blocked": .string("Payment")]),
            ]
        ),
        SeedTable(
            entitySet: "contacts",
            rows: [
                named("number", 40, ["type": .string("Company"), "companyNumber": .string("N40")]),
                named("number", 41, ["type": .string("Person"), "companyNumber": .string("N40")]),
                named("number", 42, ["type": .string("Person")]),
            ]
        ),
        SeedTable(
            entitySet: "items",
            rows: [named("number", 50, [:]), named("number", 51, ["blocked": .boolean(true)])]
        ),
        SeedTable(
            entitySet: "salespeoplePurchasers",
            rows: [
                .members([
                    "id": .string(ConnectorWorld.id(9).description), "code": .string("NDA"),
                    "displayName": .string("Nancy"),
                ])
            ]
        ),
    ]

    private static let crmSeed = [
        SeedTable(
            entitySet: "systemusers",
            rows: [
                user(1, ["isdisabled": .boolean(false), "islicensed": .boolean(true)]),
                user(2, ["islicensed": .boolean(true), "isintegrationuser": .boolean(false)]),
                user(3, ["isdisabled": .boolean(true), "islicensed": .boolean(true)]), user(4, [:]),
                user(5, ["islicensed": .boolean(true), "isintegrationuser": .boolean(true)]),
            ]
        ),
        SeedTable(
            entitySet: "accounts",
            rows: [
                account(1, ["customertypecode": .number("3"), "statecode": .number("0")]),
                account(2, ["customertypecode": .number("3")]),
                account(3, ["customertypecode": .number("3"), "statecode": .number("1")]),
                account(4, ["customertypecode": .number("8")]), account(5, [:]),
                account(6, ["customertypecode": .number("11")]),
            ]
        ),
        SeedTable(
            entitySet: "contacts",
            rows: [
                record("contactid", "lastname", 21, parent(1, "account")),
                record("contactid", "lastname", 22, parent(21, "contact")),
                record("contactid", "lastname", 23, [:]),
                record("contactid", "lastname", 24, parent(1, "account").merging(["statecode": .number("1")]) { $1 }),
            ]
        ),
        SeedTable(
            entitySet: "products",
            rows: [
                record("productid", "name", 61, ["producttypecode": .number("1"), "statecode": .number("0")]),
                record("productid", "name", 62, ["producttypecode": .number("1"), "statecode": .number("2")]),
                record("productid", "name", 63, ["producttypecode": .number("1"), "statecode": .number("1")]),
                record("productid", "name", 64, ["producttypecode": .number("3"), "statecode": .number("0")]),
            ]
        ),
    ]

    private static func named(_ key: String, _ number: Int, _ more: [String: SandboxJSON]) -> SandboxJSON {
        record("id", "displayName", number, more.merging([key: .string("N\(number)")]) { $1 })
    }

    private static func parent(_ number: Int, _ table: String) -> [String: SandboxJSON] {
        [
            "_parentcustomerid_value": .string(ConnectorWorld.id(number).description),
            "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": .string(table),
        ]
    }

    private static func user(_ number: Int, _ more: [String: SandboxJSON]) -> SandboxJSON {
        record("systemuserid", "fullname", number, more)
    }

    private static func account(_ number: Int, _ more: [String: SandboxJSON]) -> SandboxJSON {
        record("accountid", "name", number, more)
    }

    private static func record(
        _ idField: String,
        _ nameField: String,
        _ number: Int,
        _ more: [String: SandboxJSON]
    ) -> SandboxJSON {
        let own: [SandboxJSON.Member] = [
            SandboxJSON.Member(name: idField, value: .string(ConnectorWorld.id(number).description)),
            SandboxJSON.Member(name: nameField, value: .string("Record \(number)")),
        ]
        let others = more.sorted { $0.key < $1.key }.map { SandboxJSON.Member(name: $0.key, value: $0.value) }
        return .object(own + others)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var mapping: String
        var side: Side
        var expected: Set<Int>
        var testDescription: String { "\(mapping) \(side)" }
    }

    @Test(arguments: [
        Case(mapping: "SALESPEOPLE", side: .erp, expected: [9]),
        Case(mapping: "SALESPEOPLE", side: .crm, expected: [1, 2]),
        Case(mapping: "CUSTOMER", side: .erp, expected: [0]),
        Case(mapping: "CUSTOMER", side: .crm, expected: [1, 2]), Case(mapping: "VENDOR", side: .crm, expected: [6]),
        Case(mapping: "VENDOR", side: .erp, expected: [30]), Case(mapping: "CONTACT", side: .erp, expected: [41]),
        Case(mapping: "CONTACT", side: .crm, expected: [21]), Case(mapping: "ITEM-PRODUCT", side: .erp, expected: [50]),
        Case(mapping: "ITEM-PRODUCT", side: .crm, expected: [61, 62]),
    ])
    func `a filter means the same there and here, and every mapped field can be read`(example: Case) async throws {
        let mappings = DefaultMappings.all(erp: "erp", crm: "crm")
        let mapping = try #require(mappings.first { $0.name == example.mapping })
        let shape = shape(mapping, example.side)
        let filter = mapping.table(example.side).filter
        let connector = try connector(example.side)
        _ = try await connector.test(tables: [shape])
        let all = try await connector.read(.everything, of: shape).rows
        let here = (0..<all.count).filter { index in
            all.withRow(at: index) { filter.matches($0, layout: shape.layout) }
        }
        let there = try await connector.read(.matching(filter), of: shape).rows
        let expected = Set(example.expected.map { ConnectorWorld.id($0) })
        #expect(Set(here.map { all.ids[$0] }) == expected)
        let isComplete = ODataFilter(filter, example.side == .erp ? .businessCentral : .dataverse).isComplete
        #expect(isComplete ? Set(there.ids) == expected : Set(there.ids).isSuperset(of: expected))
    }
}
