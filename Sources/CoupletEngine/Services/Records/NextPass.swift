import CoupletCore
import CoupletPorts

extension RecordService {
    /// When a record or its counterpart was last written by Couplet, and by which job; nil where it never was.
    func lastWrite(_ key: RecordKey, _ context: MappingContext) async throws -> ExplanationView.LastWrite? {
        let name = context.name
        return try await store.read { transaction in
            var newest: HistoryEntry?
            for side in Side.allCases {
                guard let id = side == key.side ? key.id : key.coupling?.ids[side] else { continue }
                let entries = try transaction.history(side: side, record: id, limit: 50)
                let found = entries.first { $0.mapping == name && $0.isConfirmed && $0.action.writes }
                if let found, found.id > (newest?.id ?? 0) { newest = found }
            }
            guard let newest else { return nil }
            return ExplanationView.LastWrite(
                at: newest.at,
                side: newest.side,
                run: newest.run,
                job: newest.job,
                action: try transaction.run(newest.run)?.action ?? ""
            )
        }
    }
}

extension Step.Action {
    /// Whether it changes a remote system.
    var writes: Bool {
        switch self {
        case .create, .update, .delete: true
        case .couple, .uncouple: false
        }
    }
}

/// What the next synchronization would do with a record, as far as what was read tells.
struct NextPass {
    /// What it would do, in words.
    let messages: [Message]

    /// For a coupling.
    init(_ decision: PairDecision, _ state: CouplingState, isUncompared: Bool) {
        var messages: [Message] = []
        if decision.skip == .outOfScope, state.question?.kind == .absorbedCounterpart {
            self.messages = [Message("next.asks")]
            return
        }
        if decision.skip != nil || isUncompared {
            self.messages = [Message("next.leftAlone")]
            return
        }
        for target in [Side.crm, .erp] {
            let writes = decision.writes[target]
            guard !writes.isEmpty else { continue }
            let fields = writes.map { $0.field.replacing("|", with: " / ") }.joined(separator: ", ")
            if let failure = state.failures[target] {
                switch failure.disposition {
                case .parked:
                    messages.append(Message("next.parked", ["side": target.rawValue]))
                    continue
                case .retrying:
                    let time = failure.nextAt?.description ?? ""
                    messages.append(Message("next.retries", ["side": target.rawValue, "time": time]))
                    continue
                case .waiting: break
                }
            }
            messages.append(Message("next.writes", ["side": target.rawValue, "fields": fields]))
        }
        if decision.isAwaited { messages.append(Message("next.unkept")) }
        if !decision.waits.isEmpty { messages.append(Message("next.waits")) }
        if !decision.conflicts.isEmpty || !decision.undecided.isEmpty { messages.append(Message("next.asks")) }
        self.messages = messages.isEmpty ? [Message("next.nothing")] : messages
    }

    /// For an uncoupled record.
    init(uncoupled state: RecordState, side: Side, _ mapping: TableMapping) {
        switch state {
        case .uncoupled where !mapping.onlyCoupled && mapping.createTargets.contains(side.other):
            messages = [Message("next.creates", ["side": side.other.rawValue])]
        case .question: messages = [Message("next.asks")]
        case .waiting: messages = [Message("next.waits")]
        case .unconfirmed: messages = [Message("next.looksUp")]
        default: messages = [Message("next.leftAlone")]
        }
    }
}

extension MappingContext {
    /// Because of which clauses of its side's filter a record is outside of it.
    func clauses(excluding row: ObservedRow, _ side: Side) -> [Message] {
        program.clauses(excluding: row, side: side).map { clause in
            Message(
                "explain.clause",
                ["clause": clause.text(in: FilterContext(side: side)), "side": side.rawValue]
            )
        }
    }
}
