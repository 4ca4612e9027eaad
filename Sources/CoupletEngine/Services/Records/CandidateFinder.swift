import CoupletCore
import CoupletPorts

/// Finds the records that may be one record's counterpart: by the match rules, by likeness, and from what was asked
/// before.
struct CandidateFinder: Sendable {
    /// The most candidates that are given.
    static let most = 10

    let context: MappingContext
    let store: any StateStore
    let now: Instant
    let progress: ProgressSink

    /// The candidates of a record, best first.
    /// - Parameters:
    ///   - record: The record; it may have a counterpart.
    ///   - row: What it holds.
    /// - Returns: At most `most` records of the other side, each once.
    /// - Throws: `CoupletError`, `StoreError`, `CancellationError`.
    func candidates(of record: RecordKey, _ row: ObservedRow) async throws -> [Matcher.Candidate] {
        let finder = MatchFinder(of: (record, row), context, store, now: now, progress)
        let matches = try await finder.find()
        var found = matches.candidates(of: record)
        found += try await asked(record)
        // The rules have said it all where one of them names a free record.
        if !found.contains(where: { !$0.isCoupled }) { found += try await alike(record, row) }
        var best: [RecordID: Matcher.Candidate] = [:]
        for candidate in found where candidate.score > best[candidate.id]?.score ?? -1 {
            best[candidate.id] = candidate
        }
        let sorted = best.values.sorted { ($0.score, $1.id) > ($1.score, $0.id) }
        return Array(sorted.prefix(Self.most))
    }

    /// The candidates of an open question about the record.
    private func asked(_ record: RecordKey) async throws -> [Matcher.Candidate] {
        let name = context.name
        let question = try await store.read {
            try $0.openQuestion(mapping: name, side: record.side, record: record.id)
        }
        return (question?.candidates ?? []).map { candidate in
            Matcher.Candidate(
                id: candidate.id,
                score: candidate.score,
                reasons: candidate.reasons,
                isCoupled: false
            )
        }
    }

    /// Records that are alike, measured by a part of the tables: those that have most in common with the record, and
    /// some that tell what is common.
    private func alike(_ record: RecordKey, _ row: ObservedRow) async throws -> [Matcher.Candidate] {
        let feeds = context.feedIDs
        let totals = try await store.read {
            BySide(erp: try $0.recordCount(feed: feeds.erp), crm: try $0.recordCount(feed: feeds.crm))
        }
        var sieve = CandidateSieve(program: context.program, side: record.side, row: row, totals: totals)
        for side in Side.allCases {
            try await uncoupled(side) { id, row in
                if id != record.id { sieve.add(side: side, id: id, row: row) }
            }
        }
        var finder = SuggestionFinder(program: context.program)
        finder.add(side: record.side, id: record.id, row: row)
        for side in Side.allCases {
            let kept = sieve.kept(side).sorted()
            let context = context
            let rows = try await store.read { try $0.observations(feed: context.feedIDs[side], ids: kept) }
            for id in kept where id != record.id {
                guard let row = rows[id].flatMap({ context.row($0, side) }) else { continue }
                finder.add(side: side, id: id, row: row)
            }
        }
        let found = finder.suggestions(from: 0.05, listing: 0.02)
        var matches = Matches(couples: [], questions: [], unmatched: [], suggestions: found)
        matches.accept(from: nil)
        return matches.candidates(of: record)
    }

    /// Goes through the uncoupled records of a side that lie within the filter and are nobody else's.
    private func uncoupled(_ side: Side, _ body: (RecordID, ObservedRow) -> Void) async throws {
        var after: RecordID?
        let context = context
        while true {
            let position = after
            let (batch, taken) = try await store.read { transaction in
                let batch = try transaction.uncoupled(
                    mapping: context.name,
                    side: side,
                    feed: context.feedIDs[side],
                    after: position,
                    limit: CouplingPlanner.batchSize
                )
                return (batch, side == .crm ? try context.taken(batch.map(\.record.id), transaction) : [])
            }
            guard let last = batch.last else { return }
            after = last.record.id
            for record in batch where !taken.contains(record.record.id) {
                guard let row = context.row(record.observation, side), context.program.isInScope(row, side: side) else {
                    continue
                }
                body(record.record.id, row)
            }
            try Task.checkCancellation()
        }
    }
}

extension Matches {
    /// What was found for one record, as candidates of the other side.
    func candidates(of record: RecordKey) -> [Matcher.Candidate] {
        switch record.side {
        case .erp:
            couples.filter { $0.erp == record.id }.map { couple in
                Matcher.Candidate(id: couple.crm, score: couple.score, reasons: couple.reasons, isCoupled: false)
            } + questions.filter { $0.erp == record.id }.flatMap(\.candidates)
        case .crm:
            couples.filter { $0.crm == record.id }.map { couple in
                Matcher.Candidate(id: couple.erp, score: couple.score, reasons: couple.reasons, isCoupled: false)
            }
                + questions.compactMap { question in
                    question.candidates.first { $0.id == record.id }.map { own in
                        Matcher.Candidate(id: question.erp, score: own.score, reasons: own.reasons, isCoupled: false)
                    }
                }
        }
    }
}
