import CoupletCore
import CoupletPorts
import Synchronization

/// Counts what a run plans: by kind of step, and by mapping and side that is written.
final class PlanTally: Sendable {
    /// A mapping's side.
    private struct Target: Hashable {
        var mapping: String
        var side: Side
    }

    private struct State {
        var counts = PlanCounts()
        var settings: [PlanDetails.Setting] = []
        var writes: [Target: Int] = [:]
        var pacing: [Target: BatchPacing] = [:]
    }

    private let state = Mutex(State())

    /// Counts steps; one that a coupling shows counts as a write only.
    func add(_ steps: [Step]) {
        state.withLock { state in
            for step in steps {
                if step.isShownByCoupling != true { state.counts.add(step) }
                switch step.action {
                case .create, .update, .delete:
                    state.writes[Target(mapping: step.mapping, side: step.target), default: 0] += 1
                case .couple, .uncouple: continue
                }
            }
        }
    }

    /// Counts what would be left open.
    func add(_ items: [PlanItem]) {
        state.withLock { state in
            for item in items {
                switch item {
                case .conflict: state.counts.conflicts += 1
                case .question: state.counts.questions += 1
                case .failure: state.counts.failures += 1
                }
            }
        }
    }

    /// Notes a mapping, its systems, and the batch sizes that writing to it would start with.
    func note(_ setting: PlanDetails.Setting, pacing: BySide<BatchPacing>) {
        state.withLock { state in
            state.settings.append(setting)
            for side in Side.allCases {
                state.pacing[Target(mapping: setting.mapping.name, side: side)] = pacing[side]
            }
        }
    }

    /// What was counted.
    var counts: PlanCounts { state.withLock { $0.counts } }

    /// The settings of every mapping that was planned.
    var settings: [PlanDetails.Setting] { state.withLock { $0.settings } }

    /// The number of write requests that carrying it out costs.
    var requests: BySide<Int> {
        state.withLock { state in
            var requests = BySide(erp: 0, crm: 0)
            for (target, count) in state.writes {
                requests[target.side] += state.pacing[target]?.batches(for: count) ?? count
            }
            return requests
        }
    }
}
