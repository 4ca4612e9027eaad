import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension SQLiteTransaction {
    func uncoupled(
        mapping: String,
        side: Side,
        feed: Int64,
        after: RecordID?,
        limit: Int
    ) throws -> [UncoupledRecord] {
        let number = try mappingNumberIfAny(mapping) ?? -1
        let found = try rows(
            Self.uncoupledSQL(side),
            [number, feed, after?.stored ?? Data(), limit]
        ) { columns in
            let id = try columns.id()
            return UncoupledRecord(
                record: RemoteRecord(id: id, &columns),
                observation: try StagedObservation(id: id, &columns),
                question: try columns.outer(QuestionRecord.columnCount) {
                    try QuestionRecord(mapping: mapping, &$0, documents)
                },
                failure: try columns.outer(FailureRecord.columnCount) {
                    try FailureRecord(mapping: mapping, &$0, documents)
                }
            )
        }
        guard try unkept() != nil else { return found }
        return try found.map { record in
            var record = record
            record.observation = try opened(record.observation)
            return record
        }
    }

    /// ?1 mapping, ?2 feed, ?3 after (empty for the first page), ?4 limit.
    static func uncoupledSQL(_ side: Side) -> String {
        """
        SELECT o.id, \(RemoteRecord.columns("r")), \(StagedObservation.columns("o")),
            \(QuestionRecord.columns("q")), \(FailureRecord.columns("f"))
        FROM observation o
        CROSS JOIN remote_record r ON r.feed = o.feed AND r.id = o.id AND r.is_deleted = 0
        LEFT JOIN question q ON q.mapping = ?1 AND q.side = '\(side.rawValue)' AND q.record = o.id
            AND q.closed_at IS NULL
        LEFT JOIN failure f ON f.mapping = ?1 AND f.target = '\(side.other.rawValue)' AND f.source = o.id
        WHERE o.feed = ?2 AND o.id > ?3
            AND NOT EXISTS (SELECT 1 FROM coupling c WHERE c.mapping = ?1 AND c.\(idColumn(side)) = o.id)
        ORDER BY o.id LIMIT ?4
        """
    }
}
