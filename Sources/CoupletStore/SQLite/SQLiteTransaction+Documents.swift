import CoupletPorts
import Foundation
import GRDB

extension SQLiteTransaction {
    func documents(kind: String) throws -> [(key: String, body: [UInt8])] {
        try rows("SELECT key, body FROM document WHERE kind = ? ORDER BY key", [kind]) { columns in
            (columns.next(), try columns.bytes())
        }
    }

    func document(kind: String, key: String) throws -> [UInt8]? {
        try row("SELECT body FROM document WHERE kind = ? AND key = ?", [kind, key]) { try $0.bytes() }
    }

    func saveDocument(_ body: [UInt8], kind: String, key: String) throws {
        try execute(
            "INSERT INTO document (kind, key, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            [kind, key, Data(body)]
        )
    }

    func removeDocument(kind: String, key: String) throws {
        try execute("DELETE FROM document WHERE kind = ? AND key = ?", [kind, key])
    }
}
