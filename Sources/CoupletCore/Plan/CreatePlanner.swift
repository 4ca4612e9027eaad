/// Decides how the counterpart of an uncoupled record is created.
public struct CreatePlanner: Sendable {
    /// What can be done about one record.
    public enum Decision: Sendable, Hashable {
        /// The create, ready to be sent.
        case step(Step)
        /// Fields that have no form on the other side; nothing is created without them.
        case problems([FieldProblem])
        /// Required references whose records are not coupled.
        case waits([ReferenceWait])
    }

    private let program: MappingProgram
    private let target: Side

    /// Creates a planner for the side on which records are created.
    public init(program: MappingProgram, target: Side) {
        self.program = program
        self.target = target
    }

    /// Decides one create.
    ///
    /// Blank values are not sent, so that the target's own defaults hold; an optional reference that is not coupled yet
    /// is left out and follows as a change of its field. Template values fill only what the mapping leaves open.
    /// - Parameters:
    ///   - source: The record to be created on the other side.
    ///   - id: The source record's id.
    ///   - references: Answers to `MappingProgram.referenceQuestions(creatingFrom:source:)`.
    ///   - newID: The id chosen for the new record; nil when the target assigns it.
    ///   - naturalKey: The key chosen for the new record; nil when the target assigns it or the mapping gives it.
    ///   - label: The key and name by which people know the record.
    /// - Returns: A create step, or what stands in its way.
    public func decide(
        source: ObservedRow,
        id: RecordID,
        references: ReferenceTable,
        newID: RecordID?,
        naturalKey: String?,
        label: String
    ) -> Decision {
        var draft = Draft()
        for index in program.fields.indices where program.directions[index]?.writes(to: target) == true {
            add(index, source: source, references: references, to: &draft)
        }
        guard draft.problems.isEmpty else { return .problems(draft.problems) }
        guard draft.waits.isEmpty else { return .waits(draft.waits) }
        addKey(naturalKey, to: &draft)
        addTemplate(for: source, to: &draft)
        var ids = BySide<RecordID?>(erp: nil, crm: nil)
        ids[target.other] = id
        ids[target] = newID
        return .step(
            Step(
                mapping: program.mapping.name,
                action: .create,
                target: target,
                coupling: nil,
                ids: ids,
                fields: draft.fields,
                precondition: "",
                naturalKey: naturalKey,
                label: label,
                reasons: draft.notices,
                blanks: draft.blanks.isEmpty ? nil : draft.blanks
            )
        )
    }

    private struct Draft {
        var fields: [Step.Field] = []
        var problems: [FieldProblem] = []
        var waits: [ReferenceWait] = []
        var notices: [Message] = []
        var blanks: [String] = []
    }

    private func add(_ index: Int, source: ObservedRow, references: ReferenceTable, to draft: inout Draft) {
        let field = program.fields[index]
        guard let value = program.value(of: source, field: index, side: target.other) else {
            let message = Message("field.notInAnswer", ["field": field.field(target.other).name])
            return draft.problems.append(FieldProblem(field: field.id, target: target, message: message))
        }
        // What is not kept and was not read follows as a change of its field.
        if value.isUnkept { return }
        let converter = program.converter(index, references)
        if field.needsValue != true, converter.isBlank(value, target.other) {
            if program.directions[index] == .bidirectional { draft.blanks.append(field.id) }
            return
        }
        switch converter.convert(value, from: target.other) {
        case .problem(let message):
            draft.problems.append(problem(message, field))
        case .wait(let wait):
            if wait.required { draft.waits.append(wait) }
        case .value(let converted, let notice):
            if let message = converter.roundTripProblem(
                of: value,
                as: converted,
                notice: notice,
                from: target.other
            ) {
                return draft.problems.append(problem(message, field))
            }
            if field.field(target).type.isBlank(converted) { return }
            if let notice { draft.notices.append(problem(notice, field).message) }
            let write = FieldWrite(
                field: field.id,
                value: converted,
                source: value,
                before: .null,
                cause: .create,
                type: converter.targetType(of: value, from: target.other)
            )
            draft.fields.append(Step.Field(target: field.field(target).as(write.type), write: write))
        }
    }

    private func problem(_ message: Message, _ field: FieldMapping) -> FieldProblem {
        let withheld = field.isUnkept == true ? message.withoutValues : message
        return FieldProblem(field: field.id, target: target, message: withheld)
    }

    private func addKey(_ naturalKey: String?, to draft: inout Draft) {
        guard let naturalKey, let name = program.mapping.table(target).keyField else { return }
        draft.fields.removeAll { $0.target.name == name }
        let known = program.fields.first { $0.field(target).name == name }?.field(target)
        draft.fields.append(
            fixed(known ?? FieldMapping.Field(name, .code(maximum: 0)), .text(naturalKey))
        )
    }

    private func addTemplate(for source: ObservedRow, to draft: inout Draft) {
        for template in program.tables[target].templateValues(for: source) {
            guard !draft.fields.contains(where: { $0.target.name == template.field.name }) else { continue }
            draft.fields.append(fixed(template.field, template.value))
        }
    }

    private func fixed(_ field: FieldMapping.Field, _ value: Value) -> Step.Field {
        Step.Field(
            target: field,
            write: FieldWrite(field: "", value: value, source: .null, before: .null, cause: .create)
        )
    }
}
