/// Why a connector could not do what it was asked as a whole.
public struct ConnectorError: Error, Sendable, Hashable {
    /// What happened; closed, so that every caller decides about each.
    public enum Kind: Sendable, Hashable {
        /// No connection could be made: nothing was sent.
        case unreachable
        /// The remote answered that it is overloaded or down, longer than the connector waits by itself.
        case unavailable(retryAfterSeconds: Double?)
        /// The credentials were refused.
        case unauthorized
        /// The credentials are good, and may not do this.
        case forbidden
        /// The address or the company, environment or table under it does not exist.
        case notFound
        /// The delta token is too old: the table must be read anew.
        case checkpointExpired
        /// The answer is none that the protocol knows.
        case protocolViolation
        /// The caller was cancelled.
        case cancelled
    }

    /// What happened.
    public var kind: Kind
    /// The connection's name.
    public var connection: String
    /// The table, where one was asked for.
    public var table: String?
    /// What the remote or the network said, for people and logs; never with secrets.
    public var detail: String

    /// Creates an error.
    public init(_ kind: Kind, connection: String, table: String? = nil, detail: String) {
        self.kind = kind
        self.connection = connection
        self.table = table
        self.detail = detail
    }
}
