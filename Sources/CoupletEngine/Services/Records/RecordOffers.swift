package import CoupletCore
import CoupletPorts

extension RecordService {
    /// The directions to choose from for some records, and what each would do; see `OfferSynchronization`.
    func offer(_ action: OfferSynchronization, progress: @escaping ProgressSink) async throws -> SynchronizationOffer {
        guard !action.keys.isEmpty else {
            throw CoupletError("offer.noKeys", ["mapping": action.mapping], status: .wrongUse)
        }
        let context = try await refreshed(action.mapping, progress)
        var leftOut: [SynchronizationOffer.LeftOut] = []
        var texts: [Int64: String] = [:]
        for text in action.keys {
            let key = try await RecordKey.find(text, context, store)
            if let coupling = key.coupling {
                texts[coupling.id] = text
            } else {
                let reason = Message("offer.uncoupled")
                leftOut.append(SynchronizationOffer.LeftOut(key: text, name: key.record.name, reason: reason))
            }
        }
        var batch = try await states(context, .couplings(texts.keys.sorted()), after: 0, references: true)
        if try await readUnkept(batch, context) {
            batch = try await states(context, .couplings(texts.keys.sorted()), after: 0, references: true)
        }
        let inputs = batch.inputs.filter { input in
            let reason = Self.reason(toLeaveOut: input, isAlone: action.keys.count == 1)
            if let reason { leftOut.append(SynchronizationOffer.LeftOut(input, reason, texts)) }
            return reason == nil
        }
        let direction = context.mapping.direction
        let isAlone = action.keys.count == 1
        let offer =
            inputs.count == 1 && isAlone
            ? DirectionOffer(Situation(inputs[0], context, batch.references).situation)
            : DirectionOffer(several: direction)
        let choices = offer.choices.map { choice in
            Self.choice(choice, inputs, context, batch.references, texts, isAlone: isAlone)
        }
        return SynchronizationOffer(
            mapping: context.name,
            question: offer.question,
            recommended: offer.recommended,
            choices: inputs.isEmpty ? [] : choices,
            leftOut: leftOut
        )
    }

    /// Reads what is not kept of records that have changed in it, so that each choice says what it would write.
    /// - Returns: Whether there was anything to read.
    func readUnkept(_ batch: CouplingPlanner.Batch, _ context: MappingContext) async throws -> Bool {
        let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: true)
        var ids = BySide<[RecordID]>(erp: [], crm: [])
        for input in batch.inputs {
            let decision = reconciler.decide(input.input, references: batch.references)
            guard decision.isAwaited else { continue }
            for side in Side.allCases where decision.unread[side] { ids[side].append(input.input.ids[side]) }
        }
        for side in Side.allCases { try await RecordFetcher(store: store).fetch(ids[side].sorted(), context, side) }
        return !ids.erp.isEmpty || !ids.crm.isEmpty
    }

    /// Reads the same where the systems answer.
    func hasReadUnkept(_ batch: CouplingPlanner.Batch, _ context: MappingContext) async throws -> Bool {
        do {
            return try await readUnkept(batch, context)
        } catch is ConnectorError {
            return false
        }
    }

    /// Why a record takes no part in any direction; nil where it does.
    private static func reason(toLeaveOut input: CouplingInput, isAlone: Bool) -> Message? {
        if input.input.isDeleted.erp { return Message("skip.erpDeleted") }
        if input.input.isDeleted.crm { return Message("skip.crmDeleted") }
        if input.input.isOutOfScope.erp || input.input.isOutOfScope.crm { return Message("skip.outOfScope") }
        let isParked = Side.allCases.contains { input.state.failures[$0]?.disposition == .parked }
        // Who names a record alone wants it tried again.
        return isParked && !isAlone ? Message("state.parked") : nil
    }

    /// What a direction would do with the records.
    private static func choice(
        _ direction: Direction,
        _ inputs: [CouplingInput],
        _ context: MappingContext,
        _ references: ReferenceTable,
        _ texts: [Int64: String],
        isAlone: Bool
    ) -> SynchronizationOffer.Choice {
        var choice = SynchronizationOffer.Choice(direction: direction)
        for input in inputs {
            let putsBack = context.mapping.putsBack(direction, isAlone: isAlone)
            let forced = ForcedDecision(input, direction, context, references, putsBack: putsBack)
            choice.putsBack = choice.putsBack || putsBack
            if !isAlone, forced.overwritesNewer {
                choice.leftOut.append(SynchronizationOffer.LeftOut(input, Message("offer.otherSideNewer"), texts))
                continue
            }
            choice.steps += forced.steps.map(PlanView.StepView.init)
            choice.open += forced.decision.conflicts + forced.decision.undecided
        }
        return choice
    }
}

