import CoupletCore
import Testing

@Suite("When a value counts as changed")
struct ComparisonTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var type: FieldType
        var one: Value
        var two: Value
        var testDescription: String { "\(type): \(one) and \(two)" }
        init(_ type: FieldType, _ one: Value, _ two: Value) { (self.type, self.one, self.two) = (type, one, two) }
    }

    static let reference = FieldType.reference(table: "users", property: "owner")
    static let id = "0a1b2c3d-0000-0000-0000-00000000000f"

    static let same: [Case] = [
        Case(Sample.text, "", .null),
        Case(Sample.text, "5", .number("5")),
        Case(.code(maximum: 9), "se ", "SE"),
        Case(.code(maximum: 9), " ", .null),
        Case(.decimal, .number("1.50"), .number("1.5")),
        Case(.decimal, .number("15e-1"), .number("1.5")),
        Case(.decimal, .number("0.00"), .null),
        Case(.decimal, .number("-0"), .number("0")),
        Case(.decimal, .number("123456789012345678901234567890.10"), .number("123456789012345678901234567890.1")),
        Case(.integer, .number("100"), .number("1e2")),
        Case(.boolean, .boolean(false), .null),
        Case(.date, "0001-01-01", .null),
        Case(.dateTime, "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
        Case(.dateTime, "2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.1000000Z"),
        Case(.dateTime, "0001-01-01T00:00:00Z", ""),
        Case(.guid, .text(id), .text(id.uppercased())),
        Case(.guid, .text(RecordID.zero.description), .null),
        Case(reference, .text(id), .text(id.uppercased())),
        Case(reference, "jo", "JO "),
        Case(.option, " ", .null),
    ]

    static let different: [Case] = [
        Case(Sample.text, "a", "A"),
        Case(Sample.text, "a", "a "),
        Case(Sample.text, " ", ""),
        Case(Sample.text, "caf\u{E9}", "cafe\u{301}"),
        Case(.code(maximum: 9), "SE", "NO"),
        Case(.decimal, .number("1.5"), .number("1.49999999999999999999")),
        Case(.decimal, .number("0.3"), .number("0.30000000000000004")),
        Case(.decimal, .number("-1"), .number("1")),
        Case(.integer, .number("9007199254740993"), .number("9007199254740992")),
        Case(.boolean, .boolean(true), .boolean(false)),
        Case(.boolean, .boolean(true), .null),
        Case(.date, "2026-01-01", "2026-01-02"),
        Case(.dateTime, "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.001Z"),
        Case(.guid, .text(id), .null),
        Case(reference, "JO", "AN"),
        Case(.option, "Person", "Company"),
    ]

    private func isChanged(_ one: Case, side: Side) throws -> Bool {
        let field = Sample.field("a", one.type, one.type)
        let program = try Sample.program([field])
        let base = Base(layout: program.baseLayout, values: [BySide(erp: one.one, crm: one.one)])
        let row = Sample.row([field.field(side).name: one.two], program.layouts[side])
        return !program.isSettled(row, side: side, record: .zero, base: base)
    }

    @Test("values that mean the same are no change", arguments: same)
    func isNoChange(one: Case) throws {
        for side in Side.allCases {
            #expect(try !isChanged(one, side: side))
            #expect(try !isChanged(Case(one.type, one.two, one.one), side: side))
        }
    }

    @Test("values that mean something else are a change", arguments: different)
    func isAChange(one: Case) throws {
        for side in Side.allCases {
            #expect(try isChanged(one, side: side))
            #expect(try isChanged(Case(one.type, one.two, one.one), side: side))
        }
    }

    @Test func `a field missing from the answer is as it was`() throws {
        let one = OneField(field: Sample.field("a"))
        let program = try Sample.program([one.field])
        var input = one.input(program, base: .both("B"), erp: nil, crm: "X")
        input.observed.erp = Sample.row([one.field.erp.name: Value?.none], program.layouts.erp)
        let found = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(found.writes.erp.map(\.value) == ["X"])
        #expect(found.writes.erp.map(\.before) == ["B"])
    }

    @Test func `a field missing from the answer and without base is reported, never taken for blank`() throws {
        let one = OneField(field: Sample.field("a"))
        let program = try Sample.program([one.field])
        var input = one.input(program, base: nil, erp: nil, crm: "X")
        input.observed.erp = Sample.row([one.field.erp.name: Value?.none], program.layouts.erp)
        let found = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
        #expect(found.problems.map(\.message.code) == ["field.notInAnswer"])
    }
}
