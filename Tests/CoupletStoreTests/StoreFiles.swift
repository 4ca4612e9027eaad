import CoupletTestSupport
import Foundation
import GRDB

@testable import CoupletStore

/// Calls a function with the path of a store that does not exist yet, in a folder of its own that is removed afterwards.
func withStoreFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "couplet-store-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appending(path: "store.sqlite").path)
}

/// Opens a store; in memory unless a path is given.
func makeStore(
    path: String = SQLiteStateStore.memoryPath,
    execution: SQLiteStateStore.Execution = .inline,
    instance: Int = 1,
    busySeconds: Double = SQLiteStateStore.busySeconds,
    faults: CommitFaults? = nil
) throws -> SQLiteStateStore {
    try SQLiteStateStore(
        path: path,
        execution: execution,
        makeInstanceID: StateStoreConformance.id(instance),
        busySeconds: busySeconds,
        faults: faults
    )
}

extension SQLiteStateStore {
    /// Looks behind the port; synchronous, because GRDB's own method of this name is another one in async functions.
    func raw<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try database.writeWithoutTransaction(body)
    }
}