extension TableMapping {
    /// Whether synchronizing in a direction writes over edits of a one-way mapping's target: for a record that a person
    /// names alone, where they choose the mapping's own direction.
    package func putsBack(_ chosen: Direction, isAlone: Bool) -> Bool {
        isAlone && chosen == direction && chosen != .bidirectional
    }
}

/// What synchronizing one coupled record in a named direction comes to.
struct ForcedDecision {
    let decision: PairDecision
    /// The steps, as a plan would store them.
    let steps: [StoredStep]
    /// Whether an edit of the written side would be written over.
    let overwritesNewer: Bool

    init(
        _ coupling: CouplingInput,
        _ direction: Direction,
        _ context: MappingContext,
        _ references: ReferenceTable,
        putsBack: Bool
    ) {
        var input = coupling.input
        let choice = direction.source
        input.choice = choice
        let reconciler = Reconciler(
            program: context.program,
            direction: context.mapping.direction.intersection(direction) ?? direction,
            isFull: putsBack
        )
        let decided = reconciler.decide(input, references: references)
        decision = decided
        let settled = input.base
        let made = reconciler.steps(for: decided, input: input, label: MappingRun.label(of: coupling.state))
        steps = [Side.crm, .erp].compactMap { made[$0] }.map { step in
            var step = step
            step.key = coupling.state.records.erp?.key ?? coupling.state.coupling.ids.erp.description
            return StoredStep(plan: 0, job: nil, step: step, state: .planned)
        }
        let target = choice?.other
        overwritesNewer =
            target.map { target in
                decided.writes[target].contains { write in
                    // Without a base nobody has compared the values yet.
                    guard let base = settled?.values(of: write.field) else { return !write.before.isBlank }
                    return write.before != base[target]
                }
            } ?? false
    }
}

/// How a coupled record stands, for choosing a direction.
private struct Situation {
    let situation: DirectionOffer.Situation

    init(_ coupling: CouplingInput, _ context: MappingContext, _ references: ReferenceTable) {
        let direction = context.mapping.direction
        let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: false)
        let decision = reconciler.decide(coupling.input, references: references)
        let isContested = !decision.conflicts.isEmpty || !decision.undecided.isEmpty
        var isChanged = BySide(
            erp: !decision.writes.crm.isEmpty || isContested,
            crm: !decision.writes.erp.isEmpty || isContested
        )
        // An edit of a one-way mapping's target shows as drift.
        if let source = direction.source, !decision.drift.isEmpty { isChanged[source.other] = true }
        situation = DirectionOffer.Situation(
            direction: direction,
            isChanged: isChanged,
            isContested: isContested,
            isDifferent: direction.source.map { !decision.writes[$0.other].isEmpty || !decision.drift.isEmpty }
                ?? isContested
        )
    }
}

extension Direction {
    /// The side whose values flow; nil where both do.
    var source: Side? {
        switch self {
        case .bidirectional: nil
        case .toIntegrationTable: .erp
        case .fromIntegrationTable: .crm
        }
    }
}

extension SynchronizationOffer.LeftOut {
    /// A record under the key that the person gave for it.
    fileprivate init(_ input: CouplingInput, _ reason: Message, _ texts: [Int64: String]) {
        let state = input.state
        self.init(
            key: texts[state.coupling.id] ?? state.coupling.ids.erp.description,
            name: state.records.erp?.name ?? state.records.crm?.name ?? "",
            reason: reason
        )
    }
}
