import CoupletCore
import CoupletPorts
import Crypto
import Foundation
import GRDB

/// The audit log: each entry's hash covers the one before, so that none can be changed or taken out unseen.
extension SQLiteTransaction {
    func append(_ entry: AuditEntry) throws -> AuditEntry {
        let end = try auditEnd()
        var stored = entry
        stored.number = (end?.number ?? 0) + 1
        stored.hash = Self.hash(of: stored, after: end?.hash ?? AuditEntry.beginning)
        try execute(
            """
            INSERT INTO audit (number, at, who, event, subject_kind, subject, run, details, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                stored.number, stored.at.milliseconds, stored.who, stored.event.rawValue, stored.subject.kind.rawValue,
                stored.subject.name, stored.run, try documents.text(stored.details), Data(stored.hash),
            ]
        )
        return stored
    }

    func auditEnd() throws -> AuditMark? {
        try row("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1") { columns in
            AuditMark(number: columns.next(), hash: try columns.bytes())
        }
    }

    func auditEntries(_ selection: AuditSelection, before: Int64?, limit: Int) throws -> [AuditEntry] {
        try rows(
            """
            SELECT \(Self.auditColumns) FROM audit WHERE number < ?6 AND \(Self.isSelected)
            ORDER BY number DESC LIMIT ?7
            """,
            Self.arguments(selection, before ?? Int64.max, limit),
            auditEntry
        )
    }

    func auditEntries(_ selection: AuditSelection, after: Int64, limit: Int) throws -> [AuditEntry] {
        try rows(
            """
            SELECT \(Self.auditColumns) FROM audit WHERE number > ?6 AND \(Self.isSelected)
            ORDER BY number LIMIT ?7
            """,
            Self.arguments(selection, after, limit),
            auditEntry
        )
    }

    func checkAudit() throws -> AuditCheck {
        var hash = AuditEntry.beginning
        var whole: Int64 = 0
        while true {
            let page = try rows(
                "SELECT \(Self.auditColumns) FROM audit WHERE number > ? ORDER BY number LIMIT 1000",
                [whole]
            ) { columns in
                var copy = columns
                let number: Int64 = copy.next()
                // What cannot be read any more was not written so.
                return (number, try? auditEntry(&columns))
            }
            guard !page.isEmpty else { return AuditCheck(whole: whole) }
            for (number, entry) in page {
                guard number == whole + 1 else { return AuditCheck(whole: whole, broken: whole + 1, fault: .missing) }
                guard let entry, entry.hash == Self.hash(of: entry, after: hash) else {
                    return AuditCheck(whole: whole, broken: number, fault: .changed)
                }
                (hash, whole) = (entry.hash, number)
            }
        }
    }

    private static func hash(of entry: AuditEntry, after previous: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: entry.canonical(after: previous)))
    }

    private static let auditColumns = "number, at, who, event, subject_kind, subject, run, details, hash"

    private static let isSelected = """
        (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2) AND (?3 IS NULL OR who = ?3)
        AND (?4 IS NULL OR event = ?4 OR substr(event, 1, length(?4) + 1) = ?4 || '.') AND (?5 IS NULL OR subject = ?5 COLLATE NOCASE)
        """

    private static func arguments(_ selection: AuditSelection, _ position: Int64, _ limit: Int) -> StatementArguments {
        [
            selection.from?.milliseconds, selection.until?.milliseconds, selection.who, selection.event,
            selection.subject, position, limit,
        ]
    }

    private func auditEntry(_ columns: inout Columns) throws -> AuditEntry {
        AuditEntry(
            number: columns.next(),
            at: columns.instant(),
            who: columns.next(),
            event: try columns.choice(),
            subject: AuditEntry.Subject(try columns.choice(), columns.next() as String),
            run: columns.optional(),
            details: try documents.value(columns.next()),
            hash: try columns.bytes()
        )
    }
}
