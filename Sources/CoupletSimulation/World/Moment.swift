package import CoupletCore
package import CoupletPorts

/// A moment at which something can happen to a process or to the systems around it.
package enum Moment: Sendable {
    /// A request is about to leave.
    case beforeRequest(Side, HTTPRequestMessage)
    /// The system has handled a request, and its answer is not heard yet.
    case afterHandling(Side, HTTPRequestMessage, status: Int)
    /// A transaction is about to be committed.
    case beforeCommit
    /// A transaction is committed, and nobody knows yet.
    case afterCommit
}

/// What happens at a moment.
package enum Strike: Sendable, Hashable {
    /// Nothing.
    case none
    /// The process is gone: every later call of its ports fails.
    case crash
    /// The connection breaks: before a request nothing was sent, after its handling the answer is lost. Means nothing
    /// at a commit.
    case disconnect
    /// The request is on its way when the connection breaks, and arrives only after so many seconds. Means something
    /// before a request only.
    case arriveLate(seconds: Double)
    /// The request is handled, and arrives once more after so many seconds. Means something before a request only.
    case arriveTwice(seconds: Double)
    /// The answer to a write lacks what was written. Means something before a request only.
    case answerBare
    /// The answer lacks the row at a place, if it has so many. Means something before a request only.
    case leaveOut(row: Int)
}

/// Decides what happens at a moment; may also act as a user of either system.
///
/// Called on the thread of the moment.
package typealias StrikeDecision = @Sendable (Moment) -> Strike

/// Told after a system has handled a request, before the answer can be lost, and whether its sender waits for that.
package typealias HandledObserver = @Sendable (Side, HTTPRequestMessage, _ isLate: Bool) -> Void

extension Moment {
    /// Whether it is about a request and not about a commit.
    var isRequest: Bool {
        switch self {
        case .beforeRequest, .afterHandling: true
        case .beforeCommit, .afterCommit: false
        }
    }

    /// Where a process ended, for counting.
    var kind: String {
        switch self {
        case .beforeRequest: "before a request"
        case .afterHandling: "before an answer"
        case .beforeCommit: "before a commit"
        case .afterCommit: "after a commit"
        }
    }
}
