import CoupletCore
import CoupletPorts

extension Engine {
    /// Does one step after the other until the task is cancelled; after one that failed it goes on all the same.
    /// - Parameters:
    ///   - pause: The seconds to the next step after one that failed.
    ///   - step: Does what is due, and says when there may be something to do again.
    ///   - stumbled: Takes what a step failed with, and when it is tried again.
    /// - Throws: `CancellationError`.
    func keepOn(
        pause: Double,
        step: () async throws -> Instant,
        stumbled: (any Error, Instant) -> Void
    ) async throws {
        while true {
            let next: Instant
            do {
                next = try await step()
            } catch {
                try Task.checkCancellation()
                next = clock.now.advanced(bySeconds: pause)
                stumbled(error, next)
            }
            try await clock.sleep(until: next)
        }
    }
}
