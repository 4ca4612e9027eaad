package import CoupletCore
import CoupletPorts

/// Whether Couplet can do its work at present.
package struct ReadinessView: Sendable, Hashable {
    /// What keeps it from its work; they name neither records nor paths, because anybody may ask.
    package var reasons: [Message]

    /// Whether it can.
    package var isReady: Bool { reasons.isEmpty }
}

extension Engine {
    /// Looks whether Couplet can do its work: store, permission to write, connections, scheduler.
    package func readiness() async -> ReadinessView {
        var reasons: [Message] = []
        if let problem = await probe.problem(of: store, clock) {
            reasons.append(problem)
        } else {
            do {
                let (isStopped, isConnected) = try await store.read { transaction in
                    (
                        try !transaction.writeStops(includingConfirmed: false).isEmpty,
                        try transaction.connections().contains(where: \.isEnabled)
                    )
                }
                if isStopped { reasons.append(Message("health.writingStopped")) }
                if !isConnected { reasons.append(Message("health.noConnection")) }
            } catch {
                reasons.append(Message("health.storeFailed"))
            }
        }
        if let obstacle = pulse.obstacle(at: clock.now) { reasons.append(obstacle) }
        return ReadinessView(reasons: reasons)
    }
}
