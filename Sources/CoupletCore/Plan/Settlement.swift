/// What the base becomes once something is settled; the only places where it moves.
public enum Settlement {
    /// The base after a step was applied.
    ///
    /// A field of the step gets the source's value that was written and, on the target's side, what the target holds
    /// now where that means the same as what was sent. Where the target made something else of it, the value sent
    /// stays, so that the difference shows as the target's own edit and is never taken for agreement. All other fields
    /// keep their base. A new record's remaining fields get their present values where both sides agree on them.
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
            if let index = program.fields.firstIndex(where: { $0.id == field.write.field }),
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
        return Base(layout: program.baseLayout, values: values)
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
        for (index, field) in program.fields.enumerated() {
            guard let position = program.baseLayout.position(of: field.id), values[position] == nil,
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
