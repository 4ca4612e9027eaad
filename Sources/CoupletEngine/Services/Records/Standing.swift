import CoupletCore
import CoupletPorts

/// How a record stands, and why, from the same decision that synchronizing would take.
struct Standing {
    let state: RecordState
    let reasons: [Message]

    /// How a coupling stands.
    init(
        _ coupling: CouplingInput,
        _ context: MappingContext,
        _ references: ReferenceTable,
        heldIn plan: Int64? = nil
    ) {
        let stored = coupling.state
        let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: false)
        let decision = reconciler.decide(coupling.input, references: references)
        if let skip = decision.skip, let state = RecordState(skip) {
            let gone = Side.allCases.compactMap { stored.failures[$0] }.filter(\.isDisappearance)
            let arguments = gone.first.map { ["cause": $0.causeID] } ?? [:]
            let others = gone.flatMap { $0.messages.dropFirst() }
            if state == .outOfScope, let question = stored.question, question.kind == .absorbedCounterpart {
                // Its counterpart is out of scope because it was merged, and a person has a say in that.
                let number = ["question": String(question.id)]
                self.init(.question, [Message("state.question", number), Message("explain.absorbed", number)])
                return
            }
            self.init(state, [Message("state." + state.rawValue, arguments)] + others)
            return
        }
        let failures = Side.allCases.compactMap { stored.failures[$0] }
        let retried = failures.filter { $0.disposition == .retrying }.flatMap(\.messages)
        let parked = failures.filter { $0.disposition == .parked }
        if !parked.isEmpty {
            self.init(.parked, [Message("state.parked")] + parked.flatMap(\.messages))
        } else if let waiting = failures.first(where: { $0.disposition == .waiting }) {
            self.init(.waiting, [Message("state.waiting")] + waiting.messages)
        } else if !decision.conflicts.isEmpty || (decision.isAwaited && stored.conflict != nil) {
            self.init(
                .conflict,
                [Message("state.conflict", ["conflict": stored.conflict.map { String($0.id) } ?? ""])]
                    + Self.fields(
                        "explain.conflict",
                        decision.isAwaited ? stored.conflict?.fields ?? [] : decision.conflicts
                    )
            )
        } else if let question = stored.question {
            self.init(
                .question,
                [Message("state.question", ["question": String(question.id)])]
                    + Self.fields("explain.different", question.fields)
            )
        } else if coupling.input.base == nil, coupling.input.firstChoice == nil {
            self.init(.uncompared, [Message("state.uncompared")] + Self.fields("explain.different", decision.undecided))
        } else if decision.isAwaited {
            self.init(awaiting: decision, coupling.input, retried, context, heldIn: plan)
        } else {
            // A reference that was never settled was left out when the record was made: only an edit that waits is open.
            let edits = decision.waits.filter { coupling.input.base?.values(of: $0.field) != nil }
            self.init(changes: decision, retried, waiting: edits, heldIn: plan)
        }
    }

    /// What changed, and why that did not go through yet.
    private init(
        changes decision: PairDecision,
        _ retried: [Message],
        waiting: [ReferenceWait],
        heldIn plan: Int64?
    ) {
        let changed = BySide(erp: !decision.writes.crm.isEmpty, crm: !decision.writes.erp.isEmpty)
        let writes =
            (decision.writes.crm + decision.writes.erp).map {
                Message("explain.changed", ["field": $0.field, "before": $0.before.told, "after": $0.value.told])
            } + retried
        if let plan, changed.erp || changed.crm {
            self.init(.held, [Self.held(plan)] + writes)
            return
        }
        switch (changed.erp, changed.crm) {
        case (true, true): self.init(.bothChanged, [Message("state.bothChanged")] + writes)
        case (true, false): self.init(.erpChanged, [Message("state.erpChanged")] + writes)
        case (false, true): self.init(.crmChanged, [Message("state.crmChanged")] + writes)
        case (false, false):
            if !decision.drift.isEmpty {
                self.init(.drift, [Message("state.drift")] + Self.fields("explain.drift", decision.drift))
            } else if !waiting.isEmpty {
                self.init(.waiting, [Message("state.waiting")] + waiting.map(Message.init(waiting:)))
            } else {
                self.init(.inSync, [Message("state.inSync")] + decision.waits.map(Message.init(waiting:)))
            }
        }
    }

    /// How a coupling stands of which values must be read that are not kept: that they changed is known from their digests.
    private init(
        awaiting decision: PairDecision,
        _ input: PairInput,
        _ retried: [Message],
        _ context: MappingContext,
        heldIn plan: Int64?
    ) {
        let fields = decision.awaited.erp + decision.awaited.crm
        let reasons = fields.map { Message("explain.unkept", ["field": $0]) } + retried
        // What was never compared goes from the side that was chosen; an edit of the target of a one-way field stays.
        func isChanged(_ side: Side) -> Bool {
            input.base == nil
                ? input.firstChoice == side
                : decision.awaited[side].contains { context.program.writes(field: $0, to: side.other) }
        }
        let changed = BySide(erp: isChanged(.erp), crm: isChanged(.crm))
        if let plan, changed.erp || changed.crm {
            self.init(.held, [Self.held(plan)] + reasons)
            return
        }
        let state: RecordState =
            switch (changed.erp, changed.crm) {
            case (true, true): .bothChanged
            case (true, false): .erpChanged
            case (false, true): .crmChanged
            // What is mapped since is no difference that anybody knows of.
            case (false, false): fields.isEmpty ? .inSync : .drift
            }
        self.init(state, [Message("state." + state.rawValue)] + reasons)
    }

    /// How an uncoupled record stands.
    init(
        uncoupled record: RemoteRecord,
        isInScope: Bool,
        question: QuestionRecord?,
        failure: FailureRecord?,
        isSent: Bool,
        side: Side,
        onlyCoupled: Bool,
        heldIn plan: Int64? = nil
    ) {
        if record.isDeleted {
            let state: RecordState = side == .erp ? .erpDeleted : .crmDeleted
            self.init(state, [Message("state." + state.rawValue)])
        } else if isSent {
            self.init(.unconfirmed, [Message("state.unconfirmed")])
        } else if let question {
            let unconfirmed = question.kind == .unconfirmedCreate ? [Message("explain.unconfirmed")] : []
            self.init(.question, [Message("state.question", ["question": String(question.id)])] + unconfirmed)
        } else if let failure, failure.disposition != .retrying {
            let isWaiting = failure.disposition == .waiting
            self.init(
                isWaiting ? .waiting : .parked,
                [Message(isWaiting ? "state.waiting" : "state.parked")] + failure.messages
            )
        } else if let plan {
            self.init(.held, [Self.held(plan)])
        } else if !isInScope {
            self.init(.outOfScope, [Message("state.outOfScope")])
        } else {
            self.init(
                .uncoupled,
                [Message("state.uncoupled")]
                    + (failure?.messages ?? (onlyCoupled ? [Message("explain.onlyCoupled")] : []))
            )
        }
    }

    private static func held(_ plan: Int64) -> Message { Message("state.held", ["plan": String(plan)]) }

    private init(_ state: RecordState, _ reasons: [Message]) {
        self.state = state
        self.reasons = reasons
    }

    private static func fields(_ code: String, _ differences: [FieldDifference]) -> [Message] {
        differences.map { difference in
            Message(
                code,
                ["field": difference.field, "erp": difference.present.erp.told, "crm": difference.present.crm.told]
            )
        }
    }
}

extension RecordState {
    /// The state that a reason for leaving a coupling alone stands for; nil where it is no state of its own.
    fileprivate init?(_ skip: SkipReason) {
        switch skip {
        case .outOfScope: self = .outOfScope
        case .erpDeleted: self = .erpDeleted
        case .crmDeleted: self = .crmDeleted
        case .uncompared: self = .uncompared
        case .unread: return nil
        }
    }
}
