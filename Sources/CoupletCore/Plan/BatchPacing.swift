/// How many writes go into one batch: small at first, then as many as the remote takes in good time.
///
/// Doubles after a batch that was full and quick, halves after one that was slow or too large; the learned size is kept
/// per connection and table.
public struct BatchPacing: Sendable, Hashable {
    /// A batch quicker than this many seconds lets the size grow.
    public static let quickSeconds = 5.0
    /// A batch slower than this many seconds makes the size shrink.
    public static let slowSeconds = 60.0
    /// The size of the very first batch.
    public static let firstSize = 25

    /// The most writes in the next batch.
    public private(set) var size: Int
    /// The most the remote ever takes.
    public let maximum: Int

    /// Starts from a learned size; 0 when nothing was learned.
    public init(learned: Int, maximum: Int) {
        self.maximum = max(1, maximum)
        size = min(self.maximum, learned > 0 ? learned : BatchPacing.firstSize)
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
        } else if count >= size, seconds < BatchPacing.quickSeconds {
            size = min(maximum, size * 2)
        }
    }
}
