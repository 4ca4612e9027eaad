public import CoupletCore

/// A subscription as the remote system has it: the system tells an address of changes in a table.
public struct RemoteSubscription: Sendable, Hashable {
    /// The remote's name of it.
    public var id: String
    /// The entity set; nil where the connection reaches no such table, because it is another company's for instance.
    public var table: String?
    /// The address that is told.
    public var address: String
    /// The text that comes with every notification; a secret.
    public var clientState: String
    /// When it ends unless it is renewed.
    public var expiresAt: Instant
    /// The version that a change of it must name.
    public var version: String

    /// Creates a subscription.
    public init(
        id: String,
        table: String?,
        address: String,
        clientState: String,
        expiresAt: Instant,
        version: String
    ) {
        self.id = id
        self.table = table
        self.address = address
        self.clientState = clientState
        self.expiresAt = expiresAt
        self.version = version
    }
}

/// What a subscription shall be.
public struct WantedSubscription: Sendable, Hashable {
    /// The entity set.
    public var table: String
    /// The address to tell; it must answer the remote's question while the call is under way.
    public var address: String
    /// The text that comes with every notification; a secret.
    public var clientState: String

    /// Creates it.
    public init(table: String, address: String, clientState: String) {
        self.table = table
        self.address = address
        self.clientState = clientState
    }
}

/// Word of a change as a remote system sends it: which subscription it belongs to, and the text that proves it.
public struct ChangeNotification: Sendable, Hashable {
    /// The remote's name of the subscription; blank where nothing readable was said.
    public var subscription: String
    /// The text that was given when subscribing; blank where nothing readable was said.
    public var clientState: String

    /// Creates it.
    public init(subscription: String, clientState: String) {
        self.subscription = subscription
        self.clientState = clientState
    }
}

/// Subscriptions to the changes of one remote system; a connector whose system tells of nothing has none.
public protocol ChangeSubscriptions: Sendable {
    /// The entity sets that can be subscribed to.
    /// - Returns: Them; none where the remote knows of no subscriptions.
    /// - Throws: Why there is no answer.
    func tables() async throws(ConnectorError) -> Set<String>

    /// All subscriptions that the remote has, whoever made them.
    /// - Returns: Them, with the versions that a change must name.
    /// - Throws: Why there is no answer.
    func all() async throws(ConnectorError) -> [RemoteSubscription]

    /// Subscribes.
    /// - Parameter wanted: What to subscribe to.
    /// - Returns: The subscription.
    /// - Throws: Why there is none; `unavailable` also where the answer was lost, and there may be one.
    func subscribe(_ wanted: WantedSubscription) async throws(ConnectorError) -> RemoteSubscription

    /// Lets a subscription live on, as what is wanted now.
    /// - Parameters:
    ///   - subscription: The subscription with its version.
    ///   - wanted: What it shall be.
    /// - Returns: It as it is now; nil where there is none any more.
    /// - Throws: Why it is not renewed; its version may have changed.
    func renew(
        _ subscription: RemoteSubscription,
        as wanted: WantedSubscription
    ) async throws(ConnectorError) -> RemoteSubscription?

    /// Removes a subscription; one that is gone is no failure.
    /// - Parameter subscription: The subscription with its version.
    /// - Throws: Why it is still there.
    func remove(_ subscription: RemoteSubscription) async throws(ConnectorError)
}
