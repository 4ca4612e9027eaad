import CoupletPorts
import GRDB

extension SQLiteTransaction {
    /// What the database's own check finds wrong with the file, and rows that refer to nothing.
    func damage() throws -> [String] {
        let structure: [String] = try rows("PRAGMA quick_check(20)") { $0.next() }
        let references = try StoreError.translating {
            try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map { row -> String in
                "\(row[0] as String? ?? "?") refers to a missing row of \(row[2] as String? ?? "?")"
            }
        }
        return structure.filter { $0 != "ok" } + references
    }
}
