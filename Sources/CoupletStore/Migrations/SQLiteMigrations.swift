import CoupletCore
import CoupletPorts
import GRDB

/// The schema's history: append-only, each migration named once and never edited.
enum SQLiteMigrations {
    /// One change of the schema.
    struct Migration: Sendable {
        let name: String
        let sql: String
    }

    /// All migrations in the order they are applied.
    static let all = [
        first, unconfirmedHistory, requestFloor, plans, resting, recordCounts, filterDays, onTheirWay, failureJobs,
        connectionDetails, recordStates, documents, audit, witness, settings, historyVersions, emptyFeeds,
        subscriptions,
    ]

    /// Marks a file as a store of Couplet: "Cplt" in ASCII.
    static let applicationID: Int32 = 0x4370_6C74

    /// Applies what a store lacks, inside the caller's transaction.
    static func bringUpToDate(_ database: Database, instanceID: RecordID) throws {
        let applied = try appliedNames(database)
        guard applied.count <= all.count else {
            throw StoreError.newerSchema(found: applied.count, known: all.count)
        }
        for (found, known) in zip(applied, all) where found != known.name {
            throw StoreError.damaged(detail: "the migration \(found) is not the expected \(known.name)")
        }
        for (number, migration) in all.enumerated().dropFirst(applied.count) {
            try database.execute(sql: migration.sql)
            try database.execute(
                sql: "INSERT INTO migration (number, name) VALUES (?, ?)",
                arguments: [number + 1, migration.name]
            )
        }
        if applied.isEmpty {
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(
                sql: "INSERT INTO instance (number, id, sequence) VALUES (1, ?, 0)",
                arguments: [instanceID.stored]
            )
        }
    }

    /// The names of the migrations that a store has; none for a file that was just made.
    private static func appliedNames(_ database: Database) throws -> [String] {
        let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if mark == applicationID {
            return try String.fetchAll(database, sql: "SELECT name FROM migration ORDER BY number")
        }
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard mark == 0, tables == 0 else {
            throw StoreError.damaged(detail: "the file is a database, but no store of Couplet")
        }
        return []
    }
}
