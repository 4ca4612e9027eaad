import CoupletCore
import CoupletPorts

/// Turns the reconciler's decision about one coupling into what is stored, written and counted.
struct CouplingDecider {
    let run: MappingRun
    let reconciler: Reconciler
    let references: ReferenceTable
    let isAsked: Bool
    let now: Instant
    /// The decision about every conflict that a preview is to show.
    var shownResolution: CouplingPlanner.ShownResolution?

    func decide(_ coupling: CouplingInput, into result: inout BatchDecisions) {
        let state = coupling.state
        var input = coupling.input
        if input.base == nil, input.firstChoice == nil, !isAsked {
            result.skip(.uncompared)
            return
        }
        var decision = run.context.decisions.reconcile(input, references: references, by: reconciler)
        if decision.isAwaited {
            if mayRead(decision, state, &result) {
                for side in Side.allCases where decision.unread[side] {
                    result.awaited[side].insert(state.coupling.ids[side])
                }
                noteUnread(decision, state, &result)
            }
            return
        }
        let resolutions = valid(state.conflict, state, decision)
        if !resolutions.isEmpty {
            input.resolutions = resolutions
            decision = run.context.decisions.reconcile(input, references: references, by: reconciler)
            leaveValueToSecondPass(&decision, resolutions)
        }
        if let skip = decision.skip {
            note(skip, state, &result)
            if let row = input.observed.crm, let absorber = run.context.program.absorber(of: row, side: .crm) {
                result.absorbed.append(BatchDecisions.Absorbed(coupling: state.coupling, by: absorber))
            }
            return
        }
        noteUnread(decision, state, &result)
        let isHeld = hold(&decision, state, &result)
        let label = MappingRun.label(of: state)
        add(reconciler.steps(for: decision, input: input, label: label), state, &result)
        keep(decision, state, label, resolutions, &result)
        settle(decision, coupling, &result)
        let isOpen = !decision.conflicts.isEmpty || !decision.undecided.isEmpty || !decision.problems.isEmpty
        guard decision.writes.erp.isEmpty, decision.writes.crm.isEmpty, !isOpen, !isHeld else { return }
        if decision.waits.isEmpty { result.unchanged += 1 }
        // What is observed and not settled, though nothing is to be done: drift, or an optional reference that waits.
        let isObserved = input.observed.erp != nil || input.observed.crm != nil
        let isRead = !decision.unread.erp && !decision.unread.crm
        let isCompared = input.base != nil || !decision.agreements.isEmpty
        if isObserved, isRead, isCompared, !decision.waits.contains(where: \.required) {
            result.resting.append(state.coupling.id)
        }
    }

    /// The resolutions that still mean what the person saw; with a value equal to the ERP's, the ERP's side stands.
    private func valid(
        _ conflict: ConflictRecord?,
        _ state: CouplingState,
        _ decision: PairDecision
    ) -> [String: Resolution] {
        if run.isPreview, let shown = shownResolution, conflict != nil {
            let fields = decision.conflicts.map(\.field).filter { shown.field == nil || $0 == shown.field }
            return Dictionary(fields.map { ($0, .take(shown.side)) }, uniquingKeysWith: { first, _ in first })
        }
        guard let conflict, !conflict.resolutions.isEmpty else { return [:] }
        var result: [String: Resolution] = [:]
        for difference in decision.conflicts {
            guard let resolution = conflict.resolutions[difference.field],
                conflict.fields.contains(where: {
                    run.context.program.isSame($0, difference, ids: state.coupling.ids)
                })
            else { continue }
            if case .value(let value) = resolution, value == difference.present.erp {
                result[difference.field] = .take(.erp)
            } else {
                result[difference.field] = resolution
            }
        }
        return result
    }

    /// A typed value goes to the ERP first; once it stands there the CRM gets it as the ERP's, so that a crash between
    /// the two writes can never turn the old CRM value into an edit.
    private func leaveValueToSecondPass(_ decision: inout PairDecision, _ resolutions: [String: Resolution]) {
        let written = Set(decision.writes.erp.filter { $0.cause == .resolution }.map(\.field))
        decision.writes.crm.removeAll { write in
            guard case .value = resolutions[write.field] else { return false }
            return write.cause == .resolution && written.contains(write.field)
        }
    }

