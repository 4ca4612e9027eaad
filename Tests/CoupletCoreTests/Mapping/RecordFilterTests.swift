import CoupletCore
import Testing

@Suite("Record filters")
struct RecordFilterTests {
    static let layout = RowLayout(number: 1, fields: ["name", "size", "isOpen", "at", "gap", "empty"])
    static let row = Sample.row(
        [
            "name": "Åre Ski", "size": .number("10.50"), "isOpen": .boolean(true), "at": "2026-03-01T10:00:00.5Z",
            "gap": .null, "empty": "",
        ],
        layout
    )

    struct Case: CustomTestStringConvertible, Sendable {
        var filter: RecordFilter
        var passes: Bool
        var testDescription: String { "\(filter)" }
        init(_ field: String, _ how: RecordFilter.Comparison, _ value: Value, _ passes: Bool) {
            (filter, self.passes) = (.compare(field: field, how, value), passes)
        }
        init(_ filter: RecordFilter, _ passes: Bool) { (self.filter, self.passes) = (filter, passes) }
    }

    static let comparisons: [Case] = [
        Case("name", .equal, "åre SKI", true),
        Case("name", .equal, "Åre", false),
        Case("name", .notEqual, "åre ski", false),
        Case("name", .greater, "aardvark", true),
        Case("name", .less, "aardvark", false),
        Case("size", .equal, .number("10.5"), true),
        Case("size", .equal, "10.5", true),
        Case("size", .less, .number("9"), false),
        Case("size", .greater, .number("9"), true),
        Case("size", .lessOrEqual, .number("10.50"), true),
        Case("size", .greaterOrEqual, .number("10.51"), false),
        Case("size", .less, .number("100"), true),
        Case("size", .equal, "ten", false),
        Case("size", .notEqual, "ten", true),
        Case("isOpen", .equal, .boolean(true), true),
        Case("isOpen", .notEqual, .boolean(true), false),
        Case("at", .equal, "2026-03-01T10:00:00.500Z", true),
        Case("at", .greater, "2026-03-01T10:00:00Z", true),
        Case("gap", .equal, "x", false),
        Case("gap", .notEqual, "x", true),
        Case("gap", .less, "x", false),
        Case("gap", .equal, "", true),
        Case("gap", .equal, .null, true),
        Case("gap", .notEqual, .null, false),
        Case("gap", .equal, .number("0"), false),
        Case("empty", .equal, .null, true),
        Case("empty", .less, "x", true),
        Case("name", .notEqual, .null, true),
        Case("missing", .equal, "x", false),
        Case("missing", .notEqual, "x", true),
    ]

    static let combined: [Case] = [
        Case(.everything, true),
        Case(.blank(field: "gap"), true),
        Case(.blank(field: "empty"), true),
        Case(.blank(field: "missing"), true),
        Case(.blank(field: "name"), false),
        Case(.blank(field: "isOpen"), false),
        Case(.not(.blank(field: "name")), true),
        Case(.all([]), true),
        Case(.any([]), false),
        Case(.all([.blank(field: "gap"), .compare(field: "isOpen", .equal, .boolean(true))]), true),
        Case(.all([.blank(field: "gap"), .blank(field: "name")]), false),
        Case(.any([.blank(field: "name"), .blank(field: "gap")]), true),
        Case(.not(.any([.blank(field: "name"), .blank(field: "gap")])), false),
    ]

    @Test("a filter lets the right records pass", arguments: comparisons + combined)
    func letsPass(one: Case) {
        let passes = Self.row.row.withView(fieldCount: Self.layout.fields.count) {
            one.filter.matches($0, layout: Self.layout)
        }
        #expect(passes == one.passes)
    }

    @Test func `each side of a mapping has its own filter`() throws {
        let mapping = Sample.mapping("THING", [Sample.field("a")]) {
            $0.erp.filter = .blank(field: "e_blocked")
            $0.crm.filter = .compare(field: "c_state", .equal, .number("0"))
        }
        let program = try Sample.program(mapping)
        func row(_ side: Side, _ values: [String: Value?]) -> ObservedRow { Sample.row(values, program.layouts[side]) }
        #expect(program.isInScope(row(.erp, ["e_blocked": " "]), side: .erp))
        #expect(!program.isInScope(row(.erp, ["e_blocked": "All"]), side: .erp))
        #expect(program.isInScope(row(.crm, ["c_state": .number("0")]), side: .crm))
        #expect(!program.isInScope(row(.crm, ["c_state": .number("1")]), side: .crm))
    }
}
