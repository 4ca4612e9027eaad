public import CoupletCore

/// Where a message goes, and how.
public struct AlertAddress: Sendable, Hashable {
    /// How the recipient is reached.
    public var way: AlertWay
    /// A web address, or mail addresses with commas between them.
    public var address: String
    /// What a webhook's messages are signed with; nil for mail.
    public var secret: String?
    /// The mail address that messages come from; nil for the one that the machine gives.
    public var sender: String?

    /// Creates an address.
    public init(way: AlertWay, address: String, secret: String? = nil, sender: String? = nil) {
        self.way = way
        self.address = address
        self.secret = secret
        self.sender = sender
    }
}

/// Why a message did not arrive, or may not have.
public struct AlertUndelivered: Error, Sendable, Hashable {
    /// The reason, without address or secret.
    public var reason: Message

    /// Creates an error.
    public init(_ reason: Message) { self.reason = reason }
}

/// Brings messages to those who want to be told.
public protocol AlertCourier: Sendable {
    /// What keeps all messages from going some way; nil where nothing does.
    func obstacle(to way: AlertWay) -> Message?
    /// What is wrong with a secret; nil where messages can be signed with it.
    func objection(toSecret secret: String) -> Message?
    /// Brings a message, once; it takes at most half a minute.
    /// - Parameters:
    ///   - message: The message.
    ///   - address: Where it goes.
    /// - Throws: Why nobody is sure that it has arrived.
    func deliver(_ message: AlertMessage, to address: AlertAddress) async throws(AlertUndelivered)
}
