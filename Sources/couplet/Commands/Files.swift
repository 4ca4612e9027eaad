import CoupletCore
import Foundation

/// A file that a command reads; `-` is standard input.
enum InputFile {
    /// The file's text.
    /// - Parameter file: Its path, or `-`.
    /// - Returns: The text.
    /// - Throws: `CoupletError` when it cannot be read or is no text.
    static func text(of file: String) throws -> String {
        let data: Data?
        if file == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            data = FileManager.default.contents(atPath: file)
        }
        guard let data else { throw CoupletError("file.unreadable", ["file": file], status: .wrongUse) }
        guard let text = String(data: data, encoding: .utf8) else {
            throw CoupletError("file.notText", ["file": file], status: .wrongUse)
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }
}

/// A file that a command writes.
enum OutputFile {
    /// Writes a text to a file, or to standard output where there is none; a program gets it within a document.
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The file's path; nil for standard output.
    ///   - console: Where the command speaks.
    /// - Throws: `CoupletError` when the file cannot be written.
    static func write(_ text: String, to file: String?, on console: Console) throws {
        guard let file, file != "-" else {
            if console.isJSON {
                console.print(.object(["text": .string(text)]))
            } else {
                Terminal.write(text, to: 1)
            }
            return
        }
        do {
            let before = try? FileManager.default.attributesOfItem(atPath: file)
            try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
            // A new file is its owner's alone; whom they let read an older one, that stays.
            if let before, before[.type] as? FileAttributeType == .typeRegular, let mode = before[.posixPermissions] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            }
        } catch {
            throw CoupletError(
                "file.unwritable",
                ["file": file, "detail": error.localizedDescription],
                status: .wrongUse
            )
        }
        if console.isJSON {
            console.print(.object(["file": .string(file)]))
        } else {
            console.say("file.written", ["file": file])
        }
    }
}
