import CoupletCore
import CoupletPorts

extension MappingService {
    private func inTurn<Result: Sendable>(
        _ isPreview: Bool,
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        if isPreview { return try await body() }
        return try await gate.withTurn(body)
    }

    /// Adds or changes mappings, all or none; see `ApplyMappings`.
    func apply(
        _ mappings: [TableMapping],
        isPreview: Bool,
        expected: [TableMapping]? = nil,
        by author: Author
    ) async throws -> MappingChangesView {
        let found = try await stamped(mappings)
        let mappings = found.mappings
        let unfit = try await filterProblems(of: mappings)
        // A run works with the mappings it began with, so that a change waits for its end; a look does not.
        return try await inTurn(isPreview) {
            let view = try await store.write { transaction in
                let stored = try transaction.mappings()
                guard expected?.allSatisfy(stored.contains) != false else { throw CoupletError.changedSince }
                let wanted = mappings.map { mapping in
                    var mapping = mapping
                    mapping.pausedAt = stored.first { $0.name == mapping.name }?.pausedAt
                    return mapping
                }
                let changes = try wanted.map { mapping in
                    MappingChangesView.Change(
                        before: stored.first { $0.name == mapping.name },
                        after: mapping,
                        couplings: try transaction.couplingCount(mapping: mapping.name)
                    )
                }
                let rest = stored.filter { mapping in !wanted.contains { $0.name == mapping.name } }
                let problems =
                    found.problems + unfit + MappingValidator.problems(in: rest + wanted)
                    + (try changes.flatMap { try Self.problems(of: $0, transaction) })
                guard problems.isEmpty, !isPreview else {
                    return MappingChangesView(changes: changes, problems: problems, isApplied: false)
                }
                for change in changes where change.changes {
                    try Self.save(change, now: author.at, transaction)
                    try transaction.audit(change.after, was: change.before, by: author)
                }
                return MappingChangesView(changes: changes, problems: [], isApplied: true)
            }
            // What was kept until now of fields that are not kept any more is overwritten at once.
            if view.isApplied, view.changes.contains(where: \.forgets) { try await Overwriting.finish(in: store) }
            return view
        }
    }

    /// Puts a mapping back to the form it comes with; see `ResetMapping`.
    func reset(_ name: String, isPreview: Bool, by author: Author) async throws -> MappingChangesView {
        let mapping = try await store.read { try Self.mapping(named: name, in: $0) }
        guard let original = connections.original(of: mapping) else {
            throw CoupletError("mapping.noDefault", ["mapping": mapping.name], status: .wrongUse)
        }
        return try await apply([original], isPreview: isPreview, by: author)
    }

    /// Pauses a mapping or lets it run again; see `PauseMapping`.
    func pause(_ name: String, isPaused: Bool, by author: Author) async throws -> MappingsView {
        try await store.write { transaction in
            var mapping = try Self.mapping(named: name, in: transaction)
            if isPaused != (mapping.pausedAt != nil) {
                mapping.pausedAt = isPaused ? author.at : nil
                try transaction.save(mapping)
                let event: AuditEntry.Event = isPaused ? .mappingPaused : .mappingResumed
                try transaction.audit(event, AuditEntry.Subject(.mapping, mapping.name), by: author)
            }
            return MappingsView(mappings: [try Self.item(mapping, transaction)])
        }
    }

    /// Makes a standing resolution of a plan that is applied a rule of its mapping: the plan goes on under that.
    static func makeRule(
        of plan: inout PlanRecord,
        by author: Author,
        _ transaction: any StoreWriting
    ) throws {
        guard var details = plan.details, let standing = details.standing else { return }
        let before = try mapping(named: standing.mapping, in: transaction)
        let change = MappingChangesView.Change(before: before, after: before.settled(by: standing), couplings: 0)
        guard change.changes else { return }
        let others = try transaction.mappings().filter { $0.name != before.name }
        if let problem = MappingValidator.problems(in: others + [change.after]).first { throw problem }
        try save(change, now: author.at, transaction)
        try transaction.audit(change.after, was: before, by: author)
        let setting = try PlanDetails.Setting(change.after, transaction)
        details.settings = details.settings.map { $0.mapping.name == before.name ? setting : $0 }
        plan.details = details
    }

    private static func save(
        _ change: MappingChangesView.Change,
        now: Instant,
        _ transaction: any StoreWriting
    ) throws {
        let mapping = change.after
        try transaction.save(mapping)
        if change.forgets { try Overwriting.demand(transaction) }
        guard let before = change.before else { return }
        let hasNewFields = !mapping.fieldsInUse.isSubset(of: before.fieldsInUse)
        if hasNewFields {
            // Whoever chose a side when coupling has not seen what the new fields hold.
            try transaction.forgetChoices(mapping: mapping.name)
        }
        for side in Side.allCases where hasNewFields || before.scope(side) != mapping.scope(side) {
            // What was outside the old filter was not kept: only reading everything tells what the new one lets in. Nor was
            // what a new field holds compared, even if the table was read with it for another reason.
            let table = mapping.table(side)
            guard var feed = try transaction.feed(connection: table.connection, table: table.table) else { continue }
            feed.checkpoint = nil
            try transaction.save(feed)
        }
        for var failure in try transaction.failures(mapping: mapping.name)
        where failure.disposition != .retrying && !failure.isDisappearance {
            // What kept the record may have been the mapping.
            failure.disposition = .retrying
            failure.nextAt = now
            try transaction.save(failure)
        }
    }

    /// What is wrong with one mapping beside the others.
    private static func problems(
        of change: MappingChangesView.Change,
        _ transaction: any StoreReading
    ) throws -> [CoupletError] {
        let mapping = change.after
        var problems: [CoupletError] = []
        func problem(_ code: String, _ arguments: [String: String]) {
            let all = arguments.merging(["mapping": mapping.name]) { given, _ in given }
            problems.append(CoupletError(code, all, status: .wrongConfiguration))
        }
        if mapping.name.isEmpty { problem("mapping.noName", [:]) }
        let known = try transaction.connections()
        for side in Side.allCases {
            let table = mapping.table(side)
            let names = known.filter { $0.side == side }.map(\.name)
            if !names.contains(table.connection) {
                problem(
                    "mapping.unknownConnection",
                    ["connection": table.connection, "side": side.rawValue, "known": names.joined(separator: ", ")]
                )
            }
            for (property, value) in [("table", table.table), ("id", table.idField), ("name", table.nameField)]
            where value.isEmpty {
                problem("mapping.noProperty", ["property": property, "side": side.rawValue])
            }
            guard let before = change.before?.table(side), change.couplings > 0 else { continue }
            if (before.connection, before.table, before.idField) != (table.connection, table.table, table.idField) {
                let arguments = ["side": side.rawValue, "before": before.table, "couplings": String(change.couplings)]
                problem("mapping.tableFixed", arguments)
            }
        }
        return problems
    }
}

extension MappingChangesView.Change {
    /// Whether values were kept until now that are not kept any more.
    fileprivate var forgets: Bool {
        guard let before else { return false }
        return !after.unkeptFields.isSubset(of: before.unkeptFields)
    }
}

extension TableMapping {
    fileprivate var unkeptFields: Set<String> { Set(fields.filter { $0.isUnkept == true }.map(\.id)) }

    /// The ids of the field mappings that are used.
    fileprivate var fieldsInUse: Set<String> { Set(fields.filter(\.enabled).map(\.id)) }
}
