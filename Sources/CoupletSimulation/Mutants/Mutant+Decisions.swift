import CoupletCore

/// Decisions about couplings that are wrong.
extension Mutant {
    static let decisions: [Mutant] = [
        .decision("base moved on a conflict", AlteredDecision { $0.agreements += $0.conflicts }),
        .decision(
            "conflict settled by itself, for the ERP",
            AlteredDecision { decision in
                decision.writes.crm += decision.conflicts.map { $0.write(to: .crm) }
                decision.conflicts = []
            }
        ),
        .decision(
            "question answered by itself, for the CRM",
            AlteredDecision { decision in
                decision.writes.erp += decision.undecided.map { $0.write(to: .erp) }
                decision.undecided = []
            }
        ),
        .decision(
            "one-way field written back to its source",
            AlteredDecision { decision in
                decision.writes.erp += decision.drift.map { $0.write(to: .erp) }
                decision.drift = []
            }
        ),
        .decision(
            "drift written over in a usual synchronization",
            AlteredDecision { decision in
                decision.writes.crm += decision.drift.map { $0.write(to: .crm) }
                decision.drift = []
            }
        ),
        .decision(
            "ERP always right: edits of the CRM are written over",
            AlteredDecision { decision in
                decision.writes.crm += decision.writes.erp.filter { $0.cause == .edit }.map(\.turned)
                decision.writes.erp.removeAll { $0.cause == .edit }
            }
        ),
        .decision(
            "blank values not written",
            AlteredDecision { decision in
                for side in Side.allCases { decision.writes[side].removeAll { $0.value.isBlank } }
            }
        ),
        .decision(
            "last edit of a record wins: both sides' edits written by one side",
            AlteredDecision { decision in
                guard !decision.writes.crm.isEmpty else { return }
                decision.writes.crm += decision.writes.erp.map(\.turned)
                decision.writes.erp = []
            }
        ),
        .decision(
            "reference written before its record is coupled",
            AlteredDecision { decision in
                decision.writes.crm += decision.waits.filter { $0.source == .erp }.map { wait in
                    let user = Vocabulary.id(6, 2).description
                    return FieldWrite(
                        field: wait.field,
                        value: .text(user),
                        source: .text(wait.value),
                        before: .null,
                        cause: .edit
                    )
                }
                decision.waits = []
            }
        ),
        .decision("field without a form passed over in silence", AlteredDecision { $0.problems = [] }),
        .decision("filter that lets everything through", EverythingInScope()),
    ]
}

/// Alters what was decided about each coupling.
private struct AlteredDecision: Decisions {
    let alter: @Sendable (inout PairDecision) -> Void

    init(_ alter: @escaping @Sendable (inout PairDecision) -> Void) { self.alter = alter }

    func reconcile(_ input: PairInput, references: ReferenceTable, by reconciler: Reconciler) -> PairDecision {
        var decision = reconciler.decide(input, references: references)
        alter(&decision)
        return decision
    }
}

/// Takes every record to be within its filter.
private struct EverythingInScope: Decisions {
    func isInScope(_ row: ObservedRow, side: Side, program: MappingProgram) -> Bool { true }
}

extension FieldDifference {
    /// Writes the other side's value as it is.
    fileprivate func write(to target: Side) -> FieldWrite {
        FieldWrite(
            field: field,
            value: present[target.other],
            source: present[target.other],
            before: present[target],
            cause: .edit
        )
    }
}

extension FieldWrite {
    /// The same field, written the other way.
    fileprivate var turned: FieldWrite {
        FieldWrite(field: field, value: before, source: before, before: source, cause: cause)
    }
}
