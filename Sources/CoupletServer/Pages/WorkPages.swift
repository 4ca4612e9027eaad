import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// Plans, jobs, and actions that run.
extension Desk {
    func plans(_ visit: Visit) async throws -> Response {
        let includesDecided = visit.query["all"] != nil
        let plans = try await ask(ListPlans(includesDecided: includesDecided, limit: 100), visit).plans
        let content: [String: Any] = [
            "plans": plans.map { Plans.row($0, visit) }, "isEmpty": plans.isEmpty, "all": includesDecided,
        ]
        let page = Page(title: visit.words.text("nav.plans"), section: "plans", template: "plans", content: content)
        return try await response(page, visit)
    }

    private func knownPlan(_ visit: Visit, limit: Int, position: PlanView.Position? = nil) async throws -> PlanView {
        let text = visit.name("id")
        guard let id = Int64(text) else { throw CoupletError("plan.unknown", ["plan": text], status: .wrongUse) }
        return try await ask(ShowPlan(plan: id, position: position, limit: limit), visit)
    }

    func plan(_ visit: Visit) async throws -> Response {
        var position: PlanView.Position?
        if let part = visit.query["part"].flatMap(Int.init), let after = visit.query["after"].flatMap(Int64.init) {
            position = PlanView.Position(part: part, after: after)
        }
        let plan = try await knownPlan(visit, limit: 100, position: position)
        var content = Plans.row(plan, visit)
        content["steps"] = plan.steps.map { Steps.row($0, visit) }
        content["hasSteps"] = !plan.steps.isEmpty
        content["holds"] = plan.holds.map { hold -> [String: Any] in
            ["text": visit.words.text(hold), "remedy": visit.words.remedy(hold) as Any]
        }
        content["standing"] = plan.standing.map { visit.words.text($0) } as Any
        content["outdated"] = plan.outdated.map { visit.words.text($0) } as Any
        content["decided"] = plan.decidedBy as Any
        content["decidedAt"] = plan.decidedAt.map { visit.format.element($0) } as Any
        content["isOpen"] = plan.state == .previewed || plan.state == .held || plan.state == .approved
        content["nextPage"] = plan.next.map { "?part=\($0.part)&after=\($0.after)" } as Any
        content["numbers"] = Plans.numbers(plan, visit)
        content["conflicts"] = plan.conflicts.prefix(50).map { conflict -> [String: Any] in
            ["name": conflict.label, "fields": conflict.fields.map(\.field).joined(separator: ", ")]
        }
        content["hasConflicts"] = !plan.conflicts.isEmpty
        content["questions"] = plan.questions.prefix(50).map { OpenItems.row($0, visit) }
        content["hasQuestions"] = !plan.questions.isEmpty
        content["failures"] = plan.failures.prefix(50).map { failure -> [String: Any] in
            ["name": failure.label, "text": failure.messages.first.map { visit.words.text($0) } ?? ""]
        }
        content["hasFailures"] = !plan.failures.isEmpty
        content["isOwn"] = access.needsSecondPerson && plan.madeBy == visit.identity.user.name
        let title = visit.words.text("desk.plan", ["id": String(plan.id)])
        return try await response(Page(title: title, section: "plans", template: "plan", content: content), visit)
    }

    func decide(_ visit: Visit) async throws -> Response {
        let plan = try await knownPlan(visit, limit: 1)
        lists.forget(nil)
        if visit.form["decision"] == "apply" {
            return try await change(ApplyPlan(plan: plan.id), visit, back: "/plans")
        }
        return try await change(RejectPlan(plan: plan.id), visit, back: "/plans")
    }

    func jobs(_ visit: Visit) async throws -> Response {
        let wanted = visit.query["mapping"]
        let jobs = try await ask(ListJobs(limit: 200, mapping: wanted), visit).jobs
        let content: [String: Any] = [
            "jobs": jobs.map { Self.line($0, visit) }, "isEmpty": jobs.isEmpty,
            "chart": Charts.jobs(Array(jobs.prefix(40).reversed()), visit),
            "running": queue.all().filter { $0.outcome == nil && RESTHandler.sees($0, visit.identity) }.map {
                ["path": "/actions/\($0.number)", "name": actionName($0.name, visit)]
            },
        ]
        let page = Page(title: visit.words.text("nav.jobs"), section: "jobs", template: "jobs", content: content)
        return try await response(page, visit)
    }

