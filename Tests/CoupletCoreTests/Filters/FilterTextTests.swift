import CoupletCore
import Testing

@Suite("Filters as text")
struct FilterTextTests {
    static let types: [String: FieldType] = [
        "name": .text(maximum: 100), "code": .code(maximum: 20), "amount": .decimal, "count": .integer,
        "open": .boolean, "day": .date, "at": .dateTime, "id": .guid, "state": .option,
        "_owner_value": .reference(table: "users", property: "owner"), "odd name": .text(maximum: 0),
    ]

    static func context(_ side: Side = .crm, _ locale: TextLocale = .invariant, zone: String = "UTC") -> FilterContext {
        FilterContext(side: side, locale: locale, zone: TimeZoneRule(zone) ?? .utc, types: types)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var filter: RecordFilter
        var canonical: String
        var testDescription: String { text }
        init(_ text: String, _ filter: RecordFilter, canonical: String? = nil) {
            (self.text, self.filter, self.canonical) = (text, filter, canonical ?? text)
        }
    }

    private static func compare(_ field: String, _ how: RecordFilter.Comparison, _ value: Value) -> RecordFilter {
        .compare(field: field, how, value)
    }

    static let cases: [Case] = [
        Case("", .everything),
        Case("  ", .everything, canonical: ""),
        Case("nothing", .nothing),
        Case("name = Stockholm", compare("name", .equal, "Stockholm")),
        Case("name: New York", compare("name", .equal, "New York"), canonical: "name = 'New York'"),
        Case("name=@åre", compare("name", .equal, "åre"), canonical: "name = åre"),
        Case("name = 'A&B ''x'''", compare("name", .equal, "A&B 'x'")),
        Case("name <> ''", .not(.blank(field: "name"))),
        Case("name = ''", .blank(field: "name")),
        Case("name = null", compare("name", .equal, .null)),
        Case(
            "code = 10000..20000",
            .all([
                compare("code", .greaterOrEqual, "10000"), compare("code", .lessOrEqual, "20000"),
            ])
        ),
        Case("code = ..20000", compare("code", .lessOrEqual, "20000"), canonical: "code <= 20000"),
        Case("code = 10000..", compare("code", .greaterOrEqual, "10000"), canonical: "code >= 10000"),
        Case(
            "code = A | B|C",
            .any([
                compare("code", .equal, "A"), compare("code", .equal, "B"), compare("code", .equal, "C"),
            ]),
            canonical: "code = A|B|C"
        ),
        Case(
            "amount = >5&<10|100",
            .any([
                .all([compare("amount", .greater, .number("5")), compare("amount", .less, .number("10"))]),
                compare("amount", .equal, .number("100")),
            ])
        ),
        Case(
            "amount = (1|>10)&<>11",
            .all([
                .any([compare("amount", .equal, .number("1")), compare("amount", .greater, .number("10"))]),
                compare("amount", .notEqual, .number("11")),
            ])
        ),
        Case("name = *ski?", .like(field: "name", TextPattern(spelling: "*ski?"))),
        Case("name <> 'A|'*", .not(.like(field: "name", TextPattern(spelling: "A|*")))),
        Case("name = '*'", compare("name", .equal, "*")),
        Case(
            "state = 0 and open = true",
            .all([
                compare("state", .equal, .number("0")), compare("open", .equal, .boolean(true)),
            ])
        ),
        Case("state = '0'", compare("state", .equal, "0")),
        Case("open = ja", compare("open", .equal, .boolean(true)), canonical: "open = true"),
        Case(
            "not (name = A and code = B)",
            .not(
                .all([
                    compare("name", .equal, "A"), compare("code", .equal, "B"),
                ])
            )
        ),
        Case(
            "(name = A or code = B) and count > 3",
            .all([
                .any([compare("name", .equal, "A"), compare("code", .equal, "B")]),
                compare("count", .greater, .number("3")),
            ])
        ),
        Case(
            "name = A AND code=B OR count = 1",
            .any([
                .all([compare("name", .equal, "A"), compare("code", .equal, "B")]),
                compare("count", .equal, .number("1")),
            ]),
            canonical: "name = A and code = B or count = 1"
        ),
        Case("\"odd name\" = x", compare("odd name", .equal, "x")),
        Case("day = 2026-01-31", compare("day", .equal, "2026-01-31")),
        Case(
            "id = 0F8FAD5B-D9CB-469F-A165-70867728950E",
            compare(
                "id",
                .equal,
                "0f8fad5b-d9cb-469f-a165-70867728950e"
            ),
            canonical: "id = 0f8fad5b-d9cb-469f-a165-70867728950e"
        ),
        Case("at > 2026-01-31T10:00:00Z", compare("at", .greater, "2026-01-31T10:00:00Z")),
    ]

    @Test("A text is read as the filter it says, and written in one spelling", arguments: cases)
    func reading(_ one: Case) throws {
        let filter = try RecordFilter(parsing: one.text, in: Self.context())
        #expect(filter == one.filter)
        #expect(filter.text(in: Self.context()) == one.canonical)
        #expect(try RecordFilter(parsing: one.canonical, in: Self.context()) == filter)
    }

