import CoupletCore
import CoupletEngine
import Testing

@testable import couplet

@Suite("Arguments")
struct ArgumentTests {
    private static let mapping = TableMapping(
        name: "THINGS",
        erp: .init(connection: "e", table: "t", idField: "id", keyField: "number", nameField: "name"),
        crm: .init(connection: "c", table: "u", idField: "uid", keyField: nil, nameField: "title"),
        direction: .bidirectional,
        fields: [
            FieldMapping(
                erp: .init("number", .text(maximum: 20)),
                crm: .init("code", .text(maximum: 20)),
                direction: .bidirectional
            ),
            FieldMapping(
                erp: .init("name", .text(maximum: 50)),
                crm: .init("title", .text(maximum: 50)),
                direction: .bidirectional
            ),
            FieldMapping(
                erp: .init("city", .text(maximum: 50)),
                crm: .init("town", .text(maximum: 50)),
                direction: .bidirectional
            ),
        ],
        matchRules: []
    )

    @Test(
        "a match field has a name, a priority and a case",
        arguments: [
            ("name", "name", 0, false), ("name:2", "name", 2, false), ("name:case", "name", 0, true),
            ("name:3:case", "name", 3, true), ("name:case:3", "name", 3, true),
        ]
    )
    func matchField(argument: String, field: String, priority: Int, caseSensitive: Bool) throws {
        let parsed = try #require(MatchFieldArgument(argument: argument))
        #expect(parsed.field == field)
        #expect(parsed.priority == priority)
        #expect(parsed.caseSensitive == caseSensitive)
    }

    @Test(
        "what is no match field is refused",
        arguments: ["", ":1", "a:b", "a:1:2", "a:case:case", "a:1:case:x", "a:-1"]
    )
    func noMatchField(argument: String) {
        #expect(MatchFieldArgument(argument: argument) == nil)
    }

    @Test("fields of one priority are one rule, lowest priority first, by either side's name")
    func rules() throws {
        let fields = ["TITLE:2", "town:2:case", "number:1"].compactMap { MatchFieldArgument(argument: $0) }
        let rules = try MatchFieldArgument.rules(fields, in: Self.mapping)
        #expect(
            rules == [
                MatchRule(pairs: [.init(erp: "number", crm: "code")], priority: 1),
                MatchRule(
                    pairs: [.init(erp: "name", crm: "title"), .init(erp: "city", crm: "town")],
                    caseSensitive: true,
                    priority: 2
                ),
            ]
        )
    }

    @Test("a field that the mapping does not have is wrong use, and the known ones are named")
    func unknownField() throws {
        let field = try #require(MatchFieldArgument(argument: "nope"))
        let error = #expect(throws: CoupletError.self) { try MatchFieldArgument.rules([field], in: Self.mapping) }
        #expect(error?.status == .wrongUse)
        #expect(error?.message.arguments["known"] == "number, name, city")
    }

    @Test("directions by both their names")
    func directions() {
        #expect(DirectionArgument(rawValue: "to")?.direction == .toIntegrationTable)
        #expect(DirectionArgument(rawValue: "to-crm")?.direction == .toIntegrationTable)
        #expect(DirectionArgument(rawValue: "from")?.direction == .fromIntegrationTable)
        #expect(DirectionArgument(rawValue: "to-erp")?.direction == .fromIntegrationTable)
        #expect(DirectionArgument(rawValue: "both")?.direction == .bidirectional)
        #expect(CouplingSyncArgument(rawValue: "to")?.choice == .erp)
        #expect(CouplingSyncArgument(rawValue: "to-erp")?.choice == .crm)
    }

    @Test("new ids are of version 4 and differ")
    func ids() {
        let source = RandomIDSource()
        let ids = (0..<100).map { _ in source.next() }
        #expect(Set(ids).count == 100)
        for id in ids {
            let text = Array(id.description)
            #expect(text[14] == "4" && "89ab".contains(text[19]))
        }
    }
}
