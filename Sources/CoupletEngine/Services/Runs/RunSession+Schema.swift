import CoupletCore
import CoupletPorts

extension RunSession {
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
            let connector = run.context.connectors[side]
            let before = connector.requestCount
            let description = try? await connector.describe(table.table)
            try Task.checkCancellation()
            book.add(floor: connector.requestCount - before, side, to: run.mainJob)
            tables[table.connection, default: [:]][table.table] = description
        }
        let findings = MappingExamination(mapping: run.context.mapping, tables: tables).findings
        if let gone = findings.first(where: { $0.message.code == "doctor.noField" }) {
            throw CoupletError("mapping.fieldGone", gone.message.arguments, status: .wrongConfiguration)
        }
        book.note(
            findings.filter { ["doctor.tooLong", "doctor.required", "doctor.otherType"].contains($0.message.code) }
        )
    }

    /// Which field of a mapping a system no longer has, where a read failed because of something it does not know.
    func goneField(of run: MappingRun, _ side: Side) async -> CoupletError? {
        let table = run.context.mapping.table(side)
        guard let description = try? await run.context.connectors[side].describe(table.table) else { return nil }
        let findings = MappingExamination(
            mapping: run.context.mapping,
            tables: [table.connection: [table.table: description]]
        ).findings
        return findings.first { $0.message.code == "doctor.noField" }.map {
            CoupletError("mapping.fieldGone", $0.message.arguments, status: .wrongConfiguration)
        }
    }
}
