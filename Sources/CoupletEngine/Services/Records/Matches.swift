import CoupletCore
import CoupletPorts

/// What the match rules, and likeness where asked for, say about a mapping's uncoupled records.
///
/// It holds ids only: keys and names are read where they are shown, so that a table of any size can be matched.
struct Matches: Sendable {
    var couples: [Matcher.Couple]
    var questions: [Matcher.Ambiguity]
    var unmatched: [RecordID]
    /// ERP records that no rule matches and that resemble free CRM records.
    var suggestions: [Matcher.Ambiguity] = []

    /// Every ERP record that matches or resembles something.
    var all: [RecordID] { couples.map(\.erp) + questions.map(\.erp) + suggestions.map(\.erp) }

    /// Leaves out candidates of which a person has said before that they are not the counterpart.
    mutating func leaveOutDeclined(_ run: MappingRun) async throws {
        guard !suggestions.isEmpty else { return }
        let name = run.context.name
        let asked = try await run.store.read { try $0.questions(mapping: name, includingClosed: true) }
        var declined: [RecordID: Set<RecordID>] = [:]
        for question in asked where question.kind == .severalCandidates && question.side == .erp {
            guard question.answer == AnswerQuestion.Answer.noCandidate.text else { continue }
            declined[question.record, default: []].formUnion(question.candidates.map(\.id))
        }
        for index in suggestions.indices {
            guard let others = declined[suggestions[index].erp] else { continue }
            suggestions[index].candidates.removeAll { others.contains($0.id) }
        }
        suggestions.removeAll { ($0.candidates.first?.score ?? 0) < 0.5 }
    }

    /// Takes suggestions for matches: those from a score on couple, the others are questions.
    /// - Parameter score: The score, above one half, so that nothing is claimed twice; nil to ask about all.
    mutating func accept(from score: Double?) {
        for suggestion in suggestions {
            guard let score, let best = suggestion.candidates.first, best.score >= score else {
                questions.append(suggestion)
                continue
            }
            couples.append(
                Matcher.Couple(
                    erp: suggestion.erp,
                    crm: best.id,
                    rule: nil,
                    score: best.score,
                    reasons: best.reasons
                )
            )
        }
        let found = Set(suggestions.map(\.erp))
        unmatched.removeAll { found.contains($0) }
        suggestions = []
    }

    /// Source records that may not get a new counterpart, because they match something.
    func withheld(_ target: Side) -> Set<RecordID> {
        switch target {
        case .crm: Set(all)
        case .erp:
            Set(couples.map(\.crm) + questions.flatMap { $0.candidates.filter { !$0.isCoupled }.map(\.id) })
        }
    }

    /// Asks a person about records that match something, with every candidate.
    /// - Parameters:
    ///   - run: The mapping's run.
    ///   - asked: The ERP records to ask about; others are passed over.
    /// - Throws: `StoreError`, `CancellationError`.
    func ask(_ run: MappingRun, about asked: [RecordID]) async throws {
        let asked = Set(asked)
        let single = couples.filter { asked.contains($0.erp) }.map { couple in
            Matcher.Ambiguity(
                erp: couple.erp,
                candidates: [
                    Matcher.Candidate(id: couple.crm, score: couple.score, reasons: couple.reasons, isCoupled: false)
                ]
            )
        }
        let open = single + questions.filter { asked.contains($0.erp) }
        for start in stride(from: 0, to: open.count, by: CouplingPlanner.batchSize) {
            try await ask(run, Array(open[start..<min(start + CouplingPlanner.batchSize, open.count)]))
            try Task.checkCancellation()
        }
    }

    private func ask(_ run: MappingRun, _ open: [Matcher.Ambiguity]) async throws {
        let feeds = run.context.feedIDs
        let known = try await run.store.read { transaction in
            BySide(
                erp: try transaction.records(feed: feeds.erp, ids: open.map(\.erp)),
                crm: try transaction.records(feed: feeds.crm, ids: open.flatMap { $0.candidates.map(\.id) })
            )
        }
        let questions = open.map { Self.question($0, known, run) }
        if run.isPreview { return try await run.show(questions.map(PlanItem.question)) }
        try await run.store.write { transaction in
            for var question in questions {
                if let known = try transaction.openQuestion(
                    mapping: question.mapping,
                    side: .erp,
                    record: question.record
                ) {
                    question.id = known.id
                    question.askedAt = known.askedAt
                }
                _ = try transaction.save(question)
            }
        }
        for question in questions { run.book.note(run.mainJob, .question(question.record)) }
    }

    private static func question(
        _ ambiguity: Matcher.Ambiguity,
        _ known: BySide<[RecordID: RemoteRecord]>,
        _ run: MappingRun
    ) -> QuestionRecord {
        let record = known.erp[ambiguity.erp]
        return QuestionRecord(
            mapping: run.context.name,
            kind: .severalCandidates,
            side: .erp,
            record: ambiguity.erp,
            label: MappingRun.label(key: record?.key, name: record?.name ?? ambiguity.erp.description),
            candidates: ambiguity.candidates.map { candidate in
                QuestionRecord.Candidate(
                    id: candidate.id,
                    key: known.crm[candidate.id]?.key,
                    name: known.crm[candidate.id]?.name ?? "",
                    score: candidate.score,
                    reasons: candidate.reasons
                )
            },
            askedAt: run.clock.now
        )
    }
}
