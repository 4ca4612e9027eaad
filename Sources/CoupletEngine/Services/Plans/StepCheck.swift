import CoupletCore
import CoupletPorts

/// Looks, before a plan's steps are sent, which of them still mean what was shown.
struct StepCheck: Sendable {
    let run: MappingRun
    let target: Side

    /// Leaves out every planned step whose records have moved, and makes the others ready to be sent.
    /// - Returns: How many are ready.
    func check() async throws -> Int {
        try await prepareDeletions()
        let inFlight = try await InFlight.load(run.context.name, run.store)
        let plan = run.plans[target]
        var after: Int64 = 0
        var ready = 0
        while true {
            let position = after
            let (last, fine, left) = try await run.store.write { transaction in
                let steps = try transaction.steps(
                    plan: plan,
                    state: .planned,
                    after: position,
                    limit: CouplingSteps.batchSize
                )
                var fine = 0
                for stored in steps where try self.prepare(stored, inFlight, transaction) { fine += 1 }
                return (steps.last?.id, fine, steps.count - fine)
            }
            guard let last else { return ready }
            after = last
            ready += fine
            run.book.count(run.jobs[target] ?? run.mainJob) { $0.skip(moved: left) }
            try Task.checkCancellation()
        }
    }

    /// Looks again at what a run created and shall be deleted: something may refer to it by now.
    ///
    /// What it was made of is read, because nothing else keeps that once the coupling is gone.
    private func prepareDeletions() async throws {
        let plan = run.plans[target]
        var after: Int64 = 0
        while true {
            let position = after
            let page = try await run.store.read {
                try $0.steps(plan: plan, state: .planned, after: position, limit: CouplingSteps.batchSize)
            }
            guard let last = page.last else { return }
            after = last.id
            let deletions = page.filter { $0.step.action == .delete && $0.step.undoes != nil }
            guard !deletions.isEmpty else { continue }
            let sources = deletions.compactMap { $0.step.ids[target.other] }.sorted()
            try await RecordFetcher(store: run.store).fetch(sources, run.context, target.other)
            let referred = try await ReferrerSearch(run: run, target: target).referred(among: deletions.map(\.step))
            let left = deletions.filter { $0.step.ids[target].map(referred.contains) == true }.map { stored in
                var stored = stored
                (stored.state, stored.reason) = (.leftOut, Message("undo.referred"))
                return stored
            }
            run.book.count(run.jobs[target] ?? run.mainJob) { $0.skip(moved: left.count) }
            try await run.store.write { try $0.update(left) }
        }
    }

    private func prepare(
        _ stored: StoredStep,
        _ inFlight: InFlight,
        _ transaction: any StoreWriting
    ) throws -> Bool {
        var stored = stored
        stored.job = run.jobs[target]
        switch stored.step.action {
        case .update:
            let coupling = try coupling(of: stored.step, transaction)
            stored.reason = try obstacle(toChanging: stored.step, coupling, transaction)
            if stored.step.coupling != coupling?.id {
                stored.step.coupling = coupling?.id
                try transaction.replace([stored])
            }
        case .create: stored.reason = try obstacle(toCreating: stored.step, inFlight, transaction)
        case .delete: stored.reason = try obstacle(toDeleting: stored.step, inFlight, transaction)
        case .couple, .uncouple: return false
        }
        if stored.reason != nil { stored.state = .leftOut }
        try transaction.update([stored])
        return stored.reason == nil
    }

    private func coupling(of step: Step, _ transaction: any StoreReading) throws -> Coupling? {
        guard let erp = step.ids.erp else { return nil }
        let found = try transaction.coupling(mapping: step.mapping, side: .erp, record: erp)
        return found?.ids.crm == step.ids.crm ? found : nil
    }

    private func obstacle(
        toChanging step: Step,
        _ coupling: Coupling?,
        _ transaction: any StoreReading
    ) throws -> Message? {
        guard let coupling else { return Message("plan.obstacle.uncoupled") }
        // Taking a stamp away does not need the ERP's record, so that it does not matter whether the mapping still takes
        // that one in.
        let isERPOutOfScope = coupling.isOutOfScope.erp && !step.isUnstamping
        if isERPOutOfScope || coupling.isOutOfScope.crm { return Message("plan.obstacle.outOfScope") }
        let obstacle = try Self.obstacle(toReading: step, run.context, transaction)
        guard let obstacle, obstacle.arguments["side"] == target.other.rawValue else { return obstacle }
        return try isDecidedAgain(step, coupling, transaction) ? nil : obstacle
    }

