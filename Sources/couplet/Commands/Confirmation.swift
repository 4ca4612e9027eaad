import CoupletCore
import CoupletEngine

/// Shows a person what an action would write before it writes much.
struct Confirmation {
    /// More writes than this are shown first.
    static let muchToWrite = 100

    private let console: Console

    init(_ console: Console) { self.console = console }

    /// Performs an action; where a person can be asked and it would write much, its plan is shown first.
    /// - Parameters:
    ///   - action: The action, as asked for.
    ///   - preview: The same action as a preview; nil for one that writes nothing.
    ///   - actions: Who performs it.
    /// - Returns: How it ended.
    /// - Throws: What the action throws, or `CoupletError` when the person says no.
    func perform<A: Action>(
        _ action: A,
        after preview: A?,
        on actions: any ActionPerformer
    ) async throws -> ExitStatus where A.Result == RunOrPlan {
        if let preview, console.asks {
            let shown = try await actions.perform(preview, showingProgressOn: console)
            let writes = shown.plan.map(PlanReport.writes) ?? 0
            if writes > Confirmation.muchToWrite, let plan = shown.plan {
                PlanReport(plan, console).show()
                guard console.confirms("confirm.write", ["count": String(writes)]) else {
                    throw CoupletError("confirm.declined", status: .wrongUse)
                }
            }
        }
        return RunReport.show(try await actions.perform(action, showingProgressOn: console), on: console)
    }
}
