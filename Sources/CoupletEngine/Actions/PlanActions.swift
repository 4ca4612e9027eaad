/// Lists plans, newest first.
package struct ListPlans: Action {
    package static let name = "plan.list"
    /// Whether plans that are decided already are listed too.
    package var includesDecided: Bool
    /// The most plans to list.
    package var limit: Int

    /// Creates the action.
    package init(includesDecided: Bool = false, limit: Int = 50) {
        self.includesDecided = includesDecided
        self.limit = limit
    }

    package func perform(in context: ActionContext) async throws -> PlansView {
        try await context.engine.plans.list(self)
    }
}

/// Plans, without their steps.
package struct PlansView: Codable, Sendable {
    /// The plans, newest first.
    package var plans: [PlanView]

    /// Creates a view.
    package init(plans: [PlanView]) { self.plans = plans }
}

/// Shows a page of a plan.
package struct ShowPlan: Action {
    package static let name = "plan.show"
    /// The plan's number.
    package var plan: Int64
    /// Where the page begins; nil for the first one.
    package var position: PlanView.Position?
    /// The most steps of a page.
    package var limit: Int

    /// Creates the action.
    package init(plan: Int64, position: PlanView.Position? = nil, limit: Int = 1000) {
        self.plan = plan
        self.position = position
        self.limit = limit
    }

    package func perform(in context: ActionContext) async throws -> PlanView {
        try await context.engine.plans.show(self)
    }
}

/// Does exactly what a plan has shown: what has moved since is left out and listed, and nothing else is done.
package struct ApplyPlan: Action {
    package static let name = "plan.apply"
    /// The plan's number.
    package var plan: Int64

    /// Creates the action.
    package init(plan: Int64) { self.plan = plan }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.apply(self, context)
    }
}

/// Decides that a plan is not carried out.
package struct RejectPlan: Action {
    package static let name = "plan.reject"
    /// The plan's number.
    package var plan: Int64

    /// Creates the action.
    package init(plan: Int64) { self.plan = plan }

    package func perform(in context: ActionContext) async throws -> PlanView {
        try await context.engine.plans.reject(self, by: context.author)
    }
}
