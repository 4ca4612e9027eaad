/// A day of the Gregorian calendar, without time and zone; years 1 to 9999.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int64

    private static let first = Instant.days(year: 1, month: 1, day: 1)
    private static let last = Instant.days(year: 9999, month: 12, day: 31)

    /// The day with a number of days since 1970-01-01; nil outside the years 1 to 9999.
    public init?(number: Int64) {
        guard (CalendarDay.first...CalendarDay.last).contains(number) else { return nil }
        self.number = number
    }

    /// A day by its parts; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let number = Instant.days(year: Int64(year), month: Int64(month), day: Int64(day))
        self.init(number: number)
        guard parts == (year, month, day) else { return nil }
    }

    /// Reads `yyyy-MM-dd`; nil when the text is something else or no such day exists.
    public init?(iso8601 text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ Substring($0).isDigits }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month and day.
    public var parts: (year: Int, month: Int, day: Int) {
        let civil = Instant.civil(fromDays: number)
        return (Int(civil.0), Int(civil.1), Int(civil.2))
    }

    /// The day after; nil after the last day of 9999.
    public var next: CalendarDay? { CalendarDay(number: number + 1) }

    /// `yyyy-MM-dd`.
    public var description: String {
        let (year, month, day) = parts
        return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
    }

    /// Orders by time.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}

extension Int {
    /// The digits with leading zeros.
    func padded(to width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
    }
}
