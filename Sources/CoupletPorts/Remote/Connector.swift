public import CoupletCore

/// What a connector needs to know to read and write one table.
public struct TableShape: Sendable, Hashable {
    /// The entity set.
    public var table: String
    /// The field with the record's id.
    public var idField: String
    /// The field with the time of the last change, where incremental reads need it.
    public var modifiedField: String?
    /// The fields to read, which every row that comes back follows.
    public var layout: RowLayout

    /// Creates a shape.
    public init(table: String, idField: String, modifiedField: String?, layout: RowLayout) {
        self.table = table
        self.idField = idField
        self.modifiedField = modifiedField
        self.layout = layout
    }
}

/// What a read asks for.
public enum ReadRequest: Sendable, Hashable {
    /// Every record; the last page has a checkpoint from which changes can be read.
    case everything
    /// Records that pass a filter, and perhaps more: what the remote cannot evaluate is left to the caller. Their last
    /// page has no checkpoint.
    case matching(RecordFilter)
    /// What changed since a checkpoint, tombstones included where the remote tells them.
    case changes(since: String)
    /// The page after another; the text came with that one and is valid for this process only.
    case more(next: String)
}

/// One page and what comes after it.
public struct ReadPage: Sendable {
    /// The rows.
    public var rows: RowPage
    /// What to ask for next; nil on the last page.
    public var next: String?
    /// On the last page of `everything` and `changes`: where the next incremental read begins.
    public var checkpoint: String?

    /// Creates a page.
    public init(rows: RowPage, next: String?, checkpoint: String?) {
        self.rows = rows
        self.next = next
        self.checkpoint = checkpoint
    }
}

/// What reading a record by its id says.
public enum FetchedRecord: Sendable, Hashable {
    /// It is there.
    case present(ObservedRow)
    /// The remote says that there is none.
    case missing
    /// The remote has put it off, or was too busy; asked again, it may say.
    case putOff(detail: String)
    /// The remote would not say; nothing follows from that.
    case unknown(detail: String)
}

/// One write: a part of a batch.
public struct WritePart: Sendable, Hashable {
    /// What to do with the record.
    public enum Operation: Sendable, Hashable {
        /// Create it, under an id of ours where the remote takes one.
        case create(id: RecordID?)
        /// Change it if it still has the version; an empty version must not be sent.
        case update(id: RecordID, version: String)
        /// Delete it if it still has the version; an empty version must not be sent.
        case delete(id: RecordID, version: String)
    }

    /// A field to set.
    public struct Field: Sendable, Hashable {
        /// Which, and what type it has.
        public var field: FieldMapping.Field
        /// To what; null clears it.
        public var value: Value

        /// Creates a field.
        public init(field: FieldMapping.Field, value: Value) {
            self.field = field
            self.value = value
        }
    }

    /// What to do.
    public var operation: Operation
    /// The fields to set.
    public var fields: [Field]

    /// Creates a part.
    public init(operation: Operation, fields: [Field]) {
        self.operation = operation
        self.fields = fields
    }
}

/// The outcomes of a batch and how long the remote took.
public struct BatchResult: Sendable, Hashable {
    /// One outcome a part, in their order.
    public var outcomes: [Outcome]
    /// The seconds from sending to the answer.
    public var seconds: Double
    /// Whether the remote refused the batch for its size: nothing was done, and fewer parts may pass.
    public var wasTooLarge: Bool

    /// Creates a result.
    public init(outcomes: [Outcome], seconds: Double, wasTooLarge: Bool = false) {
        self.outcomes = outcomes
        self.seconds = seconds
        self.wasTooLarge = wasTooLarge
    }
}

/// What a remote system can do.
public struct ConnectorCapabilities: Sendable, Hashable {
    /// Whether a create may carry an id of ours.
    public var takesOurIDs: Bool
    /// The most writes in one batch.
    public var maximumBatch: Int
    /// The most rows on one page.
    public var maximumPage: Int
    /// The most requests under way at a time.
    public var maximumConcurrency: Int
    /// Whether changes come with tombstones.
    public var reportsDeletions: Bool
    /// The seconds after which a request that was sent can no longer take effect.
    public var operationLimitSeconds: Double

    /// Creates capabilities.
    public init(
        takesOurIDs: Bool,
        maximumBatch: Int,
        maximumPage: Int,
        maximumConcurrency: Int,
        reportsDeletions: Bool,
        operationLimitSeconds: Double
    ) {
        self.takesOurIDs = takesOurIDs
        self.maximumBatch = maximumBatch
        self.maximumPage = maximumPage
        self.maximumConcurrency = maximumConcurrency
        self.reportsDeletions = reportsDeletions
        self.operationLimitSeconds = operationLimitSeconds
    }
}

/// What a connection test found.
public struct ConnectionReport: Codable, Sendable, Hashable {
    /// What the remote calls the company or the environment.
    public var name: String
    /// The tables that could be read.
    public var readableTables: [String]
    /// The seconds by which the remote's clock is ahead of ours; nil when it does not tell the time.
    public var clockAheadSeconds: Double?

    /// Creates a report.
    public init(name: String, readableTables: [String], clockAheadSeconds: Double? = nil) {
        self.name = name
        self.readableTables = readableTables
        self.clockAheadSeconds = clockAheadSeconds
    }
}

/// What another integration has left in a remote system.
public struct IntegrationTraces: Sendable, Hashable {
    /// In words.
    public var found: [Message]
    /// When it last wrote to one of the tables; nil where nobody saw it write.
    public var wroteAt: Instant?

