/// Times of day on certain days, written in the five fields of cron: minute, hour, day of the month, month, day of the week.
///
/// A field is `*`, a number, a range `a-b`, any of these with a step `/n`, or a list of them joined by commas; months and
/// days of the week have English names of three letters too, and Sunday is 0 or 7. Where both days are restricted, either
/// one is enough.
public struct CronExpression: Sendable, Hashable {
    /// The five fields, joined by single blanks.
    public let text: String
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let restrictsDays: Bool
    private let restrictsWeekdays: Bool

    /// Reads an expression; nil when it is none.
    public init?(_ text: some StringProtocol) {
        let fields = text.split(separator: " ").map { $0.lowercased() }
        guard fields.count == 5, let minutes = CronExpression.mask(fields[0], 0...59),
            let hours = CronExpression.mask(fields[1], 0...23), let days = CronExpression.mask(fields[2], 1...31),
            let months = CronExpression.mask(fields[3], 1...12, names: CronExpression.monthNames, first: 1),
            let weekdays = CronExpression.mask(fields[4], 0...7, names: CronExpression.weekdayNames, first: 0)
        else { return nil }
        self.text = fields.joined(separator: " ")
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = weekdays & 0x7F | weekdays >> 7 & 1
        restrictsDays = !fields[2].hasPrefix("*")
        restrictsWeekdays = !fields[4].hasPrefix("*")
    }

    /// The first time after an instant, on the clocks of a zone; nil where there is none within eight years.
    ///
    /// A time that clocks skip is left out; one that they show twice comes once.
    public func next(after instant: Instant, in zone: TimeZoneRule) -> Instant? {
        guard var day = zone.local(instant)?.day else { return nil }
        // Leap days are at most eight years apart.
        for _ in 0...2922 {
            if isDay(day) {
                for hour in 0..<24 where hours >> UInt64(hour) & 1 == 1 {
                    for minute in 0..<60 where minutes >> UInt64(minute) & 1 == 1 {
                        let time = Int64(hour * 60 + minute) * 60_000
                        if let found = zone.instant(day: day, milliseconds: time), found > instant { return found }
                    }
                }
            }
            guard let next = day.next else { return nil }
            day = next
        }
        return nil
    }

    private func isDay(_ day: CalendarDay) -> Bool {
        let (_, month, number) = day.parts
        guard months >> UInt64(month) & 1 == 1 else { return false }
        let isNumber = days >> UInt64(number) & 1 == 1
        let isWeekday = weekdays >> UInt64(day.weekday) & 1 == 1
        return restrictsDays && restrictsWeekdays ? isNumber || isWeekday : isNumber && isWeekday
    }

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func mask(
        _ field: String,
        _ range: ClosedRange<Int>,
        names: [String] = [],
        first: Int = 0
    ) -> UInt64? {
        var mask: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let step = pieces.count == 2 ? Int(pieces[1]) ?? 0 : 1
            guard step > 0, let bounds = bounds(pieces[0], range, names, first, hasStep: pieces.count == 2) else {
                return nil
            }
            for number in stride(from: bounds.lowerBound, through: bounds.upperBound, by: step) {
                mask |= 1 << UInt64(number)
            }
        }
        return mask == 0 ? nil : mask
    }

    private static func bounds(
        _ text: Substring,
        _ range: ClosedRange<Int>,
        _ names: [String],
        _ first: Int,
        hasStep: Bool
    ) -> ClosedRange<Int>? {
        if text == "*" { return range }
        func number(_ text: Substring) -> Int? {
            let found = names.firstIndex(of: String(text)).map { $0 + first } ?? Int(text)
            return found.flatMap { range.contains($0) ? $0 : nil }
        }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let low = number(ends[0]) else { return nil }
        // `5/15` is every fifteenth from 5 on.
        guard ends.count == 2 else { return low...(hasStep ? range.upperBound : low) }
        guard let high = number(ends[1]), low <= high else { return nil }
        return low...high
    }
}

extension CalendarDay {
    /// The day of the week, 0 for Sunday; 1970-01-01 was a Thursday.
    var weekday: Int { Int(((number + 4) % 7 + 7) % 7) }
}
