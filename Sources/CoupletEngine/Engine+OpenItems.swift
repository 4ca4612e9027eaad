import CoupletCore
import CoupletPorts

extension Engine {
    /// Settles a conflict and writes what was decided; see `ResolveConflict`.
    ///
    /// What another action has found since is not what was decided about.
    func resolve(_ action: ResolveConflict, _ context: ActionContext) async throws -> RunOrPlan {
        let conflict = try await openConflict(action.id)
        let fields = try conflict.fields(named: action.field)
        if case .value = action.resolution, fields.count > 1 {
            throw CoupletError(
                "conflict.fieldNeeded",
                ["conflict": String(conflict.id), "known": conflict.fieldNames],
                status: .wrongUse
            )
        }
        let mapping = try await store.read { try MappingService.mapping(named: conflict.mapping, in: $0) }
        if case .value = action.resolution,
            let field = mapping.fields.first(where: { $0.isUnkept == true && fields.contains($0.id) })
        {
            throw CoupletError(
                "conflict.unkeptValue",
                ["conflict": String(conflict.id), "field": field.id],
                status: .wrongUse
            )
        }
        let asked = Asked.about(conflict.mapping, ["conflict": String(conflict.id)])
        return try await RunSession.run(ResolveConflict.name, context, isPreview: false, asked: asked) { session in
            let run = try await session.open(mapping, mapping.direction, isFull: false, writes: true)
            let (author, number) = (context.author, session.book.run.id)
            try await store.write { transaction in
                guard var stored = try transaction.conflict(conflict.id), stored.closedAt == nil else { return }
                guard stored.holds(action.seen ?? conflict.fields, in: fields) else {
                    throw CoupletError("conflict.moved", ["conflict": String(stored.id)], status: .doneWithOpenItems)
                }
                for field in fields { stored.resolutions[field] = action.resolution }
                stored.resolvedBy = author.who
                _ = try transaction.save(stored)
                let details = ["fields": fields.joined(separator: ", "), "take": action.resolution.kind]
                let subject = AuditEntry.Subject(.conflict, conflict.id)
                try transaction.audit(.conflictResolved, subject, by: author, run: number, details)
            }
            try await session.prepare(run, isFull: false)
            try await run.synchronize(
                MappingRun.Selection(scope: .couplings([conflict.coupling]), choice: nil, isAsked: true)
            )
            session.book.charge(run.mainJob, run.context)
        }
    }

    private func openConflict(_ id: Int64) async throws -> ConflictRecord {
        guard let conflict = try await store.read({ try $0.conflict(id) }) else {
            throw CoupletError("conflict.unknown", ["conflict": String(id)], status: .wrongUse)
        }
        guard conflict.closedAt == nil else {
            throw CoupletError("conflict.closed", ["conflict": String(id)], status: .wrongUse)
        }
        return conflict
    }

    /// Answers a question and does what follows from it; see `AnswerQuestion`.
    func answer(_ action: AnswerQuestion, _ context: ActionContext) async throws -> RunOrPlan {
        let question = try await openQuestion(action.id)
        let mapping = try await store.read { try MappingService.mapping(named: question.mapping, in: $0) }
        let writes = action.writes
        let asked = Asked.about(question.mapping, ["question": String(question.id)])
        return try await RunSession.run(AnswerQuestion.name, context, isPreview: false, asked: asked) { session in
            let run = try await session.open(mapping, mapping.direction, isFull: false, writes: writes)
            try await session.prepare(run, isFull: false)
            switch (question.kind, action.answer) {
            case (.firstComparison, .take(let side)): try await take(side, question, run)
            case (.severalCandidates, .candidate(let key)), (.unconfirmedCreate, .candidate(let key)):
                try await choose(key, question, action.choice, moves: false, run)
            case (.absorbedCounterpart, .candidate(let key)):
                try await choose(key, question, action.choice, moves: true, run)
            case (.severalCandidates, .noCandidate), (.absorbedCounterpart, .noCandidate): break
            case (.severalCandidates, .create), (.unconfirmedCreate, .create):
                try await close(question, action, context.author, session)
                let holds = try await run.create(on: question.side.other, withheld: [], only: [question.record])
                try await session.hold(run, holds)
            case (.firstComparison, _), (.severalCandidates, .take), (.unconfirmedCreate, _),
                (.absorbedCounterpart, _):
                throw CoupletError("question.wrongAnswer", ["question": String(question.id)], status: .wrongUse)
            }
            try await close(question, action, context.author, session)
            session.book.charge(run.mainJob, run.context)
        }
    }

