import CoupletCore
import CoupletPorts

extension Engine {
    /// Synchronizes what changed, or everything; see `Synchronize`.
    /// - Parameters:
    ///   - action: What is asked for.
    ///   - context: Who asks.
    ///   - turn: The mapping's turn by its schedule; nil where a person asks.
    /// - Returns: What was done, or what waits for approval.
    /// - Throws: `CoupletError`, or `CancellationError` when interrupted.
    package func synchronize(
        _ action: Synchronize,
        _ context: ActionContext,
        turn: ScheduledTurn? = nil
    ) async throws -> RunOrPlan {
        if action.mapping == nil, !action.keys.isEmpty {
            throw CoupletError("sync.keysWithoutMapping", status: .wrongUse)
        }
        let all = try await mappings(of: action)
        var mappings = action.mapping == nil ? all.filter { $0.pausedAt == nil } : all
        if action.continues {
            let done = try await store.read { try LastFullRun($0) }
            if done.isOpen { mappings.removeAll { done.done.contains($0.name) } }
        }
        let asked = mappings
        let isWhole = action.isFull && action.mapping == nil && action.keys.isEmpty
        let name = isWhole ? Self.fullName : Synchronize.name
        var result = try await RunSession.run(
            name,
            context,
            isPreview: action.isPreview,
            hasRead: turn?.hasRead == true,
            asked: action.asked
        ) { session in
            var runs: [MappingRun] = []
            for mapping in asked {
                // A person who names a paused mapping wants it; its own turn may have come before it was paused.
                if turn != nil, try await isPaused(mapping.name) { continue }
                guard let direction = mapping.direction.intersection(action.direction) ?? action.forced else {
                    continue
                }
                let putsBack = action.isFull || action.putsBack
                let run = try await session.open(
                    mapping,
                    direction,
                    isFull: putsBack,
                    writes: true,
                    isMeasured: action.keys.isEmpty
                )
                // Who names a mapping is told at once why there is nothing to be seen.
                if action.mapping != nil {
                    try await session.prepare(run, isFull: action.isFull)
                } else if try await !session.prepareOrLeaveOut(run, isFull: action.isFull) {
                    continue
                }
                if action.keys.isEmpty {
                    try await synchronizeAll(action, run, session)
                } else {
                    try await session.hold(run, synchronizeNamed(action, run))
                }
                if !session.isPreview { session.book.charge(run.mainJob, run.context) }
                if isWhole, !session.isPreview { try await session.book.close(mapping.name) }
                // What waits for approval is not gone over again: its steps must not be sent.
                if !session.book.isHeld(mapping.name) { runs.append(run) }
            }
            if action.keys.isEmpty, !session.isPreview { try await synchronizeReferrers(runs, session) }
        }
        // A mapping that a person names is synchronized although it is paused: that is what was asked for.
        if action.mapping == nil { result.paused = all.filter { $0.pausedAt != nil }.map(\.name) }
        return result
    }

    /// Synchronizes mappings once more that were worked before a mapping they refer to: what is coupled there now may
    /// be what some of their fields or records waited for.
    private func synchronizeReferrers(_ runs: [MappingRun], _ session: RunSession) async throws {
        for (position, run) in runs.enumerated() {
            let later = Set(runs[(position + 1)...].map(\.context.name).filter(session.book.hasCoupled))
            let references = run.context.mapping.enabledFields.compactMap(\.reference)
            guard references.contains(where: { !later.isDisjoint(with: $0.mappings) }) else { continue }
            try await run.synchronize(
                MappingRun.Selection(scope: .pending, choice: nil, isAsked: false, isRepeated: true)
            )
            try await session.hold(run, run.createAgain())
            session.book.charge(run.mainJob, run.context)
        }
    }

    private func isPaused(_ name: String) async throws -> Bool {
        try await store.read { try MappingService.mapping(named: name, in: $0).pausedAt != nil }
    }

    private func mappings(of action: Synchronize) async throws -> [TableMapping] {
        try await store.read { transaction in
            if let name = action.mapping { return [try MappingService.mapping(named: name, in: transaction)] }
            let all = try StepOrdering.ordered(transaction.mappings())
            if all.isEmpty { throw CoupletError("mapping.none", status: .wrongConfiguration) }
            return all
        }
    }

