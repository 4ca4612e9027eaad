/// How a day or a time is spelled: `yyyy`, `MM` or `M`, `dd` or `d`, `HH` or `H`, `hh` or `h` with `tt` for AM and PM, `mm`,
/// `ss`, `fff`; other signs and text in single quotes stand for themselves.
public struct DatePattern: Codable, Sendable, Hashable {
    /// A part of a day or of its time.
    enum Part: Hashable {
        case year, month, day, hour, halfDayHour, minute, second, millisecond, halfDay
    }

    private enum Token: Hashable {
        /// At least so many digits.
        case part(Part, width: Int)
        case text(String)
    }

    /// The pattern's spelling.
    public let spelling: String

    /// Creates a pattern; whether it is one says `isValid`.
    public init(_ spelling: String) { self.spelling = spelling }

    /// Whether the pattern is made of known parts, each at most once, and has a whole day.
    public var isValid: Bool {
        guard let tokens else { return false }
        let parts = tokens.compactMap { if case .part(let part, _) = $0 { part } else { nil } }
        let isWhole = parts.contains(.year) && parts.contains(.month) && parts.contains(.day)
        let isHalfDay = parts.contains(.halfDayHour) == parts.contains(.halfDay)
        return isWhole && isHalfDay && Set(parts).count == parts.count
    }

    /// Whether the pattern has more than the day.
    public var hasTime: Bool {
        (tokens ?? []).contains { token in
            guard case .part(let part, _) = token else { return false }
            return part != .year && part != .month && part != .day
        }
    }

    private static let known: [String: Part] = [
        "yyyy": .year, "MM": .month, "M": .month, "dd": .day, "d": .day, "HH": .hour, "H": .hour, "hh": .halfDayHour,
        "h": .halfDayHour, "mm": .minute, "ss": .second, "fff": .millisecond, "tt": .halfDay,
    ]

    /// Nil when a letter means nothing.
    private var tokens: [Token]? {
        var tokens: [Token] = []
        var rest = spelling[...]
        while let first = rest.first {
            if first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
                tokens.append(.text(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            } else if first.isLetter {
                let run = rest.prefix { $0 == first }
                guard let part = DatePattern.known[String(run)] else { return nil }
                tokens.append(.part(part, width: run.count))
                rest = rest.dropFirst(run.count)
            } else {
                tokens.append(.text(String(first)))
                rest = rest.dropFirst()
            }
        }
        return tokens
    }

    /// Reads a day and the milliseconds since its midnight; nil when the text does not fit or there is no such day.
    public func read(_ text: String) -> (day: CalendarDay, milliseconds: Int64)? {
        guard isValid, let tokens else { return nil }
        var values: [Part: Int] = [:]
        var rest = text.trimmed[...]
        for token in tokens {
            switch token {
            case .text(let sign):
                guard rest.hasPrefix(sign) else { return nil }
                rest = rest.dropFirst(sign.count)
            case .part(.halfDay, _):
                let word = rest.prefix(2).uppercased()
                guard word == "AM" || word == "PM" else { return nil }
                values[.halfDay] = word == "PM" ? 12 : 0
                rest = rest.dropFirst(2)
            case .part(let part, let width):
                let digits = rest.prefix(width == 1 ? 2 : width).prefix { $0.isASCII && $0.isNumber }
                guard digits.count >= width, let number = Int(digits) else { return nil }
                values[part] = number
                rest = rest.dropFirst(digits.count)
            }
        }
        guard rest.isEmpty else { return nil }
        return DatePattern.combined(values)
    }

    private static func combined(_ values: [Part: Int]) -> (day: CalendarDay, milliseconds: Int64)? {
        guard let day = CalendarDay(year: values[.year] ?? 0, month: values[.month] ?? 0, day: values[.day] ?? 0) else {
            return nil
        }
        var hour = values[.hour] ?? 0
        if let half = values[.halfDayHour] {
            guard (1...12).contains(half) else { return nil }
            hour = half % 12 + (values[.halfDay] ?? 0)
        }
        let (minute, second) = (values[.minute] ?? 0, values[.second] ?? 0)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let inDay = ((hour * 60 + minute) * 60 + second) * 1000 + (values[.millisecond] ?? 0)
        return (day, Int64(inDay))
    }

    /// Writes a day and a time of it; nil when the pattern is none.
    public func write(_ day: CalendarDay, milliseconds: Int64 = 0) -> String? {
        guard isValid, let tokens else { return nil }
        let (year, month, dayOfMonth) = day.parts
        let seconds = Int(milliseconds / 1000)
        let hour = seconds / 3600
        return tokens.map { token in
            guard case .part(let part, let width) = token else {
                if case .text(let text) = token { return text }
                return ""
            }
            switch part {
            case .year: return year.padded(to: width)
            case .month: return month.padded(to: width)
            case .day: return dayOfMonth.padded(to: width)
            case .hour: return hour.padded(to: width)
            case .halfDayHour: return ((hour + 11) % 12 + 1).padded(to: width)
            case .minute: return (seconds / 60 % 60).padded(to: width)
            case .second: return (seconds % 60).padded(to: width)
            case .millisecond: return Int(milliseconds % 1000).padded(to: width)
            case .halfDay: return hour < 12 ? "AM" : "PM"
            }
        }.joined()
    }

    /// Decodes the spelling.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the spelling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(spelling)
    }
}
