import CoupletCore
import CoupletPorts
import Foundation
import Glibc

/// Keeps what is known of the store in a file beside it.
///
/// A store that is put back alone is older than this file; one that is put back or copied with it lies in another file
/// of the file system than before.
struct FileWitness: StoreWitness {
    private let path: String
    private let store: String
    private let home: String

    init(home: HomeDirectory) {
        path = home.witness
        store = home.store
        self.home = home.path
    }

    var place: String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: store)
        let value = attributes?[.systemFileNumber]
        guard let number = (value as? NSNumber)?.uint64Value ?? (value as? UInt64) else { return "" }
        return "inode \(number)"
    }

    func last() throws -> WitnessMark? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path),
            let mark = try? JSONDecoder().decode(WitnessMark.self, from: data)
        else {
            throw CoupletError("witness.damaged", ["file": path], status: .wrongConfiguration)
        }
        return mark
    }

    /// Writes beside the file and puts that in its place, so that there is always a whole one.
    func keep(_ mark: WitnessMark) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let bytes = Array(try encoder.encode(mark))
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten else { throw failure(reason) }
        guard rename(draft, path) == 0 else { throw failure(errno) }
    }

    private func failure(_ code: Int32) -> CoupletError {
        code == ENOSPC || code == EDQUOT
            ? CoupletError("store.diskFull", ["home": home], status: .tryLater)
            : CoupletError(
                "home.unusable",
                ["home": home, "detail": String(cString: strerror(code))],
                status: .wrongConfiguration
            )
    }
}
