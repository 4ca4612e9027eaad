public import CoupletCore

/// Records whose traces are to be erased.
public struct Erasure: Sendable, Hashable {
    /// The records, by side; nil where a side has none.
    public var ids: BySide<RecordID?>
    /// The feeds of their tables; nil where a table was never read.
    public var feeds: BySide<Int64?>
    /// Why steps of other records, which lose a value that names one of these, are not done.
    public var obstacle: Message

    /// Creates an erasure.
    public init(ids: BySide<RecordID?>, feeds: BySide<Int64?>, obstacle: Message) {
        self.ids = ids
        self.feeds = feeds
        self.obstacle = obstacle
    }
}

/// How much was erased.
public struct ErasureCounts: Codable, Sendable, Hashable {
    /// Couplings, with their bases.
    public var couplings: Int
    /// Entries of the history.
    public var history: Int
    /// Steps of plans that are about the records, and what plans would have left open.
    public var steps: Int
    /// Conflicts, questions and failures.
    public var openItems: Int
    /// Records with what was observed of them.
    public var records: Int

    /// Creates counts.
    public init(couplings: Int = 0, history: Int = 0, steps: Int = 0, openItems: Int = 0, records: Int = 0) {
        self.couplings = couplings
        self.history = history
        self.steps = steps
        self.openItems = openItems
        self.records = records
    }
}
