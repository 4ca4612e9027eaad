import CoupletCore
import CoupletPorts
import Foundation
import GRDB

/// What a body sees of the database: valid only inside the transaction that made it.
///
/// It remembers numbers of mappings and layouts for the transaction's length only, because a rollback takes them back.
final class SQLiteTransaction: StoreWriting {
    let database: Database
    var mappingNumbers: [String: Int64] = [:]
    var layouts: [Int: RowLayout] = [:]
    /// The mappings that refer to each mapping, by number; nil while nobody has asked.
    var referrers: [Int64: [Int64]]?
    /// Mappings none of whose couplings rest, because this transaction has woken them.
    var awake: Set<Int64> = []
    /// What documents mean, beyond this transaction.
    let cache: DocumentCache
    /// Seals and digests values that are not kept; nil where nobody gave a key.
    let sealer: (any SecretSealer)?
    /// The fields whose values are not kept, if there are any; nil while nobody has asked.
    var unkeptFields: UnkeptFields??
    /// Such fields of feeds, by number.
    var unkeptOfFeeds: [Int64: [(side: Side, fields: [String: FieldMapping.Field])]] = [:]
    /// Makes their digests; nil while nobody has asked.
    var knownDigest: ValueDigest?
    /// Writes and reads documents.
    var documents: DocumentCoding { cache.coding }

    init(database: Database, cache: DocumentCache, sealer: (any SecretSealer)?) {
        self.database = database
        self.cache = cache
        self.sealer = sealer
    }

    /// Prepares a statement once per connection.
    func statement(_ sql: String) throws -> Statement {
        try StoreError.translating { try database.cachedStatement(sql: sql) }
    }

    /// Runs a statement to its end.
    func execute(_ statement: Statement, _ arguments: StatementArguments = []) throws {
        try StoreError.translating { try statement.execute(arguments: arguments) }
    }

    /// Runs a statement to its end.
    func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try execute(try statement(sql), arguments)
    }

    /// Runs a statement that inserts one row and gives the row's number.
    func insert(_ statement: Statement, _ arguments: StatementArguments) throws -> Int64 {
        try execute(statement, arguments)
        return database.lastInsertedRowID
    }

    /// All rows of a statement.
    func rows<Element>(
        _ statement: Statement,
        _ arguments: StatementArguments = [],
        _ decode: (inout Columns) throws -> Element
    ) throws -> [Element] {
        try StoreError.translating {
            var elements: [Element] = []
            let cursor = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try cursor.next() {
                var columns = Columns(row)
                elements.append(try decode(&columns))
            }
            return elements
        }
    }

    /// All rows of a statement.
    func rows<Element>(
        _ sql: String,
        _ arguments: StatementArguments = [],
        _ decode: (inout Columns) throws -> Element
    ) throws -> [Element] {
        try rows(try statement(sql), arguments, decode)
    }

    /// The first row of a statement; nil when there is none.
    func row<Element>(
        _ statement: Statement,
        _ arguments: StatementArguments = [],
        _ decode: (inout Columns) throws -> Element
    ) throws -> Element? {
        try StoreError.translating {
            let cursor = try Row.fetchCursor(statement, arguments: arguments)
            guard let row = try cursor.next() else { return nil }
            var columns = Columns(row)
            return try decode(&columns)
        }
    }

    /// The first row of a statement; nil when there is none.
    func row<Element>(
        _ sql: String,
        _ arguments: StatementArguments = [],
        _ decode: (inout Columns) throws -> Element
    ) throws -> Element? {
        try row(try statement(sql), arguments, decode)
    }
}
