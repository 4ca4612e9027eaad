package import CoupletCore
package import CoupletPorts
import Foundation
import GRDB

extension SQLiteStateStore {
    /// How long a transaction waits for another process before it gives up.
    package static let busySeconds = 5.0

    /// Opens a store, makes it if it is new, and brings its schema up to date.
    ///
    /// A new file can be read by its owner only. `FULL` makes every commit wait for the disk: a step that was marked as
    /// sent must still be marked after a power cut, or it would be sent twice.
    /// - Parameters:
    ///   - path: The file, in a directory that exists; `memoryPath` for a private store in memory.
    ///   - execution: Where transactions run.
    ///   - makeInstanceID: The identity that the store gets if it is new.
    ///   - sealer: Seals values that are not kept; a mapping with such fields is refused without it.
    ///   - busySeconds: How long to wait for another process, in seconds.
    ///   - faults: What strikes around commits; nil outside simulations.
    /// - Throws: `StoreError`.
    package convenience init(
        path: String,
        execution: Execution,
        makeInstanceID: RecordID,
        sealer: (any SecretSealer)? = nil,
        busySeconds: Double = SQLiteStateStore.busySeconds,
        faults: CommitFaults? = nil
    ) throws(StoreError) {
        do {
            let database = try SQLiteStateStore.open(path: path, busySeconds: busySeconds)
            try SQLiteStateStore.migrate(database, instanceID: makeInstanceID)
            self.init(database: database, execution: execution, faults: faults, sealer: sealer)
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError.failed(detail: "\(error)")
        }
    }

    private static func open(path: String, busySeconds: Double) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "couplet.store"
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = true
        if path != memoryPath {
            configuration.journalMode = .wal
            if !FileManager.default.fileExists(atPath: path) {
                _ = FileManager.default.createFile(
                    atPath: path,
                    contents: nil,
                    attributes: [.posixPermissions: 0o600]
                )
            }
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // After the journal mode, because setting that lowers `synchronous` to NORMAL.
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA cache_size = -32768;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA wal_autocheckpoint = 8192;
                    PRAGMA journal_size_limit = 67108864;
                    """
            )
        }
        return queue
    }

    private static func migrate(_ queue: DatabaseQueue, instanceID: RecordID) throws {
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try SQLiteMigrations.bringUpToDate(database, instanceID: instanceID)
                return .commit
            }
        }
    }
}
