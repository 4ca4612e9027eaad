public import CoupletCore

/// A subscription of ours: the remote system tells us of changes in a table.
public struct StoredSubscription: Sendable, Hashable {
    /// The connection's name.
    public var connection: String
    /// The entity set.
    public var table: String
    /// Which system and company it is kept in: a connection may lead elsewhere since.
    public var place: String
    /// The address that is told.
    public var address: String
    /// The remote's name of it; nil until the remote has answered.
    public var remoteID: String?
    /// The sealed text that comes with every notification.
    public var sealedState: [UInt8]
    /// When it ends unless it is renewed; nil until the remote has answered.
    public var expiresAt: Instant?
    /// When a notification came last; nil before the first.
    public var heardAt: Instant?
    /// When a change was found that it had not told of; nil where it is trusted.
    public var doubtedAt: Instant?
    /// Whether an earlier one was silent, so that this one is trusted from its first notification on.
    public var mustProve: Bool

    /// Creates a subscription.
    public init(
        connection: String,
        table: String,
        place: String,
        address: String,
        remoteID: String? = nil,
        sealedState: [UInt8],
        expiresAt: Instant? = nil,
        heardAt: Instant? = nil,
        doubtedAt: Instant? = nil,
        mustProve: Bool = false
    ) {
        self.connection = connection
        self.table = table
        self.place = place
        self.address = address
        self.remoteID = remoteID
        self.sealedState = sealedState
        self.expiresAt = expiresAt
        self.heardAt = heardAt
        self.doubtedAt = doubtedAt
        self.mustProve = mustProve
    }
}
