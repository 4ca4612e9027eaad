public import CoupletCore

/// Time, ids and waiting, given from outside so that a simulation can own them.
public protocol EngineClock: Sendable {
    /// The present time.
    var now: Instant { get }
    /// Waits until a time; returns at once when it has passed.
    /// - Parameter instant: The time.
    /// - Throws: `CancellationError`.
    func sleep(until instant: Instant) async throws
}

/// Makes ids for records, runs and idempotency keys.
public protocol IDSource: Sendable {
    /// A new id that nobody has used.
    func next() -> RecordID
}
