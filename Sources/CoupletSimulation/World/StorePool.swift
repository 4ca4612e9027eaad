import CoupletPorts
import CoupletStore
import Synchronization

/// Stores of worlds that are over, for worlds to come: making one, and compiling its statements, takes longer than most of
/// what is done with it.
final class StorePool: Sendable {
    static let shared = StorePool()

    /// A store as it is made, to be copied.
    private static let first = Result {
        try SQLiteStateStore(
            path: SQLiteStateStore.memoryPath,
            execution: .inline,
            makeInstanceID: SeededIDs(seed: 0x1D5).next(),
            sealer: PlainSealer()
        )
    }

    private let free = Mutex<[SQLiteStateStore]>([])

    /// An empty store.
    func empty(faults: CommitFaults) throws -> SQLiteStateStore {
        guard let used = free.withLock({ $0.popLast() }) else {
            return try Self.first.get().copyInMemory(faults: faults)
        }
        return try used.begunAnew(faults: faults)
    }

    /// Takes a store that nobody uses any more.
    func take(_ store: SQLiteStateStore) { free.withLock { $0.append(store) } }
}
