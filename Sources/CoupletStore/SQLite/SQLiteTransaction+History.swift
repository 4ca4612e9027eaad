import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension SQLiteTransaction {
    func history(side: Side, record: RecordID, limit: Int) throws -> [HistoryEntry] {
        try rows(
            "SELECT \(Self.historyColumns) FROM history WHERE side = ? AND record = ? ORDER BY number DESC LIMIT ?",
            [side.rawValue, record.stored, limit],
            entry
        )
    }

    func history(run: Int64, job: Int64?, before: Int64?, limit: Int) throws -> [HistoryEntry] {
        try rows(
            """
            SELECT \(Self.historyColumns) FROM history
            WHERE run = ?1 AND (?2 IS NULL OR job = ?2) AND number < ?3 ORDER BY number DESC LIMIT ?4
            """,
            [run, job, before ?? Int64.max, limit],
            entry
        )
    }

    func historyEntry(_ id: Int64) throws -> HistoryEntry? {
        try row("SELECT \(Self.historyColumns) FROM history WHERE number = ?", [id], entry)
    }

    func undone(among entries: [Int64]) throws -> Set<Int64> {
        let statement = try statement("SELECT 1 FROM history INDEXED BY history_undoes WHERE undoes = ?")
        return Set(try entries.filter { try row(statement, [$0]) { _ in true } ?? false })
    }

    func append(_ entries: [HistoryEntry]) throws {
        let statement = try statement(
            """
            INSERT INTO history
                (step, run, job, mapping, coupling, side, record, action, fields, settled_at, is_confirmed,
                counterpart, base, choice, undoes, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        for entry in entries {
            let fields = try documents.text(kept(entry.fields, mapping: entry.mapping))
            try execute(
                statement,
                [
                    entry.step, entry.run, entry.job, entry.mapping, entry.coupling, entry.side.rawValue,
                    entry.record.stored, entry.action.rawValue, fields,
                    entry.at.milliseconds, entry.isConfirmed, entry.counterpart?.stored, entry.base.map { Data($0) },
                    entry.choice?.rawValue, entry.undoes, entry.version,
                ]
            )
        }
    }

    func baseline(mapping: String) throws -> JobBaseline? {
        try row("SELECT document FROM baseline WHERE mapping = ?", [mapping]) { try cache.baseline(of: $0.next()) }
    }

    func save(_ baseline: JobBaseline) throws {
        try execute(
            """
            INSERT INTO baseline (mapping, document) VALUES (?, ?)
            ON CONFLICT (mapping) DO UPDATE SET document = excluded.document
            """,
            [baseline.setting.mapping.name, try documents.text(baseline)]
        )
    }

    func recordCount(feed: Int64) throws -> Int {
        let sql = """
            SELECT count(*) FROM remote_record INDEXED BY remote_record_state WHERE feed = ? AND is_deleted = 0
            """
        return try row(sql, [feed]) { $0.next() } ?? 0
    }

    private static let historyColumns = """
        number, step, run, job, mapping, coupling, side, record, action, fields, settled_at, is_confirmed, counterpart, base,
        choice, undoes, version
        """

    private func entry(_ columns: inout Columns) throws -> HistoryEntry {
        var entry = HistoryEntry(
            id: columns.next(),
            step: columns.next(),
            run: columns.next(),
            job: columns.optional(),
            mapping: columns.next(),
            coupling: columns.next(),
            side: try columns.choice(),
            record: try columns.id(),
            action: try columns.choice(),
            fields: try documents.value(columns.next()),
            at: columns.instant(),
            isConfirmed: columns.boolean()
        )
        if columns.isNull { columns.skip(1) } else { entry.counterpart = try columns.id() }
        if columns.isNull { columns.skip(1) } else { entry.base = try columns.bytes() }
        entry.choice = try columns.optionalChoice()
        entry.undoes = columns.optional()
        entry.version = columns.optional()
        return entry
    }
}
