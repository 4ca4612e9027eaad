import CoupletCore
import CoupletPorts
import Synchronization

/// Collects what a preview shows.
final class PreviewCollector: Sendable {
    private struct State {
        var view = PlanView(id: 0)
        var pacing: [String: BySide<BatchPacing>] = [:]
    }

    private let state = Mutex(State())

    /// Adds to what is shown.
    func add(_ change: (inout PlanView) -> Void) { state.withLock { change(&$0.view) } }

    /// Notes the batch size that writing a mapping's side would start with.
    func setPacing(_ pacing: BatchPacing, mapping: String, side: Side) {
        state.withLock { state in
            var both = state.pacing[mapping] ?? BySide(erp: pacing, crm: pacing)
            both[side] = pacing
            state.pacing[mapping] = both
        }
    }

    /// What was collected.
    var view: PlanView { state.withLock { $0.view } }

    /// What was collected, with the number of write requests it costs.
    var priced: PlanView {
        state.withLock { state in
            var view = state.view
            for side in Side.allCases {
                let writes = view.steps.filter { $0.side == side && !$0.changes.isEmpty }
                view.requests[side] = Dictionary(grouping: writes, by: \.mapping).reduce(0) { sum, group in
                    sum + (state.pacing[group.key]?[side].batches(for: group.value.count) ?? group.value.count)
                }
            }
            return view
        }
    }
}
