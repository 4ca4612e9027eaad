import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Filters at random")
struct FilterPropertyTests {
    /// Makes filters whose values are of their fields' types.
    struct Maker {
        var random: SeededGenerator
        let fields = FilterTextTests.types.keys.sorted()

        mutating func filter(_ depth: Int = 4) -> RecordFilter {
            switch random.below(depth > 0 ? 9 : 4) {
            case 0: return random.oneIn(8) ? .everything : leaf()
            case 1...4: return leaf()
            case 5: return .not(filter(depth - 1))
            case 6: return sameField()
            case 7: return .all(parts(depth))
            default: return .any(parts(depth))
            }
        }

        private mutating func parts(_ depth: Int) -> [RecordFilter] {
            (0..<random.below(4)).map { _ in filter(depth - 1) }
        }

        private mutating func sameField() -> RecordFilter {
            let field = random.pick(fields)
            let parts = (0..<(2 + random.below(3))).map { _ in leaf(field) }
            let inner: RecordFilter = random.oneIn(2) ? .all(parts) : .any(parts)
            return random.oneIn(2) ? .all([inner, leaf(field)]) : inner
        }

        mutating func leaf(_ name: String? = nil) -> RecordFilter {
            let field = name ?? random.pick(fields)
            guard let type = FilterTextTests.types[field] else { return .everything }
            switch (type, random.below(8)) {
            case (_, 0): return .blank(field: field)
            case (.text, 1), (.code, 1): return .like(field: field, pattern())
            case (.text, 2), (.code, 2): return .not(.like(field: field, pattern()))
            case (_, 3): return .not(.blank(field: field))
            default: return .compare(field: field, random.pick(RecordFilter.Comparison.allCases), value(type))
            }
        }

        private mutating func pattern() -> TextPattern {
            TextPattern(
                pieces: (0..<(1 + random.below(4))).map { _ in
                    random.pick([.anyText, .anyCharacter, .text(text())])
                }
            )
        }

        mutating func text() -> String {
            let samples = [
                "a", "Åre", "or", "and", "not", "nothing", "null", "true", "10", "1,5", "-3", "x y", " x", "..", "a.b",
                "'",
                "\"", "''", "|", "&", "(", ")", "<>", "=", "*", "?", "@a", "\\", "\u{301}", "e\u{301}", "'\u{301}",
                "\n",
                "日本", "🙂", "2026-01-31", "0001-01-01", ".", "a.", "%", "\u{0}",
            ]
            return (0..<random.below(4)).map { _ in random.pick(samples) }.joined()
        }

        private mutating func value(_ type: FieldType) -> Value {
            if random.oneIn(10) { return .null }
            switch type {
            case .text, .code, .personName: return .text(text())
            case .decimal: return .number("\(random.below(2000) - 1000).\(random.below(1000))")
            case .integer: return .number(String(random.below(2000) - 1000))
            case .boolean: return .boolean(random.oneIn(2))
            case .date: return .text(CalendarDay(number: Int64(random.below(40_000)))?.description ?? "")
            case .dateTime: return .text(Instant(milliseconds: Int64(random.below(1 << 40))).description)
            case .guid, .reference: return .text(RecordID(high: random.next(), low: random.next()).description)
            case .option: return random.oneIn(2) ? .number(String(random.below(9))) : .text(text())
            }
        }
    }

    @Test("Written and read again, every filter is itself", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) throws {
        var maker = Maker(random: SeededGenerator(seed: seed))
        for _ in 0..<200 {
            let filter = maker.filter()
            let locale = maker.random.pick(TextLocale.allCases)
            for types in [FilterTextTests.types, nil] {
                let context = FilterContext(side: .crm, locale: locale, types: types)
                let text = filter.text(in: context)
                let again = try RecordFilter(parsing: text, in: context)
                #expect(again == filter.normalized, "\(text)")
                #expect(again.text(in: context) == text)
                #expect(again.normalized == again)
            }
        }
    }

    @Test("The normal form lets the same records through", arguments: 0..<10)
    func meaning(_ seed: UInt64) {
        var maker = Maker(random: SeededGenerator(seed: 1000 + seed))
        let layout = RowLayout(number: 1, fields: maker.fields)
        for _ in 0..<100 {
            let filter = maker.filter()
            var values: [String: Value?] = [:]
            for field in maker.fields {
                if case .compare(_, _, let value) = maker.leaf(field) { values[field] = value }
            }
            let row = Sample.row(values, layout)
            let passes = row.row.withView(fieldCount: layout.fields.count) { view in
                [filter, filter.normalized].map { $0.matches(view, layout: layout) }
            }
            #expect(passes[0] == passes[1], "\(filter) \(values)")
        }
    }

    @Test("Whatever is typed is read or refused", arguments: 0..<20)
    func fuzz(_ seed: UInt64) {
        var maker = Maker(random: SeededGenerator(seed: 2000 + seed))
        let words = [
            "name", "amount", "at", "day", " ", "=", "<>", "..", "|", "&", "(", ")", "not", "'", "\"", "*", ":",
        ]
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<maker.random.below(12) {
                text += maker.random.oneIn(2) ? maker.random.pick(words) : maker.text()
            }
            let context = FilterTextTests.context(
                .erp,
                maker.random.pick(TextLocale.allCases),
                zone: "Europe/Stockholm"
            )
            guard let filter = try? RecordFilter(parsing: text, in: context) else { continue }
            #expect((try? RecordFilter(parsing: filter.text(in: context), in: context)) == filter, "\(text)")
        }
    }
}
