import CoupletCore
import Foundation
import Glibc

/// The directory with everything that Couplet keeps, and the files in it.
struct HomeDirectory: Sendable {
    /// The directory's absolute path.
    let path: String

    /// The database.
    var store: String { path + "/couplet.sqlite" }
    /// The file with what is known of the database outside of it.
    var witness: String { path + "/witness.json" }
    /// The file whose lock says that a process uses the store.
    var lock: String { path + "/lock" }
    /// Where a running `couplet serve` listens.
    var socket: String { path + "/couplet.sock" }
    /// The file that says that a demonstration may empty the directory.
    var demonstrationMarker: String { path + "/" + Self.demonstrationMarker }
    /// Whether a demonstration made it.
    var isOfDemonstration: Bool { FileManager.default.fileExists(atPath: demonstrationMarker) }

    /// The name of the file that says that a demonstration may empty a directory.
    static let demonstrationMarker = "couplet-demo"

    /// Names a directory without making it.
    init(_ path: String) {
        self.path =
            URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.path(percentEncoded: false)
            .trimmingSlashes
    }

    /// Makes the directory where it is missing, for its owner alone.
    /// - Throws: `CoupletError` when it cannot be made or is no directory.
    func create() throws {
        let parent = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: parent.isEmpty ? "/" : parent,
                withIntermediateDirectories: true
            )
        } catch {
            throw failure(String(describing: error))
        }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(String(cString: strerror(errno))) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw failure(String(cString: strerror(ENOTDIR)))
        }
    }

    private func failure(_ detail: String) -> CoupletError {
        CoupletError("home.unusable", ["home": path, "detail": detail], status: .wrongConfiguration)
    }
}

extension String {
    fileprivate var trimmingSlashes: String {
        var text = self
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
