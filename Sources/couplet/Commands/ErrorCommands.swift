import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet error …`.
struct ErrorCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "error",
            subcommands: [
                ErrorListCommand.self, ErrorShowCommand.self, ErrorRetryCommand.self, ErrorRestoreCommand.self,
                ErrorDeleteCommand.self, ErrorUncoupleCommand.self,
            ]
        )
    }
}

struct ErrorListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "error.list") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        ErrorReport.show(try await session.perform(ListErrors(mapping: mapping)), on: session.console)
    }
}

struct ErrorShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "error.show") }

    @Argument(help: help("error.cause"))
    var cause: String
    @Option(help: help("error.limit"))
    var limit = 100
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        ErrorReport.show(try await session.perform(ShowError(cause: cause, limit: limit)), on: session.console)
    }
}

struct ErrorRetryCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("retry", text: "error.retry") }

    @Argument(help: help("error.causeOrAll"))
    var cause: String?
    @Argument(help: help("error.key"))
    var key: String?
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = RetryError(cause: cause, keys: key.map { [$0] } ?? [], isPreview: preview)
        return try await session.withActions { actions in
            try await Confirmation(console).perform(action, after: nil, on: actions)
        }
    }
}
