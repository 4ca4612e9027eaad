package import CoupletPorts
internal import GRDB

/// Keeps Couplet's state in one SQLite file, or in memory for tests.
///
/// Every transaction is a synchronous function on the one connection. `Execution` only chooses who calls it: the
/// caller's own thread, so that a simulation is deterministic, or the connection's queue, so that no thread of the
/// cooperative pool waits for a disk. Neither way can be cancelled: an outcome that was heard must be recorded.
package final class SQLiteStateStore: StateStore {
    /// Where transactions run.
    package enum Execution: Sendable {
        /// On the caller's thread, before the call returns.
        case inline
        /// On the connection's own queue.
        case queue
    }

    /// The path of a store that lives in memory and is gone when the object is.
    package static let memoryPath = ":memory:"

    let database: DatabaseQueue
    private let execution: Execution
    private let faults: CommitFaults?
    /// Seals values that are not kept, while they are on their way.
    let sealer: (any SecretSealer)?
    private let cache = DocumentCache()

    /// Wraps a connection that is set up and migrated.
    init(database: DatabaseQueue, execution: Execution, faults: CommitFaults?, sealer: (any SecretSealer)?) {
        self.database = database
        self.sealer = sealer
        self.execution = execution
        self.faults = faults
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        switch execution {
        case .inline: try readSync(body)
        case .queue: try await onQueue { try self.readTransaction($0, body) }
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result {
        switch execution {
        case .inline: try writeSync(body)
        case .queue: try await onQueue { try self.writeTransaction($0, body) }
        }
    }

    /// Reads from one consistent state, on the caller's thread.
    /// - Parameter body: What to read.
    /// - Returns: The body's result.
    /// - Throws: `StoreError`, or what the body throws.
    package func readSync<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try database.writeWithoutTransaction { try readTransaction($0, body) }
    }

    /// Reads and writes in one transaction, on the caller's thread.
    /// - Parameter body: What to do.
    /// - Returns: The body's result.
    /// - Throws: `StoreError`, or what the body throws.
    package func writeSync<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result {
        try database.writeWithoutTransaction { try writeTransaction($0, body) }
    }

    /// Copies the whole database over itself without what is free in it, and empties the journal.
    package func overwriteRemoved() async throws {
        switch execution {
        case .inline: try overwrite()
        case .queue: try await onQueue { try Self.overwrite($0) }
        }
    }

    private func overwrite() throws { try database.writeWithoutTransaction { try Self.overwrite($0) } }

    private static func overwrite(_ database: Database) throws {
        try StoreError.translating {
            // The copy goes to a file: it is as large as the database, which need not fit into memory.
            try database.execute(sql: "PRAGMA temp_store = FILE")
            defer { try? database.execute(sql: "PRAGMA temp_store = MEMORY") }
            try database.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// GRDB's own async methods stop at a cancelled task; these do not.
    private func onQueue<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            database.asyncWriteWithoutTransaction { database in
                continuation.resume(with: Swift.Result { try body(database) })
            }
        }
    }

    /// Reads in one transaction.
    ///
    /// What a reading body gets has nothing that writes. SQLite's own `query_only` is not used on top of that: switching
    /// it makes every statement be compiled anew, which cost more than running them.
    private func readTransaction<Result>(
        _ database: Database,
        _ body: (any StoreReading) throws -> Result
    ) throws -> Result {
        try StoreError.translating { try transaction(in: database, .deferred) { try body($0) } }
    }

    private func writeTransaction<Result>(
        _ database: Database,
        _ body: (any StoreWriting) throws -> Result
    ) throws -> Result {
        let result = try StoreError.translating {
            try transaction(in: database, .immediate) { transaction in
                let result = try body(transaction)
                try faults?.beforeCommit()
                return result
            }
        }
        try faults?.afterCommit()
        return result
    }

    private func transaction<Result>(
        in database: Database,
        _ kind: Database.TransactionKind,
        _ body: (SQLiteTransaction) throws -> Result
    ) throws -> Result {
        var result: Result?
        try database.inTransaction(kind) {
            result = try body(SQLiteTransaction(database: database, cache: cache, sealer: sealer))
            return .commit
        }
        guard let result else { throw StoreError.failed(detail: "a transaction ended without its result") }
        return result
    }
}
