import ArgumentParser
import CoupletCore
import CoupletEngine
import Foundation

/// `couplet backup`.
struct BackupCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("backup") }

    @Argument(help: help("backup.file"))
    var file: String
    @Flag(help: help("backup.force"))
    var force = false
    @OptionGroup var globals: GlobalOptions

    var isOnlyHere: Bool { true }

    func perform(in session: Session) async throws -> ExitStatus {
        let path = URL(filePath: file).standardizedFileURL.path(percentEncoded: false)
        let made = try await session.perform(BackUp(file: path, replaces: force))
        let console = session.console
        if console.isJSON {
            console.print(.object(["file": .string(made.file), "bytes": .integer(made.bytes)]))
        } else {
            console.say("backup.made", ["file": made.file, "bytes": String(made.bytes)])
        }
        return .done
    }
}

/// `couplet restore`.
struct RestoreCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("restore") }

    @Argument(help: help("restore.file"))
    var file: String
    @OptionGroup var globals: GlobalOptions

    var isOnlyHere: Bool { true }

    func perform(in session: Session) async throws -> ExitStatus {
        let (home, console) = (session.home, session.console)
        try await CompositionRoot.restore(file, into: home)
        if console.isJSON {
            console.print(.object(["home": .string(home.path), "file": .string(file)]))
        } else {
            console.say("restore.done", ["home": home.path, "file": file])
            console.say("restore.next")
        }
        return .done
    }
}
