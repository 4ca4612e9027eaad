import CoupletCore

/// Settlements that are wrong.
extension Mutant {
    static let settlements: [Mutant] = [
        .decision("all of the target's answer taken for settled", WholeAnswerSettled()),
        .decision("what the target made of a value taken for agreement", AnswerSettled()),
        .decision("base not moved by a write", BaseStays()),
        .decision("agreement not recorded", AgreementForgotten()),
        .decision("lost answer taken for success", EverythingConfirmed()),
    ]
}

/// Takes every field of the answer for the target's half of the base.
private struct WholeAnswerSettled: Decisions {
    func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        let settled = Settlement.base(applying: step, returned: returned, to: base, source: source, program: program)
        return settled.taking(returned, step.target, program) { _ in true }
    }
}

/// Takes the fields that were written as the answer has them, whatever the target made of them.
private struct AnswerSettled: Decisions {
    func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        let settled = Settlement.base(applying: step, returned: returned, to: base, source: source, program: program)
        let written = Set(step.fields.map(\.target.name))
        return settled.taking(returned, step.target, program) { written.contains($0) }
    }
}

/// Leaves the base as it was when a change was applied.
private struct BaseStays: Decisions {
    func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        base ?? Settlement.base(applying: step, returned: returned, to: base, source: source, program: program)
    }
}

/// Does not record what both sides agree on.
private struct AgreementForgotten: Decisions {
    func base(agreeing differences: [FieldDifference], to base: Base?, program: MappingProgram) -> Base {
        base ?? Settlement.base(agreeing: differences, to: base, program: program)
    }
}

/// Takes every field of a lost write for written.
private struct EverythingConfirmed: Decisions {
    func confirmed(_ step: Step, by row: EncodedRow, program: MappingProgram) -> Step? { step }
}

extension Base {
    /// The base with a side's half taken from a row, for the fields of that side that a condition names.
    fileprivate func taking(
        _ row: EncodedRow?,
        _ side: Side,
        _ program: MappingProgram,
        where isMeant: (String) -> Bool
    ) -> Base {
        guard let row else { return self }
        let rowLayout = program.layouts[side]
        var values = values(in: layout)
        for (position, field) in layout.fields.enumerated() {
            guard let name = program.fields.first(where: { $0.id == field })?.field(side).name, isMeant(name),
                let place = rowLayout.position(of: name), var pair = values[position],
                let now = row.withView(fieldCount: rowLayout.fields.count, { $0.value(at: place) })
            else { continue }
            pair[side] = now
            values[position] = pair
        }
        return Base(layout: layout, values: values)
    }
}