    private func openQuestion(_ id: Int64) async throws -> QuestionRecord {
        guard let question = try await store.read({ try $0.question(id) }) else {
            throw CoupletError("question.unknown", ["question": String(id)], status: .wrongUse)
        }
        guard question.closedAt == nil else {
            throw CoupletError("question.closed", ["question": String(id)], status: .wrongUse)
        }
        return question
    }

    private func take(_ side: Side, _ question: QuestionRecord, _ run: MappingRun) async throws {
        guard let coupling = question.coupling else { return }
        guard run.direction.writes(to: side.other) else {
            throw CoupletError(
                "question.oneWay",
                ["question": String(question.id), "mapping": run.context.name, "side": side.rawValue],
                status: .wrongUse
            )
        }
        try await CouplingPlanner(run: run, choice: nil, isAsked: true).requireUnmoved(question, coupling)
        let name = run.context.name
        // Kept with the coupling, so that the answer also holds for what waits for another record.
        try await store.write { transaction in
            guard var stored = try transaction.coupling(mapping: name, side: question.side, record: question.record)
            else { return }
            stored.choice = side
            try transaction.update(stored)
        }
        try await run.synchronize(MappingRun.Selection(scope: .couplings([coupling]), choice: nil, isAsked: true))
    }

    private func choose(
        _ key: String,
        _ question: QuestionRecord,
        _ choice: Side?,
        moves: Bool,
        _ run: MappingRun
    ) async throws {
        let candidate = question.candidates.first { candidate in
            candidate.key?.lowercased() == key.lowercased() || RecordID(key.replacing("crm:", with: "")) == candidate.id
        }
        guard let candidate else {
            throw CoupletError(
                "question.unknownCandidate",
                ["question": String(question.id), "candidate": key],
                status: .wrongUse
            )
        }
        var ids = BySide(erp: question.record, crm: question.record)
        ids[question.side.other] = candidate.id
        let found = ids
        let context = run.context
        let (erp, crm) = try await store.read { transaction in
            (
                try RecordKey.find(
                    found.erp.description,
                    mapping: context.mapping,
                    feeds: context.feedIDs,
                    transaction
                ),
                try RecordKey.find(
                    "crm:\(found.crm)",
                    mapping: context.mapping,
                    feeds: context.feedIDs,
                    transaction
                )
            )
        }
        try await couple(erp, with: crm, choice: choice, moves: moves, run)
    }

    private func close(
        _ question: QuestionRecord,
        _ action: AnswerQuestion,
        _ author: Author,
        _ session: RunSession
    ) async throws {
        let run = session.book.run.id
        try await store.write { transaction in
            guard var stored = try transaction.question(question.id) else { return }
            // A first comparison closes when nothing of it is left open; planning does that.
            if question.kind != .firstComparison { stored.closedAt = stored.closedAt ?? author.at }
            let isNew = stored.answer == nil
            stored.answer = action.answer.text
            stored.answeredBy = author.who
            _ = try transaction.save(stored)
            guard isNew else { return }
            let subject = AuditEntry.Subject(.question, question.id)
            let details = Asked.about(question.mapping, ["answer": action.answer.text])
            try transaction.audit(.questionAnswered, subject, by: author, run: run, details)
        }
    }
}

extension AnswerQuestion {
    /// Whether the answer may write to a remote system.
    fileprivate var writes: Bool {
        switch answer {
        case .candidate: choice != nil
        case .noCandidate: false
        case .create, .take: true
        }
    }
}

extension AnswerQuestion.Answer {
    /// The answer as it is kept.
    var text: String {
        switch self {
        case .candidate(let key): key
        case .noCandidate: "none"
        case .create: "create"
        case .take(let side): side.rawValue
        }
    }
}

extension ConflictRecord {
    /// Whether what is still open of some fields has the values that somebody has seen.
    fileprivate func holds(_ seen: [FieldDifference], in names: [String]) -> Bool {
        fields.filter { names.contains($0.field) }.allSatisfy { open in
            seen.contains { $0.field == open.field && $0.present == open.present }
        }
    }

    /// Both names of each field, for people.
    fileprivate var fieldNames: String {
        fields.map { $0.field.replacing("|", with: " / ") }.joined(separator: ", ")
    }

    /// The ids of the conflict's fields that a name means: either side's name, or all without one.
    fileprivate func fields(named name: String?) throws -> [String] {
        guard let name else { return fields.map(\.field) }
        let found = fields.map(\.field).filter { id in
            id == name || id.split(separator: "|").contains { $0.lowercased() == name.lowercased() }
        }
        guard !found.isEmpty else {
            throw CoupletError(
                "conflict.unknownField",
                [
                    "conflict": String(id), "field": name,
                    "known": fieldNames,
                ],
                status: .wrongUse
            )
        }
        return found
    }
}
