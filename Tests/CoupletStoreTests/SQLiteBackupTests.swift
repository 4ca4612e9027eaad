import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Foundation
import GRDB
import Testing

@testable import CoupletStore

@Suite("SQLite: copies that are taken and put back")
struct SQLiteBackupTests {
    private static func fill(_ store: SQLiteStateStore, _ count: Int) async throws {
        for number in 0..<count {
            try await store.write { transaction in
                let run = RunRecord(action: "\(number)", startedBy: "somebody", startedAt: Instant(milliseconds: 1))
                _ = try transaction.insert(run)
                _ = try transaction.nextSequence()
            }
        }
    }

    /// How many runs a file holds, and how many numbers were given; the same, because one transaction does both.
    private static func counts(_ path: String) throws -> (runs: Int, sequence: Int) {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? -1,
                try Int.fetchOne(database, sql: "SELECT sequence FROM instance") ?? -2
            )
        }
    }

    @Test func `copies that are taken while others write hold whole transactions, one file each`() async throws {
        try await withStoreFile { path in
            let store = try makeStore(path: path, execution: .queue)
            try await Self.fill(store, 20)
            let copies = (0..<5).map { "\(path).\($0)" }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await Self.fill(store, 200) }
                for copy in copies {
                    #expect(try await store.backUp(to: copy, replacing: false) > 8192)
                }
                try await group.waitForAll()
            }
            for copy in copies {
                let (runs, sequence) = try Self.counts(copy)
                #expect(runs >= 20 && runs == sequence, "\(runs) \(sequence)")
                #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
                for side in ["-wal", "-shm", "-journal"] {
                    #expect(!FileManager.default.fileExists(atPath: copy + side))
                }
            }
            #expect(try Self.counts(path).runs == 220)
            let place = path + ".restored"
            try await SQLiteStateStore.restore(from: copies[4], to: place)
            let restored = try makeStore(path: place, instance: 2)
            #expect(try restored.readSync { try $0.damage() } == [])
            #expect(try restored.readSync { try $0.instanceID() } == StateStoreConformance.id(1))
        }
    }

    @Test func `a file that is there is left as it is, unless it may be replaced`() async throws {
        try await withStoreFile { path in
            let store = try makeStore(path: path, execution: .queue)
            let taken = path + ".taken"
            try Data("mine".utf8).write(to: URL(filePath: taken))
            await #expect(throws: CopyRefused.taken) { _ = try await store.backUp(to: taken, replacing: false) }
            await #expect(throws: CopyRefused.taken) { try await SQLiteStateStore.restore(from: path, to: taken) }
            #expect(try Data(contentsOf: URL(filePath: taken)) == Data("mine".utf8))
            _ = try await store.backUp(to: taken, replacing: true)
            #expect(try Self.counts(taken).runs == 0)
            let error = await #expect(throws: CopyRefused.self) {
                _ = try await store.backUp(to: path + ".nowhere/copy", replacing: false)
            }
            guard case .unwritable = error else {
                _ = Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `what is no store, damaged or of a newer Couplet is not put back`() async throws {
        try await withStoreFile { path in
            let store = try makeStore(path: path, execution: .queue)
            try await Self.fill(store, 200)
            let (copy, place) = (path + ".copy", path + ".place")
            _ = try await store.backUp(to: copy, replacing: false)

            try Data("no database at all, and long enough to be looked at as one".utf8)
                .write(to: URL(filePath: path + ".text"))
            let other = try DatabaseQueue(path: path + ".other")
            try other.inDatabase { try $0.execute(sql: "CREATE TABLE t (x)") }
            var bytes = try Data(contentsOf: URL(filePath: copy))
            bytes.replaceSubrange(8192..<(bytes.count - 4096), with: Data(count: bytes.count - 12288))
            try bytes.write(to: URL(filePath: path + ".holed"))
            for name in [".text", ".other", ".holed"] {
                let error = await #expect(throws: StoreError.self) {
                    try await SQLiteStateStore.restore(from: path + name, to: place)
                }
                guard case .damaged = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
            }
            let newer = try DatabaseQueue(path: copy)
            try newer.inDatabase { try $0.execute(sql: "INSERT INTO migration VALUES (999, 'later')") }
            let known = SQLiteMigrations.all.count
            await #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) {
                try await SQLiteStateStore.restore(from: copy, to: place)
            }
            let folder = (place as NSString).deletingLastPathComponent
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.filter { $0.contains(".place") } == [], "nothing is left behind")
        }
    }
}
