import ArgumentParser
import CoupletCore

/// `couplet version`.
struct VersionCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("version") }

    /// The product's version.
    static let version = "0.1.0"

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        if console.isJSON {
            console.print(.object(["version": .string(Self.version)]))
        } else {
            console.line("couplet \(Self.version)")
            console.say("version.marks")
        }
        return .done
    }
}
