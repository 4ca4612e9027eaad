import Synchronization

/// Says yes the first time only.
final class Once: Sendable {
    private let isSpent = Mutex(false)

    func isFirst() -> Bool {
        isSpent.withLock { spent in
            defer { spent = true }
            return !spent
        }
    }
}
