import CoupletCore
import CoupletPorts

/// Measures a mapping's planned steps by its last job, and holds them where a person should look first.
struct SafetyCheck: Sendable {
    let run: MappingRun
    let limits = SafetyLimits()

    /// Why the planned steps must wait; none when they may be carried out.
    /// - Parameters:
    ///   - changed: Records that would be changed, by side.
    ///   - created: Records that would be created, by side.
    ///   - deleted: Records that would be deleted, by side.
    ///   - gone: Couplings that would be settled because a system has deleted a record of theirs.
    /// - Returns: The reasons.
    /// - Throws: `StoreError`.
    func holds(
        changed: BySide<Int>,
        created: BySide<Int>,
        deleted: BySide<Int> = BySide(erp: 0, crm: 0),
        gone: Int = 0
    ) async throws -> [Message] {
        let context = run.context
        let writes = changed.erp + changed.crm + created.erp + created.crm + deleted.erp + deleted.crm + gone
        // A cycle that has nothing to write costs nothing here.
        guard writes > 0 || run.isFull else { return [] }
        let definitions = Self.definitions(context, created)
        let limits = limits
        return try await run.store.read { transaction in
            let before = try transaction.baseline(mapping: context.name)
            let setting = try PlanDetails.Setting(context.mapping, transaction)
            let job = SafetyLimits.Job(
                mapping: context.name,
                coupled: try transaction.couplingCount(mapping: context.name),
                changed: changed,
                created: created,
                deleted: deleted,
                gone: gone,
                isFirst: before == nil,
                isMappingChanged: before.map { $0.setting.mapping != setting.mapping } ?? false,
                movedSides: Side.allCases.filter { side in
                    before.map { $0.setting.addresses[side] != setting.addresses[side] } ?? false
                },
                recordsBefore: before?.records,
                recordsNow: try Self.records(context, transaction)
            )
            return definitions + context.decisions.holds(job, limits: limits)
        }
    }

    /// Why creates must wait that would change the definition of a table; none where there are no such creates.
    static func definitions(_ context: MappingContext, _ created: BySide<Int>) -> [Message] {
        let defined = Side.allCases.filter { side in
            created[side] > 0 && context.connectors[side].changesDefinitions(in: context.mapping.table(side).table)
        }
        return defined.map { side in
            Message(
                "limit.definitions",
                ["mapping": context.name, "side": side.rawValue, "count": String(created[side])]
            )
        }
    }

    /// Remembers how this job has found things, once it is carried out or approved; where it is not to be done always,
    /// only the first time.
    static func remember(
        _ context: MappingContext,
        job: Int64,
        _ store: any StateStore,
        always: Bool = true
    ) async throws {
        if !always {
            let known = try await store.read { try $0.baseline(mapping: context.name) }
            guard known == nil else { return }
        }
        try await store.write { transaction in
            let setting = try PlanDetails.Setting(context.mapping, transaction)
            let records = try records(context, transaction)
            try transaction.save(JobBaseline(setting: setting, records: records, job: job))
        }
    }

    private static func records(_ context: MappingContext, _ transaction: any StoreReading) throws -> BySide<Int> {
        BySide(
            erp: try records(of: context.feeds.erp, transaction),
            crm: try records(of: context.feeds.crm, transaction)
        )
    }

    /// How many records a table has; none where it was found empty, although nobody believes that they are all deleted.
    private static func records(of feed: StoredFeed, _ transaction: any StoreReading) throws -> Int {
        let stored = try transaction.feed(connection: feed.connection, table: feed.table)
        return stored?.isEmpty == true ? 0 : try transaction.recordCount(feed: feed.id)
    }
}
