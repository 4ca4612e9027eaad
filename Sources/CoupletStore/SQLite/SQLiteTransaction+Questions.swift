import CoupletCore
import CoupletPorts
import GRDB

extension QuestionRecord {
    /// The columns that `init(mapping:_:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String {
        [
            "number", "kind", "side", "record", "coupling", "label", "candidates", "fields", "asked_at", "answer",
            "answered_by", "closed_at",
        ]
        .map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// How many columns that are.
    static let columnCount = 12

    init(mapping: String, _ columns: inout Columns, _ documents: DocumentCoding) throws {
        self.init(
            id: columns.next(),
            mapping: mapping,
            kind: try columns.choice(),
            side: try columns.choice(),
            record: try columns.id(),
            coupling: columns.optional(),
            label: columns.next(),
            candidates: try documents.value(columns.next()),
            fields: try documents.value(columns.next()),
            askedAt: columns.instant(),
            answer: columns.optional(),
            answeredBy: columns.optional(),
            closedAt: columns.optionalInstant()
        )
    }
}

extension SQLiteTransaction {
    func questions(mapping: String?, includingClosed: Bool) throws -> [QuestionRecord] {
        try questions(
            where: "(?1 IS NULL OR m.name = ?1) AND (?2 OR q.closed_at IS NULL)",
            [mapping, includingClosed]
        )
    }

    func question(_ id: Int64) throws -> QuestionRecord? {
        try questions(where: "q.number = ?", [id]).first
    }

    func openQuestion(mapping: String, side: Side, record: RecordID) throws -> QuestionRecord? {
        try questions(
            where: "m.name = ? AND q.side = ? AND q.record = ? AND q.closed_at IS NULL",
            [mapping, side.rawValue, record.stored]
        ).first
    }

    private func questions(where condition: String, _ arguments: StatementArguments) throws -> [QuestionRecord] {
        try rows(
            """
            SELECT m.name, \(QuestionRecord.columns("q")) FROM question q JOIN mapping m ON m.number = q.mapping
            WHERE \(condition) ORDER BY q.asked_at, q.number
            """,
            arguments
        ) { try QuestionRecord(mapping: $0.next(), &$0, documents) }
    }

    func save(_ question: QuestionRecord) throws -> Int64 {
        let content: StatementArguments = [
            question.kind.rawValue, question.coupling, question.label, try documents.text(question.candidates),
            try documents.text(digested(question)), question.askedAt.milliseconds, question.answer, question.answeredBy,
            question.closedAt?.milliseconds,
        ]
        if question.id == 0 {
            return try insert(
                try statement(
                    """
                    INSERT INTO question
                        (kind, coupling, label, candidates, fields, asked_at, answer, answered_by, closed_at,
                        mapping, side, record)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
                ),
                content + [try mappingNumber(question.mapping), question.side.rawValue, question.record.stored]
            )
        }
        try execute(
            """
            UPDATE question SET
                kind = ?, coupling = ?, label = ?, candidates = ?, fields = ?, asked_at = ?, answer = ?,
                answered_by = ?, closed_at = ?
            WHERE number = ?
            """,
            content + [question.id]
        )
        try expectChange("question", question.id)
        return question.id
    }
}
