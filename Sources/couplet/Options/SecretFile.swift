import CoupletCore
import Foundation
import Glibc

/// A file that holds a secret and nothing else.
enum SecretFile {
    /// The secret in a file that nobody but its owner may read.
    /// - Throws: `CoupletError` where others may, or the file cannot be read or holds nothing.
    static func ownText(in file: String) throws -> String {
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & 0o077 != 0 {
            throw CoupletError("server.tokenFileOpen", ["file": file], status: .wrongConfiguration)
        }
        return try text(in: file)
    }

    /// The secret in a file, without the line end that editors add; `-` reads standard input.
    /// - Throws: `CoupletError` where the file cannot be read or holds nothing.
    static func text(in file: String) throws -> String {
        let data: Data?
        if file == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            data = FileManager.default.contents(atPath: file)
        }
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw CoupletError("connection.secretUnreadable", ["file": file], status: .wrongUse)
        }
        let secret = text.trimmingCharacters(in: .newlines)
        guard !secret.isEmpty else {
            throw CoupletError("connection.secretEmpty", ["file": file], status: .wrongUse)
        }
        return secret
    }
}
