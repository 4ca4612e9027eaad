package import CoupletCore
import Synchronization

/// What a scheduler tells of itself while it works: when it last got on.
package final class SchedulerPulse: Sendable {
    /// After how many seconds without getting on a scheduler counts as stuck: longer than any pause that a system asks
    /// for between two pages.
    package static let patience = 900.0

    private struct State {
        var expectedAt: Instant?
        var gotOnAt: Instant?
    }

    private let state = Mutex(State())

    /// Notes that a scheduler is to work from now on.
    package func expect(at now: Instant) { state.withLock { $0.expectedAt = now } }

    /// Notes that the scheduler got on, or the run that it waits for.
    func getOn(at now: Instant) {
        state.withLock { state in
            guard state.expectedAt != nil else { return }
            state.gotOnAt = now
        }
    }

    /// Whether a scheduler is to work.
    var isExpected: Bool { state.withLock { $0.expectedAt != nil } }

    /// When it last got on; nil before its first step, and where none is to work.
    var gotOnAt: Instant? { state.withLock(\.gotOnAt) }

    /// Why it does not do its work.
    /// - Parameter now: The present time.
    /// - Returns: A reason in words; nil where it works, or where none is to work.
    func obstacle(at now: Instant) -> Message? {
        let (expected, gotOn) = state.withLock { ($0.expectedAt, $0.gotOnAt) }
        guard let expected else { return nil }
        let still = (gotOn ?? expected).seconds(until: now)
        guard still > Self.patience else { return nil }
        let minutes = String(Int(still / 60))
        return gotOn == nil
            ? Message("health.schedulerNotBegun", ["minutes": minutes])
            : Message("health.schedulerStuck", ["minutes": minutes])
    }
}
