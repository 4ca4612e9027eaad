import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet status`.
struct StatusCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("status") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        StatusReport.show(try await session.perform(ShowStatus(mapping: mapping)), on: session.console)
    }
}
