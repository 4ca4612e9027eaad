import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Foundation
import GRDB
import Testing

@testable import CoupletStore

@Suite("SQLite: when something is wrong")
struct SQLiteErrorTests {
    @Test(arguments: [false, true])
    func `a full disk is said to be one, and the transaction leaves nothing`(catches: Bool) async throws {
        try await withStoreFile { path in
            let store = try makeStore(path: path)
            try limitSize(of: store, toPages: 20)
            let error = #expect(throws: (any Error).self) {
                try store.writeSync { writing in
                    let feed = try writing.openFeed(connection: "bc", table: "customers")
                    if catches {
                        // Going on after a full disk must not write outside the transaction that it ended.
                        try? fill(writing, feed.id)
                        _ = try writing.nextSequence()
                    } else {
                        try fill(writing, feed.id)
                    }
                }
            }
            if !catches { #expect(error as? StoreError == .diskFull) }
            #expect(try store.readSync { try $0.feed(connection: "bc", table: "customers") } == nil)
            try limitSize(of: store, toPages: 1_000_000)
            #expect(try store.writeSync { try $0.nextSequence() } == 1)
            try store.writeSync { try fill($0, try $0.openFeed(connection: "bc", table: "customers").id) }
            #expect(try store.readSync { try $0.feed(connection: "bc", table: "customers") } != nil)
        }
    }

    @Test func `a store that another process writes to is busy`() async throws {
        try await withStoreFile { path in
            let store = try makeStore(path: path)
            let other = try makeStore(path: path, busySeconds: 0.01)
            try store.writeSync { writing in
                _ = try writing.nextSequence()
                #expect(throws: StoreError.busy) { try other.writeSync { try $0.nextSequence() } }
                #expect(throws: Never.self) { try other.readSync { try $0.instanceID() } }
            }
        }
    }

    @Test func `a file that is no database is damaged`() async throws {
        try await withStoreFile { path in
            try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: path))
            expectDamaged { try makeStore(path: path) }
        }
    }

    @Test func `a database of something else is damaged, and stays as it was`() async throws {
        try await withStoreFile { path in
            try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (x)") }
            expectDamaged { try makeStore(path: path) }
            let tables = try DatabaseQueue(path: path).read {
                try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
            }
            #expect(tables == ["other"])
        }
    }

    @Test func `pages that were overwritten are damaged`() async throws {
        try await withStoreFile { path in
            try await fillAndClose(path)
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 200_000))
            try file.close()
            expectDamaged {
                let store = try makeStore(path: path)
                _ = try store.readSync { try $0.mappings() }
            }
        }
    }

    @Test func `a store of a newer Couplet is refused`() async throws {
        try await withStoreFile { path in
            try makeStore(path: path).raw { database in
                try database.execute(
                    sql: "INSERT INTO migration (number, name) VALUES (?, 'from the future')",
                    arguments: [SQLiteMigrations.all.count + 1]
                )
            }
            let known = SQLiteMigrations.all.count
            #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) { try makeStore(path: path) }
        }
    }

    @Test func `a folder that does not exist is an error, not a crash`() {
        let error = #expect(throws: StoreError.self) { try makeStore(path: "/nonexistent/folder/store.sqlite") }
        if case .failed = error { return }
        Issue.record("expected a failure, not \(String(describing: error))")
    }

    @Test func `a text that no choice is written as is damage, not a crash`() throws {
        let store = try makeStore()
        try store.writeSync { writing in
            _ = try writing.insert(
                RunRecord(action: "a", startedBy: "b", startedAt: Instant(milliseconds: 0), status: .done)
            )
        }
        try store.raw { try $0.execute(sql: "UPDATE run SET status = 4711") }
        expectDamaged { _ = try store.readSync { try $0.run(1) } }
    }

    private func limitSize(of store: SQLiteStateStore, toPages pages: Int) throws {
        try store.raw { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }

    private func fill(_ writing: any StoreWriting, _ feed: Int64) throws {
        let records = (0..<5000).map { number in
            RemoteRecord(
                id: StateStoreConformance.id(number),
                version: "version \(number)",
                key: "K\(number)",
                name: String(repeating: "n", count: 50)
            )
        }
        try writing.save(records, feed: feed)
    }

    private func fillAndClose(_ path: String) async throws {
        let store = try makeStore(path: path)
        try store.writeSync { try fill($0, try $0.openFeed(connection: "bc", table: "customers").id) }
        try store.raw { _ = try $0.checkpoint(.truncate) }
        try store.database.close()
    }

    private func expectDamaged(sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any) {
        let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) { _ = try body() }
        if case .damaged = error { return }
        Issue.record("expected damage, not \(String(describing: error))", sourceLocation: sourceLocation)
    }
}
