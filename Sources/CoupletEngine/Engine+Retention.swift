import CoupletCore
import CoupletPorts

extension Engine {
    /// Removes old history, runs and jobs; see `ApplyRetention`.
    func apply(_ action: ApplyRetention, by author: Author) async throws -> RetentionCounts {
        if let days = action.days { try Self.requireDays(days) }
        // A run that is at work knows its jobs and plans by number.
        return try await gate.withTurn {
            if !action.isPreview { try await Overwriting.finish(in: store) }
            if action.isPreview {
                return try await store.read { transaction in
                    let period = try action.days.map(RetentionPeriod.days) ?? RetentionPeriod(transaction)
                    guard let before = period.beginning(at: author.at) else { return .none }
                    return try transaction.oldWork(before: before)
                }
            }
            return try await store.write { transaction in
                let period = try action.days.map(RetentionPeriod.days) ?? RetentionPeriod(transaction)
                return try transaction.apply(period, by: author)
            }
        }
    }

    /// Sets for how long history is kept; see `SetRetention`.
    func setRetention(_ action: SetRetention, by author: Author) async throws -> RetentionView {
        if case .days(let days) = action.period { try Self.requireDays(days) }
        return try await store.write { transaction in
            let before = try RetentionPeriod(transaction)
            if before != action.period {
                try transaction.save(setting: RetentionPeriod.setting, action.period.text)
                try transaction.audit(
                    .settingChanged,
                    AuditEntry.Subject(.store, RetentionPeriod.setting),
                    by: author,
                    ["before": before.text, "after": action.period.text]
                )
            }
            return RetentionView(period: action.period)
        }
    }

    private static func requireDays(_ days: Int) throws {
        guard (1...36_500).contains(days) else {
            throw CoupletError("retention.badDays", ["days": String(days)], status: .wrongUse)
        }
    }

    /// Erases what is kept of a record; see `EraseRecord`.
    func erase(_ action: EraseRecord, by author: Author) async throws -> ErasureCounts {
        try await gate.withTurn {
            // What an earlier call could not overwrite: its record may be unknown by now.
            try await Overwriting.finish(in: store)
            let counts = try await store.write { try $0.erase(action, by: author) }
            try await Overwriting.finish(in: store)
            return counts
        }
    }
}

extension StoreWriting {
    /// Erases what is kept of a record, says so in the audit log, and demands that it is overwritten.
    fileprivate func erase(_ action: EraseRecord, by author: Author) throws -> ErasureCounts {
        let mapping = try MappingService.mapping(named: action.mapping, in: self)
        let erasure = try Erasure(action.key, mapping, self)
        let counts: ErasureCounts
        do {
            counts = try erase(erasure)
        } catch StoreError.failed {
            throw CoupletError("erase.underWay", ["key": action.key], status: .tryLater)
        }
        try Overwriting.demand(self)
        let ids = Side.allCases.compactMap { side in erasure.ids[side].map { "\(side.rawValue) \($0)" } }
        try audit(
            .recordErased,
            AuditEntry.Subject(.record, ids.joined(separator: ", ")),
            by: author,
            ["mapping": mapping.name]
        )
        return counts
    }
}

extension RetentionPeriod {
    /// The setting's name in the store.
    static let setting = "retention"
    /// When retention was last applied.
    private static let appliedSetting = "retentionAppliedAt"
    private static let foreverText = "forever"

    /// What is set.
    init(_ transaction: any StoreReading) throws {
        switch try transaction.setting(Self.setting) {
        case Self.foreverText: self = .forever
        case let text?: self = Int(text).map(RetentionPeriod.days) ?? .usual
        case nil: self = .usual
        }
    }

    /// The setting as text.
    var text: String {
        switch self {
        case .days(let days): String(days)
        case .forever: Self.foreverText
        }
    }

    /// When what is kept begins; nil where all is kept.
    func beginning(at now: Instant) -> Instant? {
        switch self {
        case .days(let days): now.advanced(bySeconds: -Double(days) * 86_400)
        case .forever: nil
        }
    }

    /// Applies what is set, once a day: in the transaction that begins the day's first run, when no other is at work.
    /// - Returns: Whether it is the day's first run.
    static func applyDaily(_ transaction: any StoreWriting, now: Instant) throws -> Bool {
        let last = try transaction.setting(appliedSetting).flatMap { Int64($0) }
        if let last, Instant(milliseconds: last).seconds(until: now) < 86_400 { return false }
        try transaction.save(setting: appliedSetting, String(now.milliseconds))
        // There is nothing old in a store that begins.
        guard last != nil else { return true }
        _ = try transaction.apply(RetentionPeriod(transaction), by: Author(who: Engine.itself, at: now))
        return true
    }
}

extension RetentionCounts {
    /// Nothing.
    static let none = RetentionCounts(history: 0, runs: 0, settled: 0)
}

extension StoreWriting {
    /// Removes what is older than a period, and says so in the audit log.
    fileprivate func apply(_ period: RetentionPeriod, by author: Author) throws -> RetentionCounts {
        guard let before = period.beginning(at: author.at) else { return .none }
        let counts = try removeOldWork(before: before)
        guard !counts.isEmpty else { return counts }
        let details = [
            "before": before.description, "history": String(counts.history), "runs": String(counts.runs),
            "settled": String(counts.settled),
        ]
        try audit(.historyPruned, AuditEntry.Subject(.store, "history"), by: author, details)
        return counts
    }
}

extension Erasure {
    /// The record of a key, with its counterpart; a record that nobody knows any more is named by its id.
    fileprivate init(_ key: String, _ mapping: TableMapping, _ transaction: any StoreReading) throws {
        var feeds = BySide<Int64?>(erp: nil, crm: nil)
        for side in Side.allCases {
            let table = mapping.table(side)
            feeds[side] = try transaction.feed(connection: table.connection, table: table.table)?.id
        }
        let isCRM = key.lowercased().hasPrefix("crm:")
        var ids = BySide<RecordID?>(erp: nil, crm: nil)
        if let erp = feeds.erp, let crm = feeds.crm,
            let found = try? RecordKey.find(key, mapping: mapping, feeds: BySide(erp: erp, crm: crm), transaction)
        {
            ids[found.side] = found.id
            if let coupling = found.coupling { ids = BySide(erp: coupling.ids.erp, crm: coupling.ids.crm) }
        } else if let id = RecordID(isCRM ? String(key.dropFirst(4)) : key) {
            ids[isCRM ? .crm : .erp] = id
        } else {
            let arguments = ["key": key, "mapping": mapping.name, "table": mapping.table(isCRM ? .crm : .erp).table]
            throw CoupletError("key.unknown", arguments, status: .wrongUse)
        }
        // The counterpart that the record had is known to the history only.
        for side in Side.allCases {
            guard let id = ids[side], ids[side.other] == nil else { continue }
            let entry = try transaction.history(side: side, record: id, limit: 1).first { $0.mapping == mapping.name }
            ids[side.other] = entry?.counterpart
        }
        self.init(ids: ids, feeds: feeds, obstacle: Message("plan.obstacle.erased"))
    }
}
