/// What can go wrong in a simulated history.
package enum FaultKind: String, Sendable, Hashable, CaseIterable {
    /// The process ends before or after a request.
    case crashAtRequest = "crash-request"
    /// The process ends before or after a commit.
    case crashAtCommit = "crash-commit"
    /// A request does not leave.
    case notSent = "not-sent"
    /// A request is handled and its answer is lost.
    case lostAnswer = "lost-answer"
    /// A batch is handled only after its sender has given up on it, behind requests that were sent later.
    case lateArrival = "late-arrival"
    /// A request arrives twice.
    case duplicate
    /// An answer takes long.
    case delay
    /// 429 with a time to wait.
    case throttled
    /// 503.
    case unavailable
    /// 504, before or after the request was handled.
    case gatewayTimeout = "gateway-timeout"
    /// A token counts as expired.
    case expiredToken = "expired-token"
    /// A delta token counts as expired.
    case expiredDeltaToken = "expired-delta-token"
    /// A batch stops at one of its parts.
    case batchStopped = "batch-stopped"
    /// One part of a batch is put off.
    case partRefused = "part-refused"
    /// A batch is answered without the records that it wrote.
    case bareAnswer = "bare-answer"
    /// A table answers 403 for as long as an action takes.
    case permissionLoss = "permission-loss"
    /// A full read leaves rows out.
    case rowsLeftOut = "rows-left-out"
    /// Users edit while Couplet reads and writes: versions move, and pages shift.
    case editsBetween = "edits-between"
    /// An edit is committed after a read of a later time.
    case lateCommit = "late-commit"
    /// Edits carry the same time.
    case equalStamps = "equal-stamps"
    /// The systems' clocks go wrong by up to minutes.
    case clockSkew = "clock-skew"
    /// A system changes what is written to it.
    case serverChange = "server-change"
    /// A system shortens what is written to it.
    case truncation
    /// A field that a mapping names is gone for a while.
    case schemaChange = "schema-change"
    /// The ERP is put back to an earlier state.
    case restoreERP = "restore-erp"
    /// The CRM is put back to an earlier state.
    case restoreCRM = "restore-crm"
    /// Couplet's store is put back to an earlier state.
    case restoreCouplet = "restore-couplet"
    /// A copy of the store is at work on the same systems.
    case secondCopy = "second-copy"
    /// Two people ask the same Couplet for something at a time.
    case twoAtOnce = "two-at-once"
}

/// Which faults a history may have.
package struct FaultFocus: Sendable, Hashable {
    /// The kinds; all where empty.
    package var kinds: Set<FaultKind>

    /// Allows some kinds only, and lets them strike more often.
    package init(_ kinds: Set<FaultKind> = []) { self.kinds = kinds }

    /// Whether a kind strikes now: once in so many times, and more often where few kinds are allowed.
    func strikes(_ kind: FaultKind, oneIn count: Int, _ random: inout SimulationGenerator) -> Bool {
        // Drawn in any case, so that a history's other events are the same.
        let drawn = random.below(count)
        if kinds.isEmpty { return drawn == 0 }
        return kinds.contains(kind) && drawn <= count / 3
    }
}
