import CoupletCore
import CoupletPorts
import Synchronization

/// A clock that only tests move; who sleeps waits until it is late enough.
final class ManualClock: EngineClock {
    private struct State {
        var now: Instant
        var next = 0
        var sleepers: [Int: (until: Instant, waking: CheckedContinuation<Void, Never>)] = [:]
    }

    private let state: Mutex<State>

    init(_ start: Instant = Instant(milliseconds: 1_795_478_400_000)) { state = Mutex(State(now: start)) }

    var now: Instant { state.withLock { $0.now } }

    func sleep(until instant: Instant) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.now >= instant { return true }
                    state.sleepers[number] = (instant, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.waking.resume()
        }
        try Task.checkCancellation()
    }

    /// Makes it later.
    func advance(bySeconds seconds: Double) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(bySeconds: seconds)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.waking)
        }
        for sleeper in woken { sleeper.resume() }
    }
}
