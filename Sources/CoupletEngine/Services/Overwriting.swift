import CoupletCore
import CoupletPorts

/// Overwrites what was erased: it would else be found in the store's files until something is written over it.
///
/// That comes after the transaction that erases, and may fail where that one has not; so the store keeps that it is due.
enum Overwriting {
    private static let setting = "overwriteDue"

    /// Notes that what a transaction erases must be overwritten.
    static func demand(_ transaction: any StoreWriting) throws {
        try transaction.save(setting: setting, "yes")
    }

    /// Whether anything that was erased is not overwritten yet.
    static func isDue(_ transaction: any StoreReading) throws -> Bool {
        try transaction.setting(setting) != nil
    }

    /// Overwrites what is due; called while no other run is at work, so that nothing is erased meanwhile.
    /// - Parameter store: The store.
    /// - Throws: `erase.notOverwritten`, `StoreError`; it stays due then.
    static func finish(in store: any StateStore) async throws {
        guard try await store.read(isDue) else { return }
        do {
            try await store.overwriteRemoved()
        } catch let error as StoreError {
            throw CoupletError("erase.notOverwritten", Self.detail(error), status: .tryLater)
        }
        try await store.write { try $0.save(setting: setting, nil) }
    }

    private static func detail(_ error: StoreError) -> [String: String] {
        switch error {
        case .damaged(let detail), .failed(let detail): ["detail": detail]
        case .diskFull, .busy, .newerSchema: [:]
        }
    }
}
