import CoupletCore
import CoupletPorts

/// Conflicts and questions that a plan has shown, to be kept once it is applied.
struct ShownItems {
    /// What is settled by now between the records of couplings.
    private let bases: [Int64: Base]

    /// Looks up what is settled by now of what the items are about.
    init(_ items: [PlanItem], _ transaction: any StoreReading) throws {
        var couplings: [String: Set<Int64>] = [:]
        for item in items {
            switch item {
            case .conflict(let conflict): couplings[conflict.mapping, default: []].insert(conflict.coupling)
            case .question(let question):
                let coupling = try question.coupling ?? Self.coupling(of: question, transaction)?.id
                if let coupling { couplings[question.mapping, default: []].insert(coupling) }
            case .failure: continue
            }
        }
        var bases: [Int64: Base] = [:]
        for mapping in try transaction.mappings() {
            guard let numbers = couplings[mapping.name],
                let erp = try transaction.feed(connection: mapping.erp.connection, table: mapping.erp.table),
                let crm = try transaction.feed(connection: mapping.crm.connection, table: mapping.crm.table)
            else { continue }
            let states = try transaction.couplingStates(
                mapping: mapping.name,
                feeds: BySide(erp: erp.id, crm: crm.id),
                scope: .couplings(numbers.sorted()),
                now: Instant(milliseconds: 0),
                after: 0,
                limit: numbers.count
            )
            for state in states { bases[state.coupling.id] = state.base }
        }
        self.bases = bases
    }

    /// Keeps what a plan has shown, where it is not settled and nothing is open about the same record yet.
    func keep(_ item: PlanItem, _ transaction: any StoreWriting) throws {
        switch item {
        case .conflict(let conflict): try keep(conflict, transaction)
        case .question(let question): try keep(question, transaction)
        case .failure: return
        }
    }

    private func keep(_ conflict: ConflictRecord, _ transaction: any StoreWriting) throws {
        var conflict = conflict
        conflict.fields = open(conflict.fields, of: conflict.coupling)
        guard !conflict.fields.isEmpty, try transaction.coupling(conflict.coupling) != nil,
            try !transaction.conflicts(mapping: conflict.mapping, includingClosed: false)
                .contains(where: { $0.coupling == conflict.coupling })
        else { return }
        conflict.id = 0
        _ = try transaction.save(conflict)
    }

    private func keep(_ question: QuestionRecord, _ transaction: any StoreWriting) throws {
        let open = try transaction.openQuestion(
            mapping: question.mapping,
            side: question.side,
            record: question.record
        )
        guard open == nil else { return }
        var question = question
        question.id = 0
        question.coupling = try Self.coupling(of: question, transaction)?.id
        if question.kind == .firstComparison {
            guard let coupling = question.coupling else { return }
            question.fields = self.open(question.fields, of: coupling)
            if question.fields.isEmpty { return }
        } else if question.coupling != nil {
            // Whoever it was, the record has its counterpart.
            return
        }
        _ = try transaction.save(question)
    }

    /// The fields of which nothing else was settled since: a field's base moves with every decision about it.
    private func open(_ fields: [FieldDifference], of coupling: Int64) -> [FieldDifference] {
        fields.filter { bases[coupling]?.values(of: $0.field) == $0.base }
    }

    private static func coupling(
        of question: QuestionRecord,
        _ transaction: any StoreReading
    ) throws -> Coupling? {
        try transaction.coupling(mapping: question.mapping, side: question.side, record: question.record)
    }
}
