package import CoupletCore
import CoupletPorts
import Synchronization

/// A clock that stands still until somebody sleeps or lets time pass: then it is later at once.
package final class SimulatedClock: EngineClock {
    private let milliseconds: Mutex<Int64>

    /// Creates a clock that shows a time.
    package init(_ start: Instant = Instant(milliseconds: 1_795_478_400_000)) {
        milliseconds = Mutex(start.milliseconds)
    }

    package var now: Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }

    package func sleep(until instant: Instant) async throws {
        try Task.checkCancellation()
        milliseconds.withLock { $0 = max($0, instant.milliseconds) }
    }

    /// Puts it to a time, an earlier one as well.
    func set(_ instant: Instant) { milliseconds.withLock { $0 = instant.milliseconds } }

    /// Makes it later.
    package func advance(bySeconds seconds: Double) {
        milliseconds.withLock { $0 += Int64((seconds * 1000).rounded()) }
    }
}
