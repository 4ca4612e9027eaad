import CoupletCore
import CoupletPorts
import Synchronization

/// Whether a simulated process still runs.
final class ProcessLife: Sendable {
    private let isGone = Mutex(false)

    var isAlive: Bool { !isGone.withLock { $0 } }

    func end() { isGone.withLock { $0 = true } }
}

/// What the ports of a process that is gone throw.
package struct ProcessGone: Error, Hashable {}

/// The store as one process sees it: out of reach once the process is gone.
struct ProcessStore: StateStore {
    let store: any StateStore
    let life: ProcessLife

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        guard life.isAlive else { throw ProcessGone() }
        return try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result {
        guard life.isAlive else { throw ProcessGone() }
        return try await store.write(body)
    }

    func overwriteRemoved() async throws {
        guard life.isAlive else { throw ProcessGone() }
        try await store.overwriteRemoved()
    }

    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
        guard life.isAlive else { throw ProcessGone() }
        return try await store.backUp(to: path, replacing: replaces)
    }
}

/// The clock as one process sees it: who is gone does not wait.
struct ProcessClock: EngineClock {
    let clock: SimulatedClock
    let life: ProcessLife

    var now: Instant { clock.now }

    func sleep(until instant: Instant) async throws {
        guard life.isAlive else { throw CancellationError() }
        try await clock.sleep(until: instant)
    }
}
