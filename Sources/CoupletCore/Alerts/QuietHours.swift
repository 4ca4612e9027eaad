/// When nobody wants to be told what can wait, in the words of a schedule:
/// `between 22:00 and 07:00 in Europe/Stockholm`, `on sat,sun`.
public struct QuietHours: Sendable, Hashable {
    private let schedule: Schedule
    private let window: DayWindow

    /// The words that make it a schedule.
    private static let beginning = "follow "

    /// Reads quiet hours.
    /// - Throws: `schedule.wrongText` with the words that say nothing, `alert.wrongQuiet` where no part of the day is
    ///   named; status `wrongUse`.
    public init(parsing text: String) throws(CoupletError) {
        let schedule = try Schedule(parsing: Self.beginning + text)
        guard let window = schedule.window, schedule.rest == nil else {
            throw CoupletError("alert.wrongQuiet", ["text": text], status: .wrongUse)
        }
        (self.schedule, self.window) = (schedule, window)
    }

    /// Whether it is quiet at an instant.
    public func contain(_ instant: Instant) -> Bool { window.isOpen(at: instant, in: schedule.zone) }

    /// The quiet hours in the one spelling that reading brings back.
    public var text: String { String(schedule.text.dropFirst(Self.beginning.count)) }
}

extension QuietHours: Codable {
    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