    func job(_ visit: Visit) async throws -> Response {
        let text = visit.name("id")
        guard let id = Int64(text) else { throw CoupletError("job.unknown", ["job": text], status: .wrongUse) }
        guard let job = try await ask(ShowJob(id: id), visit).jobs.first else {
            throw CoupletError("job.unknown", ["job": text], status: .wrongUse)
        }
        var content = Self.line(job, visit)
        let counts = job.counts
        let numbers: [(String, Int)] = [
            ("inserted", counts.inserted), ("modified", counts.modified), ("unchanged", counts.unchanged),
            ("skipped", counts.skipped), ("failed", counts.failed), ("parked", counts.parked),
            ("waiting", counts.waiting), ("held", counts.held), ("conflicts", counts.conflicts),
            ("questions", counts.questions), ("deleted", counts.deleted), ("coupled", counts.coupled),
            ("uncoupled", counts.uncoupled),
        ]
        content["numbers"] = numbers.map {
            ["name": visit.words.text("count.\($0.0)"), "count": visit.format.number($0.1)]
        }
        content["requestsERP"] = visit.format.number(job.requests.erp)
        content["requestsCRM"] = visit.format.number(job.requests.crm)
        content["floor"] = visit.format.number(job.floor.erp + job.floor.crm)
        content["ratio"] = job.ratio.map { visit.format.decimal($0) } ?? "–"
        let title = visit.words.text("desk.job", ["id": text])
        return try await response(Page(title: title, section: "jobs", template: "job", content: content), visit)
    }

    func undo(_ visit: Visit) async throws -> Response {
        let targets: [UndoRun.Target] = [
            visit.form["entry"].flatMap(Int64.init).map { .entry($0) },
            visit.form["job"].flatMap(Int64.init).map { .job($0) },
            visit.form["run"].flatMap(Int64.init).map { .run($0) },
        ].compactMap(\.self)
        guard let target = targets.first else { throw CoupletError("request.oneTarget", status: .wrongUse) }
        lists.forget(nil)
        return try await change(
            UndoRun(target, isPreview: visit.form["now"] == nil),
            visit,
            back: visit.back(or: "/jobs")
        )
    }

    /// What an action is called.
    func actionName(_ name: String, _ visit: Visit) -> String {
        let code = "run.action.\(name)"
        let text = visit.words.text(code)
        let known = text == code ? visit.words.text("desk.someAction") : text
        return known.prefix(1).uppercased() + known.dropFirst()
    }

    private func knownAction(_ visit: Visit) throws -> PerformedAction {
        let text = visit.name("id")
        guard let number = Int(text), let performed = queue.action(number),
            RESTHandler.sees(performed, visit.identity)
        else { throw Problem(.notFound, "request.unknownAction", ["id": text]) }
        return performed
    }

    func running(_ visit: Visit) async throws -> Response {
        let performed = try knownAction(visit)
        let back = visit.back(or: "/jobs")
        if performed.outcome != nil { return Self.redirect(destination(performed, back)) }
        let progress = performed.progress
        let stages = ["recovering", "reading", "matching", "planning", "writing"]
        let content: [String: Any] = [
            "number": String(performed.number), "name": actionName(performed.name, visit), "back": back,
            "text": progress.map { visit.words.text("stage.\($0.stage.rawValue)") } ?? visit.words.text("desk.begins"),
            "total": progress?.total.map { String($0) } as Any, "done": progress.map { String($0.done) } ?? "0",
            "stages": stages.map { ["stage": $0, "name": visit.words.text("stage.\($0)")] },
        ]
        let page = Page(
            title: actionName(performed.name, visit),
            section: "jobs",
            template: "running",
            content: content
        )
        return try await response(page, visit)
    }

    func cancel(_ visit: Visit) async throws -> Response {
        let performed = try knownAction(visit)
        performed.cancel()
        _ = await performed.ended()
        return Self.redirect(destination(performed, visit.back(or: "/jobs")))
    }

    /// What came of the action that led to this page.
    func banner(_ visit: Visit) -> [String: Any]? {
        guard let number = visit.query["action"].flatMap({ Int($0) }), let performed = queue.action(number),
            RESTHandler.sees(performed, visit.identity), let outcome = performed.outcome
        else { return nil }
        switch outcome {
        case .failure(let error):
            return [
                "tone": "bad", "icon": "error", "text": visit.words.text(error.message),
                "remedy": visit.words.remedy(error.message) as Any,
            ]
        case .result(let result):
            guard let run = Plans.run(of: result) else {
                return ["tone": "good", "icon": "check", "text": visit.words.text("desk.done")]
            }
            return Plans.banner(run, visit)
        }
    }
}