    @Test(
        "Each language writes numbers and days in its own way",
        arguments: [
            (TextLocale.swedish, "amount = 1 234,50..2000", "1234.50"), (.swedish, "amount = 1234.5..2000", "1234.5"),
            (.english, "amount = 1,234.5..2000", "1234.5"), (.danish, "amount = 1.234,5..2000", "1234.5"),
        ]
    )
    func numbers(_ locale: TextLocale, _ text: String, _ number: String) throws {
        let filter = try RecordFilter(parsing: text, in: Self.context(.crm, locale))
        #expect(
            filter
                == .all([
                    .compare(field: "amount", .greaterOrEqual, .number(number)),
                    .compare(field: "amount", .lessOrEqual, .number("2000")),
                ])
        )
        let mark = String(locale.decimalMark)
        let digits = number.replacing(".", with: mark)
        #expect(filter.text(in: Self.context(.crm, locale)) == "amount = \(digits)..2000")
    }

    @Test(
        "Days are read as the language writes them",
        arguments: [
            (TextLocale.swedish, "31/1/2026"), (.swedish, "20260131"), (.english, "1/31/2026"), (.danish, "31.01.2026"),
            (.invariant, "2026-01-31"), (.english, "2026-01-31"),
        ]
    )
    func days(_ locale: TextLocale, _ text: String) throws {
        let filter = try RecordFilter(parsing: "day >= \(text)", in: Self.context(.crm, locale))
        #expect(filter == .compare(field: "day", .greaterOrEqual, "2026-01-31"))
    }

    @Test func `A day of a point in time is the local day, from its midnight to the next`() throws {
        let context = Self.context(.crm, .swedish, zone: "Europe/Stockholm")
        let winter = try RecordFilter(parsing: "at = 2026-01-31", in: context)
        #expect(
            winter
                == .all([
                    .compare(field: "at", .greaterOrEqual, "2026-01-30T23:00:00.000Z"),
                    .compare(field: "at", .less, "2026-01-31T23:00:00.000Z"),
                ])
        )
        let summer = try RecordFilter(parsing: "at > 2026-06-30", in: context)
        #expect(summer == .compare(field: "at", .greaterOrEqual, "2026-06-30T22:00:00.000Z"))
        let hour = try RecordFilter(parsing: "at <= 2026-06-30 14:30", in: context)
        #expect(hour == .compare(field: "at", .lessOrEqual, "2026-06-30T12:30:00.000Z"))
    }

    @Test func `Where there are no nulls, a blank date is the empty date`() throws {
        let filter = try RecordFilter(parsing: "day <> ''", in: Self.context(.erp))
        #expect(filter == .compare(field: "day", .notEqual, "0001-01-01"))
        #expect(try RecordFilter(parsing: "day <> ''", in: Self.context(.crm)) == .not(.blank(field: "day")))
    }

    @Test(
        "What cannot be meant is refused, saying why",
        arguments: [
            ("colour = red", "filter.unknownField"), ("amount = ten", "filter.notANumber"),
            ("count = 1.5", "filter.notWhole"),
            ("open = maybe", "filter.notYesOrNo"), ("day = 2026-02-30", "filter.notADate"),
            ("at = soon", "filter.notATime"),
            ("id = 7", "filter.notAnID"), ("amount = 1*", "filter.noPattern"), ("name > A*", "filter.noPattern"),
            ("name = 'A", "filter.unclosed"), ("name", "filter.incomplete"), ("name = ", "filter.incomplete"),
            ("name = A)", "filter.unexpected"), ("(name = A", "filter.incomplete"),
            ("name = A..B..C", "filter.unexpected"),
            ("name = A and", "filter.incomplete"), ("= A", "filter.unexpected"), ("name ~ A", "filter.unexpected"),
            (String(repeating: "(", count: 500), "filter.tooDeep"),
            ("name = " + String(repeating: "(", count: 500), "filter.tooDeep"),
            (String(repeating: "not ", count: 500), "filter.tooDeep"), ("amount = ..", "filter.unexpected"),
        ]
    )
    func refusals(_ text: String, _ code: String) {
        let error = #expect(throws: CoupletError.self) { try RecordFilter(parsing: text, in: Self.context()) }
        #expect(
            error?.message.code == code || (code == "filter.unexpected" && error?.message.code == "filter.incomplete")
        )
    }

    @Test func `An amount that is never blank cannot be asked whether it is`() {
        let error = #expect(throws: CoupletError.self) {
            try RecordFilter(parsing: "amount = ''", in: Self.context(.erp))
        }
        #expect(error?.message == Message("filter.neverBlank", ["field": "amount"]))
    }

    @Test(
        "A pattern fits as people expect",
        arguments: [
            ("*", "", true), ("?", "", false), ("a*", "Abc", true), ("*c", "abC", true), ("*b*", "abc", true),
            ("a?c", "abc", true), ("a?c", "ac", false), ("a*b*c", "axbxbc", true), ("a*b*c", "axc", false),
            ("\\*", "*", true), ("\\*", "x", false), ("Å?Ä*", "åöä", true), ("", "", true), ("", "x", false),
            ("*a*a*a*a*a*b", String(repeating: "a", count: 2000), false),
        ]
    )
    func patterns(_ spelling: String, _ text: String, _ fits: Bool) {
        #expect(TextPattern(spelling: spelling).matches(text) == fits)
    }
}
