import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows a person what an action would write before it writes much.
struct Confirmation {
    /// More writes than this are shown first.
    static let muchToWrite = 100

    private let console: Console

    init(_ console: Console) { self.console = console }

    /// Performs an action; where a person can be asked and it would write much, its plan is shown first, and what is
    /// then done is that plan.
    /// - Parameters:
    ///   - action: The action, as asked for.
    ///   - preview: The same action as a preview; nil for one that writes nothing.
    ///   - question: The text of the question.
    ///   - limit: Up to so many records nobody is asked.
    ///   - actions: Who performs it.
    ///   - count: How many records a plan touches.
    /// - Returns: How it ended.
    /// - Throws: What the action throws.
    func perform<A: Action>(
        _ action: A,
        after preview: A?,
        asking question: String = "confirm.write",
        beyond limit: Int = Confirmation.muchToWrite,
        on actions: any ActionPerformer,
        counting count: (PlanView) -> Int = { $0.counts.writes }
    ) async throws -> ExitStatus where A.Result == RunOrPlan {
        guard let preview, console.asks else {
            return try await show(try await actions.perform(action, showingProgressOn: console), actions)
        }
        let shown = try await actions.perform(preview, showingProgressOn: console)
        guard let plan = shown.plan else { return try await show(shown, actions) }
        let writes = count(plan)
        guard writes > limit else {
            _ = try await actions.perform(RejectPlan(plan: plan.id), showingProgressOn: console)
            return try await show(try await actions.perform(action, showingProgressOn: console), actions)
        }
        RunReport.showNotices(shown, console)
        try await PlanPages(actions, console).show(plan, isKept: false, paused: shown.paused)
        guard console.confirms(question, ["count": String(writes)]) else {
            _ = try await actions.perform(RejectPlan(plan: plan.id), showingProgressOn: console)
            console.say("confirm.declined")
            return .done
        }
        let status = try await show(
            try await actions.perform(ApplyPlan(plan: plan.id), showingProgressOn: console),
            actions
        )
        return shown.failure?.status ?? status
    }

    /// Shows a run, or every page of a plan.
    func show(_ result: RunOrPlan, _ actions: any ActionPerformer) async throws -> ExitStatus {
        guard let plan = result.plan else { return RunReport.show(result, on: console) }
        // A run with a plan has left that plan to be approved.
        if result.run != nil {
            _ = RunReport.show(result, on: console)
            if console.isJSON { return result.status }
        } else if !console.isJSON {
            RunReport.showNotices(result, console)
        }
        let isPreview = result.run == nil
        try await PlanPages(actions, console).show(
            plan,
            paused: isPreview ? result.paused ?? [] : nil,
            notices: isPreview ? result.notices : nil
        )
        return result.status
    }
}
