import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension RemoteRecord {
    /// The columns that `init(id:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String {
        ["version", "key", "name", "is_deleted", "read_sequence", "write_sequence"]
            .map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// How many columns that are.
    static let columnCount = 6

    init(id: RecordID, _ columns: inout Columns) {
        self.init(
            id: id,
            version: columns.next(),
            key: columns.optional(),
            name: columns.next(),
            isDeleted: columns.boolean(),
            readSequence: columns.next(),
            writeSequence: columns.next()
        )
    }
}

extension StagedObservation {
    /// The columns that `init(id:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String { "\(alias).version, \(alias).layout, \(alias).content" }

    /// How many columns that are.
    static let columnCount = 3

    init(id: RecordID, _ columns: inout Columns) throws {
        self.init(
            id: id,
            version: columns.next(),
            layout: columns.next(),
            row: EncodedRow(bytes: try columns.bytes())
        )
    }
}

extension SQLiteTransaction {
    func records(feed: Int64, ids: [RecordID]) throws -> [RecordID: RemoteRecord] {
        let statement = try statement(
            "SELECT \(RemoteRecord.columns("r")) FROM remote_record r WHERE r.feed = ? AND r.id = ?"
        )
        var records: [RecordID: RemoteRecord] = [:]
        records.reserveCapacity(ids.count)
        for id in ids {
            records[id] = try row(statement, [feed, id.stored]) { RemoteRecord(id: id, &$0) }
        }
        return records
    }

    func records(feed: Int64, key: String) throws -> [RemoteRecord] {
        try rows(
            """
            SELECT r.id, \(RemoteRecord.columns("r")) FROM remote_record r INDEXED BY remote_record_key
            WHERE r.feed = ? AND r.key = ? COLLATE NOCASE AND r.is_deleted = 0 ORDER BY r.id
            """,
            [feed, key]
        ) { RemoteRecord(id: try $0.id(), &$0) }
    }

    /// `prefix:` comes after every key that goes on with digits, so both bounds are found in the index.
    func greatestKey(feed: Int64, prefix: String) throws -> String? {
        try row(
            """
            SELECT key FROM remote_record INDEXED BY remote_record_key
            WHERE feed = ?1 AND key >= ?2 || '0' COLLATE NOCASE AND key < ?2 || ':' COLLATE NOCASE
                AND substr(key, 1, length(?2)) = ?2 AND substr(key, length(?2) + 1) NOT GLOB '*[^0-9]*'
            ORDER BY length(key) DESC, key DESC LIMIT 1
            """,
            [feed, prefix]
        ) { $0.next() }
    }

    func save(_ records: [RemoteRecord], feed: Int64) throws {
        let statement = try statement(
            """
            INSERT INTO remote_record (feed, id, version, key, name, is_deleted, read_sequence, write_sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (feed, id) DO UPDATE SET
                version = excluded.version, key = excluded.key, name = excluded.name,
                is_deleted = excluded.is_deleted, read_sequence = excluded.read_sequence,
                write_sequence = excluded.write_sequence
            """
        )
        for record in records.sorted(by: { $0.id < $1.id }) {
            try execute(
                statement,
                [
                    feed, record.id.stored, record.version, record.key, record.name, record.isDeleted,
                    record.readSequence, record.writeSequence,
                ]
            )
        }
    }

    func markGone(feed: Int64, notReadSince sequence: Int64) throws {
        let sql = "UPDATE remote_record SET is_deleted = 1 WHERE feed = ? AND is_deleted = 0 AND read_sequence < ?"
        try execute(statement(sql), [feed, sequence])
    }

    func observations(feed: Int64, ids: [RecordID]) throws -> [RecordID: StagedObservation] {
        let statement = try statement(
            "SELECT \(StagedObservation.columns("o")) FROM observation o WHERE o.feed = ? AND o.id = ?"
        )
        var observations: [RecordID: StagedObservation] = [:]
        observations.reserveCapacity(ids.count)
        for id in ids {
            let found = try row(statement, [feed, id.stored]) { try StagedObservation(id: id, &$0) }
            observations[id] = try found.map(opened)
        }
        return observations
    }

    func stage(_ observations: [StagedObservation], feed: Int64) throws {
        let statement = try statement(
            """
            INSERT INTO observation (feed, id, version, layout, content) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (feed, id) DO UPDATE SET
                version = excluded.version, layout = excluded.layout, content = excluded.content
            """
        )
        let sorted = observations.sorted { $0.id < $1.id }
        for observation in sorted {
            let row = try sealed(observation.row, layout: observation.layout, feed: feed)
            try execute(
                statement,
                [feed, observation.id.stored, observation.version, observation.layout, Data(row.bytes)]
            )
        }
        try markObserved(sorted.map(\.id), feed: feed)
        if !sorted.isEmpty { try wakeReferrers(ofFeed: feed) }
    }

    func removeObservations(_ ids: [RecordID], feed: Int64) throws {
        let statement = try statement("DELETE FROM observation WHERE feed = ? AND id = ?")
        let sorted = ids.sorted()
        for id in sorted { try execute(statement, [feed, id.stored]) }
        try unmarkObserved(sorted, feed: feed)
    }
}
