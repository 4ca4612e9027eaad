extension Reconciler {
    /// Whether a record as a whole is in conflict: its mapping takes records as one, both sides changed something that
    /// they are the source of, and a two-way field differs because of it.
    ///
    /// A target edit of a one-way field is no change here: it stays as drift, and would put every later edit in conflict.
    func isContested(_ changed: BySide<FieldMask>, _ input: PairInput, _ references: ReferenceTable) -> Bool {
        guard program.mapping.conflictRules.scope == .record, input.base != nil else { return false }
        let areChanged = Side.allCases.allSatisfy { side in
            program.fields.indices.contains { index in
                changed[side].contains(index) && program.directions[index]?.writes(to: side.other) == true
            }
        }
        return areChanged
            && program.fields.indices.contains { index in
                let isChanged = changed.erp.contains(index) || changed.crm.contains(index)
                return isChanged && program.directions[index] == .bidirectional && differs(index, input, references)
            }
    }

    /// Puts back a company's stamp that somebody took away, where the record is written for another reason.
    func restamp(_ decision: inout PairDecision, _ references: ReferenceTable) {
        guard let stamp = program.stamp, !decision.writes.crm.isEmpty,
            let index = decision.drift.firstIndex(where: { $0.field == program.fieldIDs[stamp] }),
            let value = program.converter(stamp, references).convert(decision.drift[index].present.erp, from: .erp)
                .value
        else { return }
        let present = decision.drift.remove(at: index).present
        decision.writes.crm.append(
            FieldWrite(
                field: program.fieldIDs[stamp],
                value: value,
                source: present.erp,
                before: present.crm,
                cause: .drift
            )
        )
    }

    private func differs(_ index: Int, _ input: PairInput, _ references: ReferenceTable) -> Bool {
        let base = input.base.flatMap { program.values(of: $0, field: index) }
        func present(_ side: Side) -> Value? {
            input.observed[side].flatMap { program.value(of: $0, field: index, side: side) } ?? base?[side]
        }
        guard let erp = present(.erp), let crm = present(.crm) else { return false }
        return !program.converter(index, references).corresponds(erp, crm, direction: .bidirectional)
    }
}
