import CoupletCore
import CoupletPorts
import CoupletTestSupport
import GRDB
import Synchronization
import Testing

@testable import CoupletStore

@Suite("SQLite: what statements cost")
struct SQLiteQueryPlanTests {
    /// The tables that grow with the records that are coupled or with the work that was done.
    private static let growing: Set<Substring> = [
        "remote_record", "observation", "coupling", "base", "pending_coupling", "step", "history",
    ]

    @Test func `no statement reads a growing table from end to end`() async throws {
        let checked = SeenStatements()
        for check in StateStoreConformance.checks {
            let store = try makeStore()
            let seen = SeenStatements()
            try store.raw { database in
                database.trace { if case .statement(let statement) = $0 { seen.add(statement.sql) } }
            }
            try await check.body(store)
            try store.raw { database in
                database.trace(options: [])
                for sql in seen.sorted() {
                    for line in try plan(of: sql, in: database) where !Self.readsMuch(sql) {
                        #expect(!reads(line, of: sql), "\(line) in \(sql)")
                    }
                    checked.add(sql)
                }
            }
        }
        #expect(checked.sorted().count > 80)
    }

    @Test func `pending couplings are found by their index, in order`() throws {
        let lines = try makeStore().raw {
            try plan(of: SQLiteTransaction.statesSQL(.pending), in: $0)
        }
        #expect(lines.contains { $0.contains("INDEX pending_awake (mapping=? AND coupling>?)") })
        #expect(!lines.contains { $0.contains("TEMP B-TREE") })
    }

    @Test(arguments: Side.allCases)
    func `uncoupled records are paged by the index of observations, in order`(side: Side) throws {
        let lines = try makeStore().raw {
            try plan(of: SQLiteTransaction.uncoupledSQL(side), in: $0)
        }
        #expect(lines.first?.hasSuffix("(feed=? AND id>?)") == true)
        #expect(!lines.contains { $0.contains("TEMP B-TREE") })
    }

    @Test func `a connection's subscriptions are found by their key, and all come in its order`() throws {
        let (one, all) = try makeStore().raw {
            (
                try plan(of: SQLiteTransaction.subscriptionsSQL(ofOne: true), in: $0),
                try plan(of: SQLiteTransaction.subscriptionsSQL(ofOne: false), in: $0)
            )
        }
        #expect(one == ["SEARCH subscription USING PRIMARY KEY (connection=?)"])
        #expect(!all.contains { $0.contains("TEMP B-TREE") })
    }

    private func plan(of sql: String, in database: Database) throws -> [String] {
        let isQuery = ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
        guard isQuery else { return [] }
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        statement.setUncheckedArguments([])
        return try Row.fetchAll(statement).map { $0["detail"] }
    }

    /// Whether a line of a plan goes through a growing table, or through all of one feed or mapping in it.
    private func reads(_ line: String, of sql: String) -> Bool {
        let words = line.split(separator: " ")
        guard words.count > 1, Self.growing.contains(table(words[1], sql)) else { return false }
        return words[0] == "SCAN" || line.hasSuffix("(feed=?)") || line.hasSuffix("(mapping=?)")
    }

    /// Statements that are meant to: counting, waking what rests, and finding what is pending when a mapping got other tables.
    private static func readsMuch(_ sql: String) -> Bool {
        sql.contains("count(*) FROM coupling") || sql.contains("count(*) FROM remote_record")
            || sql.contains("count(DISTINCT coupling) FROM pending_coupling")
            || sql.contains("AND ?3 IS NULL")
            || sql.contains("WHERE mapping = ?1 AND due = 9223372036854775807")
            || sql == "DELETE FROM pending_coupling WHERE mapping = ?"
    }

    /// The table behind an alias of a statement.
    private func table(_ alias: Substring, _ sql: String) -> Substring {
        let words = sql.split { " \n(),".contains($0) }
        guard let position = words.dropFirst().firstIndex(of: alias), words[position - 1] != "FROM" else {
            return alias
        }
        return words[position - 1]
    }
}

/// Collects the statements that a connection runs.
private final class SeenStatements: Sendable {
    private let statements = Mutex<Set<String>>([])

    func add(_ sql: String) { statements.withLock { _ = $0.insert(sql) } }

    func sorted() -> [String] { statements.withLock { $0.sorted() } }
}
