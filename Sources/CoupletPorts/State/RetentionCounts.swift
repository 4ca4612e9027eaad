/// How much is old, or was removed because it was.
public struct RetentionCounts: Codable, Sendable, Hashable {
    /// Entries of the history.
    public var history: Int
    /// Runs, with their jobs, plans and steps.
    public var runs: Int
    /// Conflicts and questions that were settled.
    public var settled: Int

    /// Whether there is nothing at all.
    public var isEmpty: Bool { history == 0 && runs == 0 && settled == 0 }

    /// Creates counts.
    public init(history: Int, runs: Int, settled: Int) {
        self.history = history
        self.runs = runs
        self.settled = settled
    }
}
