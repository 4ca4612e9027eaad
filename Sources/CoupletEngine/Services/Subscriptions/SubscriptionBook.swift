package import CoupletCore
import Synchronization

/// Why something that came to a notification address was dropped.
package enum DroppedNotification: String, Codable, Sendable, Hashable, CaseIterable {
    /// It is no request of the kind that tells of changes.
    case otherRequest
    /// Its body is larger than any that tells of changes.
    case tooLarge
    /// Its body tells of no changes.
    case unreadable
    /// There is no connection of the name and kind.
    case unknownConnection
    /// The subscription is none of ours.
    case unknownSubscription
    /// The text that proves it is another one.
    case wrongClientState
}

/// What came to the notification addresses since this process began.
package struct NotificationCounts: Codable, Sendable, Hashable {
    /// How many notifications told of a change.
    package var received = 0
    /// How often the sender was asked to try again later.
    package var putOff = 0
    /// How many were dropped, by reason; reasons that never occurred are left out.
    package var dropped: [String: Int] = [:]
    /// When the last notification told of a change; nil where none has.
    package var receivedAt: Instant?

    /// Creates counts of nothing.
    package init() {}
}

/// What is remembered of subscriptions as long as the process runs.
package final class SubscriptionBook: Sendable {
    private struct State {
        var counts = NotificationCounts()
        var address: NotificationAddress?
        var problems: [String: CoupletError] = [:]
    }

    private let state = Mutex(State())

    /// What came so far.
    package var counts: NotificationCounts { state.withLock(\.counts) }

    /// Where systems are told to send notifications; nil where none are wanted.
    var address: NotificationAddress? {
        get { state.withLock(\.address) }
        set { state.withLock { $0.address = newValue } }
    }

    /// What keeps subscriptions from being as they should, by connection.
    var problems: [String: CoupletError] { state.withLock(\.problems) }

    /// Notes something that was dropped.
    package func drop(_ reason: DroppedNotification, _ count: Int = 1) {
        guard count > 0 else { return }
        state.withLock { $0.counts.dropped[reason.rawValue, default: 0] += count }
    }

    /// Notes that a sender was asked to try again later.
    package func putOff() { state.withLock { $0.counts.putOff += 1 } }

    /// Notes notifications that told of changes.
    func receive(_ count: Int, at now: Instant) {
        guard count > 0 else { return }
        state.withLock { state in
            state.counts.received += count
            state.counts.receivedAt = now
        }
    }

    /// Notes what is wrong with a connection's subscriptions; nil where nothing is.
    func note(_ problem: CoupletError?, of connection: String) {
        state.withLock { $0.problems[connection] = problem }
    }
}
