import CoupletConnectors
import CoupletCore
import Testing

@Suite("Filters pushed to the services")
struct ODataFilterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var filter: RecordFilter
        var erp: String?
        var crm: String?
        var erpComplete = true
        var crmComplete = true
        var testDescription: String { crm ?? erp ?? "nothing" }
    }

    private static func equal(_ field: String, _ text: String) -> RecordFilter {
        .compare(field: field, .equal, .text(text))
    }

    private static func like(_ spelling: String, _ crm: String?, crmComplete: Bool = true) -> Case {
        Case(
            filter: .like(field: "a", TextPattern(spelling: spelling)),
            erp: nil,
            crm: crm,
            erpComplete: false,
            crmComplete: crmComplete
        )
    }

    static let cases: [Case] = [
        Case(filter: .everything, erp: nil, crm: nil),
        Case(filter: equal("blocked", "_x0020_"), erp: "blocked eq '_x0020_'", crm: "blocked eq '_x0020_'"),
        Case(filter: equal("name", "O'Neil's"), erp: "name eq 'O''Neil''s'", crm: "name eq 'O''Neil''s'"),
        Case(filter: equal("name", ""), erp: "name eq ''", crm: "name eq null"),
        Case(
            filter: equal("key", "60c4e274-0d87-e711-80e5-00155db19e6d"),
            erp: "key eq 60c4e274-0d87-e711-80e5-00155db19e6d",
            crm: "key eq 60c4e274-0d87-e711-80e5-00155db19e6d"
        ),
        Case(filter: equal("day", "2026-01-31"), erp: "day eq 2026-01-31", crm: "day eq 2026-01-31"),
        Case(filter: equal("day", "2026-13-31"), erp: "day eq '2026-13-31'", crm: "day eq '2026-13-31'"),
        Case(
            filter: .compare(field: "at", .greater, .text("2026-01-31T10:00:00Z")),
            erp: "at gt 2026-01-31T10:00:00Z",
            crm: "at gt 2026-01-31T10:00:00Z"
        ),
        Case(
            filter: .compare(field: "n", .lessOrEqual, .number("-1.50")),
            erp: "n le -1.50",
            crm: "n le -1.50"
        ),
        Case(filter: .compare(field: "b", .notEqual, .boolean(true)), erp: "b ne true", crm: "b ne true"),
        Case(filter: .compare(field: "x", .equal, .null), erp: "x eq ''", crm: "x eq null"),
        Case(filter: .blank(field: "x"), erp: "x eq ''", crm: "x eq null"),
        Case(filter: .not(.blank(field: "x")), erp: "x ne ''", crm: "x ne null"),
        Case(filter: .not(equal("x", "1")), erp: "x ne '1'", crm: "x ne '1'"),
        Case(
            filter: .not(.compare(field: "n", .less, .number("3"))),
            erp: "n ge 3",
            crm: "n ge 3 or n eq null"
        ),
        Case(
            filter: .all([equal("a", "1"), .any([equal("b", "2"), equal("b", "3")])]),
            erp: "a eq '1' and (b eq '2' or b eq '3')",
            crm: "a eq '1' and (b eq '2' or b eq '3')"
        ),
        Case(
            filter: .any([equal("a", "1"), equal("b", "2")]),
            erp: nil,
            crm: "a eq '1' or b eq '2'",
            erpComplete: false
        ),
        Case(
            filter: .all([equal("c", "0"), .any([equal("a", "1"), equal("b", "2")])]),
            erp: "c eq '0'",
            crm: "c eq '0' and (a eq '1' or b eq '2')",
            erpComplete: false
        ),
        Case(
            filter: .not(.any([equal("a", "1"), equal("b", "2")])),
            erp: "a ne '1' and b ne '2'",
            crm: "a ne '1' and b ne '2'"
        ),
        Case(
            filter: .not(.all([equal("a", "1"), equal("b", "2")])),
            erp: nil,
            crm: "a ne '1' or b ne '2'",
            erpComplete: false
        ),
        Case(filter: .any([.everything, equal("a", "1")]), erp: nil, crm: nil),
        like("O'N*", "startswith(a,'O''N')"),
        like("*2026-01-31", "endswith(a,'2026-01-31')"),
        like("*ski*", "contains(a,'ski')"),
        like("ski*s?", "startswith(a,'ski')", crmComplete: false),
        like("?ski*board", "contains(a,'board')", crmComplete: false),
        like("*", nil, crmComplete: false),
        like("100%*", nil, crmComplete: false),
        Case(
            filter: .not(.like(field: "a", TextPattern(spelling: "x*"))),
            erp: nil,
            crm: nil,
            erpComplete: false,
            crmComplete: false
        ),
    ]

    @Test(arguments: cases)
    func `filters are rendered for both services`(example: Case) {
        let erp = ODataFilter(example.filter, .businessCentral)
        let crm = ODataFilter(example.filter, .dataverse)
        #expect(erp.text == example.erp)
        #expect(erp.isComplete == example.erpComplete)
        #expect(crm.text == example.crm)
        #expect(crm.isComplete == example.crmComplete)
    }

    @Test(arguments: [
        (Value.text("O'Neil"), FieldType.text(maximum: 9), "'O''Neil'", "'O''Neil'"),
        (.text("2026-01-01"), .text(maximum: 9), "'2026-01-01'", "'2026-01-01'"),
        (.null, .text(maximum: 9), "''", "null"), (.text(""), .code(maximum: 9), "''", "null"),
        (.number("2.50"), .decimal, "2.50", "2.50"), (.null, .decimal, "0", "null"),
        (.boolean(true), .boolean, "true", "true"), (.number("3"), .option, "'3'", "'3'"),
        (.text("3"), .option, "'3'", "3"),
    ])
    func `values are rendered for the type of their field`(value: Value, type: FieldType, erp: String, crm: String) {
        #expect(ODataLiteral.text(value, as: type, .businessCentral) == erp)
        #expect(ODataLiteral.text(value, as: type, .dataverse) == crm)
    }

    @Test
    func `a value that its field cannot hold has no literal`() {
        #expect(ODataLiteral.text(.text("x"), as: .decimal, .dataverse) == nil)
        #expect(ODataLiteral.text(.text("x"), as: .guid, .businessCentral) == nil)
    }

    @Test
    func `times have whole seconds where the service knows no others`() {
        let time = Instant(milliseconds: 1_795_478_400_250)
        #expect(ODataLiteral.time(time, .businessCentral).hasSuffix(".250Z"))
        #expect(ODataLiteral.time(time, .dataverse).hasSuffix(":00Z"))
    }
}
