import CoupletCore
import CoupletPorts

/// Lists, shows and rejects plans.
package struct PlanService: Sendable {
    let store: any StateStore
    let clock: any EngineClock

    /// Plans that people see, newest first.
    func list(_ action: ListPlans) async throws -> PlansView {
        guard action.limit > 0 else {
            throw CoupletError("plan.badLimit", ["limit": String(action.limit)], status: .wrongUse)
        }
        return try await store.read { transaction in
            var views: [PlanView] = []
            var before: Int64?
            while views.count < action.limit {
                let page = try transaction.shownPlans(before: before, limit: 200)
                guard let last = page.last else { break }
                before = last.id
                let wanted = page.filter { action.includesDecided || $0.isOpen }
                views += try wanted.prefix(action.limit - views.count).map { try PlanView($0, transaction) }
            }
            return PlansView(plans: views)
        }
    }

    /// A page of a plan.
    func show(_ action: ShowPlan) async throws -> PlanView {
        try await store.read { transaction in
            let plan = try Self.plan(action.plan, transaction)
            let parts = try transaction.parts(ofPlan: plan.id)
            var view = try PlanView(plan, transaction)
            var position = action.position ?? PlanView.Position(part: 0, after: 0)
            var left = max(1, action.limit)
            while left > 0, parts.indices.contains(position.part) {
                let page = try transaction.steps(plan: parts[position.part].id, after: position.after, limit: left)
                view.steps += page.filter(\.isShown).map(PlanView.StepView.init)
                left -= page.count
                if let last = page.last, left <= 0 {
                    position.after = last.id
                } else {
                    position = PlanView.Position(part: position.part + 1, after: 0)
                }
            }
            guard left > 0 else {
                view.next = position
                return view
            }
            let items = try transaction.planItems(plan: plan.id, after: position.after, limit: left)
            for (_, item) in items { view.add(item) }
            if items.count == left, let last = items.last { view.next = PlanView.Position(part: -1, after: last.id) }
            return view
        }
    }

    /// The first steps of a plan that were left out when it was carried out, or that failed.
    func leftOut(_ plan: Int64) async throws -> [PlanView.StepView] {
        try await store.read { transaction in
            var views: [PlanView.StepView] = []
            for part in try transaction.parts(ofPlan: plan) {
                for state in [StepState.leftOut, .failed, .unconfirmed] where views.count < 1000 {
                    let page = try transaction.steps(plan: part.id, state: state, after: 0, limit: 1000 - views.count)
                    views += page.map(PlanView.StepView.init)
                }
            }
            return views
        }
    }

    /// Decides that a plan is not carried out.
    func reject(_ action: RejectPlan, by author: Author) async throws -> PlanView {
        try await store.write { transaction in
            var plan = try Self.plan(action.plan, transaction)
            guard plan.state == .previewed || plan.state == .held else { throw Self.decided(plan) }
            plan.state = .rejected
            plan.details?.decidedBy = author.who
            plan.details?.decidedAt = author.at
            try transaction.update(plan)
            try transaction.audit(.planRejected, AuditEntry.Subject(.plan, plan.id), by: author)
            return PlanView(plan)
        }
    }

    /// A plan that people see.
    static func plan(_ id: Int64, _ transaction: any StoreReading) throws -> PlanRecord {
        guard let plan = try transaction.plan(id), plan.details != nil else {
            throw CoupletError("plan.unknown", ["plan": String(id)], status: .wrongUse)
        }
        return plan
    }

    /// Says that a plan takes no decision any more.
    static func decided(_ plan: PlanRecord) -> CoupletError {
        let arguments = ["plan": String(plan.id), "who": plan.details?.decidedBy ?? ""]
        let isRejected = plan.state == .rejected
        return CoupletError(isRejected ? "plan.rejected" : "plan.applied", arguments, status: .wrongUse)
    }
}

extension PlanRecord {
    /// Whether somebody may still decide about it, or carry on with it.
    fileprivate var isOpen: Bool {
        switch state {
        case .previewed: (details?.counts.steps ?? 0) > 0
        case .held, .approved: true
        case .applying, .applied, .rejected: false
        }
    }
}

extension StoredStep {
    /// Whether people see it: what a coupling's step shows is seen there, unless it was not done.
    fileprivate var isShown: Bool {
        switch state {
        case .dropped: false
        case .planned, .sent, .applied: step.isShownByCoupling != true
        case .replanned, .failed, .unconfirmed, .leftOut: true
        }
    }
}

extension PlanView {
    /// Shows what a stored plan says of itself, and whether it still holds.
    init(_ plan: PlanRecord, _ transaction: any StoreReading) throws {
        self.init(plan)
        guard plan.state == .previewed || plan.state == .held else { return }
        let age = try PlanAge(plan, transaction)
        outdated = age.obstacle
        moved = age.moved
    }

    fileprivate mutating func add(_ item: PlanItem) {
        switch item {
        case .conflict(let conflict): conflicts.append(conflict)
        case .question(let question): questions.append(question)
        case .failure(let failure): failures.append(failure)
        }
    }
}
