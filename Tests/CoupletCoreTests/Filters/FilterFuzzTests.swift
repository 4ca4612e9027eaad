import CoupletCore
import CoupletTestSupport
import Foundation
import Testing

@Suite("Filters of chance")
struct FilterFuzzTests {
    /// How many texts each seed tries: few as a rule, many where the environment asks for it.
    private static let count = ProcessInfo.processInfo.environment["COUPLET_LONG"] == "1" ? 100_000 : 400

    private static let words = [
        "a", "name", "\"a b\"", "'it''s'", "''", "null", "true", "nothing", "and", "or", "not", "(", ")", "|", "&",
        "..",
        "=", "<>", "<", "<=", ">", ">=", "*", "?", "@", "1", "1,5", "1.50", "-7", "2026-01-31", "31/1/2026", "today",
        "today-3d", "idag+1m", "T", "2026-01-31 14:00", " ", "\t", "å", "e\u{301}", "🙂", "'", "\"", "\\", "\u{0}",
    ]

    @Test("any text is a filter or is refused, and a filter comes back from its text", arguments: 0..<4)
    func anyText(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let types: [String: FieldType] = ["a": .decimal, "name": .text(maximum: 0), "a b": .dateTime]
        let contexts = TextLocale.allCases.flatMap { locale in
            [nil, types].map { FilterContext(side: .crm, locale: locale, types: $0) }
        }
        for _ in 0..<Self.count {
            let text = (0...random.below(12)).map { _ in random.pick(Self.words) }.joined(
                separator: random.oneIn(2) ? " " : ""
            )
            let context = random.pick(contexts)
            let filter: RecordFilter
            do {
                filter = try RecordFilter(parsing: text, in: context)
            } catch {
                #expect(error.message.code.hasPrefix("filter."), "\(text)")
                continue
            }
            let written = filter.text(in: context)
            #expect(try RecordFilter(parsing: written, in: context) == filter, "\(text) | \(written)")
        }
    }
}
