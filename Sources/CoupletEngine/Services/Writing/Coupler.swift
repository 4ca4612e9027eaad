import CoupletCore
import CoupletPorts

/// Carries out steps that couple two records: they write to neither system.
struct Coupler: Sendable {
    static let batchSize = 1000

    let run: MappingRun
    /// Whether the coupled records are compared in the same run, so that a preview must say what comes of it.
    let isCompared: Bool

    /// Couples the records of some steps, or shows the steps in a preview with what synchronizing would then write.
    func couple(_ steps: [Step], keys: [String]) async throws {
        let steps = zip(steps, keys).map { step, key in
            var step = step
            step.key = key
            return step
        }
        try await run.readDisplaced(by: steps)
        if run.isPreview { return try await show(steps) }
        for start in stride(from: 0, to: steps.count, by: Self.batchSize) {
            let batch = Array(steps[start..<min(start + Self.batchSize, steps.count)])
            try await record(batch)
            try Task.checkCancellation()
        }
    }

    private func record(_ steps: [Step]) async throws {
        let run = run
        let job = run.jobs.crm ?? run.jobs.erp
        let coupled = try await run.store.write { transaction in
            var tally = JobTally()
            for step in steps {
                guard try StepCheck.isFree(step, transaction) else { continue }
                var stored = StoredStep(plan: run.plans.couplings, job: job, step: step, state: .applied)
                stored.id = try transaction.append([stored]).first ?? 0
                try CouplingSteps.couple(stored, run, transaction)
                tally.note(step.action, job: job)
            }
            try run.book.keep(tally, transaction)
            return tally
        }
        run.book.count(coupled)
    }

    /// A preview's couple steps carry the fields that would be written to the CRM with the chosen side; what would be
    /// written to the ERP is shown as an update of its own.
    private func show(_ steps: [Step]) async throws {
        let context = run.context
        let run = run
        for start in stride(from: 0, to: steps.count, by: Self.batchSize) {
            let batch = Array(steps[start..<min(start + Self.batchSize, steps.count)])
            let live = try await live(batch)
            let shown = try await run.store.read { transaction in try self.decide(batch, live, context, transaction) }
            run.tally.add(shown.flatMap { [$0.coupling] + $0.writes })
            try await run.store.write { transaction in
                _ = try transaction.append(shown.map { self.planned($0.coupling, run.plans.couplings) })
                for step in shown.flatMap(\.writes) {
                    _ = try transaction.append([self.planned(step, run.plans[step.target])])
                }
            }
            try await run.show(shown.flatMap(\.items))
        }
    }

    /// The records as they are now where some of their values are not kept; what is compared needs these.
    private func live(_ steps: [Step]) async throws -> BySide<[RecordID: ObservedRow]> {
        var live = BySide<[RecordID: ObservedRow]>(erp: [:], crm: [:])
        guard isCompared, !run.context.program.unkept.isEmpty else { return live }
        for side in Side.allCases {
            let ids = Set(steps.compactMap { $0.ids[side] }).sorted()
            live[side] = try await LiveRecords(store: run.store, context: run.context).read(ids, side).rows
        }
        return live
    }

    private func planned(_ step: Step, _ plan: Int64) -> StoredStep {
        StoredStep(plan: plan, job: nil, step: step, state: .planned)
    }

    private struct Shown: Sendable {
        var coupling: Step
        var writes: [Step] = []
        var items: [PlanItem] = []
    }

