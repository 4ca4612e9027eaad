package import CoupletCore
package import CoupletPorts

/// A page of a plan as people see it.
package struct PlanView: Codable, Sendable {
    /// One step.
    package struct StepView: Codable, Sendable {
        /// One field's change, in the target's form.
        package struct Change: Codable, Sendable, Hashable {
            /// The target's field.
            package var field: String
            /// The present value.
            package var before: Value
            /// The planned value.
            package var after: Value
        }

        /// The table mapping's name.
        package var mapping: String
        /// `create`, `update`, `couple`, `uncouple` or `delete`.
        package var action: Step.Action
        /// The side that is written; for `couple` and `uncouple`, the CRM.
        package var side: Side
        /// The ERP record's number or id, or `crm:` and the CRM record's id where there is no ERP record yet.
        package var key: String
        /// The other record's id; nil for one that is to be created.
        package var with: String?
        /// The record's name.
        package var name: String
        /// For a match: how sure, from 0 to 1.
        package var score: Double?
        /// Why.
        package var reasons: [Message]
        /// The changes, in the mapping's order.
        package var changes: [Change]
        /// How far it is.
        package var state: StepState
        /// Why it was not done, where its state does not say all.
        package var obstacle: Message?
    }

    /// Where a page of a plan ends.
    package struct Position: Codable, Sendable, Hashable {
        /// The part of the plan; -1 once all steps are shown.
        package var part: Int
        /// The last number shown of the part, or of what the plan would leave open.
        package var after: Int64

        /// Creates a position.
        package init(part: Int, after: Int64) {
            self.part = part
            self.after = after
        }
    }

    /// The plan's number.
    package var id: Int64
    /// What becomes of it.
    package var state: PlanState
    /// The name of the action that made it.
    package var action: String
    /// The table mappings it is about.
    package var mappings: [String]
    /// Who made it.
    package var madeBy: String
    /// When it was made.
    package var madeAt: Instant
    /// Who applied or rejected it.
    package var decidedBy: String?
    /// When it was applied or rejected.
    package var decidedAt: Instant?
    /// What it would do, counted over all pages.
    package var counts: PlanCounts
    /// How many write requests applying it costs at the learned batch sizes.
    package var requests: BySide<Int>
    /// Why a safety limit stopped it.
    package var holds: [Message]
    /// What becomes a rule of its mapping with it; nil where nothing does.
    package var standing: Message?
    /// Why it cannot be carried out any more, though nobody has decided about it; nil where it can.
    package var outdated: Message?
    /// How many of its steps would be left out by now, because their records have moved.
    package var moved = 0
    /// This page's steps, in the order they would be done.
    package var steps: [StepView] = []
    /// This page's conflicts that would be recorded.
    package var conflicts: [ConflictRecord] = []
    /// This page's questions that would be asked.
    package var questions: [QuestionRecord] = []
    /// What would keep records from going through, on this page.
    package var failures: [FailureRecord] = []
    /// Where the next page begins; nil on the last one.
    package var next: Position?

    /// Shows what a stored plan says of itself.
    package init(_ plan: PlanRecord) {
        let details = plan.details ?? PlanDetails(action: "", madeBy: "")
        id = plan.id
        state = plan.state
        action = details.action
        mappings = details.settings.map(\.mapping.name)
        madeBy = details.madeBy
        madeAt = plan.madeAt
        decidedBy = details.decidedBy
        decidedAt = details.decidedAt
        counts = details.counts
        requests = details.requests
        holds = details.holds
        standing = details.standing.map { standing in
            let field = standing.field?.replacing("|", with: " / ") ?? ""
            let code = standing.side == .erp ? "plan.standing.erp" : "plan.standing.crm"
            return Message(code, ["mapping": standing.mapping, "field": field])
        }
    }
}

extension PlanView.StepView {
    /// Shows a stored step.
    package init(_ stored: StoredStep) {
        let step = stored.step
        self.init(
            mapping: step.mapping,
            action: step.action,
            side: step.target,
            key: step.key ?? step.ids.erp?.description ?? "",
            with: step.partner?.description,
            name: step.label,
            score: step.score,
            reasons: step.reasons,
            changes: step.fields.map {
                Change(field: $0.target.name, before: $0.write.before, after: $0.write.value)
            },
            state: stored.state,
            obstacle: stored.reason
        )
    }
}

extension Step {
    /// The record that people are told besides the one they know by its key; nil for one that is to be created.
    fileprivate var partner: RecordID? {
        switch action {
        case .create: nil
        case .update, .delete: ids[target]
        case .couple, .uncouple: ids.crm
        }
    }
}
