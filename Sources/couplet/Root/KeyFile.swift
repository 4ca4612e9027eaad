import CoupletCore
import Crypto
import Foundation
import Glibc

/// The file with the key that seals secrets: kept outside the store, so that a copy of the store gives nothing away.
struct KeyFile: Sendable {
    /// The file's path.
    let path: String

    /// The key that is there.
    /// - Throws: `CoupletError` when the file is missing, unreadable or holds no key.
    func key() throws -> SymmetricKey {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CoupletError("credentials.keyMissing", ["file": path], status: .wrongConfiguration)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CoupletError("credentials.keyUnreadable", ["file": path], status: .notAllowed)
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: text), bytes.count == 32 else {
            throw CoupletError("credentials.keyMalformed", ["file": path], status: .wrongConfiguration)
        }
        return SymmetricKey(data: bytes)
    }

    /// The key that is there, or a new one for its owner alone.
    /// - Throws: `CoupletError` when the file can neither be read nor made.
    func keyMadeIfMissing() throws -> SymmetricKey {
        guard !FileManager.default.fileExists(atPath: path) else { return try key() }
        let directory = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: directory.isEmpty ? "." : directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw unwritable(String(describing: error))
        }
        let key = SymmetricKey(size: .bits256)
        let text = key.withUnsafeBytes { Data($0) }.base64EncodedString() + "\n"
        try write(Array(text.utf8))
        // Another process may have been first: what the file holds counts, not what this process made.
        return try self.key()
    }

    /// Writes beside the file and links it into place, so that nobody ever reads half a key.
    private func write(_ bytes: [UInt8]) throws {
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(String(cString: strerror(errno))) }
        defer { unlink(draft) }
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten else { throw unwritable(String(cString: strerror(reason))) }
        guard link(draft, path) == 0 || errno == EEXIST else { throw unwritable(String(cString: strerror(errno))) }
    }

    private func unwritable(_ detail: String) -> CoupletError {
        CoupletError("credentials.keyUnwritable", ["file": path, "detail": detail], status: .wrongConfiguration)
    }
}
