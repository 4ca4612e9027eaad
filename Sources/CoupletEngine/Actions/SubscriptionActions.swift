package import CoupletCore

/// Lists our subscriptions to changes, and counts what came of them.
package struct ListSubscriptions: Action {
    package static let name = "subscription.list"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> SubscriptionsView {
        try await context.engine.subscriptions.view()
    }
}

/// Removes our subscriptions to a connection's changes, and lets none be made until that is allowed again.
package struct RemoveSubscriptions: Action {
    package static let name = "subscription.remove"
    /// The connection.
    package var connection: String

    /// Creates the action.
    package init(connection: String) { self.connection = connection }

    package func perform(in context: ActionContext) async throws -> SubscriptionsView {
        try await context.engine.subscriptions.remove(connection, by: context.author)
    }
}

/// Lets subscriptions to a connection's changes be made again.
package struct AllowSubscriptions: Action {
    package static let name = "subscription.add"
    /// The connection.
    package var connection: String

    /// Creates the action.
    package init(connection: String) { self.connection = connection }

    package func perform(in context: ActionContext) async throws -> SubscriptionsView {
        try await context.engine.subscriptions.allow(connection, by: context.author)
    }
}

/// Subscriptions as people see them.
package struct SubscriptionsView: Codable, Sendable {
    /// One subscription.
    package struct Item: Codable, Sendable {
        /// The connection's name.
        package var connection: String
        /// The entity set.
        package var table: String
        /// What it is worth.
        package var state: SubscriptionState
        /// When it ends unless it is renewed; nil before the system has confirmed it.
        package var expiresAt: Instant?
        /// When a notification came last; nil before the first.
        package var heardAt: Instant?
    }

    /// What keeps the subscriptions of a connection from being as they should.
    package struct Problem: Codable, Sendable {
        /// The connection's name.
        package var connection: String
        /// What is wrong.
        package var message: Message
    }

    /// Where systems are told to send notifications; nil where nobody subscribes.
    package var address: String?
    /// The subscriptions by connection and table.
    package var subscriptions: [Item]
    /// The connections to whose changes nobody wants to subscribe.
    package var stopped: [String]
    /// What is wrong, by connection.
    package var problems: [Problem]
    /// What came since the process began.
    package var notifications: NotificationCounts
}
