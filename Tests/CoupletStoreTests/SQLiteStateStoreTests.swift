import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Foundation
import GRDB
import Synchronization
import Testing

@testable import CoupletStore

@Suite("SQLite: how transactions run")
struct SQLiteStateStoreTests {
    private struct Crash: Error {}

    @Test func `a fault before the commit takes everything back`() async throws {
        let strikes = Mutex(false)
        let store = try makeStore(
            faults: CommitFaults(beforeCommit: { if strikes.withLock(\.self) { throw Crash() } })
        )
        strikes.withLock { $0 = true }
        #expect(throws: Crash.self) { try store.writeSync { try $0.nextSequence() } }
        #expect(throws: Never.self) { try store.readSync { try $0.instanceID() } }
        strikes.withLock { $0 = false }
        #expect(try store.writeSync { try $0.nextSequence() } == 1)
    }

    @Test func `a fault after the commit hides a success that stands`() async throws {
        let strikes = Mutex(true)
        let store = try makeStore(
            faults: CommitFaults(afterCommit: { if strikes.withLock(\.self) { throw Crash() } })
        )
        #expect(throws: Crash.self) { try store.writeSync { try $0.nextSequence() } }
        strikes.withLock { $0 = false }
        #expect(try store.writeSync { try $0.nextSequence() } == 2)
    }

    @Test func `overwriting what was removed leaves the connection as it was`() async throws {
        let store = try makeStore()
        func setting() throws -> Int? {
            try store.database.read { try Int.fetchOne($0, sql: "PRAGMA temp_store") }
        }
        let before = try setting()
        #expect(before == 2)
        try await store.overwriteRemoved()
        #expect(try setting() == before)
        #expect(try store.writeSync { try $0.nextSequence() } == 1)
    }

    @Test func `a rolled back body meets no fault`() async throws {
        let count = Mutex(0)
        let store = try makeStore(
            faults: CommitFaults(
                beforeCommit: { count.withLock { $0 += 1 } },
                afterCommit: { count.withLock { $0 += 10 } }
            )
        )
        #expect(throws: Crash.self) { try store.writeSync { _ in throw Crash() } }
        #expect(count.withLock(\.self) == 0)
        _ = try store.writeSync { try $0.nextSequence() }
        #expect(count.withLock(\.self) == 11)
    }

    @Test func `inline transactions run on the caller's thread`() throws {
        let store = try makeStore()
        let caller = Thread.current
        #expect(try store.readSync { _ in Thread.current } === caller)
        #expect(try store.writeSync { _ in Thread.current } === caller)
    }

    @Test(arguments: [SQLiteStateStore.Execution.inline, .queue])
    func `a cancelled task still records what it heard`(execution: SQLiteStateStore.Execution) async throws {
        let store = try makeStore(execution: execution)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                #expect(Task.isCancelled)
                _ = try await store.write { try $0.nextSequence() }
            }
            try await group.waitForAll()
        }
        #expect(try store.writeSync { try $0.nextSequence() } == 2)
    }

    @Test func `every commit of a file waits for the disk, and references are held`() async throws {
        try await withStoreFile { path in
            let settings = try makeStore(path: path).raw { database in
                [
                    try Int.fetchOne(database, sql: "PRAGMA synchronous")?.description,
                    try Int.fetchOne(database, sql: "PRAGMA foreign_keys")?.description,
                    try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                ]
            }
            #expect(settings == ["2", "1", "wal"])
        }
    }

    @Test func `a new file can be read by its owner only`() async throws {
        try await withStoreFile { path in
            try withExtendedLifetime(try makeStore(path: path)) {
                for name in [path, path + "-wal"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: name)
                    #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
                }
            }
        }
    }

    @Test func `every table is strict`() throws {
        let loose = try makeStore().raw { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'
                    """
            )
        }
        #expect(loose.isEmpty)
    }

    @Test func `opening a store again changes nothing in it`() async throws {
        try await withStoreFile { path in
            let before = try makeStore(path: path).raw { try schema($0) }
            let after = try makeStore(path: path, instance: 2).raw { try schema($0) }
            #expect(before == after)
            #expect(before.count > 20)
        }
    }

    private func schema(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
            + String.fetchAll(database, sql: "SELECT hex(id) || sequence FROM instance")
            + String.fetchAll(database, sql: "SELECT number || name FROM migration")
    }
}
