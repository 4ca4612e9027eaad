import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows a plan to a person.
struct PlanReport {
    private let plan: PlanView
    private let console: Console

    init(_ plan: PlanView, _ console: Console) {
        self.plan = plan
        self.console = console
    }

    /// Shows what would be done, what would be asked, and what it costs.
    /// - Parameter mostSteps: More steps than this are counted, not listed.
    func show(mostSteps: Int = 40) {
        console.line(console.bold(console.text("plan.title")))
        for step in plan.steps.prefix(mostSteps) { show(step) }
        let hidden = plan.steps.count - mostSteps
        if hidden > 0 { console.say("plan.more", ["count": String(hidden)]) }
        for conflict in plan.conflicts.prefix(mostSteps) { OpenItemReport.line(conflict, console) }
        for question in plan.questions.prefix(mostSteps) { OpenItemReport.line(question, console) }
        for failure in plan.failures.prefix(mostSteps) {
            for message in failure.messages {
                console.line(Table.harmless("! \(failure.mapping) \(failure.label): \(console.text(message))"))
            }
        }
        let unlisted = [plan.conflicts.count, plan.questions.count, plan.failures.count].reduce(0) {
            $0 + max(0, $1 - mostSteps)
        }
        if unlisted > 0 { console.say("plan.more", ["count": String(unlisted)]) }
        if plan.steps.isEmpty { console.say("plan.empty") }
        console.line()
        showSummary()
    }

    /// How many records applying a plan writes: a coupling's step holds what it then writes to the CRM.
    static func writes(_ plan: PlanView) -> Int {
        plan.steps.count { $0.action != .couple } + changingCouples(plan)
    }

    private static func changingCouples(_ plan: PlanView) -> Int {
        plan.steps.count { $0.action == .couple && !$0.changes.isEmpty }
    }

    private func showSummary() {
        func count(_ action: Step.Action, _ side: Side) -> Int {
            plan.steps.count { $0.action == action && $0.side == side }
        }
        let coupled = plan.steps.count { $0.action == .couple }
        console.say("plan.couples", ["count": String(coupled)])
        for side in Side.allCases {
            console.say(
                "plan.writes",
                [
                    "side": console.text("side.\(side.rawValue)"),
                    "created": String(count(.create, side)),
                    "changed": String(count(.update, side) + (side == .crm ? PlanReport.changingCouples(plan) : 0)),
                ]
            )
        }
        console.say(
            "plan.open",
            [
                "conflicts": String(plan.conflicts.count), "questions": String(plan.questions.count),
                "failures": String(plan.failures.count),
            ]
        )
        console.say("plan.requests", ["erp": String(plan.requests.erp), "crm": String(plan.requests.crm)])
    }

    private func show(_ step: PlanView.StepView) {
        let arguments = [
            "mapping": step.mapping, "side": console.text("side.\(step.side.rawValue)"),
            "key": step.name.contains(step.key) ? "" : step.key, "name": step.name, "with": step.with ?? "",
        ]
        console.line(Table.harmless(console.text("plan.step.\(step.action.rawValue)", arguments)))
        if step.action == .couple, !step.reasons.isEmpty {
            let reasons = step.reasons.map { console.text($0) }.joined(separator: "; ")
            let score = step.score.map { "\(Int(($0 * 100).rounded())) %: " } ?? ""
            console.line("    " + console.dim(score + reasons))
        }
        for change in step.changes {
            if step.action != .create {
                console.line("    " + text(change))
            } else if !change.after.isBlank {
                console.line("    " + Table.harmless("\(change.field): \(change.after.text)"))
            }
        }
    }

    private func text(_ change: PlanView.StepView.Change) -> String {
        let before = change.before.isBlank ? console.text("value.blank") : change.before.text
        let after = change.after.isBlank ? console.text("value.blank") : change.after.text
        return Table.harmless("\(change.field): \(before) → \(after)")
    }
}
