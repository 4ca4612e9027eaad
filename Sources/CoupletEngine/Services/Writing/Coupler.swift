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
        if run.preview != nil {
            try await show(steps, keys: keys)
            return
        }
        for start in stride(from: 0, to: steps.count, by: Self.batchSize) {
            let batch = Array(steps[start..<min(start + Self.batchSize, steps.count)])
            try await record(batch)
            try Task.checkCancellation()
        }
    }

    private func record(_ steps: [Step]) async throws {
        let run = run
        let now = run.clock.now
        let coupled = try await run.store.write { transaction in
            var count = 0
            for step in steps {
                guard let erp = step.ids.erp, let crm = step.ids.crm,
                    try transaction.coupling(mapping: step.mapping, side: .erp, record: erp) == nil,
                    try transaction.coupling(mapping: step.mapping, side: .crm, record: crm) == nil
                else { continue }
                _ = try transaction.append([
                    StoredStep(plan: run.plans.crm, job: run.jobs.crm ?? run.jobs.erp, step: step, state: .applied)
                ])
                _ = try transaction.insert(
                    Coupling(
                        mapping: step.mapping,
                        ids: BySide(erp: erp, crm: crm),
                        choice: step.choice,
                        run: run.book.run.id
                    )
                )
                if var question = try transaction.openQuestion(mapping: step.mapping, side: .erp, record: erp) {
                    question.closedAt = now
                    _ = try transaction.save(question)
                }
                for target in Side.allCases {
                    let source = target == .crm ? erp : crm
                    try transaction.removeFailure(mapping: step.mapping, target: target, source: source)
                }
                count += 1
            }
            return count
        }
        run.book.count(run.mainJob) { $0.coupled += coupled }
    }

    /// A preview's couple steps carry the fields that would be written to the CRM with the chosen side; what would be
    /// written to the ERP is shown as an update of its own.
    private func show(_ steps: [Step], keys: [String]) async throws {
        let context = run.context
        let run = run
        for start in stride(from: 0, to: steps.count, by: Self.batchSize) {
            let range = start..<min(start + Self.batchSize, steps.count)
            let batch = Array(steps[range])
            let shown = try await run.store.read { transaction in try self.decide(batch, context, transaction) }
            try await run.store.write { transaction in
                _ = try transaction.append(
                    shown.map { StoredStep(plan: run.plans.crm, job: nil, step: $0.step, state: .planned) }
                )
            }
            run.preview?.add { view in
                for entry in shown {
                    view.steps.append(PlanView.StepView(entry.step, key: keys[start + entry.index]))
                    view.questions += entry.questions
                    view.failures += entry.failures
                }
            }
        }
    }

    private struct Shown: Sendable {
        var index: Int
        var step: Step
        var questions: [QuestionRecord] = []
        var failures: [FailureRecord] = []
    }

    private func decide(
        _ steps: [Step],
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> [Shown] {
        let observations = BySide(
            erp: try transaction.observations(feed: context.feeds.erp.id, ids: steps.compactMap(\.ids.erp)),
            crm: try transaction.observations(feed: context.feeds.crm.id, ids: steps.compactMap(\.ids.crm))
        )
        let inputs = steps.map { step in
            PairInput(
                coupling: 0,
                ids: BySide(erp: step.ids.erp ?? .zero, crm: step.ids.crm ?? .zero),
                observed: BySide(
                    erp: step.ids.erp.flatMap { observations.erp[$0] }.flatMap { context.row($0, .erp) },
                    crm: step.ids.crm.flatMap { observations.crm[$0] }.flatMap { context.row($0, .crm) }
                ),
                firstChoice: step.choice
            )
        }
        let references = try context.answers(context.program.referenceQuestions(inputs), transaction)
        let reconciler = Reconciler(program: context.program, direction: run.direction, isFull: false)
        return zip(steps, inputs).enumerated().flatMap { index, pair in
            show(pair.0, pair.1, reconciler, references, index)
        }
    }

    private func show(
        _ step: Step,
        _ input: PairInput,
        _ reconciler: Reconciler,
        _ references: ReferenceTable,
        _ index: Int
    ) -> [Shown] {
        guard isCompared else { return [Shown(index: index, step: step)] }
        let decision = reconciler.decide(input, references: references)
        let updates = reconciler.steps(for: decision, input: input, label: step.label)
        var coupling = step
        coupling.fields = updates.crm?.fields ?? []
        var shown = [Shown(index: index, step: coupling)]
        if !decision.undecided.isEmpty { shown[0].questions = [question(step, input, decision)] }
        shown[0].failures = Side.allCases.compactMap { failure(step, input, decision, $0) }
        if let update = updates.erp { shown.append(Shown(index: index, step: update)) }
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
