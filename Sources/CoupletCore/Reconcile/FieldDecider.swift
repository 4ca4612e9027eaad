/// Decides one field of one coupling.
struct FieldDecider {
    let converter: FieldConverter
    /// Where the field's values may flow.
    let allowed: Direction
    /// Where the job may write.
    let job: Direction
    let isFull: Bool
    let choice: Side?
    let resolution: Resolution?
    /// Whose value stands where both sides were changed and nobody has named a side; nil where a person is asked.
    let winner: Side?
    /// Whether the record as a whole is in conflict, so that an edit of one side counts as edited on both.
    let isContested: Bool
    /// Whether the field is the company's stamp.
    let isStamp: Bool
    let base: BySide<Value>?
    let present: BySide<Value>

    private var field: FieldMapping { converter.mapping }

    var difference: FieldDifference { FieldDifference(field: converter.field.id, base: base, present: present) }

    /// The side whose values a one-way field takes; nil for a two-way field.
    private var source: Side? {
        switch allowed {
        case .bidirectional: nil
        case .toIntegrationTable: .erp
        case .fromIntegrationTable: .crm
        }
    }

    private var corresponds: Bool { converter.corresponds(present.erp, present.crm, direction: allowed) }

    private func isBlank(_ side: Side) -> Bool { converter.isBlank(present[side], side) }

    // MARK: With a base

    /// Decides a field that has a base.
    func decideChange(erp: Bool, crm: Bool, into decision: inout PairDecision) {
        if isStamp { return decideStamp(into: &decision) }
        if case .value(let value) = resolution { return settle(typed: value, into: &decision) }
        if corresponds {
            if erp || crm { decision.agreements.append(difference) }
            return
        }
        if case .take(let side) = resolution, allowed.writes(to: side.other) {
            return write(from: side, cause: .resolution, into: &decision)
        }
        guard erp || crm else { return }
        if let source { return decideOneWay(source, hasSourceChanged: source == .erp ? erp : crm, into: &decision) }
        switch (erp || isContested, crm || isContested) {
        case (true, true): decideConflict(into: &decision)
        case (true, false): write(from: .erp, cause: .edit, into: &decision)
        case (false, true): write(from: .crm, cause: .edit, into: &decision)
        case (false, false): break
        }
    }

    private func decideConflict(into decision: inout PairDecision) {
        // Whoever names the direction for this very record has decided its conflicts.
        if let choice, job.writes(to: choice.other) {
            return write(from: choice, cause: .resolution, into: &decision)
        }
        if let winner { return write(from: winner, cause: .rule, into: &decision) }
        guard !waitsForReference(&decision) else { return }
        decision.conflicts.append(difference)
    }

    private func decideOneWay(_ source: Side, hasSourceChanged: Bool, into decision: inout PairDecision) {
        if hasSourceChanged { return write(from: source, cause: .edit, into: &decision) }
        if keepsTarget(source) { return decision.agreements.append(difference) }
        guard isFull, job.writes(to: source.other) else { return decision.drift.append(difference) }
        write(from: source, cause: .drift, into: &decision)
    }

    // MARK: Without a base

    /// Decides a field that was never compared.
    func decideFirst(into decision: inout PairDecision) {
        if isStamp { return decideStamp(into: &decision) }
        if case .value(let value) = resolution { return settle(typed: value, into: &decision) }
        if corresponds || Side.allCases.allSatisfy(isBlank) { return decision.agreements.append(difference) }
        if case .take(let side) = resolution, allowed.writes(to: side.other) {
            return write(from: side, cause: .resolution, into: &decision)
        }
        for side in Side.allCases where isBlank(side) && !isBlank(side.other) && allowed.writes(to: side) {
            return write(from: side.other, cause: .fill, into: &decision)
        }
        if let source, keepsTarget(source) { return decision.agreements.append(difference) }
        // Who sets a constant has decided what the target holds; what it held stays in the history.
        if field.constant != nil, let source { return write(from: source, cause: .choice, into: &decision) }
        if let choice, allowed.writes(to: choice.other) {
            return write(from: choice, cause: .choice, into: &decision)
        }
        guard !waitsForReference(&decision) else { return }
        decision.undecided.append(difference)
    }

    /// Whether two references cannot be compared yet, because neither record is coupled: nobody is asked about them.
    private func waitsForReference(_ decision: inout PairDecision) -> Bool {
        var waits: [ReferenceWait] = []
        for side in Side.allCases where allowed.writes(to: side.other) {
            guard case .wait(let wait) = converter.convert(present[side], from: side) else { return false }
            waits.append(wait)
        }
        decision.waits += waits
        return true
    }

