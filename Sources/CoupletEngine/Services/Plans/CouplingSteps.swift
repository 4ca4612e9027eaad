import CoupletCore
import CoupletPorts

/// Carries out the stored steps of a mapping that couple and uncouple: they write to neither system.
struct CouplingSteps: Sendable {
    static let batchSize = 1000

    let run: MappingRun

    /// Carries out every planned step of a kind; one whose records have moved is left out.
    /// - Parameters:
    ///   - action: Which steps: those that couple, which come before what is written, or those that uncouple. What gives
    ///     a moved record its former counterpart back comes with these, after what is put back at the present one.
    ///   - hasRead: Whether both tables were just read in full, so that the content of uncoupled records is known.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func carryOut(_ action: Step.Action, hasRead: Bool) async throws {
        let inFlight = try await InFlight.load(run.context.name, run.store)
        var after: Int64 = 0
        while true {
            let (plan, position) = (run.plans.couplings, after)
            let page = try await run.store.read {
                try $0.steps(plan: plan, state: .planned, after: position, limit: Self.batchSize)
            }
            guard let last = page.last else { return }
            after = last.id
            let steps = page.filter { ($0.step.endsCoupling ? .uncouple : $0.step.action) == action }
            guard !steps.isEmpty else { continue }
            if !hasRead { try await read(steps) }
            try await run.readDisplaced(by: steps.map(\.step))
            let parted = try await rows(of: steps)
            let run = run
            let tally = try await run.store.write { transaction in
                var tally = JobTally()
                for stored in steps { try self.carryOut(stored, inFlight, &tally, transaction) }
                for rows in parted { try rows.stage(run.context, transaction) }
                try run.book.keep(tally, transaction)
                return tally
            }
            run.book.count(tally)
            try Task.checkCancellation()
        }
    }

    /// Reads the records that are uncoupled: what they hold is known no more once the coupling's base is gone.
    private func read(_ steps: [StoredStep]) async throws {
        let uncoupled = steps.map(\.step).filter { $0.action == .uncouple }
        guard !uncoupled.isEmpty else { return }
        for side in Side.allCases {
            let ids = uncoupled.compactMap { $0.ids[side] }.sorted()
            try await RecordFetcher(store: run.store).fetch(ids, run.context, side)
        }
    }

    /// What the records of pairs hold that were uncoupled and are coupled with their base again: changes in between were
    /// nobody's to note.
    private func rows(of steps: [StoredStep]) async throws -> [RecordFetcher.Rows] {
        let restored = steps.map(\.step).filter { $0.action == .couple && $0.undoes != nil }
        guard !restored.isEmpty else { return [] }
        var rows: [RecordFetcher.Rows] = []
        for side in Side.allCases {
            let ids = restored.compactMap { $0.ids[side] }.sorted()
            rows.append(try await RecordFetcher(store: run.store).read(ids, run.context, side))
        }
        return rows
    }

    private func carryOut(
        _ stored: StoredStep,
        _ inFlight: InFlight,
        _ tally: inout JobTally,
        _ transaction: any StoreWriting
    ) throws {
        var stored = stored
        stored.job = run.jobs.crm ?? run.jobs.erp
        let obstacle: Message?
        switch stored.step.action {
        case .couple:
            obstacle = try StepCheck.obstacle(toCoupling: stored.step, inFlight, run.context, transaction)
            if obstacle == nil { try Self.couple(stored, run, transaction) }
        case .uncouple:
            obstacle = try uncouple(stored, inFlight, transaction)
        case .create, .update, .delete: return
        }
        stored.state = obstacle == nil ? .applied : .leftOut
        stored.reason = obstacle
        if obstacle == nil {
            tally.note(stored.step.action, job: stored.job)
        } else {
            tally.noteSkipped(job: stored.job)
        }
        try transaction.update([stored])
    }

    /// Couples two records, in place of what the step ends; with the base that they had, where it undoes an uncoupling.
    static func couple(_ stored: StoredStep, _ run: MappingRun, _ transaction: any StoreWriting) throws {
        let step = stored.step
        guard let erp = step.ids.erp, let crm = step.ids.crm else { return }
        var isOutOfScope = BySide(erp: false, crm: false)
        for displaced in step.displaces ?? [] {
            // Reading what is displaced may have shown that its record has left the filter meanwhile; nobody looks at the
            // same version again.
            if let former = try transaction.coupling(displaced) {
                if former.ids.erp == erp { isOutOfScope.erp = former.isOutOfScope.erp }
                if former.ids.crm == crm { isOutOfScope.crm = former.isOutOfScope.crm }
            }
            try release(displaced, of: stored, run, transaction)
        }
        let restored = try step.undoes.flatMap { try transaction.historyEntry($0) }
        let made = try transaction.insert(
            Coupling(
                mapping: step.mapping,
                ids: BySide(erp: erp, crm: crm),
                choice: step.choice ?? restored?.choice,
                isOutOfScope: isOutOfScope,
                run: run.book.run.id
            )
        )
        if let base = try restored?.storedBase(transaction) { try transaction.save([(coupling: made, base: base)]) }
        let now = run.clock.now
        if var question = try transaction.openQuestion(mapping: step.mapping, side: .erp, record: erp) {
            question.closedAt = now
            _ = try transaction.save(question)
        }
        for target in Side.allCases {
            let source = target == .crm ? erp : crm
            try transaction.removeFailure(mapping: step.mapping, target: target, source: source)
        }
        try transaction.append(
            HistoryEntry.pair(step, number: stored.id, job: stored.job, run: run.book.run.id, coupling: made, at: now)
        )
    }

    /// Removes a coupling with what is open about it, and keeps its base in the history.
    private func uncouple(
        _ stored: StoredStep,
        _ inFlight: InFlight,
        _ transaction: any StoreWriting
    ) throws -> Message? {
        let step = stored.step
        let now = run.clock.now
        let state = try step.coupling.flatMap { number in
            try transaction.couplingStates(
                mapping: step.mapping,
                feeds: run.context.feedIDs,
                scope: .couplings([number]),
                now: now,
                after: 0,
                limit: 1
            ).first
        }
        guard let state, state.coupling.ids.erp == step.ids.erp, state.coupling.ids.crm == step.ids.crm else {
            return Message("plan.obstacle.uncoupled")
        }
        guard !inFlight.couplings.contains(state.coupling.id) else { return Message("plan.obstacle.inFlight") }
        try Self.forget(state, now, transaction)
        try transaction.append(
            HistoryEntry.pair(
                step,
                number: stored.id,
                job: stored.job,
                run: run.book.run.id,
                coupling: state.coupling.id,
                at: now,
                base: state.base,
                choice: state.coupling.choice
            )
        )
        return nil
    }
}

