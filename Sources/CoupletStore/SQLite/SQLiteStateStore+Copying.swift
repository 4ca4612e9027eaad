package import CoupletPorts
internal import GRDB

extension SQLiteStateStore {
    /// A store in memory that holds what this one holds now, as a copied file would.
    /// - Parameter faults: What strikes around the copy's commits.
    /// - Returns: The copy, which works inline.
    /// - Throws: `StoreError`.
    package func copyInMemory(faults: CommitFaults? = nil) throws(StoreError) -> SQLiteStateStore {
        do {
            let copy = try DatabaseQueue(path: Self.memoryPath)
            try database.backup(to: copy)
            return SQLiteStateStore(database: copy, execution: .inline, faults: faults, sealer: sealer)
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw StoreError.failed(detail: "\(error)")
        }
    }

    /// Puts this store back to what another one holds, as a restored file would; whoever uses it must begin anew.
    /// - Parameter other: The other store.
    /// - Throws: `StoreError`.
    package func restore(from other: SQLiteStateStore) throws(StoreError) {
        do {
            try other.database.backup(to: database)
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw StoreError.failed(detail: "\(error)")
        }
    }

    /// A store as new on this one's connection, which must not be used through this object any more: the connection has its
    /// statements compiled already, and that takes longer than most of what a simulation does with a store.
    /// - Parameter faults: What strikes around commits.
    /// - Returns: The empty store, which works inline and has this one's identity.
    /// - Throws: `StoreError`.
    package func begunAnew(faults: CommitFaults? = nil) throws(StoreError) -> SQLiteStateStore {
        try working { database in
            try database.inTransaction(.immediate) {
                try Self.letAuditGo(database)
                // What refers to others goes first: putting foreign keys off makes every statement be compiled anew.
                for table in try Self.tables(database, by: "rowid DESC")
                where table != "migration" && table != "instance" {
                    try database.cachedStatement(sql: "DELETE FROM \"\(table)\"").execute()
                }
                try database.cachedStatement(sql: "DELETE FROM sqlite_sequence").execute()
                try database.cachedStatement(sql: "UPDATE instance SET sequence = 0").execute()
                return .commit
            }
        }
        return SQLiteStateStore(database: database, execution: .inline, faults: faults, sealer: sealer)
    }

    /// A store that begins anew, or goes back, loses its audit log with all the rest.
    private static func letAuditGo(_ database: Database) throws {
        try database.execute(sql: "DROP TRIGGER IF EXISTS audit_is_not_removed")
    }

    /// The store's tables; by `rowid` they are in the order in which they were made, so that none refers to a later one.
    private static func tables(_ database: Database, by order: String = "name") throws -> [String] {
        let sql =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY \(order)"
        return try String.fetchAll(database.cachedStatement(sql: sql))
    }

    /// Keeps what the store holds now in a second database on the same connection, to be put back by `recall`.
    ///
    /// A backup would make every statement be compiled anew, which takes longer than putting back a small store.
    /// - Throws: `StoreError`.
    package func remember() throws(StoreError) {
        try working { database in
            try Self.letAuditGo(database)
            let tables = try Self.kept(database)
            let known = try String.fetchAll(database.cachedStatement(sql: "SELECT name FROM pragma_database_list"))
            guard known.contains("kept") else {
                try database.execute(sql: "ATTACH DATABASE ':memory:' AS kept")
                for table in tables {
                    try database.execute(sql: "CREATE TABLE kept.\"kept_\(table)\" AS SELECT * FROM main.\"\(table)\"")
                }
                return
            }
            try database.inTransaction(.immediate) {
                for table in tables {
                    try database.cachedStatement(sql: "DELETE FROM kept.\"kept_\(table)\"").execute()
                    let sql = "INSERT INTO kept.\"kept_\(table)\" SELECT * FROM main.\"\(table)\""
                    try database.cachedStatement(sql: sql).execute()
                }
                return .commit
            }
        }
    }

    /// Puts back what `remember` has kept; whoever uses the store must begin anew.
    /// - Throws: `StoreError`.
    package func recall() throws(StoreError) {
        try working { database in
            try database.inTransaction(.immediate) {
                for table in try Self.kept(database).reversed() {
                    try database.cachedStatement(sql: "DELETE FROM main.\"\(table)\"").execute()
                }
                for table in try Self.kept(database) {
                    let sql = "INSERT INTO main.\"\(table)\" SELECT * FROM kept.\"kept_\(table)\""
                    try database.cachedStatement(sql: sql).execute()
                }
                return .commit
            }
        }
    }

    private static func kept(_ database: Database) throws -> [String] {
        try tables(database, by: "rowid").filter { $0 != "migration" } + ["sqlite_sequence"]
    }

    /// A row of a table of the store: its columns' names and their values as text, blobs as a letter a byte.
    package struct StoredRow: Sendable {
        /// The table.
        package var table: String
        /// The columns in the table's order, NULL left out.
        package var columns: [(name: String, text: String)]

        /// The text of a column; nil where it is NULL.
        package subscript(_ name: String) -> String? { columns.first { $0.name == name }?.text }
    }

    /// All rows of all tables, in the order of their keys.
    /// - Returns: The rows.
    /// - Throws: `StoreError`.
    package func contents() throws(StoreError) -> [StoredRow] {
        try working { database in
            try Self.tables(database).flatMap { table in
                let statement = try database.cachedStatement(sql: "SELECT * FROM \"\(table)\"")
                return try Row.fetchAll(statement).map { row in
                    let columns = row.compactMap { name, value in Self.text(value).map { (name: name, text: $0) } }
                    return StoredRow(table: table, columns: columns)
                }
            }
        }
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text
        case .blob(let bytes): String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
    }

    private func working<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try database.writeWithoutTransaction(body)
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw StoreError.failed(detail: "\(error)")
        }
    }
}
