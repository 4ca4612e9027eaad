/// What the base becomes once something is settled; the only places where it moves.
public enum Settlement {
    /// The base after a step was applied.
    ///
    /// A field of the step gets the source's value that was written and, on the target's side, what the target holds
    /// now where that means the same as what was sent. Where the target made something else of it, the value sent
    /// stays, so that the difference shows as the target's own edit and is never taken for agreement. All other fields
    /// keep their base. A new record's remaining fields get their present values where both sides agree on them; where
    /// they do not, and the source had nothing to send, both began with nothing: what stands there now was set since.
    /// - Parameters:
    ///   - step: The step that was applied.
    ///   - returned: The target's row after the write, in the layout of its feed; nil when no row came back.
    ///   - base: The base before; nil when there was none.
    ///   - source: The source's row as the step was planned from; needed for creates only.
    ///   - program: The mapping, compiled.
    /// - Returns: The base in the program's layout.
    public static func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        var values = presentValues(base, program)
        let target = step.target
        let row = returned.map { ObservedRow(row: $0, layout: program.layouts[target], version: "") }
        for field in step.fields where !field.write.field.isEmpty {
            guard let position = program.baseLayout.position(of: field.write.field) else { continue }
            var settled = field.write.value
            if let index = program.index(ofField: field.write.field),
                let now = row.flatMap({ program.value(of: $0, field: index, side: target) }),
                program.types[target][index].isSame(now, settled)
            {
                settled = now
            }
            var pair = BySide(erp: settled, crm: settled)
            pair[target.other] = field.write.source
            values[position] = pair
        }
        if step.action == .create, let row, let source {
            addAgreements(of: row, on: target, with: source, to: &values, program)
        }
        for field in step.blanks ?? [] {
            guard let position = program.baseLayout.position(of: field), values[position] == nil else { continue }
            values[position] = BySide(erp: .null, crm: .null)
        }
        return Base(layout: program.baseLayout, values: values)
    }

    /// The part of a step that a record shows to be done, after its answer was lost.
    ///
    /// A field that holds what was sent counts as written; one that holds something else was not written, or was
    /// changed since, and is planned again from the base.
    /// - Parameters:
    ///   - step: The step whose outcome is not known.
    ///   - row: The target's row as read since, in the layout of its feed.
    ///   - program: The mapping, compiled.
    /// - Returns: The step with those fields only; nil when there are none.
    public static func confirmed(_ step: Step, by row: EncodedRow, program: MappingProgram) -> Step? {
        let seen = ObservedRow(row: row, layout: program.layouts[step.target], version: "")
        var confirmed = step
        confirmed.fields = step.fields.filter { field in
            guard let index = program.index(ofField: field.write.field),
                let now = program.value(of: seen, field: index, side: step.target)
            else { return false }
            return program.types[step.target][index].isSame(now, field.write.value)
        }
        return confirmed.fields.isEmpty ? nil : confirmed
    }

    /// The base after fields on which both sides agree were recorded with their present values.
    /// - Parameters:
    ///   - differences: The agreements.
    ///   - base: The base before; nil when there was none.
    ///   - program: The mapping, compiled.
    /// - Returns: The base in the program's layout.
    public static func base(agreeing differences: [FieldDifference], to base: Base?, program: MappingProgram) -> Base {
        var values = presentValues(base, program)
        for difference in differences {
            guard let position = program.baseLayout.position(of: difference.field) else { continue }
            values[position] = difference.present
        }
        return Base(layout: program.baseLayout, values: values)
    }

    private static func presentValues(_ base: Base?, _ program: MappingProgram) -> [BySide<Value>?] {
        base?.values(in: program.baseLayout) ?? Array(repeating: nil, count: program.baseLayout.fields.count)
    }

    private static func addAgreements(
        of row: ObservedRow,
        on target: Side,
        with source: ObservedRow,
        to values: inout [BySide<Value>?],
        _ program: MappingProgram
    ) {
        for index in program.fields.indices {
            let position = program.alignments.erp.base[index]
            guard values[position] == nil,
                let direction = program.directions[index],
                let now = program.value(of: row, field: index, side: target),
                let then = program.value(of: source, field: index, side: target.other)
            else { continue }
            var pair = BySide(erp: now, crm: now)
            pair[target.other] = then
            let converter = program.converter(index, ReferenceTable())
            if converter.corresponds(pair.erp, pair.crm, direction: direction) { values[position] = pair }
        }
    }
}
