import CoupletCore
import CoupletPorts

extension Engine {
    /// Removes old history, runs and jobs; see `PruneHistory`.
    func prune(_ action: PruneHistory) async throws -> RetentionCounts {
        guard action.days > 0 else {
            throw CoupletError("job.badDays", ["days": String(action.days)], status: .wrongUse)
        }
        let before = clock.now.advanced(bySeconds: -Double(action.days) * 86_400)
        // A run that is at work knows its jobs and plans by number.
        return try await gate.withTurn {
            action.isPreview
                ? try await store.read { try $0.oldWork(before: before) }
                : try await store.write { try $0.removeOldWork(before: before) }
        }
    }
}
