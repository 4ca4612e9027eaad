import CoupletCore
import CoupletPorts

/// Runs the match rules over everything that is uncoupled and within the filters.
struct MatchFinder: Sendable {
    let context: MappingContext
    let store: any StateStore
    let now: Instant
    let progress: ProgressSink
    /// Rules for this time only; empty for the mapping's own.
    var rules: [MatchRule] = []
    /// Whether records that no rule matches are compared for likeness too.
    var suggests = false
    /// A record whose counterparts are sought although it may have one, with its content; nil to seek for all.
    var focus: (record: RecordKey, row: ObservedRow)?

    init(run: MappingRun, rules: [MatchRule] = [], suggests: Bool = false) {
        context = run.context
        store = run.store
        now = run.clock.now
        progress = run.progress
        self.rules = rules
        self.suggests = suggests
    }

    /// Seeks the counterparts of one record.
    init(
        of focus: (record: RecordKey, row: ObservedRow),
        _ context: MappingContext,
        _ store: any StateStore,
        now: Instant,
        _ progress: @escaping ProgressSink
    ) {
        self.context = context
        self.store = store
        self.now = now
        self.progress = progress
        self.focus = focus
        suggests = false
    }

    /// Compares all uncoupled records of both sides, with coupled CRM records as candidates that are taken.
    func find() async throws -> Matches {
        var mapping = context.mapping
        if !rules.isEmpty { mapping.matchRules = rules }
        let program = try MappingProgram(
            mapping: mapping,
            layouts: context.program.layouts,
            baseLayout: context.program.baseLayout,
            now: now
        )
        var matcher = Matcher(program: program)
        var finder = suggests ? SuggestionFinder(program: program) : nil
        var hasClaimants = false
        var done = 0
        for side in Side.allCases {
            var after: RecordID?
            while true {
                let position = after
                let batch = try await uncoupled(side, after: position)
                guard let last = batch.last else { break }
                after = last.record.id
                let taken = try await taken(batch, side)
                for record in batch where !taken.contains(record.record.id) && record.record.id != focus?.record.id {
                    guard let row = context.row(record.observation, side), program.isInScope(row, side: side) else {
                        continue
                    }
                    matcher.add(side: side, id: record.record.id, row: row, isCoupled: false)
                    finder?.add(side: side, id: record.record.id, row: row)
                    if side == .erp { hasClaimants = true }
                }
                done += batch.count
                progress(ProgressEvent(stage: .matching, mapping: context.name, side: side, done: done))
                try Task.checkCancellation()
            }
        }
        if let focus {
            matcher.add(side: focus.record.side, id: focus.record.id, row: focus.row, isCoupled: false)
            hasClaimants = true
        }
        if hasClaimants { try await addCoupled(&matcher, &finder) }
        let results = matcher.results()
        var matches = Matches(couples: results.couples, questions: results.questions, unmatched: results.unmatched)
        if finder != nil, !matches.unmatched.isEmpty {
            let taken = BySide(erp: Set(matches.all), crm: matches.withheld(.erp))
            matches.suggestions = finder?.suggestions(excluding: taken) ?? []
        }
        return matches
    }

    private func uncoupled(_ side: Side, after: RecordID?) async throws -> [UncoupledRecord] {
        let context = context
        return try await store.read { transaction in
            try transaction.uncoupled(
                mapping: context.name,
                side: side,
                feed: context.feeds[side].id,
                after: after,
                limit: CouplingPlanner.batchSize
            )
        }
    }

    /// The records of the CRM that another company has coupled: no candidates at all, for numbers and names repeat from
    /// company to company.
    private func taken(_ batch: [UncoupledRecord], _ side: Side) async throws -> Set<RecordID> {
        guard side == .crm, !context.rivals.isEmpty else { return [] }
        let context = context
        return try await store.read { try context.taken(batch.map(\.record.id), $0) }
    }

    private func addCoupled(_ matcher: inout Matcher, _ finder: inout SuggestionFinder?) async throws {
        var after: Int64 = 0
        let (context, now) = (context, now)
        while true {
            let position = after
            let inputs = try await store.read { transaction in
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
                let ids = input.state.coupling.ids
                if let row = input.input.observed.erp ?? context.settledRow(input.state.base, .erp) {
                    finder?.add(side: .erp, id: ids.erp, row: row, isFree: false)
                }
                guard ids.crm != focus?.record.id || focus?.record.side == .erp,
                    let row = input.input.observed.crm ?? context.settledRow(input.state.base, .crm)
                else { continue }
                matcher.add(side: .crm, id: ids.crm, row: row, isCoupled: true)
                finder?.add(side: .crm, id: ids.crm, row: row, isFree: false)
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
