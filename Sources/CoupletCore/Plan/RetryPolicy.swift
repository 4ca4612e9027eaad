/// How long a failure that may pass is waited out, and when it is given to a person.
public struct RetryPolicy: Sendable, Hashable {
    /// How many attempts follow each other without a pause.
    public var immediateAttempts: Int
    /// The first pause in seconds.
    public var firstPause: Double
    /// What each pause is multiplied with to give the next.
    public var factor: Double
    /// The longest pause in seconds.
    public var longestPause: Double
    /// After how many attempts a failure is parked.
    public var maximumAttempts: Int

    /// Creates a policy; pauses are in seconds.
    public init(
        immediateAttempts: Int = 0,
        firstPause: Double,
        factor: Double,
        longestPause: Double,
        maximumAttempts: Int
    ) {
        self.immediateAttempts = immediateAttempts
        self.firstPause = firstPause
        self.factor = factor
        self.longestPause = longestPause
        self.maximumAttempts = maximumAttempts
    }

    /// For remotes that say "later" or do not answer: 5 seconds, growing threefold up to an hour, for about a day.
    public static let transient = RetryPolicy(firstPause: 5, factor: 3, longestPause: 3600, maximumAttempts: 30)

    /// For refused preconditions: three times at once, then as for anything that may pass.
    public static let preconditionFailed = RetryPolicy(
        immediateAttempts: 3,
        firstPause: 5,
        factor: 3,
        longestPause: 3600,
        maximumAttempts: 30
    )

    /// Whether a failure is parked after so many attempts.
    public func isExhausted(afterAttempts attempts: Int) -> Bool { attempts >= maximumAttempts }

    /// The pause before the next attempt.
    /// - Parameters:
    ///   - attempts: How many attempts have failed, at least 1.
    ///   - asked: The seconds that the remote asked for; a shorter pause is never taken.
    /// - Returns: Seconds.
    public func pause(afterAttempts attempts: Int, asked: Double? = nil) -> Double {
        let pauses = attempts - immediateAttempts
        guard pauses > 0 else { return max(0, asked ?? 0) }
        var pause = firstPause
        for _ in 1..<max(2, min(pauses, 64)) where pauses > 1 { pause = min(pause * factor, longestPause) }
        return max(min(pause, longestPause), asked ?? 0)
    }
}
