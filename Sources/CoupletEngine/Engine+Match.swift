import CoupletCore
import CoupletPorts

extension Engine {
    /// Couples many records by match rules; see `MatchRecords`.
    func match(_ action: MatchRecords, _ context: ActionContext) async throws -> RunOrPlan {
        let mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        let direction = action.direction(in: mapping)
        let writes = action.createUnmatched || action.synchronization != .none
        let writesCRM = mapping.direction.intersection(direction)?.writes(to: .crm) == true
        if action.createUnmatched, !writesCRM || !mapping.crm.admitsCreates {
            throw CoupletError("match.createNotAllowed", ["mapping": mapping.name], status: .wrongUse)
        }
        if let score = action.acceptsFrom, !(score > 0.5 && score <= 1) {
            throw CoupletError("match.badScore", ["score": String(score)], status: .wrongUse)
        }
        try mapping.requireKept(action.rules)
        let suggests = action.suggests || action.acceptsFrom != nil
        return try await RunSession.run(MatchRecords.name, context, isPreview: action.isPreview, asked: action.asked) {
            session in
            let run = try await session.open(mapping, direction, isFull: false, writes: writes)
            try await session.prepare(run, isFull: false)
            let named = try await names(action.keys, run)
            var matches = try await MatchFinder(run: run, rules: action.rules, suggests: suggests).find()
            try await matches.leaveOutDeclined(run)
            // What is only shown is seen before it is done; what nobody has seen is left to a person.
            matches.accept(from: action.acceptsFrom ?? (run.isPreview ? MatchRecords.certain : nil))
            let couples = matches.couples.filter { named?.contains($0.erp) ?? true }
            try await matches.ask(run, about: matches.questions.map(\.erp).filter { named?.contains($0) ?? true })
            try await couple(couples, action.synchronization, run)
            if action.synchronization != .none, !run.isPreview {
                try await synchronize(couples, action.synchronization.choice, run)
            }
            if action.createUnmatched {
                let withheld = matches.withheld(.crm)
                let only = Set(matches.unmatched.filter { named?.contains($0) ?? true })
                try await session.hold(run, run.create(on: .crm, withheld: withheld, only: only))
            }
            if !session.isPreview { session.book.charge(run.mainJob, run.context) }
        }
    }

    private func names(_ keys: [String], _ run: MappingRun) async throws -> Set<RecordID>? {
        guard !keys.isEmpty else { return nil }
        var result: Set<RecordID> = []
        for key in keys {
            let record = try await RecordKey.find(key, run.context, store)
            guard record.side == .erp else {
                throw CoupletError("match.erpKeysOnly", ["key": key], status: .wrongUse)
            }
            if record.coupling == nil { result.insert(record.id) }
        }
        return result
    }

    private func couple(
        _ couples: [Matcher.Couple],
        _ synchronization: MatchSynchronization,
        _ run: MappingRun
    ) async throws {
        let coupler = Coupler(run: run, isCompared: synchronization != .none)
        let feed = run.context.feeds.erp.id
        for start in stride(from: 0, to: couples.count, by: Coupler.batchSize) {
            let batch = Array(couples[start..<min(start + Coupler.batchSize, couples.count)])
            let records = try await store.read { try $0.records(feed: feed, ids: batch.map(\.erp)) }
            let steps = batch.map { couple in
                let record = records[couple.erp]
                return Step(
                    mapping: run.context.name,
                    action: .couple,
                    target: .crm,
                    coupling: nil,
                    ids: BySide(erp: couple.erp, crm: couple.crm),
                    fields: [],
                    precondition: "",
                    label: MappingRun.label(key: record?.key, name: record?.name ?? ""),
                    score: couple.score,
                    reasons: couple.reasons,
                    choice: synchronization.choice
                )
            }
            try await coupler.couple(steps, keys: batch.map { records[$0.erp]?.key ?? "\($0.erp)" })
        }
    }

    private func synchronize(_ couples: [Matcher.Couple], _ choice: Side?, _ run: MappingRun) async throws {
        let name = run.context.name
        let erp = couples.map(\.erp)
        let numbers = try await store.read { transaction in
            try transaction.couplings(side: .erp, records: erp, mapping: name).values.map(\.id).sorted()
        }
        guard !numbers.isEmpty else { return }
        try await run.synchronize(MappingRun.Selection(scope: .couplings(numbers), choice: nil, isAsked: true))
    }
}

extension MatchSynchronization {
    /// The side whose values stand where matched records differ.
    var choice: Side? {
        switch self {
        case .none, .both: nil
        case .to: .erp
        case .from: .crm
        }
    }
}

extension MatchRecords {
    /// Where values may flow while matching: as asked, else the mapping's own direction.
    func direction(in mapping: TableMapping) -> Direction {
        switch synchronization {
        case .to: .toIntegrationTable
        case .from: .fromIntegrationTable
        case .both: .bidirectional
        case .none: mapping.direction == .bidirectional ? .toIntegrationTable : mapping.direction
        }
    }
}

extension TableMapping {
    /// Refuses match rules over fields whose values are not kept: of records without counterpart there is nothing to compare.
    fileprivate func requireKept(_ rules: [MatchRule]) throws {
        let pairs = rules.flatMap(\.pairs)
        let found = fields.first { field in
            field.isUnkept == true && pairs.contains { $0.erp == field.erp.name || $0.crm == field.crm.name }
        }
        guard let found else { return }
        throw CoupletError("match.unkept", ["mapping": name, "field": found.id], status: .wrongUse)
    }
}
