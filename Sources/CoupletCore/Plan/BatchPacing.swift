/// How many writes go into one batch: few at first, then as many as the remote takes in good time.
///
/// Grows after a batch that was full and quick, up to fourfold after a very quick one, and halves after one that was slow
/// or too large; the learned size is kept per connection and table.
public struct BatchPacing: Sendable, Hashable {
    /// A batch quicker than this many seconds lets the size grow.
    public static let quickSeconds = 5.0
    /// A batch slower than this many seconds makes the size shrink.
    public static let slowSeconds = 60.0
    /// The most writes in the very first batch.
    public static let firstSize = 100
    /// How many times as many a batch may have as the one before.
    private static let mostGrowth = 4

    /// The most writes in the next batch.
    public private(set) var size: Int
    /// The most the remote ever takes.
    public let maximum: Int
    /// Whether the next batch tries out a size: it goes alone, for several of that size would not teach more.
    public private(set) var isTrying: Bool

    /// Starts from a learned size; 0 when nothing was learned.
    public init(learned: Int, maximum: Int) {
        self.maximum = max(1, maximum)
        // A remote that takes few at a time is begun with fewer.
        let first = max(1, min(BatchPacing.firstSize, self.maximum / BatchPacing.mostGrowth))
        size = min(self.maximum, learned > 0 ? learned : first)
        isTrying = size < self.maximum
    }

    /// How many batches a number of writes takes if all of them are quick.
    public func batches(for writes: Int) -> Int {
        var pacing = self
        var left = writes
        var batches = 0
        while left > 0 {
            let count = min(left, pacing.size)
            left -= count
            batches += 1
            pacing.learn(count: count, seconds: 0)
        }
        return batches
    }

    /// Learns from a batch that was answered.
    /// - Parameters:
    ///   - count: How many writes it had.
    ///   - seconds: How long it took.
    ///   - wasTooLarge: Whether the remote refused its size.
    public mutating func learn(count: Int, seconds: Double, wasTooLarge: Bool = false) {
        if wasTooLarge || seconds > BatchPacing.slowSeconds {
            size = max(1, min(size, count) / 2)
            isTrying = false
        } else if count >= size {
            let growth =
                seconds < BatchPacing.quickSeconds / Double(BatchPacing.mostGrowth) ? BatchPacing.mostGrowth : 2
            if seconds < BatchPacing.quickSeconds { size = min(maximum, size * growth) }
            isTrying = seconds < BatchPacing.quickSeconds && size < maximum
        }
    }
}
