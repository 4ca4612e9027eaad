package import CoupletCore
import CoupletPorts
import Synchronization

/// A clock that stands still until somebody sleeps: then it is later at once.
package final class SteppingClock: EngineClock {
    private struct State {
        var now: Instant
        var sleeps: [Double] = []
    }

    private let state: Mutex<State>

    /// Creates a clock that shows a time.
    package init(_ start: Instant = Instant(milliseconds: 1_795_478_400_000)) { state = Mutex(State(now: start)) }

    /// The present time.
    package var now: Instant { state.withLock { $0.now } }
    /// How many seconds each sleep took.
    package var sleeps: [Double] { state.withLock { $0.sleeps } }

    /// Makes it later at once.
    package func sleep(until instant: Instant) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            guard state.now < instant else { return }
            state.sleeps.append(state.now.seconds(until: instant))
            state.now = instant
        }
    }

    /// Makes it later.
    package func advance(bySeconds seconds: Double) {
        state.withLock { $0.now = $0.now.advanced(bySeconds: seconds) }
    }
}
