import ArgumentParser
import CoupletCore
import CoupletServer

/// `couplet version`.
struct VersionCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("version") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        if console.isJSON {
            console.print(.object(["version": .string(ProductVersion.text)]))
        } else {
            console.line("couplet \(ProductVersion.text)")
            console.say("version.marks")
        }
        return .done
    }
}