    /// Whether the records, as they are now, ask for exactly this step: then what moved the source was this plan's own
    /// write to it, before an interruption, or nothing that the mapping knows.
    private func isDecidedAgain(
        _ step: Step,
        _ coupling: Coupling,
        _ transaction: any StoreReading
    ) throws -> Bool {
        let context = run.context
        let states = try transaction.couplingStates(
            mapping: context.name,
            feeds: context.feedIDs,
            scope: .couplings([coupling.id]),
            now: run.clock.now,
            after: 0,
            limit: 1
        )
        guard let input = try CouplingInput.all(states, context.program, transaction).first?.input else { return false }
        let references = try context.answers(context.program.referenceQuestions([input]), transaction)
        let reconciler = Reconciler(program: context.program, direction: run.direction, isFull: false)
        let decision = context.decisions.reconcile(input, references: references, by: reconciler)
        return decision.writes[target] == step.fields.map(\.write)
    }

    private func obstacle(
        toCreating step: Step,
        _ inFlight: InFlight,
        _ transaction: any StoreReading
    ) throws -> Message? {
        guard let source = step.ids[target.other] else { return Message("plan.obstacle.moved") }
        if inFlight.sources.contains(source) { return Message("plan.obstacle.inFlight") }
        let coupling = try transaction.coupling(mapping: step.mapping, side: target.other, record: source)
        if coupling?.id != step.replaces { return Message("plan.obstacle.coupled") }
        if let coupling, try !isGone(coupling.ids[target], target, transaction) {
            return Message("plan.obstacle.back", ["side": target.rawValue])
        }
        if try transaction.openQuestion(mapping: step.mapping, side: target.other, record: source) != nil {
            return Message("plan.obstacle.question")
        }
        return try Self.obstacle(toReading: step, run.context, transaction)
    }

    /// What stands in the way of deleting a record: its counterpart must still be gone.
    private func obstacle(
        toDeleting step: Step,
        _ inFlight: InFlight,
        _ transaction: any StoreReading
    ) throws -> Message? {
        guard let number = step.coupling, let coupling = try transaction.coupling(number) else {
            return Message("plan.obstacle.uncoupled")
        }
        if inFlight.couplings.contains(number) { return Message("plan.obstacle.inFlight") }
        // What a run created is deleted although its counterpart is there.
        if step.undoes != nil {
            let record = coupling.ids[target]
            if try UndoPlan.isCoupledElsewhere(record, target, run.context, transaction) {
                return Message("undo.coupledElsewhere")
            }
            return try Self.obstacle(toReading: step, run.context, transaction)
        }
        guard try isGone(coupling.ids[target.other], target.other, transaction) else {
            return Message("plan.obstacle.back", ["side": target.other.rawValue])
        }
        return try Self.obstacle(toReading: step, run.context, transaction)
    }

    private func isGone(_ record: RecordID, _ side: Side, _ transaction: any StoreReading) throws -> Bool {
        try transaction.records(feed: run.context.feeds[side].id, ids: [record])[record]?.isDeleted == true
    }

    /// What stands in the way of coupling two records.
    static func obstacle(
        toCoupling step: Step,
        _ inFlight: InFlight,
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> Message? {
        guard step.ids.erp != nil, step.ids.crm != nil else { return Message("plan.obstacle.moved") }
        guard try isFree(step, transaction) else { return Message("plan.obstacle.coupled") }
        guard inFlight.couplings.isDisjoint(with: step.displaces ?? []) else {
            return Message("plan.obstacle.inFlight")
        }
        // The base that the coupling had is in the history alone.
        if let undone = step.undoes, try transaction.historyEntry(undone) == nil { return Message("undo.forgotten") }
        return try obstacle(toReading: step, context, transaction)
    }

    /// Whether nothing but what a coupling ends keeps its records from being coupled.
    static func isFree(_ step: Step, _ transaction: any StoreReading) throws -> Bool {
        let ended = step.displaces ?? []
        for side in Side.allCases {
            guard let id = step.ids[side] else { return false }
            let known = try transaction.coupling(mapping: step.mapping, side: side, record: id)
            if let known, !ended.contains(known.id) { return false }
        }
        return true
    }

    /// Whether both records are still as the step saw them.
    private static func obstacle(
        toReading step: Step,
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> Message? {
        for side in Side.allCases {
            // The record that a create makes is not there yet.
            guard let id = step.ids[side], step.action != .create || side != step.target else { continue }
            // Neither deleting a record nor taking a stamp from it needs the other one.
            if step.action == .delete || step.isUnstamping, side != step.target { continue }
            let record = try transaction.records(feed: context.feeds[side].id, ids: [id])[id]
            guard let record, !record.isDeleted else {
                return Message("plan.obstacle.deleted", ["side": side.rawValue])
            }
            if let seen = step.versions?[side], !seen.isEmpty, seen != record.version {
                return Message("plan.obstacle.moved", ["side": side.rawValue])
            }
        }
        return nil
    }
}
