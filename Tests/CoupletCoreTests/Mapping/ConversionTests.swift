import CoupletCore
import Testing

@Suite("Values on their way to the other side")
struct ConversionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var value: Value
        var from: FieldType
        var to: FieldType
        var source: Side
        var result: Value?
        var problem: String?

        init(_ value: Value, _ from: FieldType, _ to: FieldType, from source: Side, _ result: Value) {
            (self.value, self.from, self.to, self.source, self.result) = (value, from, to, source, result)
        }

        init(_ value: Value, _ from: FieldType, _ to: FieldType, from source: Side, refused problem: String) {
            (self.value, self.from, self.to, self.source, self.problem) = (value, from, to, source, problem)
        }

        var testDescription: String { "\(value.text) \(from) from \(source) to \(to)" }
    }

    static let text = FieldType.text(maximum: 10)
    static let code = FieldType.code(maximum: 5)
    static let zero = "00000000-0000-0000-0000-000000000000"
    static let guid = "0a1b2c3d-0000-0000-0000-00000000000f"

    static let plain: [Case] = [
        Case("abc", text, text, from: .erp, "abc"),
        Case("  a b ", text, text, from: .crm, "  a b "),
        Case("se", text, code, from: .crm, "SE"),
        Case("  se ", text, code, from: .crm, "SE"),
        Case("SE", code, text, from: .erp, "SE"),
        Case(.number("1.50"), .decimal, .decimal, from: .erp, .number("1.50")),
        Case(.number("1.50"), .decimal, text, from: .erp, "1.5"),
        Case(.number("2.0"), .decimal, .integer, from: .crm, .number("2")),
        Case(.number("2.5"), .decimal, .integer, from: .crm, refused: "field.notWhole"),
        Case(.number("12"), .integer, .decimal, from: .crm, .number("12")),
        Case("12.50", text, .decimal, from: .crm, .number("12.5")),
        Case(" -3e2 ", text, .decimal, from: .crm, .number("-300")),
        Case("12,50", text, .decimal, from: .crm, refused: "field.notANumber"),
        Case("1 000", text, .decimal, from: .crm, refused: "field.notANumber"),
        Case("many", text, .integer, from: .crm, refused: "field.notANumber"),
        Case(.boolean(true), .boolean, .boolean, from: .erp, .boolean(true)),
        Case(.boolean(true), .boolean, text, from: .erp, "true"),
        Case(.boolean(true), .boolean, .integer, from: .erp, .number("1")),
        Case("TRUE", text, .boolean, from: .crm, .boolean(true)),
        Case(.number("0"), .integer, .boolean, from: .crm, .boolean(false)),
        Case("maybe", text, .boolean, from: .crm, refused: "field.notYesOrNo"),
        Case("2026-02-28", .date, .date, from: .erp, "2026-02-28"),
        Case("2026-02-28", text, .date, from: .crm, "2026-02-28"),
        Case("2026-02-30", text, .date, from: .crm, refused: "field.notADate"),
        Case("28.2.2026", text, .date, from: .crm, refused: "field.notADate"),
        Case("2026-02-28", .date, .dateTime, from: .erp, "2026-02-28T00:00:00Z"),
        Case("2026-02-28T13:05:00Z", .dateTime, .date, from: .crm, "2026-02-28"),
        Case("2026-02-28T13:05:00Z", .dateTime, .dateTime, from: .crm, "2026-02-28T13:05:00Z"),
        Case("noon", text, .dateTime, from: .crm, refused: "field.notATime"),
        Case("0A1B2C3D-0000-0000-0000-00000000000F", text, .guid, from: .crm, .text(guid)),
        Case("0A1B", text, .guid, from: .crm, refused: "field.notAnID"),
        Case("Person", .option, .option, from: .erp, "Person"),
        Case(.number("3"), .option, .option, from: .crm, .number("3")),
        Case("3", text, .option, from: .erp, .number("3")),
    ]

    /// Blank in every form, and what the other side calls blank.
    static let blanks: [Case] = [
        Case(.null, text, text, from: .crm, ""),
        Case("", text, text, from: .erp, .null),
        Case(.null, text, code, from: .crm, ""),
        Case("  ", code, text, from: .erp, .null),
        Case(.null, .decimal, .decimal, from: .crm, .number("0")),
        Case(.null, text, .integer, from: .crm, .number("0")),
        Case(" ", text, .integer, from: .crm, .number("0")),
        Case(.null, .boolean, .boolean, from: .crm, .boolean(false)),
        Case(.null, .date, .date, from: .crm, "0001-01-01"),
        Case("0001-01-01", .date, .date, from: .erp, .null),
        Case(.null, .dateTime, .dateTime, from: .crm, "0001-01-01T00:00:00Z"),
        Case("0001-01-01T00:00:00Z", .dateTime, .dateTime, from: .erp, .null),
        Case(.null, .guid, .guid, from: .crm, .text(zero)),
        Case(.text(zero), .guid, .guid, from: .erp, .null),
        Case(.null, .option, .option, from: .crm, ""),
        Case(" ", .option, .option, from: .erp, .null),
    ]

    @Test("a value takes the form of the target, or is refused by name", arguments: plain + blanks)
    func convert(one: Case) throws {
        let crm = one.source == .crm
        let field = Sample.field(
            "a",
            crm ? one.to : one.from,
            crm ? one.from : one.to,
            direction: .toward(one.source.other)
        )
        // The base differs from every value of the table, so that the source counts as changed.
        let base = BySide(
            erp: crm ? Self.other(one.to, than: one.result) : Self.other(one.from, than: one.value),
            crm: crm ? Self.other(one.from, than: one.value) : Self.other(one.to, than: one.result)
        )
        let found = try OneField(field: field).decide(
            base: base,
            erp: crm ? nil : one.value,
            crm: crm ? one.value : nil
        )
        #expect(found.writes[one.source.other].map(\.value) == [one.result].compactMap(\.self))
        #expect(found.problems.map(\.message.code) == [one.problem].compactMap(\.self))
        if let problem = found.problems.first {
            #expect(problem.message.arguments["value"] == one.value.text)
            #expect(problem.message.arguments["field"] == field.field(one.source.other).name)
            #expect(problem.target == one.source.other)
        }
    }

    private static func other(_ type: FieldType, than value: Value?) -> Value {
        switch type {
        case .text, .code, .option, .personName: "other"
        case .decimal, .integer: .number("99")
        case .boolean: .boolean(value != .boolean(true))
        case .date: "1999-12-31"
        case .dateTime: "1999-12-31T00:00:00Z"
        case .guid, .reference: "ffffffff-ffff-ffff-ffff-ffffffffffff"
        }
    }
}

