import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Transformation rules at random")
struct TransformationPropertyTests {
    private static let pattern = DatePattern("dd.MM.yyyy")
    private static let time = DatePattern("yyyy-MM-dd HH:mm:ss.fff")
    private static let zones = (TimeZoneRule.names + ["UTC", "+05:30", "-03:00"]).compactMap { TimeZoneRule($0) }

    private static func text(_ random: inout SeededGenerator) -> String {
        let samples = ["a", "Å", "é", "e\u{301}", " ", "1", "-", ".", ",", "ß", "İ", "🙂", "x", "\n", "'", "$", "\\"]
        return (0..<random.below(8)).map { _ in random.pick(samples) }.joined()
    }

    private static func rule(_ random: inout SeededGenerator) -> TransformationRule {
        let (one, two) = (text(&random), text(&random))
        let zone = random.pick(zones)
        let locale = random.pick(TextLocale.allCases)
        let table = TranslationTable(rows: [TranslationTable.Row(erp: one, crm: two)])
        let rules: [TransformationRule] = [
            .uppercase, .lowercase, .titleCase, .trim, .alphanumeric, .substring(.after(one), .before(two)),
            .substring(.position(random.below(5)), .length(random.below(5))), .replace(one, with: two),
            .replaceMatches(one, with: two), .extractMatches(two), .readDate(DatePattern(one)), .writeDate(pattern),
            .readTime(time, zone), .writeTime(DatePattern(two), zone), .readDecimal(locale), .writeDecimal(locale),
            .round(
                to: random.pick(["0.05", "1", "x", "1e900", "3"]),
                random.pick(TransformationRule.Rounding.allCases)
            ),
            .datePart(random.pick(TransformationRule.DatePart.allCases)), .readUnixTime, .writeUnixTime,
            .addPrefix(one), .removePrefix(one), .addSuffix(two), .removeSuffix(two), .translate(table),
            .translateBack(table),
        ]
        return random.pick(rules)
    }

    @Test("Any chain gives a result or a reason for any text", arguments: 0..<10)
    func fuzz(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let shapes = [
            "2024-02-29", "2024-02-29T10:00:00Z", "1700000000", "12.5", "-1e400", "0", "9999-12-31T23:59:59Z",
        ]
        for _ in 0..<300 {
            let chain = (0..<random.below(4)).map { _ in Self.rule(&random) }
            let input = random.oneIn(2) ? random.pick(shapes) : Self.text(&random)
            do {
                _ = try chain.applied(to: input)
            } catch {
                #expect(error.message.code.hasPrefix("rule."))
            }
        }
    }

    @Test("Days, times, numbers and affixes come back through the inverse", arguments: 0..<10)
    func inverses(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: 100 + seed)
        for _ in 0..<100 {
            let day = try #require(CalendarDay(number: Int64(random.below(60_000)) - 20_000)).description
            let number = try #require(DecimalNumber("\(random.below(2_000_000) - 1_000_000)e-\(random.below(6))"))
            let zone = random.pick(Self.zones)
            let affix = "a" + Self.text(&random)
            let fromDay: [TransformationRule] = [.writeDate(Self.pattern), .addPrefix(affix), .addSuffix(affix)]
            let fromNumber: [TransformationRule] = [.writeDecimal(random.pick(TextLocale.allCases))]
            // An hour that clocks show twice comes back as the first: noon is never one.
            let noon: [TransformationRule] = [.writeTime(Self.time, zone), .readTime(Self.time, zone)]
            for (chain, input) in [(fromDay, day), (fromNumber, number.description)] {
                let there = try chain.applied(to: input)
                let back = try #require(chain.inverse).applied(to: there)
                #expect(back.utf8.elementsEqual(input.utf8), "\(chain) \(input) \(there)")
            }
            #expect(try noon.applied(to: day + "T12:00:00.000Z") == day + "T12:00:00.000Z")
        }
    }

    @Test("Rounding is to a multiple, and nearer than a step", arguments: 0..<5)
    func rounding(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: 200 + seed)
        for _ in 0..<200 {
            // In thousandths, so that plain whole numbers check it.
            let (number, step) = (random.below(2_000_001) - 1_000_000, 1 + random.below(2000))
            let rounding = random.pick(TransformationRule.Rounding.allCases)
            let text = try [.round(to: "\(step)e-3", rounding)].applied(to: "\(number)e-3")
            let (quotient, rest) = (abs(number) / step, abs(number) % step)
            let isUp =
                switch rounding {
                case .nearest: rest * 2 >= step
                case .up: rest > 0
                case .down: false
                }
            let expected = (quotient + (isUp ? 1 : 0)) * step * (number < 0 ? -1 : 1)
            #expect(DecimalNumber(text) == DecimalNumber("\(expected)e-3"), "\(number) \(step) \(rounding)")
        }
    }

    @Test("Written and read again, every chain is itself", arguments: 0..<5)
    func text(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: 300 + seed)
        for _ in 0..<200 {
            let chain = (0..<random.below(4)).map { _ in Self.rule(&random) }
            let text = chain.text
            #expect(try [TransformationRule](parsing: text) == chain, "\(text)")
            let damaged = String(text.unicodeScalars.filter { _ in !random.oneIn(9) }.map(Character.init))
            if let other = try? [TransformationRule](parsing: damaged) {
                #expect(try [TransformationRule](parsing: other.text) == other)
            }
        }
    }

    @Test func `Rules are stored and read again as they were`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let rules = FieldRules(fromERP: [Self.rule(&random)], fromCRM: random.oneIn(2) ? nil : [.trim])
            #expect(try StoredForm.again(rules) == rules)
        }
    }
}
