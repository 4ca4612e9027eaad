import Synchronization

/// Says yes the first time only.
final class Once: Sendable {
    private let isSpent = Mutex(false)

    /// Whether it has said yes.
    var isUsed: Bool { isSpent.withLock { $0 } }

    func isFirst() -> Bool {
        isSpent.withLock { spent in
            defer { spent = true }
            return !spent
        }
    }
}
