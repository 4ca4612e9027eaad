import CoupletCore
import CoupletPorts

extension RunSession {
    /// Leaves a mapping's planned steps to a person where there are reasons to: none of them is sent by this run.
    func hold(_ run: MappingRun, _ reasons: [Message]) async throws {
        guard !reasons.isEmpty else { return }
        let parts = run.plans
        var steps = 0
        for part in [parts.couplings, parts.erp, parts.crm] {
            var after: Int64 = 0
            while true {
                let position = after
                let page = try await engine.store.read {
                    try $0.steps(plan: part, state: .planned, after: position, limit: CouplingPlanner.batchSize)
                }
                guard let last = page.last else { break }
                after = last.id
                steps += page.count
                held.add(page.map(\.step))
            }
            try await engine.store.write { transaction in
                guard var plan = try transaction.plan(part) else { return }
                plan.state = .held
                try transaction.update(plan)
            }
        }
        try await price(run.context, into: held)
        book.note(holds: reasons, of: run.context.name, steps: steps, job: run.mainJob)
    }

    /// What waited for approval before is replaced by what waits now for the same mappings.
    func replaceHeld(by number: Int64) async throws {
        let (author, run) = (Author(who: Engine.itself, at: engine.clock.now), book.run.id)
        try await engine.store.write { transaction in
            let names = Set(try transaction.plan(number)?.details?.settings.map(\.mapping.name) ?? [])
            for var plan in try transaction.plans(in: .held) where plan.id != number {
                guard let settings = plan.details?.settings, names.isSuperset(of: settings.map(\.mapping.name)) else {
                    continue
                }
                plan.state = .rejected
                plan.details?.decidedBy = author.who
                plan.details?.decidedAt = author.at
                try transaction.update(plan)
                try transaction.audit(
                    .planRejected,
                    AuditEntry.Subject(.plan, plan.id),
                    by: author,
                    run: run,
                    ["replacedBy": String(number)]
                )
            }
        }
    }
}
