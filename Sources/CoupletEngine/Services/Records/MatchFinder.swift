import CoupletCore
import CoupletPorts

/// What the match rules say about a mapping's uncoupled records.
struct Matches: Sendable {
    var couples: [Matcher.Couple]
    var questions: [Matcher.Ambiguity]
    var unmatched: [RecordID]
    /// What is known of the records, for labels and candidates.
    var records: BySide<[RecordID: RemoteRecord]>

    /// Every ERP record that matches something.
    var all: [RecordID] { couples.map(\.erp) + questions.map(\.erp) }

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
    /// - Throws: `StoreError`.
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
        guard !open.isEmpty else { return }
        let records = try open.map { try question($0, run) }
        if let preview = run.preview {
            preview.add { $0.questions += records }
            return
        }
        try await run.store.write { transaction in
            for var question in records {
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
        for question in records { run.book.note(run.mainJob, .question(question.record)) }
    }

    private func question(_ ambiguity: Matcher.Ambiguity, _ run: MappingRun) throws -> QuestionRecord {
        let record = records.erp[ambiguity.erp]
        return QuestionRecord(
            mapping: run.context.name,
            kind: .severalCandidates,
            side: .erp,
            record: ambiguity.erp,
            label: MappingRun.label(key: record?.key, name: record?.name ?? ambiguity.erp.description),
            candidates: ambiguity.candidates.map { candidate in
                QuestionRecord.Candidate(
                    id: candidate.id,
                    key: records.crm[candidate.id]?.key,
                    name: records.crm[candidate.id]?.name ?? "",
                    score: candidate.score,
                    reasons: candidate.reasons
                )
            },
            askedAt: run.clock.now
        )
    }
}

/// Runs the match rules over everything that is uncoupled and within the filters.
struct MatchFinder: Sendable {
    let run: MappingRun
    /// Rules for this time only; empty for the mapping's own.
    var rules: [MatchRule] = []

    /// Compares all uncoupled records of both sides, with coupled CRM records as candidates that are taken.
    func find() async throws -> Matches {
        var mapping = run.context.mapping
        if !rules.isEmpty { mapping.matchRules = rules }
        let program = try MappingProgram(
            mapping: mapping,
            layouts: run.context.program.layouts,
            baseLayout: run.context.program.baseLayout
        )
        var matcher = Matcher(program: program)
        var records = BySide<[RecordID: RemoteRecord]>(erp: [:], crm: [:])
        var done = 0
        for side in Side.allCases {
            var after: RecordID?
            while true {
                let position = after
                let batch = try await uncoupled(side, after: position)
                guard let last = batch.last else { break }
                after = last.record.id
                for record in batch {
                    guard let row = run.context.row(record.observation, side), program.isInScope(row, side: side) else {
                        continue
                    }
                    matcher.add(side: side, id: record.record.id, row: row, isCoupled: false)
                    records[side][record.record.id] = record.record
                }
                done += batch.count
                run.progress(ProgressEvent(stage: .matching, mapping: run.context.name, side: side, done: done))
                try Task.checkCancellation()
            }
        }
        if !records.erp.isEmpty { try await addCoupled(&matcher, &records) }
        let results = matcher.results()
        return Matches(
            couples: results.couples,
            questions: results.questions,
            unmatched: results.unmatched,
            records: records
        )
    }

    private func uncoupled(_ side: Side, after: RecordID?) async throws -> [UncoupledRecord] {
        let context = run.context
        return try await run.store.read { transaction in
            try transaction.uncoupled(
                mapping: context.name,
                side: side,
                feed: context.feeds[side].id,
                after: after,
                limit: CouplingPlanner.batchSize
            )
        }
    }

    private func addCoupled(_ matcher: inout Matcher, _ records: inout BySide<[RecordID: RemoteRecord]>) async throws {
        var after: Int64 = 0
        let context = run.context
        let now = run.clock.now
        while true {
            let position = after
            let inputs = try await run.store.read { transaction in
                let states = try transaction.couplingStates(
                    mapping: context.name,
                    feeds: context.feedIDs,
                    scope: .all,
                    now: now,
                    after: position,
                    limit: CouplingPlanner.batchSize
                )
                return try CouplingInput.all(states, context.program, transaction)
            }
            guard let last = inputs.last else { return }
            after = last.state.coupling.id
            for input in inputs {
                let id = input.state.coupling.ids.crm
                guard let row = input.input.observed.crm ?? context.settledRow(input.state.base, .crm) else { continue }
                matcher.add(side: .crm, id: id, row: row, isCoupled: true)
                records.crm[id] = input.state.records.crm
            }
        }
    }
}

extension MappingContext {
    /// A side's row as its half of the base has it, under the side's own field names.
    func settledRow(_ base: Base?, _ side: Side) -> ObservedRow? {
        guard let base else { return nil }
        let values: [BySide<Value>?] = base.values(in: program.baseLayout)
        let layout = RowLayout(number: -1, fields: program.fields.map { $0.field(side).name })
        return ObservedRow(row: EncodedRow(values.map { $0?[side] }), layout: layout, version: "")
    }
}
