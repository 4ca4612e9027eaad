/// Decides how the writes of a run to one record are taken back: before-values where nothing changed since.
public struct UndoPlanner: Sendable {
    /// What taking back comes to.
    public struct Decision: Sendable, Hashable {
        /// The fields that get their before-values; each one's source is the other side's present value, so that the
        /// base holds both present values afterwards.
        public var fields: [Step.Field] = []
        /// Writes that stay, because a side has changed since or the mapping knows the field no more.
        public var moved: [FieldWrite] = []
    }

    private let program: MappingProgram

    /// Creates a planner for one mapping.
    public init(program: MappingProgram) { self.program = program }

    /// The writes of a run to one record as if they were one: what stood before the first, and what the last wrote.
    /// - Parameter writes: Each step's writes, newest first.
    /// - Returns: One write a field, in the order of the mapping.
    public func merged(_ writes: [[FieldWrite]]) -> [FieldWrite] {
        var merged: [String: FieldWrite] = [:]
        for step in writes {
            for write in step where !write.field.isEmpty {
                if merged[write.field] == nil {
                    merged[write.field] = write
                } else {
                    merged[write.field]?.before = write.before
                }
            }
        }
        let known = program.fieldIDs.compactMap { merged.removeValue(forKey: $0) }
        return known + merged.values.sorted { $0.field < $1.field }
    }

    /// What must be known to put before-values back: of which table a record is that a reference named.
    public func referenceQuestions(_ writes: [FieldWrite], target: Side) -> ReferenceTable.Questions {
        program.referenceQuestions(
            naming: writes.compactMap { write in
                let index = target == .crm ? program.index(ofField: write.field) : nil
                return index.map { ($0, write.before) }
            }
        )
    }

    /// Decides about the writes to one side of a coupling.
    /// - Parameters:
    ///   - writes: One write a field.
    ///   - target: The side that was written.
    ///   - input: The coupling as it is now, with its base and what was seen since.
    ///   - references: Answers to `referenceQuestions(_:target:)` of these writes.
    /// - Returns: What is put back, and what stays.
    public func decide(
        _ writes: [FieldWrite],
        target: Side,
        input: PairInput,
        references: ReferenceTable
    ) -> Decision {
        var decision = Decision()
        for write in writes {
            guard let index = program.index(ofField: write.field),
                program.directions[index]?.writes(to: target) == true,
                let now = present(index, target, input), let source = present(index, target.other, input),
                program.types[target][index].isSame(now, write.value),
                program.types[target.other][index].isSame(source, write.source)
            else {
                decision.moved.append(write)
                continue
            }
            // What stands already needs no write.
            guard !program.types[target][index].isSame(now, write.before) else { continue }
            let converter = program.converter(index, references)
            let back = FieldWrite(
                field: write.field,
                value: write.before,
                source: source,
                before: now,
                cause: .undo,
                type: target == .crm ? converter.crmType(naming: write.before, of: .crm) : nil
            )
            decision.fields.append(Step.Field(target: program.fields[index].field(target).as(back.type), write: back))
        }
        return decision
    }

    private func present(_ index: Int, _ side: Side, _ input: PairInput) -> Value? {
        input.observed[side].flatMap { program.value(of: $0, field: index, side: side) }
            ?? input.base.flatMap { program.values(of: $0, field: index)?[side] }
    }
}
