import CoupletCore
import Synchronization

/// Lets each caller make so many requests at once, and so many in a while.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let capacity: Double
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Creates a limiter.
    /// - Parameters:
    ///   - capacity: How many requests may come at once.
    ///   - perMinute: How many more may come in a minute.
    init(capacity: Double, perMinute: Double) {
        self.capacity = capacity
        perSecond = perMinute / 60
    }

    /// Takes one request of a caller.
    /// - Returns: Nil where it may pass, else after how many seconds another may come.
    func take(_ caller: String, at now: Instant) -> Int? {
        buckets.withLock { buckets in
            // Callers who have not come for long are as good as new.
            if buckets.count > 10_000 {
                buckets = buckets.filter { $0.value.at.seconds(until: now) * perSecond < capacity }
            }
            var bucket = buckets[caller] ?? Bucket(tokens: capacity, at: now)
            bucket.tokens = min(capacity, bucket.tokens + max(0, bucket.at.seconds(until: now)) * perSecond)
            bucket.at = now
            defer { buckets[caller] = bucket }
            guard bucket.tokens >= 1 else { return Int(((1 - bucket.tokens) / perSecond).rounded(.up)) }
            bucket.tokens -= 1
            return nil
        }
    }
}
