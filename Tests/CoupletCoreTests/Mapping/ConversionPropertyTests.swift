import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Every conversion at random")
struct ConversionPropertyTests {
    private static let types: [FieldType] = [
        .text(maximum: 0), .text(maximum: 6), .code(maximum: 0), .code(maximum: 6), .decimal, .integer, .boolean, .date,
        .dateTime, .guid, .option, .reference(table: "t", property: "p"),
        .personName(first: "f", last: "l", maximum: 6),
    ]

    /// Every pair of types, once each.
    private static let pairs = types.flatMap { from in types.map { (from, $0) } }

    private static func text(_ random: inout SeededGenerator) -> String {
        let pieces = ["a", "Å", "e\u{301}", " ", "1", "-", ".", ",", "ß", "İ", "🙂", "\n", "0", "T", "'"]
        return (0..<random.below(9)).map { _ in random.pick(pieces) }.joined()
    }

    /// A value that a field of a type may hold on a side; now and then one that it should not.
    private static func value(_ type: FieldType, _ random: inout SeededGenerator) -> Value {
        if random.oneIn(8) {
            return random.pick([.null, .text(""), .text(text(&random)), .number("7"), .boolean(true)])
        }
        let day = ["2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01"]
        switch type {
        case .text, .personName: return .text(text(&random))
        case .code: return .text(text(&random).uppercased())
        case .decimal: return .number("\(random.below(2_000_001) - 1_000_000)e-\(random.below(7))")
        case .integer: return .number("\(random.below(2_000_001) - 1_000_000)")
        case .boolean: return .boolean(random.oneIn(2))
        case .date: return .text(random.pick(day))
        case .dateTime:
            return .text(random.pick(day) + "T\(random.pick(["00:00:00", "23:59:59", "12:30:00.125"]))Z")
        case .guid, .reference: return .text(random.pick([Sample.id(random.below(9)), .zero]).description)
        case .option: return random.oneIn(2) ? .number("\(random.below(9))") : .text("Choice \(random.below(9))")
        }
    }

    /// What a person would call the same, told without the converter: by bytes, numbers by value, codes in upper case
    /// without blanks around them, and all blanks alike.
    private static func means(_ value: Value, _ type: FieldType, isCode: Bool) -> String {
        let text = value.text
        switch type {
        case .decimal, .integer:
            if case .boolean(let boolean) = value { return boolean ? "1" : "0" }
            return (DecimalNumber(text) ?? .zero).description
        case .boolean: return text.isEmpty ? "false" : text
        case .date, .dateTime:
            if text.hasPrefix("0001-01-01") { return "" }
            return Instant(iso8601: text).map(\.description) ?? text
        case .guid, .reference:
            let id = RecordID(text)
            return id == .zero ? "" : id?.description ?? trimmed(text).uppercased()
        case .code, .option: return trimmed(text).uppercased()
        case .text, .personName: return isCode ? trimmed(text).uppercased() : text
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = Array(text).drop(while: \.isWhitespace)
        return String(scalars.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isCode(_ type: FieldType) -> Bool {
        if case .code = type { return true }
        return false
    }

    private static let blank = BySide<Value>(erp: .null, crm: .null)

    @Test(
        "A two-way field writes only what comes back as it was; all else is told with its reason",
        arguments: Side.allCases,
        0..<4 as Range<UInt64>
    )
    func twoWay(_ source: Side, _ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var written = 0
        for (from, to) in Self.pairs {
            for _ in 0..<12 {
                let types = source == .erp ? BySide(erp: from, crm: to) : BySide(erp: to, crm: from)
                let one = OneField(field: Sample.field("x", types.erp, types.crm))
                let value = Self.value(from, &random)
                let context: Comment = "\(value) \(from) from \(source) to \(to)"
                func decide(_ value: Value, from side: Side) throws -> PairDecision {
                    let values = side == .erp ? (value, Value.null) : (.null, value)
                    return try one.decide(base: Self.blank, erp: values.0, crm: values.1)
                }
                let found = try decide(value, from: source)
                for problem in found.problems { #expect(problem.message.code.hasPrefix("field."), context) }
                guard let write = found.writes[source.other].first else {
                    // Nothing is written where there is a reason, or where both sides mean the same already.
                    let isTold = !found.problems.isEmpty || !found.waits.isEmpty
                    #expect(isTold || found.isUnchanged || !found.agreements.isEmpty, context)
                    continue
                }
                #expect(found.problems.isEmpty, context)
                let back = try decide(write.value, from: source.other)
                let isCode = Self.isCode(from) || Self.isCode(to)
                let came = back.writes[source].first?.value ?? .null
                #expect(
                    Self.means(came, from, isCode: isCode) == Self.means(value, from, isCode: isCode),
                    "\(context) written \(write.value) back \(came)"
                )
                written += 1
            }
        }
        #expect(written > 200)
    }

    @Test("Text that is too long is told or, where that is allowed, shortened with a word about it", arguments: 0..<6)
    func length(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: 500 + seed)
        for _ in 0..<300 {
            let text = Self.text(&random)
            let maximum = 1 + random.below(8)
            let allows = random.oneIn(2)
            let field = Sample.field(
                "x",
                .text(maximum: 0),
                .text(maximum: maximum),
                direction: .toIntegrationTable,
                allowTruncation: allows
            )
            let found = try OneField(field: field).decide(base: Self.blank, erp: .text(text), crm: .null)
            let isLong = text.utf16.count > maximum
            // Where not even the first character fits, there is nothing to shorten to.
            let fitsNothing = text.unicodeScalars.first.map { UTF16.width($0) > maximum } ?? false
            #expect(found.problems.isEmpty == (!isLong || allows && !fitsNothing), "\(text)")
            #expect(found.notices.isEmpty == !(isLong && allows && !fitsNothing), "\(text)")
            guard let write = found.writes.crm.first?.value.text else { continue }
            #expect(write.utf16.count <= maximum)
            #expect(text.utf8.starts(with: write.utf8))
            if !isLong { #expect(write.utf8.elementsEqual(text.utf8)) }
        }
    }
}
