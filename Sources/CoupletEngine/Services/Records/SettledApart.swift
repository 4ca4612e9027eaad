import CoupletCore
import CoupletPorts

/// Where two records differ though nothing is to be done: an undo, or a person's word for one side, left them so.
struct SettledApart {
    /// What differs, one reason a field; none where the records say the same.
    let reasons: [Message]

    /// Compares the records of a coupling as if nothing were settled.
    /// - Parameters:
    ///   - coupling: A coupling with nothing to do.
    ///   - context: Its mapping.
    ///   - transaction: Answers what references lead to.
    /// - Throws: `StoreError`.
    init(_ coupling: CouplingInput, _ context: MappingContext, _ transaction: any StoreReading) throws {
        var input = coupling.input
        guard let base = input.base else {
            reasons = []
            return
        }
        for side in Side.allCases where input.observed[side] == nil {
            input.observed[side] = Self.row(of: base, side, context.program)
        }
        // What is not kept cannot be compared here, and keeps the other fields from being compared if it stays.
        for side in Side.allCases { input.observed[side]?.blank(context.program, side) }
        input.base = nil
        input.firstChoice = nil
        let references = try context.answers(context.program.referenceQuestions([input]), transaction)
        let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: false)
        let decision = reconciler.decide(input, references: references)
        let differing = Set(
            decision.undecided.map(\.field) + (decision.writes.erp + decision.writes.crm).map(\.field)
        )
        reasons = context.mapping.fields.map(\.id).filter { differing.contains($0) }.compactMap { field in
            // A field that was never settled waits for something, and is told by what it waits for.
            base.values(of: field).map { settled in
                Message("explain.settledApart", ["field": field, "erp": settled.erp.text, "crm": settled.crm.text])
            }
        }
    }

    /// A record as its half of a base has it.
    private static func row(of base: Base, _ side: Side, _ program: MappingProgram) -> ObservedRow {
        let layout = program.layouts[side]
        let values = layout.fields.map { name -> Value? in
            let field = program.mapping.fields.first { $0.field(side).name == name && base.values(of: $0.id) != nil }
            return field.flatMap { base.values(of: $0.id)?[side] }
        }
        return ObservedRow(row: EncodedRow(values), layout: layout, version: "")
    }
}

extension ObservedRow {
    /// Blanks the fields whose values are not kept.
    fileprivate mutating func blank(_ program: MappingProgram, _ side: Side) {
        var values = row.values(fieldCount: layout.fields.count)
        guard !program.unkept.isEmpty || values.contains(where: { $0?.isUnkept == true }) else { return }
        let names = Set(program.fields.filter { program.unkept.contains($0.id) }.map { $0.field(side).name })
        for (index, name) in layout.fields.enumerated() where names.contains(name) || values[index]?.isUnkept == true {
            values[index] = .null
        }
        row = EncodedRow(values)
    }
}