    private func synchronizeAll(_ action: Synchronize, _ run: MappingRun, _ session: RunSession) async throws {
        let selection = MappingRun.Selection(
            scope: action.isFull ? .all : .pending,
            choice: nil,
            isAsked: action.isFull
        )
        // Everything is planned before anything is written, so that the limits see the whole job.
        let planner = CouplingPlanner(run: run, choice: nil, isAsked: selection.isAsked)
        var planned = try await planner.plan(selection.scope)
        let changed = planned.steps
        let settled = try await DeletionStrategy(run: run).plan(self)
        for side in Side.allCases { planned.steps[side] += settled.restored[side] }
        let creates = action.creates || !run.context.mapping.onlyCoupled
        if creates { try await planCreates(run, &planned) }
        guard !session.isPreview else {
            if !creates { _ = try await run.createAgain() }
            return
        }
        let created = BySide(erp: planned.steps.erp - changed.erp, crm: planned.steps.crm - changed.crm)
        let holds = try await SafetyCheck(run: run).holds(changed: changed, created: created, gone: settled.gone)
        guard holds.isEmpty else { return try await session.hold(run, holds) }
        try await run.synchronize(selection, planned: planned)
        if settled.uncoupled + settled.emptied > 0 {
            try await StampClearing(run: run).clear(settled.stamped)
            try await CouplingSteps(run: run).carryOut(.uncouple, hasRead: false)
        }
        if !creates { try await session.hold(run, run.createAgain()) }
        try await SafetyCheck.remember(
            run.context,
            job: run.mainJob,
            store,
            always: planned.steps.erp + planned.steps.crm > 0 || action.isFull
        )
    }

    /// Plans counterparts for uncoupled records that match nothing, and asks about the others.
    func planCreates(_ run: MappingRun, _ planned: inout CouplingPlanner.Result) async throws {
        let matches = try await MatchFinder(run: run).find()
        try await matches.ask(run, about: matches.all)
        for target in run.context.mapping.createTargets where run.direction.writes(to: target) {
            let planner = CreationPlanner(
                run: run,
                target: target,
                withheld: matches.withheld(target),
                only: nil,
                isAsked: false
            )
            planned.steps[target] += try await planner.plan()
        }
    }

    /// Named records: a named direction says whose values stand.
    /// - Returns: Why creates are planned only, and must wait for approval; none where they are done.
    private func synchronizeNamed(_ action: Synchronize, _ run: MappingRun) async throws -> [Message] {
        var couplings: [Int64] = []
        var uncoupled: [RecordKey] = []
        for key in action.keys {
            let record = try await RecordKey.find(key, run.context, store)
            if let coupling = record.coupling { couplings.append(coupling.id) } else { uncoupled.append(record) }
        }
        if let first = uncoupled.first, !action.creates {
            throw CoupletError(
                "sync.notCoupled",
                ["mapping": run.context.name, "key": first.text],
                status: .wrongUse
            )
        }
        let choice: Side? =
            switch action.direction {
            case .bidirectional: nil
            case .toIntegrationTable: .erp
            case .fromIntegrationTable: .crm
            }
        if choice != nil, couplings.count > 1 { couplings = try await leaveOutNewer(couplings, action, run) }
        if !couplings.isEmpty {
            try await run.synchronize(
                MappingRun.Selection(scope: .couplings(couplings.sorted()), choice: choice, isAsked: true)
            )
        }
        guard !uncoupled.isEmpty else { return [] }
        let matches = try await MatchFinder(run: run).find()
        try await matches.ask(run, about: uncoupled.filter { $0.side == .erp }.map(\.id))
        var holds: [Message] = []
        for target in run.targets {
            let only = Set(uncoupled.filter { $0.side == target.other }.map(\.id))
            guard !only.isEmpty else { continue }
            holds += try await run.create(on: target, withheld: matches.withheld(target), only: only)
        }
        return holds
    }
}

extension Engine {
    /// Those of several named couplings that a direction overwrites nothing newer of; the others are listed, not written.
    private func leaveOutNewer(_ couplings: [Int64], _ action: Synchronize, _ run: MappingRun) async throws -> [Int64] {
        let context = run.context
        let now = clock.now
        let (kept, left) = try await store.read { transaction in
            var kept: [Int64] = []
            var left: [PlanView.StepView] = []
            let states = try transaction.couplingStates(
                mapping: context.name,
                feeds: context.feedIDs,
                scope: .couplings(couplings.sorted()),
                now: now,
                after: 0,
                limit: couplings.count
            )
            let inputs = try CouplingInput.all(states, context.program, transaction)
            let references = try context.answers(context.program.referenceQuestions(inputs.map(\.input)), transaction)
            for input in inputs {
                let forced = ForcedDecision(input, action.direction, context, references, putsBack: action.putsBack)
                guard forced.overwritesNewer else {
                    kept.append(input.state.coupling.id)
                    continue
                }
                left += forced.steps.map { stored in
                    var stored = stored
                    stored.state = .leftOut
                    stored.reason = Message("offer.otherSideNewer")
                    return PlanView.StepView(stored)
                }
            }
            return (kept, left)
        }
        run.book.note(leftOut: left)
        return kept
    }
}

extension Synchronize {
    /// For a named mapping the asked direction, so that one it does not have is refused; nil passes other mappings over.
    fileprivate var forced: Direction? { mapping == nil ? nil : direction }
}
