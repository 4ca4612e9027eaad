public import CoupletCore

/// A connection's settings, without its secret.
public struct StoredConnection: Codable, Sendable, Hashable {
    /// The name people use.
    public var name: String
    /// Which side it is.
    public var side: Side
    /// The kind of system, for example `businessCentral`.
    public var kind: String
    /// The base address.
    public var url: String
    /// The company within the ERP; nil where there is none.
    public var company: String?
    /// Where tokens come from.
    public var tokenURL: String
    /// The client id.
    public var clientID: String
    /// Whether Couplet may write.
    public var isEnabled: Bool
    /// Seconds after which a request that was sent can no longer take effect.
    public var operationLimitSeconds: Double
    /// Where people see a record in the system's own pages, with places for what names the record; nil for the kind's
    /// own pattern.
    public var recordURL: String?
    /// What tells this environment or company from a copy of it, as it was when writing was allowed; nil before.
    public var environment: String?
    /// What another integration has left there; nil where nobody has looked, or nothing was found.
    public var otherIntegration: OtherIntegration?

    /// Creates settings.
    public init(
        name: String,
        side: Side,
        kind: String,
        url: String,
        company: String?,
        tokenURL: String,
        clientID: String,
        isEnabled: Bool = false,
        operationLimitSeconds: Double,
        recordURL: String? = nil,
        environment: String? = nil,
        otherIntegration: OtherIntegration? = nil
    ) {
        self.name = name
        self.side = side
        self.kind = kind
        self.url = url
        self.company = company
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.isEnabled = isEnabled
        self.operationLimitSeconds = operationLimitSeconds
        self.recordURL = recordURL
        self.environment = environment
        self.otherIntegration = otherIntegration
    }
}

/// Traces of another integration that couples records of the same tables, and who has confirmed that it is off.
public struct OtherIntegration: Codable, Sendable, Hashable {
    /// What was found, in words.
    public var traces: [Message]
    /// When it was looked for.
    public var seenAt: Instant
    /// When the other integration last wrote to one of the tables, as far as that was seen.
    public var wroteAt: Instant?
    /// The tables for which a person has confirmed that it is off.
    public var confirmedTables: [String]
    /// Who has.
    public var confirmedBy: String?
    /// When.
    public var confirmedAt: Instant?

    /// Creates traces that nobody has confirmed anything about.
    public init(traces: [Message], seenAt: Instant, wroteAt: Instant? = nil) {
        self.traces = traces
        self.seenAt = seenAt
        self.wroteAt = wroteAt
        confirmedTables = []
    }

    /// Whether a person has confirmed for a table that it is off, and it has not been seen to write since.
    public func isOff(for table: String) -> Bool {
        if let wroteAt, let confirmedAt, wroteAt > confirmedAt { return false }
        return traces.isEmpty || confirmedTables.contains(table)
    }
}

/// Seals secrets with a key that is kept outside the store.
public protocol SecretSealer: Sendable {
    /// Seals a secret.
    /// - Parameter secret: The secret.
    /// - Returns: Bytes that only the same key opens.
    /// - Throws: `CoupletError` when there is no usable key.
    func seal(_ secret: String) throws -> [UInt8]
    /// Opens a sealed secret.
    /// - Parameter sealed: What `seal` gave.
    /// - Returns: The secret.
    /// - Throws: `CoupletError` when the key is another one or the bytes were changed.
    func open(_ sealed: [UInt8]) throws -> String
    /// Makes digests that nobody can make without the key.
    /// - Returns: The function that makes them.
    /// - Throws: `CoupletError` when there is no usable key.
    func digest() throws -> ValueDigest
}

/// One connection and table: read once for all mappings that use it.
public struct StoredFeed: Sendable, Hashable {
    /// The feed's number.
    public var id: Int64
    /// The connection's name.
    public var connection: String
    /// The entity set.
    public var table: String
    /// The layout its observations are read in; nil before the first read.
    public var layout: RowLayout?
    /// Where the next incremental read begins; nil when the table must be read in full.
    public var checkpoint: String?
    /// The learned number of writes in a batch; 0 before anything was learned.
    public var batchSize: Int
    /// The day, counted from 1970-01-01 in UTC, for which filters that count days from today decided about the whole
    /// table; nil where there are none.
    public var filterDay: Int64?
    /// Whether the table had no records when it was read in full last, and has told of none since.
    public var isEmpty: Bool

    /// Creates a feed.
    public init(
        id: Int64,
        connection: String,
        table: String,
        layout: RowLayout?,
        checkpoint: String?,
        batchSize: Int,
        filterDay: Int64? = nil,
        isEmpty: Bool = false
    ) {
        self.id = id
        self.connection = connection
        self.table = table
        self.layout = layout
        self.checkpoint = checkpoint
        self.batchSize = batchSize
        self.filterDay = filterDay
        self.isEmpty = isEmpty
    }
}
