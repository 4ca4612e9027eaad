import CoupletCore
import CoupletEngine
import CoupletPorts

extension Wish {
    /// The wish in words.
    var text: String {
        switch self {
        case .synchronize(let action, _):
            "sync \(action.mapping ?? "all") \(action.keys.joined()) \(action.direction)"
                + (action.isFull ? " full" : "") + (action.creates ? " create" : "") + preview
        case .match(let action, _):
            "match \(action.mapping) \(action.synchronization)" + (action.createUnmatched ? " create" : "") + preview
        case .couple(let action, _):
            "couple \(action.key) with \(action.with ?? "a new one"), choice \(action.choice?.rawValue ?? "none")"
                + (action.moves ? ", moving" : "") + preview
        case .importing(let action):
            "import " + action.rows.map { "\($0.erp) with \($0.crm)" }.joined(separator: ", ") + preview
        case .settleConflict(_, let resolution, let oneField): "resolve \(resolution)\(oneField ? " one field" : "")"
        case .answer(_, let first, let create, _): "answer \(first)\(create ? " create" : "")"
        case .uncouple(let action): "uncouple \(action.keys.joined())" + preview
        case .undo: "undo" + preview
        case .decide(_, let applies): applies ? "apply plan" : "reject plan"
        case .approve(let plan): "approve plan \(plan)"
        }
    }

    /// What is asked, for counting.
    var kind: String {
        switch self {
        case .synchronize: "synchronize"
        case .match: "match"
        case .couple: "couple"
        case .importing: "import couplings"
        case .settleConflict: "resolve a conflict"
        case .answer: "answer a question"
        case .uncouple: "uncouple"
        case .undo: "undo"
        case .decide(_, let applies): applies ? "apply a plan" : "reject a plan"
        case .approve: "approve a plan"
        }
    }

    private var preview: String { isPreview ? " preview" : "" }

    /// Asks Couplet.
    func perform(_ world: World, _ driver: Driver) async throws {
        switch self {
        case .synchronize(let action, _): try await world.perform(action)
        case .match(let action, _): try await world.perform(action)
        case .couple(let action, _): try await world.perform(action)
        case .importing(let action): try await world.perform(action)
        case .settleConflict(let pick, let resolution, let oneField):
            let conflicts = try await world.perform(ListConflicts()).conflicts
            guard !conflicts.isEmpty else { return }
            let conflict = conflicts[pick % conflicts.count]
            let field = oneField ? conflict.fields.first?.field : nil
            let pair = try OpenItems(world.store, mappings: driver.with { $0.oracle.mappings }, now: world.clock.now)
                .pairs.first { $0.coupling == conflict.coupling }
            driver.with { $0.oracle.resolve(conflict, of: pair, resolution) }
            try await world.perform(ResolveConflict(id: conflict.id, field: field, resolution: resolution))
        case .answer(let pick, let first, let create, let candidate):
            let questions = try await world.perform(ListQuestions()).questions
            guard !questions.isEmpty else { return }
            let question = questions[pick % questions.count]
            driver.with { $0.oracle.choose(question) }
            try await world.perform(
                AnswerQuestion(
                    id: question.id,
                    answer: question.answer(first, create, candidate),
                    choice: first
                )
            )
        case .uncouple(let action): try await world.perform(action)
        case .undo(let pick, let isPreview): try await Self.undo(pick, isPreview: isPreview, world, driver)
        case .approve(let plan): try await Self.approve(plan, world, driver)
        case .decide(let pick, let applies): try await Self.decide(pick, applies: applies, world, driver)
        }
    }
}

extension QuestionRecord {
    /// What a person could answer.
    fileprivate func answer(_ side: Side, _ create: Bool, _ candidate: Int) -> AnswerQuestion.Answer {
        switch kind {
        case .firstComparison: return .take(side)
        case .absorbedCounterpart: return create ? .noCandidate : .candidate(candidates[0].id.description)
        case .severalCandidates, .unconfirmedCreate:
            if create || candidates.isEmpty { return kind == .unconfirmedCreate ? .noCandidate : .create }
            return .candidate(candidates[candidate % candidates.count].id.description)
        }
    }
}

extension Oracle {
    /// A person has seen both values of a conflict's fields and chosen; what is edited later is not covered.
    mutating func resolve(_ conflict: ConflictRecord, of pair: OpenItems.Pair?, _ resolution: Resolution) {
        if case .value(let value) = resolution { typed.append(value.text) }
        guard let pair, let mapping = mappings.first(where: { $0.name == pair.mapping }) else { return }
        let name = RecordName(side: .erp, table: mapping.erp.table, id: pair.ids.erp)
        if let grant = grants[name], grant.values == nil { return }
        let seen = conflict.fields.flatMap { difference -> [String] in
            let shown = [difference.present.erp, difference.present.crm]
            let field = mapping.fields.first { $0.id == difference.field }
            guard let field, shown.contains(where: \.isUnkept) else { return shown.map(\.text) }
            // What a conflict does not show is looked up in the systems.
            return Side.allCases.map { side in
                let record = RecordName(side: side, table: mapping.table(side).table, id: pair.ids[side])
                return records[record]?.value(field.field(side).name) ?? ""
            }
        }
        grants[name] = Grant(values: (grants[name]?.values ?? []).union(seen))
    }

    /// A person has chosen a side for the records of a question.
    mutating func choose(_ question: QuestionRecord) {
        for name in records.keys.sorted() where name.side == question.side && name.id == question.record {
            grants[name] = Grant(values: nil)
        }
    }
}
