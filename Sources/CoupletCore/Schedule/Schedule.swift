/// When a mapping is synchronized by itself, in one line of text: `follow`, `every 30 min rest 12 h`,
/// `cron 0 6-18 * * mon-fri in Europe/Stockholm`, `follow between 06:00 and 20:00 on mon-fri in Europe/Stockholm`.
public struct Schedule: Sendable, Hashable {
    /// What begins a synchronization.
    public enum Times: Sendable, Hashable {
        /// A change in either system.
        case follow
        /// So many seconds since the last one began.
        case every(seconds: Int)
        /// The times of an expression.
        case cron(CronExpression)
    }

    /// What begins a synchronization.
    public var times: Times
    /// When it may begin; nil for always.
    public var window: DayWindow?
    /// The zone whose clocks count.
    public var zone: TimeZoneRule
    /// The seconds after a synchronization that found nothing to do, unless somebody knows of a change; nil for no such
    /// pause.
    public var rest: Int?

    /// What holds where a mapping says nothing: its changes are followed.
    public static let usual = Schedule(.follow)

    /// Creates a schedule.
    public init(_ times: Times, window: DayWindow? = nil, zone: TimeZoneRule = .utc, rest: Int? = nil) {
        self.times = times
        self.window = window
        self.zone = zone
        self.rest = rest
    }

    /// When the next synchronization is due.
    /// - Parameters:
    ///   - last: When the last one began; nil before the first.
    ///   - wasIdle: Whether that one found nothing to do.
    ///   - now: The present time.
    /// - Returns: The time, now or later; nil where there is none.
    public func next(after last: Instant?, wasIdle: Bool, now: Instant) -> Instant? {
        var due: Instant
        switch times {
        case .follow: due = now
        case .every(let seconds): due = last?.advanced(bySeconds: Double(seconds)) ?? now
        case .cron(let expression):
            // What was missed while nothing ran is made up for once.
            guard let next = expression.next(after: last ?? now, in: zone) else { return nil }
            due = next
        }
        if wasIdle, let rest, let last { due = max(due, last.advanced(bySeconds: Double(rest))) }
        due = max(due, now)
        guard let window else { return due }
        return window.opening(from: due, in: zone)
    }
}