    /// Creates traces; none by default.
    public init(found: [Message] = [], wroteAt: Instant? = nil) {
        self.found = found
        self.wroteAt = wroteAt
    }
}

/// One remote system: reads pages, reads by id, writes batches; decides nothing.
///
/// A connector renews tokens, keeps at most `maximumConcurrency` requests under way, and waits out a Retry-After of a
/// read itself up to a minute. A write is sent once: only one that certainly did nothing may be sent again.
public protocol Connector: Sendable {
    /// What the remote system can do.
    var capabilities: ConnectorCapabilities { get }
    /// How many requests were sent so far, tokens not counted.
    var requestCount: Int { get }
    /// Subscriptions to changes; nil where the remote system tells of none.
    var subscriptions: (any ChangeSubscriptions)? { get }

    /// Whether a table's records are part of the remote's definitions: to add one is a step that a person approves, and
    /// the remote gives its id.
    /// - Parameter table: The entity set.
    /// - Returns: Whether they are.
    func changesDefinitions(in table: String) -> Bool

    /// Signs in and reads one row of each table.
    /// - Parameter tables: The tables that mappings use.
    /// - Returns: What was found.
    /// - Throws: What is wrong with address, credentials or permissions.
    func test(tables: [TableShape]) async throws(ConnectorError) -> ConnectionReport

    /// Asks what the remote says of a table: its fields with their types and lengths.
    /// - Parameter table: The entity set.
    /// - Returns: The description.
    /// - Throws: `notFound` when there is no such table, or why there is no answer.
    func describe(_ table: String) async throws(ConnectorError) -> TableDescription

    /// Asks what the remote says of a table, and takes along what it says of others at no further request.
    /// - Parameters:
    ///   - table: The entity set.
    ///   - others: Other entity sets of the same connection.
    /// - Returns: The table's description first, then those of the others that came with it.
    /// - Throws: As `describe(_:)`, of the table alone.
    func describe(_ table: String, with others: [String]) async throws(ConnectorError) -> [TableDescription]

    /// Reads one page.
    /// - Parameters:
    ///   - request: Which rows.
    ///   - shape: The table and its fields.
    /// - Returns: The page.
    /// - Throws: `checkpointExpired` when the changes can no longer be told, or why there is no answer.
    func read(_ request: ReadRequest, of shape: TableShape) async throws(ConnectorError) -> ReadPage

    /// Reads records by their ids.
    /// - Parameters:
    ///   - ids: The ids; any number.
    ///   - shape: The table and its fields.
    /// - Returns: One answer an id, in their order.
    /// - Throws: Why there is no answer at all.
    func fetch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord]

    /// Sends one batch of writes.
    /// - Parameters:
    ///   - parts: At most `maximumBatch` writes, each to another record.
    ///   - shape: The table, and the fields of the records that come back.
    /// - Returns: What became of each.
    /// - Throws: Why nothing was sent, or `unauthorized`; after sending, loss of the answer is an outcome.
    func write(_ parts: [WritePart], to shape: TableShape) async throws(ConnectorError) -> BatchResult

    /// Reads the records whose fields have certain values and that changed since a time: how a create without answer is
    /// looked up.
    /// - Parameters:
    ///   - values: The fields and their values.
    ///   - since: Only records changed at or after this time; nil for any.
    ///   - shape: The table and its fields.
    /// - Returns: The rows.
    /// - Throws: Why there is no answer.
    func find(
        _ values: [WritePart.Field],
        changedSince since: Instant?,
        of shape: TableShape
    )
        async throws(ConnectorError) -> RowPage

    /// Where people see a record in the remote's own pages.
    /// - Parameters:
    ///   - id: The record's id.
    ///   - key: Its number or code; nil where it has none.
    ///   - table: The entity set.
    /// - Returns: The address; nil where the remote shows no such record, or tells it by a number that it has not.
    /// - Throws: Why the address could not be put together.
    func webAddress(of id: RecordID, key: String?, in table: String) async throws(ConnectorError) -> String?

    /// What tells this environment, or company, from a copy of it.
    /// - Returns: An identity; nil where the remote tells none.
    /// - Throws: Why there is no answer.
    func environment() async throws(ConnectorError) -> String?

    /// What another integration has left that couples records of the same tables.
    /// - Parameters:
    ///   - tables: The entity sets that mappings use.
    ///   - since: Writes before this time are not looked for.
    /// - Returns: The traces; none where there are none, or the remote knows of no such integration.
    /// - Throws: Why there is no answer.
    func traces(in tables: [String], since: Instant) async throws(ConnectorError) -> IntegrationTraces

    /// Whether the remote's own pages and their links call a table so.
    /// - Parameters:
    ///   - name: What a link names.
    ///   - table: The entity set.
    /// - Returns: Whether both are one table; upper and lower case are the same.
    func isName(_ name: String, of table: String) -> Bool
}

extension Connector {
    /// The system tells of nothing.
    public var subscriptions: (any ChangeSubscriptions)? { nil }

    /// No identity is told.
    public func environment() async throws(ConnectorError) -> String? { nil }

    /// No other integration is known.
    public func traces(
        in tables: [String],
        since: Instant
    ) async throws(ConnectorError) -> IntegrationTraces {
        IntegrationTraces()
    }

    /// No record is shown anywhere.
    public func webAddress(of id: RecordID, key: String?, in table: String) async throws(ConnectorError) -> String? {
        nil
    }

    /// A table has the name of its entity set.
    public func isName(_ name: String, of table: String) -> Bool { name.lowercased() == table.lowercased() }

    /// No table's records are part of the remote's definitions.
    public func changesDefinitions(in table: String) -> Bool { false }
}