extension CouplingSteps {
    /// Removes a coupling with what is open about it.
    static func forget(_ state: CouplingState, _ now: Instant, _ transaction: any StoreWriting) throws {
        if var question = state.question {
            question.closedAt = now
            _ = try transaction.save(question)
        }
        for target in Side.allCases {
            let source = state.coupling.ids[target.other]
            try transaction.removeFailure(mapping: state.coupling.mapping, target: target, source: source)
        }
        try transaction.removeCoupling(state.coupling.id)
    }

    /// Removes a coupling whose place another one takes, and keeps its base in the history.
    static func release(
        _ coupling: Int64,
        of stored: StoredStep,
        _ run: MappingRun,
        _ transaction: any StoreWriting
    ) throws {
        let now = run.clock.now
        let states = try transaction.couplingStates(
            mapping: run.context.name,
            feeds: run.context.feedIDs,
            scope: .couplings([coupling]),
            now: now,
            after: 0,
            limit: 1
        )
        guard let state = states.first else { return }
        try forget(state, now, transaction)
        try transaction.append(
            HistoryEntry.pair(
                Step(uncoupling: state),
                number: stored.id,
                job: stored.job,
                run: run.book.run.id,
                coupling: coupling,
                at: now,
                base: state.base,
                choice: state.coupling.choice
            )
        )
    }
}

/// Steps that may have arrived without anybody knowing yet.
struct InFlight: Sendable {
    /// The couplings that they change.
    var couplings: Set<Int64> = []
    /// The records whose counterparts they create.
    var sources: Set<RecordID> = []

    /// The steps of a mapping.
    static func load(_ mapping: String, _ store: any StateStore) async throws -> InFlight {
        try await store.read { try load(mapping, $0) }
    }

    static func load(_ mapping: String, _ transaction: any StoreReading) throws -> InFlight {
        var result = InFlight()
        for step in try transaction.sentSteps(of: mapping).map(\.step) {
            if let coupling = step.coupling { result.couplings.insert(coupling) }
            if step.action == .create, let source = step.ids[step.target.other] { result.sources.insert(source) }
        }
        return result
    }
}

extension StoreReading {
    /// All steps of a mapping that may have arrived without anybody knowing.
    func sentSteps(of mapping: String) throws -> [StoredStep] {
        var found: [StoredStep] = []
        var after: Int64 = 0
        while true {
            let page = try sentSteps(after: after, limit: CouplingSteps.batchSize)
            guard let last = page.last else { return found }
            found += page.filter { $0.step.mapping == mapping }
            after = last.id
        }
    }
}

extension HistoryEntry {
    /// The base that the entry keeps, if there is one.
    func storedBase(_ transaction: any StoreReading) throws -> Base? {
        guard let base, let number = Base.layoutNumber(ofBlob: base), let layout = try transaction.layout(number) else {
            return nil
        }
        return Base(blob: base, layout: layout)
    }
}

extension Step {
    /// Whether it ends a coupling whose records may have been written by the same plan before.
    fileprivate var endsCoupling: Bool {
        action == .uncouple || action == .couple && undoes != nil && displaces?.isEmpty == false
    }
}
