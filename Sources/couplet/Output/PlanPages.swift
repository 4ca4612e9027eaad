import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows a plan page by page, however many steps it has.
struct PlanPages {
    private let actions: any ActionPerformer
    private let console: Console

    init(_ actions: any ActionPerformer, _ console: Console) {
        self.actions = actions
        self.console = console
    }

    /// Shows a plan from its first page on.
    /// - Parameters:
    ///   - first: The first page.
    ///   - mostSteps: For a person: more steps than this are counted, not listed.
    ///   - isKept: Whether the plan can be applied later.
    ///   - paused: The mappings that were left out because they are paused.
    ///   - notices: What was noticed about the mappings, for a program.
    /// - Throws: What reading the next page throws.
    func show(
        _ first: PlanView,
        mostSteps: Int = 40,
        isKept: Bool = true,
        paused: [String]? = nil,
        notices: [FindingsView.Finding]? = nil
    ) async throws {
        if console.isJSON { return try await print(first, paused, notices) }
        for name in paused ?? [] { console.say("mapping.leftOut", ["mapping": name]) }
        let report = PlanReport(first, console)
        report.showHead()
        var page = first
        var shown = 0
        while true {
            for step in page.steps.prefix(mostSteps - shown) { report.show(step) }
            shown += min(page.steps.count, mostSteps - shown)
            report.showOpen(page, mostSteps)
            guard let next = page.next, shown < mostSteps else { break }
            page = try await actions.perform(ShowPlan(plan: first.id, position: next)) { _ in }
        }
        let hidden = first.counts.steps - shown
        if hidden > 0 { console.say("plan.more", ["count": String(hidden)]) }
        report.showSummary(isKept: isKept)
    }

    /// Prints the whole plan as one document; only what would be left open is kept until its place comes.
    private func print(
        _ first: PlanView,
        _ paused: [String]?,
        _ notices: [FindingsView.Finding]?
    ) async throws {
        Terminal.write("{\"plan\":{" + Document.planHead(first, console) + ",\"steps\":[", to: 1)
        var page = first
        var isFirst = true
        var open = first
        while true {
            for step in page.steps {
                Terminal.write((isFirst ? "" : ",") + Document.step(step, console).text, to: 1)
                isFirst = false
            }
            guard let next = page.next else { break }
            page = try await actions.perform(ShowPlan(plan: first.id, position: next)) { _ in }
            open.conflicts += page.conflicts
            open.questions += page.questions
            open.failures += page.failures
        }
        let names = JSONDocument.array((paused ?? []).map { .string($0) }).text
        var rest = paused == nil ? "" : ",\"paused\":" + names
        if let notices { rest += ",\"notices\":" + Document.notices(notices, console).text }
        Terminal.write("]," + Document.planRest(open, console) + "}" + rest + "}\n", to: 1)
    }
}
