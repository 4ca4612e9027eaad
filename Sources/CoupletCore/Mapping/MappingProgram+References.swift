extension MappingProgram {
    /// What deciding these couplings may need to know of other records: the references that either side holds and held,
    /// asked of the other side, and what rules look up.
    ///
    /// Ids are in lower case, keys without surrounding blanks; blank references and zero ids are not asked.
    public func referenceQuestions(_ inputs: [PairInput]) -> ReferenceTable.Questions {
        var questions = ReferenceTable.Questions()
        for index in asking {
            let field = fields[index]
            for input in inputs {
                let base = input.base.flatMap { values(of: $0, field: index) }
                for side in Side.allCases {
                    let present = input.observed[side].flatMap { value(of: $0, field: index, side: side) }
                    ask(present ?? base?[side], field, side, &questions)
                }
                if case .value(let typed) = input.resolutions[fieldIDs[index]] {
                    ask(typed, field, .erp, &questions)
                }
            }
        }
        return questions
    }

    /// What creating counterparts of these records may need to know of other records.
    public func referenceQuestions(creatingFrom rows: [ObservedRow], source: Side) -> ReferenceTable.Questions {
        var questions = ReferenceTable.Questions()
        for index in asking {
            for row in rows { ask(value(of: row, field: index, side: source), fields[index], source, &questions) }
        }
        return questions
    }

    private func ask(
        _ value: Value?,
        _ field: FieldMapping,
        _ side: Side,
        _ questions: inout ReferenceTable.Questions
    ) {
        guard let value else { return }
        if let rules = field.rules, !field.field(side).type.isBlank(value) {
            let text = field.field(side).type.plainText(of: value)
            if let question = rules.chain(from: side)?.rowQuestion(of: text) { questions.rows.insert(question) }
        }
        guard let reference = field.reference else { return }
        let isMeant = side == .erp && reference.path?.blankKey != nil
        guard isMeant || !field.field(side).type.isBlank(value) else { return }
        let question = FieldConverter.question(of: value, in: field, by: reference, from: side)
        if !question.value.isEmpty { questions.couplings.insert(question) }
    }
}
