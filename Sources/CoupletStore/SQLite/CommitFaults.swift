/// Lets a simulation strike at the moments around a commit; both are called on the thread of the transaction.
package struct CommitFaults: Sendable {
    /// Called when a write's body has returned; throwing rolls the transaction back.
    package var beforeCommit: @Sendable () throws -> Void
    /// Called when a write is committed; throwing hides the success from the caller, as a crash would.
    package var afterCommit: @Sendable () throws -> Void

    /// Creates faults.
    /// - Parameters:
    ///   - beforeCommit: Called when a write's body has returned.
    ///   - afterCommit: Called when a write is committed.
    package init(
        beforeCommit: @escaping @Sendable () throws -> Void = {},
        afterCommit: @escaping @Sendable () throws -> Void = {}
    ) {
        self.beforeCommit = beforeCommit
        self.afterCommit = afterCommit
    }
}
