/// Decides what shall happen to one coupling: three-way, per field, from the base and what was seen of both sides.
///
/// Pure: the same input gives the same decision, and nothing is written here. A field has changed on a side when it
/// differs from that side's half of the base; versions and times play no part.
public struct Reconciler: Sendable {
    let program: MappingProgram
    let direction: Direction
    let isFull: Bool

    /// Creates a reconciler for one job.
    /// - Parameters:
    ///   - program: The mapping, compiled.
    ///   - direction: Where the job may write; what lies outside is named and left for another job.
    ///   - isFull: Whether target edits of one-way fields are put back.
    public init(program: MappingProgram, direction: Direction, isFull: Bool) {
        self.program = program
        self.direction = direction
        self.isFull = isFull
    }

    /// Decides one coupling.
    /// - Parameters:
    ///   - input: The coupling, its base and what was seen since.
    ///   - references: Answers to `MappingProgram.referenceQuestions(_:)` of this input, where there are any.
    /// - Returns: What to write, to record and to tell; `isUnchanged` when there is nothing.
    public func decide(_ input: PairInput, references: ReferenceTable) -> PairDecision {
        var decision = PairDecision(coupling: input.coupling)
        decision.skip = skip(input)
        guard decision.skip == nil else { return decision }
        let found = compare(input)
        var due = found.changed.erp
        due.formUnion(found.changed.crm)
        due.formUnion(found.fresh)
        let isContested = isContested(found.changed, input, references)
        for index in program.fields.indices {
            let resolution = input.resolutions.isEmpty ? nil : input.resolutions[program.fieldIDs[index]]
            guard due.contains(index) || resolution != nil, let allowed = program.directions[index] else { continue }
            let hasBase = !found.fresh.contains(index)
            guard let values = values(of: index, input: input, hasBase: hasBase, decision: &decision) else {
                guard decision.isAwaited else { continue }
                for side in Side.allCases where found.changed[side].contains(index) {
                    decision.awaited[side].append(program.fieldIDs[index])
                }
                continue
            }
            let decider = FieldDecider(
                converter: program.converter(index, references),
                allowed: allowed,
                job: direction,
                isFull: isFull,
                choice: hasBase ? input.choice : input.choice ?? input.firstChoice,
                resolution: resolution,
                winner: program.winners[index],
                isContested: isContested,
                isStamp: index == program.stamp,
                base: values.base,
                present: values.present
            )
            if hasBase {
                decider.decideChange(
                    erp: found.changed.erp.contains(index),
                    crm: found.changed.crm.contains(index),
                    into: &decision
                )
            } else {
                decider.decideFirst(into: &decision)
            }
        }
        if decision.isAwaited { return awaiting(decision) }
        restamp(&decision, references)
        holdBack(&decision)
        // A record in conflict stays as it is on both sides until all of the conflict is settled.
        if isContested, !decision.conflicts.isEmpty { decision.writes = BySide(erp: [], crm: []) }
        return decision
    }

    /// What is left of a decision for which values must be read first: decided on half of what is known, other fields would
    /// be written twice, and a conflict would look settled.
    private func awaiting(_ decision: PairDecision) -> PairDecision {
        var left = PairDecision(coupling: decision.coupling)
        (left.unread, left.awaited, left.isAwaited) = (decision.unread, decision.awaited, true)
        left.waits = decision.waits.filter(\.required)
        return left
    }

    private func skip(_ input: PairInput) -> SkipReason? {
        if input.isDeleted.erp { return .erpDeleted }
        if input.isDeleted.crm { return .crmDeleted }
        if input.isOutOfScope.erp || input.isOutOfScope.crm { return .outOfScope }
        if input.base == nil, input.observed.erp == nil || input.observed.crm == nil { return .unread }
        return nil
    }

    private func compare(_ input: PairInput) -> (changed: BySide<FieldMask>, fresh: FieldMask) {
        var changed = BySide(erp: FieldMask(), crm: FieldMask())
        guard let base = input.base else { return (changed, FieldMask(first: program.fields.count)) }
        var fresh = FieldMask()
        var isCompared = false
        for side in Side.allCases {
            guard let row = input.observed[side] else { continue }
            let found = program.changes(of: row, side: side, record: input.ids[side], base: base)
            changed[side] = found.changed
            fresh = found.fresh
            isCompared = true
        }
        if !isCompared {
            for index in program.fields.indices where program.values(of: base, field: index) == nil {
                fresh.insert(index)
            }
        }
        return (changed, fresh)
    }

    /// A field's base and present values; nil, with the reason in the decision, when a side's value is not known.
    private func values(
        of index: Int,
        input: PairInput,
        hasBase: Bool,
        decision: inout PairDecision
    ) -> (base: BySide<Value>?, present: BySide<Value>)? {
        let base = hasBase ? input.base.flatMap { program.values(of: $0, field: index) } : nil
        var present = BySide<Value?>(erp: nil, crm: nil)
        for side in Side.allCases {
            let row = input.observed[side]
            present[side] = row.flatMap { program.value(of: $0, field: index, side: side) } ?? base?[side]
            if present[side]?.isUnkept == true {
                present[side] = nil
                (decision.unread[side], decision.isAwaited) = (true, true)
                continue
            }
            guard present[side] == nil else { continue }
            if row == nil {
                decision.unread[side] = true
            } else {
                let message = Message("field.notInAnswer", ["field": program.fields[index].field(side).name])
                decision.problems.append(
                    FieldProblem(field: program.fieldIDs[index], target: side.other, message: message)
                )
            }
        }
        guard let erp = present.erp, let crm = present.crm else { return nil }
        return (base, BySide(erp: erp, crm: crm))
    }

    /// A record whose required reference is not coupled waits as a whole, on the side that the reference is written to.
    private func holdBack(_ decision: inout PairDecision) {
        for wait in decision.waits where wait.required { decision.writes[wait.source.other] = [] }
    }
}
