import CoupletCore
import CoupletPorts

extension Engine {
    /// Carries out a plan as it was shown; see `ApplyPlan`.
    func apply(_ action: ApplyPlan, _ context: ActionContext) async throws -> RunOrPlan {
        // A wrong number or a decided plan makes no run.
        _ = try await store.read { try Self.undecided(action.plan, $0) }
        let asked = ["plan": String(action.plan)]
        return try await RunSession.run(ApplyPlan.name, context, isPreview: false, asked: asked) { session in
            let (author, run) = (context.author, session.book.run.id)
            let (plan, parts) = try await store.write { transaction in
                var plan = try Self.undecided(action.plan, transaction)
                try Self.requireSettings(of: plan, transaction)
                try MappingService.makeRule(of: &plan, by: author, transaction)
                plan.state = .approved
                plan.details?.decidedBy = author.who
                plan.details?.decidedAt = author.at
                try transaction.update(plan)
                try transaction.audit(.planApproved, AuditEntry.Subject(.plan, plan.id), by: author, run: run)
                return (plan, try transaction.parts(ofPlan: plan.id))
            }
            try await PlanApplier(session: session, plan: plan, parts: parts).apply()
        }
    }

    /// A plan that may be carried out, or carried on with after it was cut off.
    private static func undecided(_ id: Int64, _ transaction: any StoreReading) throws -> PlanRecord {
        let plan = try PlanService.plan(id, transaction)
        switch plan.state {
        case .previewed, .held, .approved: return plan
        case .applying, .applied, .rejected: throw PlanService.decided(plan)
        }
    }

    /// Refuses a plan that was made under other settings: what it shows would not mean the same.
    private static func requireSettings(of plan: PlanRecord, _ transaction: any StoreReading) throws {
        let present = try transaction.mappings()
        for setting in plan.details?.settings ?? [] {
            let mapping = present.first { $0.name == setting.mapping.name }
            guard let mapping, try PlanDetails.Setting(mapping, transaction) == setting else {
                throw CoupletError(
                    "plan.otherSettings",
                    ["plan": String(plan.id), "mapping": setting.mapping.name],
                    status: .wrongUse
                )
            }
        }
    }
}