    private func note(_ skip: SkipReason, _ state: CouplingState, _ result: inout BatchDecisions) {
        switch skip {
        case .unread:
            result.unread.erp.append(state.coupling.ids.erp)
            result.unread.crm.append(state.coupling.ids.crm)
            result.unreadCouplings.append(state.coupling.id)
        case .outOfScope, .erpDeleted, .crmDeleted, .uncompared: result.skip(skip)
        }
    }

    private func noteUnread(_ decision: PairDecision, _ state: CouplingState, _ result: inout BatchDecisions) {
        for side in Side.allCases where decision.unread[side] {
            result.unread[side].append(state.coupling.ids[side])
            result.unreadCouplings.append(state.coupling.id)
        }
    }

    /// Whether values that are not kept are read now: not again for what failed or waits, and stands as it was.
    private func mayRead(_ decision: PairDecision, _ state: CouplingState, _ result: inout BatchDecisions) -> Bool {
        var mayRead = true
        for target in Side.allCases {
            let waits = decision.waits.contains { $0.source == target.other }
            if waits, decision.awaited[target].isEmpty {
                keepFailure(decision, state, MappingRun.label(of: state), target, &result)
                mayRead = false
            }
            guard !isAsked, let failure = state.failures[target] else { continue }
            let isSame =
                failure.sourceVersion == state.records[target.other]?.version ?? ""
                && failure.targetVersion == state.records[target]?.version ?? ""
            switch failure.disposition {
            case .parked where isSame: result.open.append(.parked(failure.source))
            case .retrying where failure.nextAt.map { now < $0 } == true: result.open.append(.failed(failure.source))
            case .parked, .retrying, .waiting: continue
            }
            mayRead = false
        }
        return mayRead
    }

    /// Leaves out writes that failed before and whose cause has not changed, or whose pause is not over.
    /// - Returns: Whether there are such.
    private func hold(_ decision: inout PairDecision, _ state: CouplingState, _ result: inout BatchDecisions) -> Bool {
        let before = result.keptFailures.count
        for target in Side.allCases {
            guard let failure = state.failures[target], !isAsked else { continue }
            switch failure.disposition {
            case .parked:
                let isSame =
                    failure.sourceVersion == state.records[target.other]?.version ?? ""
                    && failure.targetVersion == state.records[target]?.version ?? ""
                guard isSame else { continue }
                decision.writes[target] = []
                decision.problems.removeAll { $0.target == target }
                result.open.append(.parked(failure.source))
                result.keptFailures.insert(BatchDecisions.FailureKey(target, failure.source))
            case .retrying:
                guard let next = failure.nextAt, now < next else { continue }
                decision.writes[target] = []
                result.open.append(.failed(failure.source))
                result.keptFailures.insert(BatchDecisions.FailureKey(target, failure.source))
            case .waiting: continue
            }
        }
        return result.keptFailures.count > before
    }

    private func add(_ steps: BySide<Step?>, _ state: CouplingState, _ result: inout BatchDecisions) {
        for target in Side.allCases {
            guard var step = steps[target] else { continue }
            step.key = state.records.erp?.key ?? state.coupling.ids.erp.description
            step.versions = BySide(
                erp: state.records.erp?.version ?? "",
                crm: state.records.crm?.version ?? ""
            )
            if step.precondition.isEmpty {
                result.unread[target].append(state.coupling.ids[target])
                result.unreadCouplings.append(state.coupling.id)
            } else {
                result.steps.append(step)
            }
        }
    }

