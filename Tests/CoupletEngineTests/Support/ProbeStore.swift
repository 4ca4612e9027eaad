import CoupletCore
import CoupletPorts
import Synchronization

/// A store that takes its time, or fails.
final class ProbeStore: StateStore {
    let failure = Mutex<StoreError?>(nil)
    let before = Mutex<(@Sendable () async -> Void)?>(nil)
    let writes = Mutex(0)

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        throw StoreError.busy
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result {
        writes.withLock { $0 += 1 }
        await before.withLock { $0 }?()
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let nothing = () as? Result else { throw StoreError.busy }
        return nothing
    }

    func overwriteRemoved() async throws {}

    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 { 0 }
}

/// A clock that a test sets.
final class ProbeClock: EngineClock {
    private let seconds = Mutex(0.0)

    var now: Instant { Instant(milliseconds: 0).advanced(bySeconds: seconds.withLock { $0 }) }

    func advance(_ more: Double) { seconds.withLock { $0 += more } }

    func sleep(until instant: Instant) async throws {}
}