    private func decide(
        _ steps: [Step],
        _ live: BySide<[RecordID: ObservedRow]>,
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> [Shown] {
        let observations = BySide(
            erp: try transaction.observations(feed: context.feeds.erp.id, ids: steps.compactMap(\.ids.erp)),
            crm: try transaction.observations(feed: context.feeds.crm.id, ids: steps.compactMap(\.ids.crm))
        )
        let records = BySide(
            erp: try transaction.records(feed: context.feeds.erp.id, ids: steps.compactMap(\.ids.erp)),
            crm: try transaction.records(feed: context.feeds.crm.id, ids: steps.compactMap(\.ids.crm))
        )
        let inputs = steps.map { step in
            PairInput(
                coupling: 0,
                ids: BySide(erp: step.ids.erp ?? .zero, crm: step.ids.crm ?? .zero),
                observed: BySide(
                    erp: step.ids.erp.flatMap { id in
                        live.erp[id] ?? observations.erp[id].flatMap { context.row($0, .erp) }
                    },
                    crm: step.ids.crm.flatMap { id in
                        live.crm[id] ?? observations.crm[id].flatMap { context.row($0, .crm) }
                    }
                ),
                versions: BySide(
                    erp: step.ids.erp.flatMap { records.erp[$0]?.version } ?? "",
                    crm: step.ids.crm.flatMap { records.crm[$0]?.version } ?? ""
                ),
                firstChoice: step.choice
            )
        }
        let references = try context.answers(context.program.referenceQuestions(inputs), transaction)
        let reconciler = Reconciler(program: context.program, direction: run.direction, isFull: false)
        return zip(steps, inputs).map { show($0, $1, reconciler, references) }
    }

    private func show(
        _ step: Step,
        _ input: PairInput,
        _ reconciler: Reconciler,
        _ references: ReferenceTable
    ) -> Shown {
        var coupling = step
        coupling.versions = input.versions
        guard isCompared else { return Shown(coupling: coupling) }
        let decision = run.context.decisions.reconcile(input, references: references, by: reconciler)
        let updates = reconciler.steps(for: decision, input: input, label: step.label)
        coupling.fields = updates.crm?.fields ?? []
        var shown = Shown(coupling: coupling)
        for target in [Side.crm, .erp] {
            guard var update = updates[target] else { continue }
            update.coupling = nil
            update.key = step.key
            update.versions = input.versions
            update.isShownByCoupling = target == .crm ? true : nil
            shown.writes.append(update)
        }
        if !decision.undecided.isEmpty { shown.items.append(.question(question(step, input, decision))) }
        shown.items += Side.allCases.compactMap { failure(step, input, decision, $0).map(PlanItem.failure) }
        return shown
    }

    private func question(_ step: Step, _ input: PairInput, _ decision: PairDecision) -> QuestionRecord {
        QuestionRecord(
            mapping: step.mapping,
            kind: .firstComparison,
            side: .erp,
            record: input.ids.erp,
            label: step.label,
            fields: decision.undecided,
            askedAt: run.clock.now
        )
    }

    private func failure(
        _ step: Step,
        _ input: PairInput,
        _ decision: PairDecision,
        _ target: Side
    ) -> FailureRecord? {
        let problems = decision.problems.filter { $0.target == target }
        let waits = decision.waits.filter { $0.required && $0.source == target.other }
        guard !problems.isEmpty || !waits.isEmpty else { return nil }
        let now = run.clock.now
        return FailureRecord(
            mapping: step.mapping,
            target: target,
            source: input.ids[target.other],
            coupling: nil,
            label: step.label,
            messages: problems.map(\.message) + waits.map(Message.init(waiting:)),
            disposition: problems.isEmpty ? .waiting : .parked,
            attempts: 1,
            sourceVersion: "",
            targetVersion: "",
            firstAt: now,
            lastAt: now,
            nextAt: nil
        )
    }
}

extension HistoryEntry {
    /// A coupling or uncoupling in the history of both its records.
    static func pair(
        _ step: Step,
        number: Int64,
        job: Int64?,
        run: Int64,
        coupling: Int64,
        at: Instant,
        base: Base? = nil,
        choice: Side? = nil
    ) -> [HistoryEntry] {
        Side.allCases.compactMap { side in
            guard let record = step.ids[side] else { return nil }
            return HistoryEntry(
                step: number,
                run: run,
                job: job,
                mapping: step.mapping,
                coupling: coupling,
                side: side,
                record: record,
                action: step.action,
                fields: [],
                at: at,
                counterpart: step.ids[side.other],
                base: base?.blob,
                choice: choice,
                undoes: step.undoes
            )
        }
    }
}
