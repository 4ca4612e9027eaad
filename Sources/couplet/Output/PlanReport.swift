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

    /// Shows plans without their steps, one a line.
    static func showList(_ view: PlansView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["plans": .array(view.plans.map { Document.planOverview($0, console) })]))
            return .done
        }
        guard !view.plans.isEmpty else {
            console.say("plans.none")
            return .done
        }
        var table = Table([
            .init(title: console.text("column.plan"), isNumeric: true),
            .init(title: console.text("column.made")),
            .init(title: console.text("column.who"), isOptional: true),
            .init(title: console.text("column.action")),
            .init(title: console.text("column.mapping"), isFlexible: true),
            .init(title: console.text("column.steps"), isNumeric: true),
            .init(title: console.text("column.status")),
        ])
        for plan in view.plans {
            table.add([
                String(plan.id), plan.madeAt.description, plan.madeBy, console.action(plan.action),
                plan.mappings.joined(separator: ", "), String(plan.counts.steps),
                state(of: plan, console),
            ])
        }
        console.show(table)
        if view.plans.contains(where: { $0.outdated != nil }) { console.say("plan.outdated.how") }
        return .done
    }

    /// How a plan stands: one that could do nothing any more does not wait.
    private static func state(of plan: PlanView, _ console: Console) -> String {
        if plan.outdated != nil { return console.text("plan.state.outdated") }
        if plan.state == .previewed, plan.counts.steps == 0 { return console.text("plan.state.empty") }
        let state = console.text("plan.state.\(plan.state.rawValue)")
        return plan.moved == 0
            ? state : console.text("plan.state.moved", ["state": state, "count": String(plan.moved)])
    }

    /// Shows who made the plan, and why it waits.
    func showHead() {
        let arguments = [
            "id": String(plan.id), "action": console.action(plan.action),
            "mappings": plan.mappings.joined(separator: ", "),
            "who": plan.madeBy, "time": plan.madeAt.description,
            "state": Self.state(of: plan, console),
        ]
        console.line(console.bold(Table.harmless(console.text("plan.head", arguments))))
        if let who = plan.decidedBy, let time = plan.decidedAt {
            console.say("plan.decided", ["who": who, "time": time.description])
        }
        if let standing = plan.standing { console.line("! " + Table.harmless(console.text(standing))) }
        if let outdated = plan.outdated { console.line("! " + Table.harmless(console.text(outdated))) }
        for hold in plan.holds {
            console.line("! " + Table.harmless(console.text(hold)))
            if let remedy = console.remedy(hold) { console.line("  " + console.dim(Table.harmless(remedy))) }
        }
    }

    /// Shows what would be left open.
    func showOpen(_ page: PlanView, _ most: Int) {
        for conflict in page.conflicts.prefix(most) { OpenItemReport.line(conflict, console) }
        for question in page.questions.prefix(most) { OpenItemReport.line(question, console) }
        for failure in page.failures.prefix(most) {
            for message in failure.messages {
                console.line(Table.harmless("! \(failure.mapping) \(failure.label): \(console.text(message))"))
            }
        }
        let unlisted = [page.conflicts.count, page.questions.count, page.failures.count].reduce(0) {
            $0 + max(0, $1 - most)
        }
        if unlisted > 0 { console.say("plan.more", ["count": String(unlisted)]) }
    }

    /// Shows the numbers, and how the plan is applied.
    func showSummary(isKept: Bool) {
        let counts = plan.counts
        if counts.steps == 0 { console.say("plan.empty") }
        console.line()
        console.say("plan.couples", ["count": String(counts.coupled)])
        if counts.uncoupled > 0 { console.say("plan.uncouples", ["count": String(counts.uncoupled)]) }
        for side in Side.allCases {
            let changed = counts.changed[side] + (side == .crm ? counts.coupledWithChange : 0)
            console.say(
                "plan.writes",
                [
                    "side": console.text("side.\(side.rawValue)"), "created": String(counts.created[side]),
                    "changed": String(changed),
                ]
            )
            if let deleted = counts.deleted?[side], deleted > 0 {
                console.say(
                    "plan.deletes",
                    ["side": console.text("side.\(side.rawValue)"), "count": String(deleted)]
                )
            }
        }
        console.say(
            "plan.open",
            [
                "conflicts": String(counts.conflicts), "questions": String(counts.questions),
                "failures": String(counts.failures),
            ]
        )
        console.say("plan.requests", ["erp": String(plan.requests.erp), "crm": String(plan.requests.crm)])
        switch plan.state {
        case .previewed, .held, .approved:
            if isKept, counts.steps > 0, plan.outdated == nil { console.say("plan.apply", ["plan": String(plan.id)]) }
        case .applying, .applied, .rejected: break
        }
    }

    /// Lists steps that were left out or failed.
    static func showLeftOut(_ steps: [PlanView.StepView], on console: Console) {
        guard !steps.isEmpty else { return }
        console.say("plan.leftOut", ["count": String(steps.count)])
        for step in steps.prefix(40) { show(step, on: console) }
        if steps.count > 40 { console.say("plan.more", ["count": String(steps.count - 40)]) }
    }

    /// Shows a step with its changes.
    func show(_ step: PlanView.StepView) { PlanReport.show(step, on: console) }

    /// Shows a step with its changes.
    static func show(_ step: PlanView.StepView, on console: Console) {
        let arguments = [
            "mapping": step.mapping, "side": console.text("side.\(step.side.rawValue)"),
            "key": step.name.contains(step.key) ? "" : step.key, "name": step.name,
            "with": step.with.map { "crm:" + $0 } ?? "",
        ]
        console.line(Table.harmless(console.text("plan.step.\(step.action.rawValue)", arguments)))
        if step.action == .couple, !step.reasons.isEmpty {
            let reasons = step.reasons.map { console.text($0) }.joined(separator: "; ")
            let score = step.score.map { OpenItemReport.percent($0) + ": " } ?? ""
            console.line("    " + console.dim(score + reasons))
        }
        if step.state != .planned {
            let why = step.obstacle.map { ": " + console.text($0) } ?? ""
            console.line("    " + Table.harmless(console.text("step.state.\(step.state.rawValue)") + why))
        }
        for change in step.changes {
            if step.action != .create {
                console.line("    " + text(change, console))
            } else if !change.after.isBlank {
                console.line("    " + Table.harmless("\(change.field): \(console.text(change.after))"))
            }
        }
    }

    private static func text(_ change: PlanView.StepView.Change, _ console: Console) -> String {
        Table.harmless("\(change.field): \(console.text(change.before)) → \(console.text(change.after))")
    }
}
