extension MappingProgram {
    /// The references whose answers deciding these couplings may need: what either side holds and held, asked of the
    /// other side.
    ///
    /// Ids are in lower case, keys without surrounding blanks; blank references and zero ids are not asked.
    public func referenceQuestions(_ inputs: [PairInput]) -> Set<ReferenceTable.Question> {
        var questions: Set<ReferenceTable.Question> = []
        for (index, field) in fields.enumerated() {
            guard let reference = field.reference else { continue }
            for input in inputs {
                let base = input.base.flatMap { values(of: $0, field: index) }
                for side in Side.allCases {
                    let present = input.observed[side].flatMap { value(of: $0, field: index, side: side) }
                    ask(present ?? base?[side], field, reference, side, &questions)
                }
                if case .value(let typed) = input.resolutions[fieldIDs[index]] {
                    ask(typed, field, reference, .erp, &questions)
                }
            }
        }
        return questions
    }

    /// The references that creating counterparts of these records may need.
    public func referenceQuestions(creatingFrom rows: [ObservedRow], source: Side) -> Set<ReferenceTable.Question> {
        var questions: Set<ReferenceTable.Question> = []
        for (index, field) in fields.enumerated() {
            guard let reference = field.reference else { continue }
            for row in rows { ask(value(of: row, field: index, side: source), field, reference, source, &questions) }
        }
        return questions
    }

    private func ask(
        _ value: Value?,
        _ field: FieldMapping,
        _ reference: FieldMapping.Reference,
        _ side: Side,
        _ questions: inout Set<ReferenceTable.Question>
    ) {
        guard let value else { return }
        let isMeant = side == .erp && reference.path?.blankKey != nil
        guard isMeant || !field.field(side).type.isBlank(value) else { return }
        let question = FieldConverter.question(of: value, in: field, by: reference, from: side)
        if !question.value.isEmpty { questions.insert(question) }
    }
}
