import CoupletCore
import Testing

@Suite("Days counted from today")
struct RelativeDayTests {
    private static let now = Instant(iso8601: "2024-03-31T22:15:00Z") ?? Instant(milliseconds: 0)

    @Test(
        "a day is counted as people count",
        arguments: [
            ("today", "2024-03-31"), ("TODAY+1d", "2024-04-01"), ("today-30d", "2024-03-01"), ("idag-1w", "2024-03-24"),
            ("today-1m", "2024-02-29"), ("today+1m", "2024-04-30"), ("today-13m", "2023-02-28"),
            ("today-1y", "2023-03-31"), ("today+11m", "2025-02-28"),
        ]
    )
    func days(text: String, day: String) throws {
        #expect(try #require(RelativeDay(text)).day(at: Self.now)?.description == day)
    }

    @Test(
        "other texts are none",
        arguments: [
            "", "tomorrow", "today-", "today-3", "today3d", "today+-3d", "today+3q", "today+9999999d", "today +1d",
        ]
    )
    func others(text: String) { #expect(RelativeDay(text) == nil) }

    @Test("every day comes back from its text")
    func roundTrip() {
        for unit in RelativeDay.Unit.allCases {
            for count in [-400, -1, 1, 30] {
                #expect(RelativeDay(RelativeDay(count, unit).text) == RelativeDay(count, unit))
            }
        }
        #expect(RelativeDay(RelativeDay().text) == RelativeDay())
    }

    @Test("a day beyond the calendar is none, and passes nothing")
    func beyond() {
        #expect(RelativeDay(-90_000, .month).day(at: Self.now) == nil)
        let filter = RecordFilter.relative(field: "a", .less, RelativeDay(-90_000, .month))
        #expect(filter.resolved(at: Self.now) == .nothing)
    }

    private static func passes(_ text: String, _ value: Value, at now: Instant = now) throws -> Bool {
        let filter = try RecordFilter(parsing: text, in: FilterContext(side: .crm)).resolved(at: now)
        let row = Sample.row(["a": value], RowLayout(number: 1, fields: ["a"]))
        return row.row.withView(fieldCount: 1) { filter.matches($0, layout: row.layout) }
    }

    @Test(
        "days and points in time are compared by the day",
        arguments: [
            ("a = today", "2024-03-31", true), ("a = today", "2024-03-31T23:59:59.9Z", true),
            ("a = today", "2024-04-01T00:00:00Z", false), ("a <> today", "2024-03-31T01:00:00Z", false),
            ("a <= today", "2024-03-31T23:00:00Z", true), ("a > today", "2024-03-31T23:00:00Z", false),
            ("a > today", "2024-04-01", true), ("a < today-30d", "2024-02-29", true),
            ("a < today-30d", "2024-03-01", false),
            ("a = today-7d..today", "2024-03-24", true), ("a = today-7d..today", "2024-03-23T23:59:59Z", false),
        ]
    )
    func compares(text: String, value: String, isIn: Bool) throws {
        #expect(try Self.passes(text, .text(value)) == isIn, "\(text) \(value)")
    }

    @Test("a record leaves and enters a filter as time goes by, without being changed")
    func timePasses() throws {
        #expect(try Self.passes("a >= today-1d", "2024-03-30"))
        #expect(try !Self.passes("a >= today-1d", "2024-03-30", at: Self.now.advanced(bySeconds: 86_400)))
    }

    @Test(
        "the text of a filter comes back, and quoted it is no day",
        arguments: ["a = today", "a >= today-30d", "a = >=today-7d&<=today+1w", "a = 'today'", "a <> today+2y"]
    )
    func text(text: String) throws {
        let context = FilterContext(side: .crm)
        let filter = try RecordFilter(parsing: text, in: context)
        #expect(try RecordFilter(parsing: filter.text(in: context), in: context) == filter)
        let isRelative = filter.text(in: context).contains("'today'") == false
        #expect(isRelative == !text.contains("'"))
    }

    @Test("a field that holds text is compared with the word")
    func textField() throws {
        let context = FilterContext(side: .crm, types: ["a": .text(maximum: 0), "b": .date])
        #expect(try RecordFilter(parsing: "a = today", in: context) == .compare(field: "a", .equal, "today"))
        #expect(try RecordFilter(parsing: "b = today", in: context) == .relative(field: "b", .equal, RelativeDay()))
    }

    @Test("a mapping's filters are those of its day")
    func program() throws {
        var mapping = Sample.mapping("THING", [Sample.field("a")])
        mapping.erp.filter = .relative(field: "e_due", .less, RelativeDay())
        let layouts = BySide(
            erp: RowLayout(number: 1, fields: MappingProgram.feedFields(of: [mapping], side: .erp)),
            crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [mapping], side: .crm))
        )
        #expect(layouts.erp.fields.contains("e_due"))
        let base = RowLayout(number: 3, fields: MappingProgram.baseFields(of: mapping))
        let program = try MappingProgram(mapping: mapping, layouts: layouts, baseLayout: base, now: Self.now)
        #expect(program.isInScope(Sample.row(["e_due": "2024-03-30"], layouts.erp), side: .erp))
        #expect(!program.isInScope(Sample.row(["e_due": "2024-03-31"], layouts.erp), side: .erp))
        #expect(program.mapping == mapping)
    }
}
