/// When a mapping that is synchronized by itself has its turn, as far as its own past decides it.
public struct ScheduledWork: Sendable, Hashable {
    /// From when on times count that nobody has kept to yet.
    private let beganAt: Instant
    private var lastBegan: Instant?
    private var wasIdle = false
    private var failures = 0
    /// Not before this, whatever is due.
    private var notBefore: Instant?
    /// Whether what it would do waits for a person's approval.
    public private(set) var isHeld = false
    /// Whether its tables may have told something new since the last turn.
    public private(set) var hasChanges = true

    /// Begins; what came before is not known, so that there may be something new.
    /// - Parameters:
    ///   - beganAt: The present time.
    ///   - lastBegan: When the last turn began, before that; nil where there was none.
    public init(beganAt: Instant, lastBegan: Instant? = nil) {
        self.beganAt = beganAt
        self.lastBegan = lastBegan
    }

    /// Takes note of something new in one of its tables: what was waited out is tried again.
    ///
    /// What waits for approval stays as it was shown, so that it can be approved.
    public mutating func noteChanges() {
        hasChanges = true
        wasIdle = false
        guard !isHeld else { return }
        notBefore = nil
        failures = 0
    }

    /// Takes note that nothing waits for approval any more.
    public mutating func release() {
        guard isHeld else { return }
        isHeld = false
        noteChanges()
    }

    /// When the next turn is due; nil for never.
    public func due(by schedule: Schedule, now: Instant) -> Instant? {
        var last = lastBegan
        if case .cron = schedule.times { last = last ?? beganAt }
        return schedule.next(after: last, wasIdle: wasIdle, now: now).map { max($0, notBefore ?? $0) }
    }

    /// Takes note of a turn that came to its end.
    ///
    /// A followed mapping with something to do that comes to nothing has its turns less and less often until something new
    /// comes; one whose steps wait for approval, until that is decided. Records that failed have pauses of their own.
    /// - Parameters:
    ///   - schedule: The mapping's schedule.
    ///   - began: When the turn began.
    ///   - done: How many records and couplings it has changed.
    ///   - failed: How many records failed.
    ///   - isHeld: Whether what it would do waits for approval.
    public mutating func ended(by schedule: Schedule, began: Instant, done: Int, failed: Int, isHeld: Bool) {
        lastBegan = began
        hasChanges = false
        wasIdle = done + failed == 0
        self.isHeld = isHeld
        failures = wasIdle || isHeld ? failures + 1 : 0
        notBefore = nil
        if schedule.times == .follow, failures > 0 {
            notBefore = began.advanced(bySeconds: RetryPolicy.transient.pause(afterAttempts: failures))
        }
    }

    /// Takes note of a turn that failed.
    /// - Returns: When it is tried again.
    public mutating func failed(began: Instant, at now: Instant, jitter: Double) -> Instant {
        lastBegan = began
        failures += 1
        let nextAt = now.advanced(bySeconds: RetryPolicy.transient.pause(afterAttempts: failures, jitter: jitter))
        notBefore = nextAt
        return nextAt
    }
}

extension RetryPolicy {
    /// The pause before the next attempt, up to half as long again so that not all come back at once.
    /// - Parameters:
    ///   - attempts: How many attempts have failed, at least 1.
    ///   - jitter: From 0 to 1.
    /// - Returns: Seconds.
    public func pause(afterAttempts attempts: Int, jitter: Double) -> Double {
        pause(afterAttempts: attempts) * (1 + jitter / 2)
    }
}
