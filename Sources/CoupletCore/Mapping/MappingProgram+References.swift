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

    /// Which mappings couple the records that references of the CRM name, of those fields that may name records of several
    /// tables.
    func referenceQuestions(naming values: [(field: Int, value: Value)]) -> ReferenceTable.Questions {
        var questions = ReferenceTable.Questions()
        for (index, value) in values where fields[index].reference?.path?.targets?.isEmpty == false {
            ask(value, fields[index], .crm, &questions)
        }
        return questions
    }

    /// The CRM's record that a coupling's CRM record belongs to, among those of a mapping; nil where it belongs to none.
    public func parent(of input: PairInput, in mapping: String) -> RecordID? {
        parentField(in: mapping).flatMap { RecordID(present($0, .crm, input).text) }
    }

    /// Whether both records of a coupling belong to two records that a mapping has coupled with each other.
    /// - Parameters:
    ///   - input: The coupling.
    ///   - mapping: The parents' mapping.
    ///   - references: Answers to `referenceQuestions(_:)` of this input.
    /// - Returns: Whether they do.
    public func isParentShared(_ input: PairInput, in mapping: String, references: ReferenceTable) -> Bool {
        guard let index = parentField(in: mapping) else { return false }
        let (erp, crm) = (present(index, .erp, input), present(index, .crm, input))
        return converter(index, references).corresponds(erp, crm, direction: .bidirectional)
    }

    private func parentField(in mapping: String) -> Int? {
        fields.firstIndex { $0.reference?.isParent == true && $0.reference?.mappings.contains(mapping) == true }
    }

    private func present(_ index: Int, _ side: Side, _ input: PairInput) -> Value {
        input.observed[side].flatMap { value(of: $0, field: index, side: side) }
            ?? input.base.flatMap { values(of: $0, field: index)?[side] } ?? .null
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
