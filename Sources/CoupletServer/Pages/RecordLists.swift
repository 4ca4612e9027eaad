import CoupletCore
import CoupletEngine
import CoupletPorts
import Synchronization

/// The lists of records that were shown of late, so that turning a page costs nothing.
final class RecordLists: Sendable {
    /// A list as it was known at a time.
    struct Known: Sendable {
        var records: [RecordView]
        var at: Instant
        /// What making it took, in seconds.
        var cost: Double
    }

    private struct Key: Hashable {
        var mapping: String
        var side: Side
    }

    private let known = Mutex<[Key: Known]>([:])

    /// The records of a side of a mapping.
    ///
    /// The first time, and when a person asks for it, both systems are asked what has changed.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - side: The side whose records they are.
    ///   - refreshes: Whether the systems are asked again.
    ///   - context: Who asks.
    /// - Returns: The records, and when they were known.
    /// - Throws: What listing them throws.
    func records(
        _ mapping: String,
        _ side: Side,
        refreshes: Bool,
        _ context: ActionContext
    ) async throws -> Known {
        let key = Key(mapping: mapping, side: side)
        let now = context.engine.clock.now
        let present = known.withLock { $0[key] }
        // A long list is made anew seldom: at most a fiftieth of the time goes into it.
        if !refreshes, let present, present.at.seconds(until: now) < max(2, present.cost * 50) { return present }
        let isNew = refreshes || !known.withLock { $0.keys.contains { $0.mapping == mapping } }
        let records = try await records(mapping, side, refreshes: isNew, asked: refreshes, context)
        let done = context.engine.clock.now
        let made = Known(records: records, at: done, cost: now.seconds(until: done))
        known.withLock { $0[key] = made }
        return made
    }

    /// Forgets what is known of a mapping; nil for all.
    func forget(_ mapping: String?) {
        known.withLock { known in
            for key in known.keys where mapping == nil || key.mapping == mapping {
                known[key]?.at = Instant(milliseconds: 0)
            }
        }
    }

    private func records(
        _ mapping: String,
        _ side: Side,
        refreshes: Bool,
        asked: Bool,
        _ context: ActionContext
    ) async throws -> [RecordView] {
        var action = ListRecords(mapping: mapping, side: side, refreshes: refreshes)
        do {
            return try await own(action, context)
        } catch let error as CoupletError where refreshes && !asked && error.status == .remoteDown {
            // A system that is down does not keep people from looking at what is known.
            action.refreshes = false
            return try await own(action, context)
        }
    }

    /// The records of the side itself: those that are coupled, and its own that are not.
    private func own(_ action: ListRecords, _ context: ActionContext) async throws -> [RecordView] {
        try await action.perform(in: context).records.filter { $0.side == action.side }
    }
}
