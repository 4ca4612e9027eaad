import CoupletCore
import Glibc

/// Holds the home's lock: one process at a time works with a store.
///
/// The kernel drops the lock with the process, however it ends, so a lock is never stale.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock at once or not at all.
    /// - Parameter home: The home directory, which exists.
    /// - Throws: `CoupletError` naming the process that holds the lock.
    init(_ home: HomeDirectory) throws {
        descriptor = open(home.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreLock.failure(errno, home) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = StoreLock.holder(descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw StoreLock.failure(reason, home) }
            throw CoupletError("store.locked", ["home": home.path, "pid": holder], status: .tryLater)
        }
        let text = Array("\(getpid())\n".utf8)
        // The process id is a help for people; a full disk must not keep anybody from looking at the store.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    /// Gives the lock back.
    func release() { close(descriptor) }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return "?" }
        let digits = buffer.prefix(count).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "?" : String(decoding: digits, as: UTF8.self)
    }

    private static func failure(_ code: Int32, _ home: HomeDirectory) -> CoupletError {
        let isFull = code == ENOSPC || code == EDQUOT
        return isFull
            ? CoupletError("store.diskFull", ["home": home.path], status: .tryLater)
            : CoupletError(
                "home.unusable",
                ["home": home.path, "detail": String(cString: strerror(code))],
                status: .wrongConfiguration
            )
    }
}
