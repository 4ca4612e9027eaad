import CoupletCore
import CoupletPorts
import Foundation
import Glibc

/// Keeps what is known of the store in two files: beside it, and beside the key, which is kept apart from it.
///
/// A store that is put back alone, or whole with its home, is older than the file beside the key; one that was copied
/// with its home lies in another file of the file system than before.
struct FileWitness: StoreWitness {
    private let near: MarkFile
    /// Nil where nothing is kept apart.
    private let apart: MarkFile?
    private let home: HomeDirectory
    private let keyFile: String

    /// Makes the witness of a store.
    /// - Parameters:
    ///   - home: Where the store is kept.
    ///   - keyFile: The file with the key.
    ///   - instance: The store's identity.
    init(home: HomeDirectory, keyFile: String, instance: RecordID) {
        self.home = home
        self.keyFile = keyFile
        near = MarkFile(path: home.witness, makesFolder: false)
        let path = "\(Self.folder(of: keyFile))/\(instance).json"
        // Nobody puts a demonstration's home back.
        apart = home.isOfDemonstration ? nil : MarkFile(path: path, makesFolder: true)
    }

    var place: String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: home.store)
        let value = attributes?[.systemFileNumber]
        guard let number = (value as? NSNumber)?.uint64Value ?? (value as? UInt64) else { return "" }
        return "inode \(number)"
    }

    var obstacle: Message? {
        guard apart != nil else { return nil }
        let folder = Self.folder(of: keyFile)
        if folder.hasPrefix(home.path + "/") { return Message("witness.keyInHome", ["file": keyFile]) }
        return access(folder + "/.", W_OK | X_OK) == 0 ? nil : Message("witness.onlyNear", ["folder": folder])
    }

    /// Of two marks of one store, the one that has seen more.
    func last() throws -> WitnessMark? {
        let own = try near.mark()
        guard let kept = try apart?.mark() else { return own }
        guard let own else { return kept }
        return own.instance == kept.instance && kept.isAhead(of: own) ? kept : own
    }

    func keep(_ mark: WitnessMark) throws {
        do throws(MarkFile.Failure) {
            try near.keep(mark)
        } catch {
            let detail = String(cString: strerror(error.code))
            throw error.code == ENOSPC || error.code == EDQUOT
                ? CoupletError("store.diskFull", ["home": home.path], status: .tryLater)
                : CoupletError("home.unusable", ["home": home.path, "detail": detail], status: .wrongConfiguration)
        }
        do throws(MarkFile.Failure) {
            try apart?.keep(mark)
        } catch {
            // An older mark there does no harm. One that has seen more would stop writing again and again.
            guard let kept = try apart?.mark(), kept.isAhead(of: mark) else { return }
            throw CoupletError("witness.onlyNear", ["folder": Self.folder(of: keyFile)], status: .wrongConfiguration)
        }
    }

    /// Where marks are kept beside a key.
    private static func folder(of keyFile: String) -> String {
        let path = URL(filePath: keyFile).standardizedFileURL.path(percentEncoded: false)
        return (path as NSString).deletingLastPathComponent + "/witness"
    }
}

/// A file with a mark.
private struct MarkFile: Sendable {
    /// Why a mark was not kept.
    struct Failure: Error {
        /// What the system says.
        var code: Int32
    }

    let path: String
    /// Whether its folder is made where it is missing.
    let makesFolder: Bool

    /// The mark; nil when there is no file.
    func mark() throws -> WitnessMark? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path),
            let mark = try? JSONDecoder().decode(WitnessMark.self, from: data)
        else {
            throw CoupletError("witness.damaged", ["file": path], status: .wrongConfiguration)
        }
        return mark
    }

    /// Writes beside the file and puts that in its place, so that there is always a whole one.
    func keep(_ mark: WitnessMark) throws(Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(mark) else { throw Failure(code: EINVAL) }
        let bytes = Array(data)
        let draft = path + ".new"
        let descriptor = opened(draft)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten else { throw Failure(code: reason) }
        guard rename(draft, path) == 0 else { throw Failure(code: errno) }
    }

    /// Opens a file to write.
    private func opened(_ path: String) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = open(path, flags, 0o600)
        guard makesFolder, descriptor < 0, errno == ENOENT else { return descriptor }
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return open(path, flags, 0o600)
    }
}
