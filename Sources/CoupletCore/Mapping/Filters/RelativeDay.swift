/// A day counted from the one on which a filter is evaluated: `today`, `today-30d`, `today+1m`.
///
/// Days begin at midnight in UTC.
public struct RelativeDay: Codable, Sendable, Hashable {
    /// What is counted.
    public enum Unit: String, Codable, Sendable, Hashable, CaseIterable {
        /// Days.
        case day = "d"
        /// Weeks.
        case week = "w"
        /// Months; a day that the month lacks becomes its last one.
        case month = "m"
        /// Years; the 29th of February becomes the 28th where there is none.
        case year = "y"
    }

    /// How many units after today; negative before.
    public var count: Int
    /// The unit.
    public var unit: Unit

    /// The most units that are counted.
    private static let maximum = 100_000

    /// Creates a day.
    public init(_ count: Int = 0, _ unit: Unit = .day) {
        self.count = count
        self.unit = unit
    }

    /// Reads `today`, also `idag`, with a count and a unit behind a sign; nil when the text is something else.
    public init?(_ text: String) {
        let text = text.lowercased()
        guard let word = ["today", "idag"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(word.count)
        if rest.isEmpty {
            self.init()
            return
        }
        guard let sign = rest.first, sign == "+" || sign == "-", let unit = Unit(rawValue: String(rest.suffix(1))),
            rest.dropFirst().dropLast().isDigits, let count = Int(rest.dropFirst().dropLast()),
            count <= RelativeDay.maximum
        else { return nil }
        self.init(sign == "-" ? -count : count, unit)
    }

    /// The day as text, as reading it brings it back.
    public var text: String {
        count == 0 ? "today" : "today" + (count < 0 ? "" : "+") + String(count) + unit.rawValue
    }

    /// The number of the day that a point in time belongs to, counted from 1970-01-01.
    public static func today(at now: Instant) -> Int64 { now.milliseconds.quotientRoundedDown(by: 86_400_000) }

    /// The day of the calendar, seen from a point in time; nil outside the years 1 to 9999.
    public func day(at now: Instant) -> CalendarDay? {
        let number = RelativeDay.today(at: now)
        guard let today = CalendarDay(number: number) else { return nil }
        switch unit {
        case .day: return CalendarDay(number: number + Int64(count))
        case .week: return CalendarDay(number: number + Int64(count) * 7)
        case .month: return RelativeDay.day(today, months: count)
        case .year: return RelativeDay.day(today, months: count * 12)
        }
    }

    private static func day(_ day: CalendarDay, months: Int) -> CalendarDay? {
        let (year, month, dayOfMonth) = day.parts
        let index = Int64(year * 12 + month - 1 + months)
        let newYear = Int(index.quotientRoundedDown(by: 12))
        let newMonth = Int(index) - newYear * 12 + 1
        for last in stride(from: dayOfMonth, to: 0, by: -1) {
            if let found = CalendarDay(year: newYear, month: newMonth, day: last) { return found }
        }
        return nil
    }
}

extension RecordFilter {
    /// Whether the filter counts days from the one on which it is evaluated.
    public var countsDays: Bool {
        switch self {
        case .everything, .compare, .blank, .like: false
        case .relative: true
        case .all(let parts), .any(let parts): parts.contains(where: \.countsDays)
        case .not(let part): part.countsDays
        }
    }

    /// The filter with the days that are counted from today put in as they are at a point in time.
    ///
    /// A filter with such days passes no record before.
    public func resolved(at now: Instant) -> RecordFilter {
        switch self {
        case .everything, .compare, .blank, .like: return self
        case .relative(let field, let comparison, let relative):
            guard let day = relative.day(at: now), let next = day.next else { return .nothing }
            // From the start of a day to that of the next one, so that days and points in time are treated alike.
            let start = RecordFilter.compare(field: field, .greaterOrEqual, .text(day.description))
            let after = RecordFilter.compare(field: field, .greaterOrEqual, .text(next.description))
            let before = RecordFilter.compare(field: field, .less, .text(day.description))
            let until = RecordFilter.compare(field: field, .less, .text(next.description))
            switch comparison {
            case .equal: return .all([start, until])
            case .notEqual: return .not(.all([start, until]))
            case .less: return before
            case .lessOrEqual: return until
            case .greater: return after
            case .greaterOrEqual: return start
            }
        case .all(let parts): return .all(parts.map { $0.resolved(at: now) })
        case .any(let parts): return .any(parts.map { $0.resolved(at: now) })
        case .not(let part): return .not(part.resolved(at: now))
        }
    }
}

extension TableMapping.Table {
    /// The table with the filters it has at a point in time.
    func resolved(at now: Instant) -> TableMapping.Table {
        var table = self
        table.filter = filter.resolved(at: now)
        table.templates = templates?.map { template in
            RecordTemplate(
                filter: template.filter.resolved(at: now),
                priority: template.priority,
                values: template.values
            )
        }
        return table
    }
}
