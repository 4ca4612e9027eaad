/// When local clocks show what: a zone by its name, with the rule of its summer time as it is today.
///
/// Days and points in time are converted by a named zone only. Changes of the rules in the past are not known: a time
/// before 1996 in Europe or 2007 in North America may be an hour off, and it comes back as it was sent all the same.
public struct TimeZoneRule: Hashable, Sendable {
    /// When summer time holds.
    private enum Summer: Hashable, Sendable {
        case never, european, northAmerican
    }

    /// The zone's name: `UTC`, an offset such as `+05:30`, or a name such as `Europe/Stockholm`.
    public let name: String
    private let minutes: Int
    private let summer: Summer

    /// Coordinated universal time.
    public static let utc = TimeZoneRule(name: "UTC", minutes: 0, summer: .never)

    private init(name: String, minutes: Int, summer: Summer) {
        (self.name, self.minutes, self.summer) = (name, minutes, summer)
    }

    /// The zone with a name; nil when it is not known.
    public init?(_ name: String) {
        if let offset = TimeZoneRule.offset(name) {
            self.init(name: name, minutes: offset, summer: .never)
        } else if let hours = TimeZoneRule.european[name] {
            self.init(name: name, minutes: hours * 60, summer: .european)
        } else if let hours = TimeZoneRule.northAmerican[name] {
            self.init(name: name, minutes: hours * 60, summer: .northAmerican)
        } else {
            return nil
        }
    }

    /// The names of the zones with a summer time, in alphabetic order.
    public static var names: [String] { (Array(european.keys) + Array(northAmerican.keys)).sorted() }

    private static func offset(_ name: String) -> Int? {
        if name == "UTC" || name == "Z" { return 0 }
        let utf8 = Array(name.utf8)
        guard utf8.count == 6, utf8[3] == UInt8(ascii: ":"), let hours = Int(name.dropFirst().prefix(2)),
            let minutes = Int(name.suffix(2)), (0...14).contains(hours), (0...59).contains(minutes)
        else { return nil }
        switch utf8[0] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    private static let european = [
        "Europe/Amsterdam": 1, "Europe/Athens": 2, "Europe/Berlin": 1, "Europe/Brussels": 1, "Europe/Bucharest": 2,
        "Europe/Budapest": 1, "Europe/Copenhagen": 1, "Europe/Dublin": 0, "Europe/Helsinki": 2, "Europe/Lisbon": 0,
        "Europe/London": 0, "Europe/Luxembourg": 1, "Europe/Madrid": 1, "Europe/Oslo": 1, "Europe/Paris": 1,
        "Europe/Prague": 1, "Europe/Riga": 2, "Europe/Rome": 1, "Europe/Sofia": 2, "Europe/Stockholm": 1,
        "Europe/Tallinn": 2, "Europe/Vienna": 1, "Europe/Vilnius": 2, "Europe/Warsaw": 1, "Europe/Zurich": 1,
    ]

    private static let northAmerican = [
        "America/Chicago": -6, "America/Denver": -7, "America/Halifax": -4, "America/Los_Angeles": -8,
        "America/New_York": -5, "America/Toronto": -5, "America/Vancouver": -8, "America/Winnipeg": -6,
    ]

    /// How many minutes local clocks are ahead of UTC.
    public func offset(at instant: Instant) -> Int { minutes + (isSummer(instant) ? 60 : 0) }

    /// The local day and the milliseconds since its midnight; nil outside the years 1 to 9999.
    public func local(_ instant: Instant) -> (day: CalendarDay, milliseconds: Int64)? {
        let local = instant.milliseconds + Int64(offset(at: instant)) * 60_000
        let number = local.quotientRoundedDown(by: 86_400_000)
        return CalendarDay(number: number).map { ($0, local - number * 86_400_000) }
    }

    /// The point in time at which local clocks show this; the first where they show it twice, nil where they never do.
    public func instant(day: CalendarDay, milliseconds: Int64) -> Instant? {
        let local = day.number * 86_400_000 + milliseconds
        for offset in [minutes + 60, minutes] {
            let candidate = Instant(milliseconds: local - Int64(offset) * 60_000)
            if self.offset(at: candidate) == offset { return candidate }
        }
        return nil
    }

    private func isSummer(_ instant: Instant) -> Bool {
        let local = instant.milliseconds + Int64(minutes) * 60_000
        let year = Instant.civil(fromDays: local.quotientRoundedDown(by: 86_400_000)).0
        func hours(_ days: Int64, _ hour: Int64) -> Int64 { (days * 24 + hour) * 3_600_000 }
        switch summer {
        case .never: return false
        case .european:
            let start = hours(TimeZoneRule.sunday(atOrBefore: Instant.days(year: year, month: 3, day: 31)), 1)
            let end = hours(TimeZoneRule.sunday(atOrBefore: Instant.days(year: year, month: 10, day: 31)), 1)
            return (start..<end).contains(instant.milliseconds)
        case .northAmerican:
            // Two o'clock on local clocks: standard time in spring, summer time in autumn.
            let start = hours(TimeZoneRule.sunday(atOrBefore: Instant.days(year: year, month: 3, day: 14)), 2)
            let end = hours(TimeZoneRule.sunday(atOrBefore: Instant.days(year: year, month: 11, day: 7)), 1)
            return (start..<end).contains(local)
        }
    }

    /// The last Sunday up to a day; 1970-01-01 was a Thursday.
    private static func sunday(atOrBefore day: Int64) -> Int64 {
        let weeks = (day - 3).quotientRoundedDown(by: 7)
        return weeks * 7 + 3
    }
}

extension TimeZoneRule: Codable {
    /// Decodes a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let zone = TimeZoneRule(name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown time zone \(name)")
        }
        self = zone
    }

    /// Encodes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
