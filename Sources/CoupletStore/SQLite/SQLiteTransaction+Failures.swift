import CoupletCore
import CoupletPorts
import GRDB

extension FailureRecord {
    /// The columns that `init(mapping:_:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String {
        [
            "target", "source", "coupling", "label", "messages", "disposition", "attempts", "source_version",
            "target_version", "first_at", "last_at", "next_at", "job",
        ]
        .map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// How many columns that are.
    static let columnCount = 13

    init(mapping: String, _ columns: inout Columns, _ documents: DocumentCoding) throws {
        self.init(
            mapping: mapping,
            target: try columns.choice(),
            source: try columns.id(),
            coupling: columns.optional(),
            label: columns.next(),
            messages: try documents.value(columns.next()),
            disposition: try columns.choice(),
            attempts: columns.next(),
            sourceVersion: columns.next(),
            targetVersion: columns.next(),
            firstAt: columns.instant(),
            lastAt: columns.instant(),
            nextAt: columns.optionalInstant(),
            job: columns.optional()
        )
    }
}

extension SQLiteTransaction {
    func failures(mapping: String?) throws -> [FailureRecord] {
        try rows(
            """
            SELECT m.name, \(FailureRecord.columns("f")) FROM failure f JOIN mapping m ON m.number = f.mapping
            WHERE ?1 IS NULL OR m.name = ?1 ORDER BY f.first_at, f.mapping, f.target, f.source
            """,
            [mapping]
        ) { try FailureRecord(mapping: $0.next(), &$0, documents) }
    }

    func save(_ failure: FailureRecord) throws {
        let mapping = try mappingNumber(failure.mapping)
        try execute(
            """
            INSERT INTO failure
                (mapping, target, source, coupling, label, messages, disposition, attempts, source_version,
                target_version, first_at, last_at, next_at, job)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (mapping, target, source) DO UPDATE SET
                coupling = excluded.coupling, label = excluded.label, messages = excluded.messages,
                disposition = excluded.disposition, attempts = excluded.attempts,
                source_version = excluded.source_version, target_version = excluded.target_version,
                first_at = excluded.first_at, last_at = excluded.last_at, next_at = excluded.next_at,
                job = excluded.job
            """,
            [
                mapping, failure.target.rawValue, failure.source.stored, failure.coupling, failure.label,
                try documents.text(failure.messages), failure.disposition.rawValue, failure.attempts,
                failure.sourceVersion, failure.targetVersion, failure.firstAt.milliseconds,
                failure.lastAt.milliseconds, failure.nextAt?.milliseconds, failure.job,
            ]
        )
        try markFailure(mapping: mapping, target: failure.target, source: failure.source, due: failure.due)
    }

    func removeFailure(mapping: String, target: Side, source: RecordID) throws {
        guard let mapping = try mappingNumberIfAny(mapping) else { return }
        try execute(
            "DELETE FROM failure WHERE mapping = ? AND target = ? AND source = ?",
            [mapping, target.rawValue, source.stored]
        )
        try markFailure(mapping: mapping, target: target, source: source, due: nil)
    }

    /// A failure belongs to the coupling of its source record, also when it is older than the coupling.
    private func markFailure(mapping: Int64, target: Side, source: RecordID, due: Int64?) throws {
        let coupling: Int64? = try row(
            "SELECT number FROM coupling WHERE mapping = ? AND \(Self.idColumn(target.other)) = ?",
            [mapping, source.stored]
        ) { $0.next() }
        guard let coupling else { return }
        try mark(mapping: mapping, coupling: coupling, .failure(toward: target), due: due)
    }
}
