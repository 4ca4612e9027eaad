import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func counterparts(
        of values: [String],
        areKeys: Bool,
        source: Side,
        mapping: String,
        feeds: BySide<Int64>
    ) throws -> [String: String] {
        guard let mapping = try mappingNumberIfAny(mapping) else { return [:] }
        var answers: [String: String] = [:]
        for value in values where answers[value] == nil {
            answers[value] =
                switch (source, areKeys) {
                case (.erp, true): try crmID(ofKey: value, mapping: mapping, feed: feeds.erp)
                case (.crm, true): try erpKey(of: value, mapping: mapping, feed: feeds.erp)
                case (_, false): try otherID(of: value, source: source, mapping: mapping)
                }
        }
        return answers
    }

    private func crmID(ofKey key: String, mapping: Int64, feed: Int64) throws -> String? {
        try row(
            """
            SELECT c.crm_id FROM remote_record r INDEXED BY remote_record_key
                JOIN coupling c ON c.mapping = ?1 AND c.erp_id = r.id
            WHERE r.feed = ?2 AND r.key = ?3 COLLATE NOCASE AND r.is_deleted = 0
            ORDER BY r.id LIMIT 1
            """,
            [mapping, feed, key]
        ) { try $0.id().description }
    }

    private func erpKey(of id: String, mapping: Int64, feed: Int64) throws -> String? {
        guard let id = RecordID(id) else { return nil }
        return try row(
            """
            SELECT r.key FROM coupling c JOIN remote_record r ON r.feed = ?2 AND r.id = c.erp_id
            WHERE c.mapping = ?1 AND c.crm_id = ?3 AND r.is_deleted = 0 AND r.key IS NOT NULL
            """,
            [mapping, feed, id.stored]
        ) { $0.next() }
    }

    private func otherID(of id: String, source: Side, mapping: Int64) throws -> String? {
        guard let id = RecordID(id) else { return nil }
        return try row(
            """
            SELECT \(Self.idColumn(source.other)) FROM coupling
            WHERE mapping = ? AND \(Self.idColumn(source)) = ?
            """,
            [mapping, id.stored]
        ) { try $0.id().description }
    }
}
