import CoupletCore
import CoupletPorts

/// Decides what happens to couplings, batch by batch, and records what needs no write.
struct CouplingPlanner: Sendable {
    /// What planning left to do besides the stored steps.
    struct Result: Sendable {
        /// Records to read before their couplings can be decided, by side.
        var unread = BySide<[RecordID]>(erp: [], crm: [])
        /// The couplings that these belong to.
        var couplings: [Int64] = []
        /// How many steps were stored, by the side they write to.
        var steps = BySide(erp: 0, crm: 0)
    }

    static let batchSize = 1000

    let run: MappingRun
    /// The side whose values stand because a person named it for these very records.
    let choice: Side?
    /// Whether the couplings were named or everything is compared: then uncompared ones are compared, and parked ones
    /// tried again.
    let isAsked: Bool
    /// A decision about every conflict, for a preview: nothing keeps it with the conflicts.
    struct ShownResolution: Sendable {
        let side: Side
        /// Only this field; nil for all.
        let field: String?
    }

    /// The decision about every conflict that a preview is to show.
    var shownResolution: ShownResolution?
    /// Whether couplings without a change are counted; not where they were counted in this run before.
    var countsUnchanged = true

    /// Plans a scope of couplings.
    func plan(_ scope: CouplingScope) async throws -> Result {
        var result = Result()
        var after: Int64 = 0
        var done = 0
        let now = run.clock.now
        let total = try await total(scope)
        // What a write that is still on its way leaves behind would look like an edit.
        let inFlight = try await InFlight.load(run.context.name, run.store).couplings
        while true {
            let position = after
            var batch = try await load(scope, after: position, now: now)
            guard let last = batch.inputs.last else { break }
            if try await run.readKeys(lacking: batch.lacking) {
                batch = try await load(scope, after: position, now: now)
            }
            var decided = decide(batch, inFlight, now: now)
            if try await read(decided.awaited) {
                batch = try await load(scope, after: position, now: now)
                decided = decide(batch, inFlight, now: now)
            }
            if !countsUnchanged { (decided.unchanged, decided.skips) = (0, [:]) }
            if !mayRest(batch) { decided.resting = [] }
            for step in decided.steps { result.steps[step.target] += 1 }
            result.unread.erp += decided.unread.erp
            result.unread.crm += decided.unread.crm
            result.couplings += decided.unreadCouplings
            try await record(decided)
            after = last.state.coupling.id
            done += batch.inputs.count
            run.progress(ProgressEvent(stage: .planning, mapping: run.context.name, done: done, total: total))
            try Task.checkCancellation()
        }
        return result
    }

    /// Reads records whose values are not kept and are needed.
    /// - Returns: Whether there were any.
    private func read(_ awaited: BySide<Set<RecordID>>) async throws -> Bool {
        for side in Side.allCases where !awaited[side].isEmpty {
            try await RecordFetcher(store: run.store).fetch(awaited[side].sorted(), run.context, side)
        }
        return !awaited.erp.isEmpty || !awaited.crm.isEmpty
    }

    /// Refuses an answer to a first comparison whose values have moved since it was asked, and asks anew.
    func requireUnmoved(_ question: QuestionRecord, _ coupling: Int64) async throws {
        let now = run.clock.now
        let batch = try await load(.couplings([coupling]), after: 0, now: now)
        guard let input = batch.inputs.first else { return }
        let reconciler = Reconciler(program: run.context.program, direction: run.direction, isFull: run.isFull)
        let undecided = run.context.decisions
            .reconcile(input.input, references: batch.references, by: reconciler).undecided
        let isMoved = !run.context.program.areSame(question.fields, undecided, ids: input.state.coupling.ids)
        guard isMoved, !undecided.isEmpty else { return }
        var asked = question
        asked.fields = undecided
        let stored = asked
        try await run.store.write { _ = try $0.save(stored) }
        throw CoupletError("question.moved", ["question": String(question.id)], status: .doneWithOpenItems)
    }

    struct Batch: Sendable {
        var inputs: [CouplingInput]
        var references: ReferenceTable
        /// Key tables that lacked an answer.
        var lacking: Set<MappingContext.KeyFeed> = []
    }

    /// Whether what has nothing to do may be left alone from now on: not where only one direction was looked at, or where
    /// nobody may be told when an answer comes.
    private func mayRest(_ batch: Batch) -> Bool {
        !run.isPreview && run.direction == run.context.mapping.direction && batch.lacking.isEmpty
    }

    private func total(_ scope: CouplingScope) async throws -> Int? {
        let name = run.context.name
        switch scope {
        case .all: return try await run.store.read { try $0.couplingCount(mapping: name) }
        case .couplings(let numbers): return numbers.count
        case .pending: return nil
        }
    }

    private func load(_ scope: CouplingScope, after: Int64, now: Instant) async throws -> Batch {
        let context = run.context
        let choice = choice
        return try await run.store.read { transaction in
            let states = try transaction.couplingStates(
                mapping: context.name,
                feeds: context.feedIDs,
                scope: scope,
                now: now,
                after: after,
                limit: Self.batchSize
            )
            var inputs = try CouplingInput.all(states, context.program, transaction)
            for index in inputs.indices { inputs[index].input.choice = choice }
            let questions = context.program.referenceQuestions(inputs.map(\.input))
            var lookup = ReferenceLookup(context, transaction)
            try lookup.answer(questions)
            return Batch(inputs: inputs, references: lookup.table, lacking: lookup.lacking)
        }
    }

    private func decide(_ batch: Batch, _ inFlight: Set<Int64>, now: Instant) -> BatchDecisions {
        let reconciler = Reconciler(program: run.context.program, direction: run.direction, isFull: run.isFull)
        var decisions = BatchDecisions()
        for input in batch.inputs {
            if inFlight.contains(input.state.coupling.id) {
                decisions.open.append(.failed(input.state.coupling.ids.erp))
                continue
            }
            let deciding = CouplingDecider(
                run: run,
                reconciler: reconciler,
                references: batch.references,
                isAsked: isAsked,
                now: now,
                shownResolution: shownResolution
            )
            deciding.decide(input, into: &decisions)
        }
        return decisions
    }

    private func record(_ decisions: BatchDecisions) async throws {
        run.tally.add(decisions.steps)
        let isPreview = run.isPreview
        let items = isPreview ? decisions.items : []
        if isPreview { run.tally.add(items) } else { decisions.count(in: run) }
        let context = run.context
        let plan = run.plans.parent
        let stored = decisions.steps.map {
            StoredStep(
                plan: run.plans[$0.target],
                job: isPreview ? nil : run.jobs[$0.target],
                step: $0,
                state: .planned
            )
        }
        try await run.store.write { transaction in
            _ = try transaction.append(stored)
            if isPreview {
                try transaction.append(items, plan: plan)
            } else {
                try decisions.record(context, transaction)
            }
        }
    }
}
