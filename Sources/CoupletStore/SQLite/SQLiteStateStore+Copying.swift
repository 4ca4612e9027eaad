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
            return SQLiteStateStore(database: copy, execution: .inline, faults: faults)
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

    /// All rows of all tables as text, in the order of their keys, to tell whether two stores hold the same.
    /// - Returns: A line a row.
    /// - Throws: `StoreError`.
    package func contents() throws(StoreError) -> [String] {
        do {
            return try database.read { database in
                let tables = try String.fetchAll(
                    database,
                    sql:
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                )
                return try tables.flatMap { table in
                    try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
                }
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw StoreError.failed(detail: "\(error)")
        }
    }
}