@Suite("Values too long or not coming back")
struct LossyConversionTests {
    static let short = Sample.field("a", .text(maximum: 50), .text(maximum: 4))

    @Test func `text too long is reported with its field, limit and length, and not written`() throws {
        let found = try OneField(field: Self.short).decide(base: .both("a"), erp: "abcde", crm: nil)
        #expect(found.writes.crm.isEmpty)
        let expected = Message("field.tooLong", ["field": "c_a", "maximum": "4", "length": "5"])
        #expect(found.problems == [FieldProblem(field: Self.short.id, target: .crm, message: expected)])
    }

    @Test func `length counts UTF-16 units, so an emoji is two`() throws {
        let fits = try OneField(field: Self.short).decide(base: .both("a"), erp: "ab😀", crm: nil)
        #expect(fits.writes.crm.map(\.value) == ["ab😀"])
        let tooLong = try OneField(field: Self.short).decide(base: .both("a"), erp: "abc😀", crm: nil)
        #expect(tooLong.problems.first?.message.arguments["length"] == "5")
    }

    @Test(
        "shortening, where it is allowed, never cuts a character's code and is noted",
        arguments: [("abcdefg", "abcd"), ("abc😀x", "abc"), ("ab😀x", "ab😀"), ("😀😀😀", "😀😀")]
    )
    func truncates(from value: String, to expected: String) throws {
        var field = Self.short
        field.allowTruncation = true
        field.direction = .toIntegrationTable
        let one = OneField(field: field)
        let found = try one.decide(base: .both("a"), erp: .text(value), crm: nil)
        #expect(found.writes.crm.map(\.value) == [.text(expected)])
        #expect(found.notices.map(\.message.code) == ["field.truncated"])
        #expect(found.problems.isEmpty)
    }

    @Test func `a shortened value that arrived is an agreement the next time`() throws {
        var field = Self.short
        field.allowTruncation = true
        field.direction = .toIntegrationTable
        let found = try OneField(field: field).decide(base: nil, erp: "abcdefg", crm: "abcd")
        #expect(found.agreements.count == 1)
    }

    struct NoReturn: CustomTestStringConvertible, Sendable {
        var value: Value
        var field: FieldMapping
        var testDescription: String { "\(value.text) as \(field.erp.type) to \(field.crm.type)" }
    }

    @Test(
        "a two-way value that would not come back is reported and not written",
        arguments: [
            NoReturn(value: "1.50", field: Sample.field("a", Sample.text, .decimal)),
            NoReturn(value: "2026-02-28T13:05:00Z", field: Sample.field("a", .dateTime, .date)),
            NoReturn(value: "1 ", field: Sample.field("a", Sample.text, .integer)),
        ]
    )
    func noReturn(one: NoReturn) throws {
        let found = try OneField(field: one.field).decide(base: nil, erp: one.value, crm: .null)
        #expect(found.writes.crm.isEmpty)
        #expect(found.problems.map(\.message.code) == ["field.noRoundTrip"])
    }

    @Test func `one way, a value need not come back`() throws {
        let field = Sample.field("a", .dateTime, .date, direction: .toIntegrationTable)
        let found = try OneField(field: field).decide(base: nil, erp: "2026-02-28T13:05:00Z", crm: .null)
        #expect(found.writes.crm.map(\.value) == ["2026-02-28"])
    }

    @Test func `upper and lower case do not keep a code's text from coming back`() throws {
        let field = Sample.field("a", .code(maximum: 10), Sample.text)
        let found = try OneField(field: field).decide(base: .both("NO"), erp: nil, crm: "se")
        #expect(found.writes.erp.map(\.value) == ["SE"])
    }
}
