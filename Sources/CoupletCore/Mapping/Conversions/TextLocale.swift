/// How people of a language write numbers and days as text; always named, never taken from the machine.
public enum TextLocale: String, Codable, Sendable, Hashable, CaseIterable {
    /// As both APIs write: `1234.5`, `2026-01-31`.
    case invariant
    /// `1,234.5`, `1/31/2026`.
    case english
    /// `1 234,5`, `2026-01-31`, `20260131`, `31/1/2026`.
    case swedish
    /// `1.234,5`, `31.1.2026`, `31-01-2026`.
    case danish

    /// The character between whole and fraction.
    public var decimalMark: Character {
        switch self {
        case .invariant, .english: "."
        case .swedish, .danish: ","
        }
    }

    private var groupMarks: [Character] {
        switch self {
        case .invariant: []
        case .english: [","]
        case .swedish: [" ", "\u{A0}", "\u{202F}"]
        case .danish: ["."]
        }
    }

    /// Reads a number.
    ///
    /// Marks between groups must stand where groups of three digits meet, so that `1,5` is no English number and never
    /// becomes 15. In Swedish a single point is read as a comma, for it means nothing else there.
    /// - Returns: The number; nil when the text is none.
    public func number(_ text: String) -> DecimalNumber? { digits(text).flatMap { DecimalNumber($0) } }

    /// Reads a number, keeping the zeros behind its fraction: `1,50` is `1.50`.
    /// - Returns: Plain digits with a point; nil when the text is no number.
    func digits(_ text: String) -> String? {
        let trimmed = text.trimmed.replacing("\u{2212}", with: "-")
        if self == .invariant { return DecimalNumber.plain(trimmed) }
        let isSigned = trimmed.hasPrefix("-") || trimmed.hasPrefix("+")
        let digits = isSigned ? trimmed.dropFirst() : trimmed[...]
        var mark = decimalMark
        if self == .swedish, !digits.contains(mark), digits.count(where: { $0 == "." }) == 1 { mark = "." }
        let parts = digits.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = ungrouped(parts[0]) else { return nil }
        let sign = trimmed.hasPrefix("-") ? "-" : ""
        guard parts.count == 2 else { return DecimalNumber.plain(sign + whole) }
        return parts[1].isDigits ? DecimalNumber.plain("\(sign)\(whole).\(parts[1])") : nil
    }

    private func ungrouped(_ text: Substring) -> String? {
        guard let mark = groupMarks.first(where: text.contains) else { return text.isDigits ? String(text) : nil }
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.allSatisfy(\.isDigits)
        else { return nil }
        return groups.joined()
    }

    /// Writes a number without marks between groups: `1234,5`.
    public func text(_ number: DecimalNumber) -> String {
        text(digits: number.description)
    }

    /// Writes plain digits with a point as the language does.
    func text(digits: String) -> String { digits.replacing(".", with: String(decimalMark)) }

    /// Reads a day with a year of four digits; `yyyy-MM-dd` is understood in every language.
    /// - Returns: The day; nil when the text is none of the calendar.
    public func day(_ text: String) -> CalendarDay? {
        let trimmed = text.trimmed
        if let day = CalendarDay(iso8601: trimmed) { return day }
        switch self {
        case .invariant: return nil
        case .english: return day(trimmed, marks: ["/"]) { ($2, $0, $1) }
        case .swedish:
            if trimmed.utf8.count == 8, trimmed[...].isDigits {
                return CalendarDay(
                    iso8601: "\(trimmed.prefix(4))-\(trimmed.dropFirst(4).prefix(2))-\(trimmed.suffix(2))"
                )
            }
            return day(trimmed, marks: ["/", "."]) { ($2, $1, $0) }
        case .danish: return day(trimmed, marks: [".", "-", "/"]) { ($2, $1, $0) }
        }
    }

    private func day(
        _ text: String,
        marks: [Character],
        order: (Int, Int, Int) -> (year: Int, month: Int, day: Int)
    ) -> CalendarDay? {
        guard let mark = marks.first(where: text.contains) else { return nil }
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy(\.isDigits), parts[2].count == 4 else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        let ordered = order(numbers[0], numbers[1], numbers[2])
        return CalendarDay(year: ordered.year, month: ordered.month, day: ordered.day)
    }
}

extension DecimalNumber {
    /// A number's digits as they are where they are plain (`-1.50`), else its value in plain digits; nil for no number.
    static func plain(_ text: String) -> String? {
        guard let number = DecimalNumber(text) else { return nil }
        let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy(\.isDigits) && (parts[0] == "0" || !parts[0].hasPrefix("0"))
        return isPlain ? text : number.description
    }
}

extension Substring {
    /// Whether the text is one or more ASCII digits.
    var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