    /// Stamps a record that names no company; one that names another is left as it is.
    ///
    /// A stamp that somebody took away since is put back by a full synchronization, and with whatever else is written.
    private func decideStamp(into decision: inout PairDecision) {
        if corresponds || !isBlank(.crm) { return decision.agreements.append(difference) }
        guard base == nil || isFull, job.writes(to: .crm) else { return decision.drift.append(difference) }
        write(from: .erp, cause: base == nil ? .fill : .drift, into: &decision)
    }

    // MARK: Writing

    private func keepsTarget(_ source: Side) -> Bool { field.keepTargetWhenBlank && isBlank(source) }

    /// Writes one side's value to the other, or says why not.
    private func write(from side: Side, cause: WriteCause, into decision: inout PairDecision) {
        if keepsTarget(side) { return decision.agreements.append(difference) }
        guard job.writes(to: side.other) else { return decision.left[side].append(difference) }
        write(present[side], from: side, cause: cause, into: &decision)
    }

    private func write(
        _ value: Value,
        from side: Side,
        cause: WriteCause,
        into decision: inout PairDecision
    ) {
        let target = side.other
        switch converter.convert(value, from: side) {
        case .problem(let message):
            decision.problems.append(problem(message, target))
        case .wait(let wait):
            decision.waits.append(wait)
            clear(target, into: &decision)
        case .value(let converted, let notice):
            if field.keepTargetWhenBlank, field.field(target).type.isBlank(converted) {
                return decision.agreements.append(difference)
            }
            let refusal =
                converter.roundTripProblem(of: value, as: converted, notice: notice, from: side)
                ?? converter.splitProblem(of: converted, replacing: present[target], target: target)
            if let message = refusal {
                return decision.problems.append(problem(message, target))
            }
            if let notice {
                decision.notices.append(problem(notice, target))
            }
            decision.writes[target].append(
                FieldWrite(
                    field: converter.field.id,
                    value: converted,
                    source: value,
                    before: present[target],
                    cause: cause,
                    type: converter.targetType(of: value, from: side)
                )
            )
        }
    }

    /// A problem as it is kept: without values where these are not kept.
    private func problem(_ message: Message, _ target: Side) -> FieldProblem {
        let message = field.isUnkept == true ? message.withoutValues : message
        return FieldProblem(field: converter.field.id, target: target, message: message)
    }

    /// Empties the target of a reference whose record is not coupled, where the field mapping says so.
    ///
    /// Both halves of the base become blank, for that is all the sides have agreed on: whatever reference the source
    /// holds counts as its edit, the one from before as well, and is written as soon as its record is coupled.
    private func clear(_ target: Side, into decision: inout PairDecision) {
        guard field.clearsWhenUncoupled == true, !isBlank(target) else { return }
        decision.writes[target].append(
            FieldWrite(
                field: converter.field.id,
                value: converter.blank(on: target),
                source: converter.blank(on: target.other),
                before: present[target],
                cause: .edit
            )
        )
    }

    /// Brings a value that a person typed, in the ERP's form, to the sides that have another one.
    private func settle(typed value: Value, into decision: inout PairDecision) {
        switch converter.convert(value, from: .erp) {
        case .problem(let message):
            decision.problems.append(FieldProblem(field: converter.field.id, target: .crm, message: message))
        case .wait(let wait):
            decision.waits.append(wait)
        case .value(let counterpart, let notice):
            if let message = converter.roundTripProblem(of: value, as: counterpart, notice: notice, from: .erp) {
                return decision.problems.append(FieldProblem(field: converter.field.id, target: .crm, message: message))
            }
            settle(BySide(erp: value, crm: counterpart), into: &decision)
        }
    }

    private func settle(_ values: BySide<Value>, into decision: inout PairDecision) {
        let open = Side.allCases.filter { !converter.pairType($0).isSame(values[$0], present[$0]) }
        if open.isEmpty { return decision.agreements.append(difference) }
        guard open.allSatisfy(allowed.writes) else {
            // The target of a one-way field takes its source's value only; the source must be changed where it lives.
            return decision.conflicts.append(difference)
        }
        guard open.allSatisfy(job.writes) else {
            for side in open { decision.left[side.other].append(difference) }
            return
        }
        for side in open {
            decision.writes[side].append(
                FieldWrite(
                    field: converter.field.id,
                    value: values[side],
                    source: values[side.other],
                    before: present[side],
                    cause: .resolution,
                    type: converter.targetType(of: values[side.other], from: side.other)
                )
            )
        }
    }
}
