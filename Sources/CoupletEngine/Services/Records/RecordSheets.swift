import CoupletCore
import CoupletPorts

/// Shows records side by side.
extension RecordService {
    func show(_ action: ShowRecord, progress: @escaping ProgressSink) async throws -> RecordSheet {
        let context = try await context(action.mapping, refreshes: action.refreshes, progress)
        let key = try await RecordKey.find(action.key, context, store)
        let explained = try await explain(
            key,
            ExplainRecord(mapping: action.mapping, key: action.key),
            context,
            reads: action.refreshes
        )
        var sheet = RecordSheet(
            mapping: context.name,
            direction: context.mapping.direction,
            record: explained.record,
            counterpart: nil,
            fields: [],
            reasons: explained.reasons,
            next: explained.next,
            lastWrite: explained.lastWrite
        )
        if let coupling = key.coupling {
            let batch = try await states(context, .couplings([coupling.id]), after: 0, references: true)
            guard let input = batch.inputs.first else { return sheet }
            sheet.counterpart = Self.counterpart(of: key, input, sheet.record.state)
            sheet.fields = FieldSheet(input, context, batch.references).fields
        } else {
            sheet.fields = try await alone(key, context)
        }
        return sheet
    }

    private static func counterpart(of key: RecordKey, _ input: CouplingInput, _ state: RecordState) -> RecordView {
        let side = key.side.other
        let record = input.state.records[side]
        return RecordView(
            side: side,
            key: record?.key,
            id: input.state.coupling.ids[side],
            name: record?.name ?? "",
            coupledTo: key.id,
            state: state
        )
    }

    /// The fields of a record without a counterpart.
    private func alone(_ key: RecordKey, _ context: MappingContext) async throws -> [RecordSheet.Field] {
        let observation = try await store.read {
            try $0.observations(feed: context.feeds[key.side].id, ids: [key.id])[key.id]
        }
        let row = observation.flatMap { context.row($0, key.side) }
        return context.mapping.fields.filter(\.enabled).map { field in
            var values = BySide<Value?>(erp: nil, crm: nil)
            values[key.side] = row.flatMap { $0.value(of: field.field(key.side).name) }
            return RecordSheet.Field(
                id: field.id,
                names: BySide(erp: field.erp.name, crm: field.crm.name),
                direction: field.direction,
                values: values,
                base: nil,
                state: .alone,
                problem: nil
            )
        }
    }
}

/// The fields of a coupling, each with how it stands.
private struct FieldSheet {
    let fields: [RecordSheet.Field]

    init(_ coupling: CouplingInput, _ context: MappingContext, _ references: ReferenceTable) {
        let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: false)
        let decision = reconciler.decide(coupling.input, references: references)
        let input = coupling.input
        fields = context.mapping.fields.filter(\.enabled).map { field in
            let base = input.base?.values(of: field.id)
            func value(_ side: Side) -> Value? {
                input.observed[side]?.value(of: field.field(side).name) ?? base?[side]
            }
            var (state, problem) = Self.state(of: field.id, decision)
            // Where nobody has read a value, nothing was decided about the field either.
            if state == .inSync, value(.erp) == nil || value(.crm) == nil { state = .unread }
            return RecordSheet.Field(
                id: field.id,
                names: BySide(erp: field.erp.name, crm: field.crm.name),
                direction: field.direction,
                values: BySide(erp: value(.erp), crm: value(.crm)),
                base: base,
                state: state,
                problem: problem
            )
        }
    }

    private static func state(of field: String, _ decision: PairDecision) -> (RecordSheet.FieldState, Message?) {
        if let problem = decision.problems.first(where: { $0.field == field }) { return (.problem, problem.message) }
        if decision.conflicts.contains(where: { $0.field == field }) { return (.conflict, nil) }
        if decision.writes.crm.contains(where: { $0.field == field }) { return (.erpChanged, nil) }
        if decision.writes.erp.contains(where: { $0.field == field }) { return (.crmChanged, nil) }
        if let wait = decision.waits.first(where: { $0.field == field }) { return (.waiting, Message(waiting: wait)) }
        if decision.drift.contains(where: { $0.field == field }) { return (.drift, nil) }
        switch (decision.awaited.erp.contains(field), decision.awaited.crm.contains(field)) {
        case (true, true): return (.different, nil)
        case (true, false): return (.erpChanged, nil)
        case (false, true): return (.crmChanged, nil)
        case (false, false): break
        }
        let left = decision.undecided + decision.left.erp + decision.left.crm
        if left.contains(where: { $0.field == field }) { return (.different, nil) }
        return (.inSync, nil)
    }
}

extension ObservedRow {
    /// The value of a field of either side's table; nil where it was not read.
    fileprivate func value(of field: String) -> Value? {
        guard let position = layout.position(of: field) else { return nil }
        return row.withView(fieldCount: layout.fields.count) { $0.value(at: position) }
    }
}
