import CoupletCore
import CoupletPorts

extension RunSession {
    /// Prepares one of several mappings: where a field is gone, it is left out with its message, and the others go on.
    ///
    /// A feed is read for all mappings of its table at once, so that its other mappings are left out too.
    /// - Returns: Whether the mapping can be synchronized.
    /// - Throws: What preparing throws but `mapping.fieldGone`.
    func prepareOrLeaveOut(_ run: MappingRun, isFull: Bool) async throws -> Bool {
        let feeds = run.context.feeds
        let known = Side.allCases.compactMap { book.failure(of: feeds[$0].id) }.first
        do {
            if let known { throw known }
            try await prepare(run, isFull: isFull)
            return true
        } catch let error as CoupletError where error.message.code == "mapping.fieldGone" {
            let side = error.message.arguments["side"].flatMap(Side.init(rawValue:))
            book.note(error, feed: known == nil ? side.map { feeds[$0].id } : nil, of: run.context.name)
            if !isPreview { book.charge(run.mainJob, run.context) }
            return false
        }
    }

    /// Makes sure, once a run, that a mapping's systems are the ones that were enabled, and no copies of them.
    func examineEnvironment(of run: MappingRun) async throws {
        for side in Side.allCases {
            let name = run.context.mapping.table(side).connection
            guard book.isFirstLook(at: name) else { continue }
            let connector = run.context.connectors[side]
            let before = connector.requestCount
            try await engine.connections.requireSameEnvironment(name, now: engine.clock.now)
            book.add(floor: connector.requestCount - before, side, to: run.mainJob)
        }
        let mapping = run.context.mapping
        try await engine.store.read { try WritePermission.requireIntegrationOff(mapping, $0) }
    }

    /// Compares a mapping with what the systems say of its tables, before a full synchronization reads them.
    ///
    /// A field that is gone would fail every record, so that the mapping is not begun, and says which field it is; what
    /// became shorter or is newly required is noted, and the records go on. A system that describes nothing is not asked
    /// to.
    /// - Parameter run: The mapping.
    /// - Throws: `mapping.fieldGone`, `CancellationError`.
    func examineSchema(of run: MappingRun) async throws {
        var tables: [String: [String: TableDescription]] = [:]
        for side in Side.allCases {
            let table = run.context.mapping.table(side)
            tables[table.connection, default: [:]][table.table] = try await description(of: run, side)
        }
        let findings = MappingExamination(mapping: run.context.mapping, tables: tables).findings
        if let gone = findings.first(where: { $0.message.code == "doctor.noField" }) {
            throw CoupletError("mapping.fieldGone", gone.message.arguments, status: .wrongConfiguration)
        }
        book.note(
            findings.filter { finding in
                let code = finding.message.code
                return ["doctor.tooLong", "doctor.required", "doctor.otherType"].contains(code)
                    || code.hasPrefix("filter.")
            }
        )
    }

    /// What a system says of a mapping's table; nil where it does not tell.
    ///
    /// All tables that mappings use are asked for at once, as far as they come with it.
    private func description(of run: MappingRun, _ side: Side) async throws -> TableDescription? {
        let table = run.context.mapping.table(side)
        if let known = book.description(table.connection, table.table) { return known }
        let connector = run.context.connectors[side]
        let mappings = try await engine.store.read { try $0.mappings() }
        let used = Set(mappings.map { $0.table(side) }.filter { $0.connection == table.connection }.map(\.table))
        let before = connector.requestCount
        let found = try? await connector.describe(table.table, with: used.subtracting([table.table]).sorted())
        try Task.checkCancellation()
        // One is the least: what comes more, repetitions, shows in the ratio.
        if connector.requestCount > before { book.add(floor: 1, side, to: run.mainJob) }
        book.note(found ?? [], of: table.connection)
        return found?.first
    }

    /// Which field of a mapping, or of another one of its table, a system no longer has, where a read failed because of
    /// something it does not know.
    func goneField(of run: MappingRun, _ side: Side) async -> CoupletError? {
        let table = run.context.mapping.table(side)
        guard let description = try? await run.context.connectors[side].describe(table.table) else { return nil }
        let mappings = [run.context.mapping] + run.context.siblings[side].map(\.mapping)
        let findings = mappings.flatMap { mapping in
            MappingExamination(mapping: mapping, tables: [table.connection: [table.table: description]]).findings
        }
        return findings.first { $0.message.code == "doctor.noField" }.map {
            CoupletError("mapping.fieldGone", $0.message.arguments, status: .wrongConfiguration)
        }
    }
}
