import CoupletPorts
import Dispatch
import GRDB
import Glibc

/// Copies that are taken while the store is in use, and put in the place of a store that is not there.
extension SQLiteStateStore {
    /// Copies the whole database at one moment, from a connection of its own: whoever reads and writes does not wait.
    package func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
        let store = database.path
        let own = store == Self.memoryPath || store.isEmpty ? database : nil
        return try await Self.offThePool {
            let files = ["", "-wal", "-shm"].map { store + $0 }
            if own == nil, let file = Self.identity(path),
                files.contains(where: { Self.identity($0) == file })
            {
                throw CopyRefused.storeItself
            }
            // Refused before the work and not only after it; what counts is the second time.
            if !replaces, access(path, F_OK) == 0 { throw CopyRefused.taken }
            return try Self.place(at: path, replacing: replaces) { try Self.copy(store, own, to: $0) }
        }
    }

    /// Puts a copy that was taken in the place of a store that is not there.
    /// - Parameters:
    ///   - path: The copy.
    ///   - place: The store's file.
    /// - Throws: `CopyRefused` where the file cannot be made; `StoreError`: `damaged` when the copy is no store or not
    ///   whole, `newerSchema` when it was made by a newer Couplet.
    package static func restore(from path: String, to place: String) async throws {
        _ = try await offThePool {
            try check(path)
            return try Self.place(at: place, replacing: false) { try copy(path, nil, to: $0) }
        }
    }

    /// Writes a file beside its place and puts it there when it is whole.
    private static func place(
        at path: String,
        replacing replaces: Bool,
        _ write: (String) throws -> Void
    ) throws -> Int64 {
        // A name of its own, so that two who write the same file do not meet before its place is taken.
        var name = Array((path + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw refusal(errno) }
        let draft = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        close(descriptor)
        defer { for side in ["", "-wal", "-shm", "-journal"] { unlink(draft + side) } }
        try write(draft)
        let written = Glibc.open(draft, O_RDONLY | O_CLOEXEC)
        guard written >= 0 else { throw refusal(errno) }
        defer { close(written) }
        // The file's name is worth nothing before its content is on the disk.
        guard fsync(written) == 0 else { throw refusal(errno) }
        // A link is refused where the name is taken, whoever took it meanwhile.
        guard (replaces ? rename(draft, path) : link(draft, path)) == 0 else { throw refusal(errno) }
        return Int64(lseek(written, 0, SEEK_END))
    }

    /// What a file is, whatever it is called; nil where there is none.
    private static func identity(_ path: String) -> [UInt64]? {
        var status = stat()
        return stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
    }

    private static func refusal(_ code: Int32) -> any Error {
        switch code {
        case EEXIST: CopyRefused.taken
        case ENOSPC, EDQUOT: StoreError.diskFull
        default: CopyRefused.unwritable(detail: String(cString: strerror(code)))
        }
    }

    /// Nothing of a copy is believed before all of it was looked at.
    private static func check(_ path: String) throws {
        try StoreError.translating {
            try reader(of: path).read { database in
                guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == SQLiteMigrations.applicationID
                else {
                    throw StoreError.damaged(detail: "the file is no store of Couplet")
                }
                let known = SQLiteMigrations.all.count
                let found = try Int.fetchOne(database, sql: "SELECT count(*) FROM migration") ?? 0
                guard found <= known else { throw StoreError.newerSchema(found: found, known: known) }
                let said = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
                if let first = said.first, first != "ok" { throw StoreError.damaged(detail: first) }
            }
        }
    }

    private static func copy(_ path: String, _ own: DatabaseQueue?, to place: String) throws {
        try StoreError.translating {
            let source = try own ?? reader(of: path)
            let copy = try DatabaseQueue(path: place)
            try source.backup(to: copy)
            try copy.writeWithoutTransaction { database in
                // One file, without those that stand beside a store that is in use.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        }
    }

    private static func reader(of path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busySeconds)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Copying takes as long as the disk does; no thread of the cooperative pool waits for that.
    private static func offThePool(_ body: @escaping @Sendable () throws -> Int64) async throws -> Int64 {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }
}