    /// Conflicts, questions and failures as they shall stand after this.
    private func keep(
        _ decision: PairDecision,
        _ state: CouplingState,
        _ label: String,
        _ resolutions: [String: Resolution],
        _ result: inout BatchDecisions
    ) {
        // What both sides have alike by now goes, though the rest is being settled: nothing would come back to it. A preview
        // names what stays open, and that is not what is being settled.
        let hasOthers = state.conflict?.fields.contains { resolutions[$0.field] == nil } ?? false
        if !decision.conflicts.isEmpty || (hasOthers && (resolutions.isEmpty || !run.isPreview)) {
            let open = decision.conflicts + (state.conflict?.fields.filter { resolutions[$0.field] != nil } ?? [])
            var conflict =
                state.conflict
                ?? ConflictRecord(
                    mapping: run.context.name,
                    coupling: state.coupling.id,
                    label: label,
                    fields: [],
                    foundAt: now
                )
            conflict.fields = open
            conflict.resolutions = resolutions
            conflict.closedAt = open.isEmpty ? now : nil
            result.conflicts.append(conflict)
        }
        if !decision.conflicts.isEmpty { result.open.append(.conflict(state.coupling.id)) }
        keepQuestion(decision, state, label, &result)
        for target in Side.allCases { keepFailure(decision, state, label, target, &result) }
    }

    private func keepQuestion(
        _ decision: PairDecision,
        _ state: CouplingState,
        _ label: String,
        _ result: inout BatchDecisions
    ) {
        if decision.undecided.isEmpty {
            guard var question = state.question, question.kind == .firstComparison else { return }
            question.closedAt = now
            result.questions.append(question)
            return
        }
        var question =
            state.question
            ?? QuestionRecord(
                mapping: run.context.name,
                kind: .firstComparison,
                side: .erp,
                record: state.coupling.ids.erp,
                coupling: state.coupling.id,
                label: label,
                askedAt: now
            )
        question.fields = decision.undecided
        result.questions.append(question)
        result.open.append(.question(state.coupling.ids.erp))
    }

    private func keepFailure(
        _ decision: PairDecision,
        _ state: CouplingState,
        _ label: String,
        _ target: Side,
        _ result: inout BatchDecisions
    ) {
        let source = state.coupling.ids[target.other]
        let problems = decision.problems.filter { $0.target == target }
        let waits = decision.waits.filter { $0.required && $0.source == target.other }
        let key = BatchDecisions.FailureKey(target, source)
        guard !problems.isEmpty || !waits.isEmpty else {
            // What planning found is cured when planning does not find it any more; what the remote refused, when it
            // takes a write.
            if let failure = state.failures[target], !result.keptFailures.contains(key),
                decision.writes[target].isEmpty || !failure.isRemote
            {
                result.curedFailures.append(key)
            }
            return
        }
        let disposition: FailureRecord.Disposition = problems.isEmpty ? .waiting : .parked
        result.failures.append(
            FailureRecord(
                mapping: run.context.name,
                target: target,
                source: source,
                coupling: state.coupling.id,
                label: label,
                messages: problems.map(\.message) + waits.map(Message.init(waiting:)),
                disposition: disposition,
                attempts: (state.failures[target]?.attempts ?? 0) + 1,
                sourceVersion: state.records[target.other]?.version ?? "",
                targetVersion: state.records[target]?.version ?? "",
                firstAt: state.failures[target]?.firstAt ?? now,
                lastAt: now,
                nextAt: nil,
                job: run.job(toward: target)
            )
        )
        result.open.append(disposition == .waiting ? .waiting(source) : .parked(source))
    }

    /// Agreements move the base at once; observations that the base now holds are not needed any more.
    private func settle(_ decision: PairDecision, _ coupling: CouplingInput, _ result: inout BatchDecisions) {
        var base = coupling.input.base
        if !decision.agreements.isEmpty {
            let context = run.context
            let moved = context.decisions.base(agreeing: decision.agreements, to: base, program: context.program)
            result.bases.append((coupling.state.coupling.id, moved))
            base = moved
        }
        guard let base else { return }
        for side in Side.allCases {
            guard let row = coupling.input.observed[side],
                run.context.program.isSettled(
                    row,
                    side: side,
                    record: coupling.state.coupling.ids[side],
                    base: base
                )
            else { continue }
            result.settled[side].append(coupling.state.coupling.ids[side])
        }
    }
}

extension Message {
    /// Says for which record another one waits.
    init(waiting wait: ReferenceWait) {
        self.init("wait.reference", ["field": wait.field, "mapping": wait.mapping, "value": wait.value])
    }
}
