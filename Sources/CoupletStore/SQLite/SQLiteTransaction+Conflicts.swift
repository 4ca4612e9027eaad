import CoupletCore
import CoupletPorts
import GRDB

extension ConflictRecord {
    /// The columns that `init(mapping:_:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String {
        ["number", "coupling", "label", "fields", "resolutions", "resolved_by", "found_at", "closed_at"]
            .map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// How many columns that are.
    static let columnCount = 8

    init(mapping: String, _ columns: inout Columns, _ documents: DocumentCoding) throws {
        self.init(
            id: columns.next(),
            mapping: mapping,
            coupling: columns.next(),
            label: columns.next(),
            fields: try documents.value(columns.next()),
            resolutions: try documents.value(columns.next()),
            resolvedBy: columns.optional(),
            foundAt: columns.instant(),
            closedAt: columns.optionalInstant()
        )
    }
}

extension SQLiteTransaction {
    func conflicts(mapping: String?, includingClosed: Bool) throws -> [ConflictRecord] {
        try rows(
            """
            SELECT m.name, \(ConflictRecord.columns("k")) FROM conflict k JOIN mapping m ON m.number = k.mapping
            WHERE (?1 IS NULL OR m.name = ?1) AND (?2 OR k.closed_at IS NULL) ORDER BY k.found_at, k.number
            """,
            [mapping, includingClosed]
        ) { try ConflictRecord(mapping: $0.next(), &$0, documents) }
    }

    func conflict(_ id: Int64) throws -> ConflictRecord? {
        try row(
            """
            SELECT m.name, \(ConflictRecord.columns("k")) FROM conflict k JOIN mapping m ON m.number = k.mapping
            WHERE k.number = ?
            """,
            [id]
        ) { try ConflictRecord(mapping: $0.next(), &$0, documents) }
    }

    func save(_ conflict: ConflictRecord) throws -> Int64 {
        let content: StatementArguments = [
            conflict.label, try documents.text(digested(conflict)), try documents.text(conflict.resolutions),
            conflict.resolvedBy, conflict.foundAt.milliseconds, conflict.closedAt?.milliseconds,
        ]
        if conflict.id == 0 {
            return try insert(
                try statement(
                    """
                    INSERT INTO conflict
                        (label, fields, resolutions, resolved_by, found_at, closed_at, mapping, coupling)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
                ),
                content + [try mappingNumber(conflict.mapping), conflict.coupling]
            )
        }
        try execute(
            """
            UPDATE conflict SET
                label = ?, fields = ?, resolutions = ?, resolved_by = ?, found_at = ?, closed_at = ?
            WHERE number = ?
            """,
            content + [conflict.id]
        )
        try expectChange("conflict", conflict.id)
        return conflict.id
    }
}
