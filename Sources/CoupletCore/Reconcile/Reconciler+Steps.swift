extension Reconciler {
    /// The update steps that a decision asks for.
    /// - Parameters:
    ///   - decision: What was decided.
    ///   - input: What it was decided from; its versions become the preconditions.
    ///   - label: The key and name by which people know the record.
    /// - Returns: One step a side that is written; nil for a side that is not.
    public func steps(for decision: PairDecision, input: PairInput, label: String) -> BySide<Step?> {
        BySide(
            erp: step(for: decision, target: .erp, input: input, label: label),
            crm: step(for: decision, target: .crm, input: input, label: label)
        )
    }

    private func step(for decision: PairDecision, target: Side, input: PairInput, label: String) -> Step? {
        let writes = decision.writes[target]
        guard !writes.isEmpty else { return nil }
        return Step(
            mapping: program.mapping.name,
            action: .update,
            target: target,
            coupling: input.coupling,
            ids: BySide(erp: input.ids.erp, crm: input.ids.crm),
            fields: writes.compactMap { write in
                let index = program.index(ofField: write.field)
                return index.map { Step.Field(target: program.fields[$0].field(target).as(write.type), write: write) }
            },
            precondition: input.versions[target],
            label: label,
            reasons: decision.notices.filter { $0.target == target }.map(\.message)
        )
    }
}