/// Plans and runs as people read them.
enum Plans {
    /// The run or the plan that came of an action; nil where there is none.
    static func run(of result: any Codable & Sendable) -> RunOrPlan? {
        (result as? RunOrPlan) ?? (result as? OpenedRecord)?.run
    }

    /// A plan in a list.
    static func row(_ plan: PlanView, _ visit: Visit) -> [String: Any] {
        let words = visit.words
        var state = words.text("plan.state.\(plan.state.rawValue)")
        if plan.outdated != nil { state = words.text("plan.state.outdated") }
        if plan.outdated == nil, plan.state == .previewed, plan.counts.steps == 0 {
            state = words.text("plan.state.empty")
        }
        return [
            "id": String(plan.id), "path": "/plans/\(plan.id)", "action": words.text("run.action.\(plan.action)"),
            "mappings": plan.mappings.joined(separator: ", "), "who": plan.madeBy,
            "made": visit.format.element(plan.madeAt), "state": state,
            "tone": plan.state == .held ? "warn" : plan.state == .applied ? "good" : "",
            "count": visit.format.number(plan.counts.steps),
            "requests": words.text(
                "plan.requests",
                ["erp": visit.format.number(plan.requests.erp), "crm": visit.format.number(plan.requests.crm)]
            ),
        ]
    }

    /// What a plan would do, in numbers.
    static func numbers(_ plan: PlanView, _ visit: Visit) -> [[String: Any]] {
        let counts = plan.counts
        func number(_ name: String, _ count: Int, _ tone: String, _ side: Side? = nil) -> [String: Any]? {
            guard count > 0 else { return nil }
            let system = side.map { " " + visit.words.text("side.\($0.rawValue)") } ?? ""
            return [
                "name": visit.words.text("desk.number.\(name)") + system, "count": visit.format.number(count),
                "tone": tone,
            ]
        }
        return [
            number("couple", counts.coupled, "info"), number("uncouple", counts.uncoupled, "warn"),
            number("create", counts.created.erp, "good", .erp), number("create", counts.created.crm, "good", .crm),
            number("change", counts.changed.erp, "info", .erp),
            number("change", counts.changed.crm + counts.coupledWithChange, "info", .crm),
            number("delete", counts.deleted?.erp ?? 0, "bad", .erp),
            number("delete", counts.deleted?.crm ?? 0, "bad", .crm),
            number("conflict", counts.conflicts, "bad"), number("question", counts.questions, "warn"),
            number("failure", counts.failures, "bad"),
        ].compactMap(\.self)
    }

    /// What came of a run, in a sentence.
    static func banner(_ run: RunOrPlan, _ visit: Visit) -> [String: Any] {
        let jobs = run.jobs ?? []
        let counts: [(String, Int)] = [
            ("coupled", jobs.reduce(0) { $0 + $1.counts.coupled }),
            ("uncoupled", jobs.reduce(0) { $0 + $1.counts.uncoupled }),
            ("inserted", jobs.reduce(0) { $0 + $1.counts.inserted }),
            ("modified", jobs.reduce(0) { $0 + $1.counts.modified }),
            ("deleted", jobs.reduce(0) { $0 + $1.counts.deleted }),
            ("unchanged", jobs.reduce(0) { $0 + $1.counts.unchanged }),
            ("skipped", jobs.reduce(0) { $0 + $1.counts.skipped }),
            ("failed", jobs.reduce(0) { $0 + $1.counts.failed }),
            ("parked", jobs.reduce(0) { $0 + $1.counts.parked }),
            ("waiting", jobs.reduce(0) { $0 + $1.counts.waiting }),
            ("conflicts", jobs.reduce(0) { $0 + $1.counts.conflicts }),
            ("questions", jobs.reduce(0) { $0 + $1.counts.questions }),
        ]
        let parts = counts.filter { $0.1 > 0 }.map {
            "\(visit.words.text("count.\($0.0)")): \(visit.format.number($0.1))"
        }
        let isHeld = run.plan?.state == .held
        let text =
            isHeld
            ? visit.words.text("desk.held")
            : run.run == nil && run.plan != nil
                ? visit.words.text("desk.previewed")
                : parts.isEmpty ? visit.words.text("desk.nothingChanged") : parts.joined(separator: " · ")
        let links = jobs.prefix(3).map {
            ["path": "/jobs/\($0.id)", "name": visit.words.text("desk.job", ["id": String($0.id)])]
        }
        return [
            "tone": isHeld || run.status == .doneWithOpenItems ? "warn" : "good",
            "icon": isHeld ? "plan" : run.status == .done ? "check" : "info", "text": text,
            "remedy": run.failure.map { visit.words.text($0.message) } as Any, "links": links,
        ]
    }
}
