/// A part of the day on certain days of the week; one that ends before it begins goes on past midnight.
public struct DayWindow: Sendable, Hashable {
    /// The minute of the day at which it opens, 0 to 1439.
    public let opens: Int
    /// The minute of the day at which it closes, 0 to 1440; that of opening for a whole day.
    public let closes: Int
    /// The days of the week on which it opens, bit 0 for Sunday.
    public let days: UInt8

    /// Every day of the week.
    public static let everyDay: UInt8 = 0x7F

    /// Creates a window.
    public init(opens: Int = 0, closes: Int = 1440, days: UInt8 = DayWindow.everyDay) {
        (self.opens, self.closes, self.days) = (opens, closes, days)
    }

    private var minutes: Int { closes > opens ? closes - opens : closes + 1440 - opens }

    /// Whether it is open at an instant, by the clocks of a zone.
    public func isOpen(at instant: Instant, in zone: TimeZoneRule) -> Bool {
        guard let (day, milliseconds) = zone.local(instant) else { return false }
        let minute = Int(milliseconds / 60_000)
        func opened(daysBefore: Int) -> Bool {
            let weekday = (day.weekday + 7 - daysBefore) % 7
            let since = minute + daysBefore * 1440 - opens
            return days >> UInt8(weekday) & 1 == 1 && (0..<minutes).contains(since)
        }
        return opened(daysBefore: 0) || opened(daysBefore: 1)
    }

    /// The instant itself where it is open then, else when it opens next; nil where it never does.
    public func opening(from instant: Instant, in zone: TimeZoneRule) -> Instant? {
        if isOpen(at: instant, in: zone) { return instant }
        guard var day = zone.local(instant)?.day else { return nil }
        for _ in 0...14 {
            if days >> UInt8(day.weekday) & 1 == 1 {
                // Clocks that skip the opening open the window with the next minute they show.
                for minute in opens..<(opens + 61) {
                    guard let found = zone.instant(day: day, milliseconds: Int64(minute) * 60_000) else { continue }
                    if found > instant { return found }
                    break
                }
            }
            guard let next = day.next else { return nil }
            day = next
        }
        return nil
    }
}
