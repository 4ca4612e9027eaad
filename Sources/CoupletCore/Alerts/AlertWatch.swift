/// Follows what is found from one look to the next: what has lasted long enough to be told, and what is over.
public struct AlertWatch: Codable, Sendable, Hashable {
    /// For how many seconds an alert must not be found before it is over: what comes and goes is one alert.
    public static let calm = 300.0

    /// One alert that is followed.
    private struct Entry: Codable, Sendable, Hashable {
        var alert: Alert
        /// When it was found first.
        var foundAt: Instant
        /// Whether it has lasted long enough to be told.
        var hasBegun: Bool
        /// Since when it is not found any more.
        var missingSince: Instant?
    }

    private var entries: [String: Entry] = [:]

    /// Follows nothing.
    public init() {}

    /// The alerts that have begun and are not over, by id.
    public var begun: [String: Alert] { entries.filter(\.value.hasBegun).mapValues(\.alert) }

    /// Since when an alert is found; nil where it is not followed.
    public func foundAt(_ id: String) -> Instant? { entries[id]?.foundAt }

    /// From when on an alert may be told: when it has been found for as long as its patience lasts.
    func toldFrom(_ id: String) -> Instant? {
        entries[id].map { $0.foundAt.advanced(bySeconds: $0.alert.kind.patience) }
    }

    /// Takes note of what a look found.
    /// - Parameters:
    ///   - found: All that needs a person now.
    ///   - now: The present time.
    /// - Returns: When alerts ended that are over from now on, by id.
    public mutating func note(_ found: [Alert], at now: Instant) -> [String: Instant] {
        let present = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        for (id, alert) in present {
            var entry = entries[id] ?? Entry(alert: alert, foundAt: now, hasBegun: false)
            // What was found before has been so since then, whatever is known of it after a restart.
            let since = entries[id].map { min($0.alert.since, alert.since) } ?? alert.since
            entry.alert = alert
            entry.alert.since = since
            entry.missingSince = nil
            if entry.foundAt.seconds(until: now) >= alert.kind.patience { entry.hasBegun = true }
            entries[id] = entry
        }
        var ended: [String: Instant] = [:]
        for (id, var entry) in entries where present[id] == nil {
            let missing = entry.missingSince ?? now
            entry.missingSince = missing
            entries[id] = entry
            if !entry.hasBegun {
                entries[id] = nil
            } else if missing.seconds(until: now) >= Self.calm {
                entries[id] = nil
                ended[id] = missing
            }
        }
        return ended
    }
}
