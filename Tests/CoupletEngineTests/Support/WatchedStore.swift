import CoupletPorts

/// A store that does something of a test's before its file is written over.
struct WatchedStore: StateStore {
    let store: any StateStore
    /// What is done; what it throws is what writing over throws.
    let beforeOverwriting: @Sendable () async throws -> Void

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result { try await store.read(body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result { try await store.write(body) }

    func overwriteRemoved() async throws {
        try await beforeOverwriting()
        try await store.overwriteRemoved()
    }

    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
        try await store.backUp(to: path, replacing: replaces)
    }
}
