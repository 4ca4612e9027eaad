import CoupletCore
import CoupletPorts
import CoupletTestSupport
import GRDB
import Testing

@testable import CoupletStore

@Suite("Stores that begin again")
struct SQLiteCopyingTests {
    private func fill(_ store: SQLiteStateStore, _ names: [String]) throws {
        try store.writeSync { transaction in
            for name in names {
                let run = RunRecord(action: name, startedBy: "somebody", startedAt: Instant(milliseconds: 1))
                _ = try transaction.insert(run)
                _ = try transaction.nextSequence()
            }
        }
    }

    private func texts(_ store: SQLiteStateStore) throws -> [String] {
        try store.contents().filter { $0.table != "migration" }.map { row in
            row.table + row.columns.map { " \($0.name)=\($0.text)" }.joined()
        }
    }

    @Test
    func `a store that begins anew holds what a new one holds, and counts from one again`() throws {
        let new = try makeStore()
        let used = try makeStore()
        try fill(used, ["sync", "match"])
        let anew = try used.begunAnew()
        #expect(try texts(anew) == texts(new))
        try fill(anew, ["sync"])
        try fill(new, ["sync"])
        #expect(try texts(anew) == texts(new))
    }

    @Test
    func `what was remembered is put back, as often as wanted`() throws {
        let store = try makeStore()
        try fill(store, ["sync"])
        try store.remember()
        let before = try texts(store)
        for _ in 0..<2 {
            try fill(store, ["match", "undo"])
            #expect(try texts(store) != before)
            try store.recall()
            #expect(try texts(store) == before)
        }
        try fill(store, ["match"])
        #expect(try store.readSync { try $0.unfinishedRuns().map(\.id) } == [1, 2])
    }

    @Test
    func `what was remembered last is put back`() throws {
        let store = try makeStore()
        try fill(store, ["sync"])
        try store.remember()
        try fill(store, ["match"])
        try store.remember()
        let before = try texts(store)
        try fill(store, ["undo"])
        try store.recall()
        #expect(try texts(store) == before)
    }

    @Test
    func `blobs are told apart by every byte`() throws {
        let store = try makeStore()
        try store.raw { database in
            try database.execute(sql: "CREATE TABLE extra (content BLOB)")
            try database.execute(sql: "INSERT INTO extra VALUES (x'80'), (x'81'), (NULL)")
        }
        let rows = try store.contents().filter { $0.table == "extra" }
        #expect(rows.map { $0["content"] } == ["\u{80}", "\u{81}", nil])
    }
}
