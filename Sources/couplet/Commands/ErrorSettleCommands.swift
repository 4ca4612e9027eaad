import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet error restore`.
struct ErrorRestoreCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("restore", text: "error.restore") }

    @Argument(help: help("error.cause"))
    var cause: String
    @Argument(help: help("error.keys"))
    var keys: [String] = []
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = SettleDeletions(cause: cause, keys: keys, way: .restore, isPreview: preview)
        return try await session.withActions { actions in
            try await Confirmation(console).perform(action, after: preview ? nil : action.shown, on: actions)
        }
    }
}

/// `couplet error delete`.
struct ErrorDeleteCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("delete", text: "error.delete") }

    @Argument(help: help("error.cause"))
    var cause: String
    @Argument(help: help("error.keys"))
    var keys: [String] = []
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = SettleDeletions(cause: cause, keys: keys, way: .delete, isPreview: preview)
        return try await session.withActions { actions in
            try await Confirmation(console).perform(
                action,
                after: preview ? nil : action.shown,
                asking: "error.delete.confirm",
                beyond: 0,
                on: actions
            ) { $0.counts.deletions }
        }
    }
}

/// `couplet error uncouple`.
struct ErrorUncoupleCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("uncouple", text: "error.uncouple") }

    @Argument(help: help("error.cause"))
    var cause: String
    @Argument(help: help("error.keys"))
    var keys: [String] = []
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = SettleDeletions(cause: cause, keys: keys, way: .uncouple, isPreview: preview)
        return try await session.withActions { actions in
            try await Confirmation(console).perform(
                action,
                after: preview ? nil : action.shown,
                asking: "uncouple.confirm",
                on: actions
            ) { $0.counts.uncoupled }
        }
    }
}

extension SettleDeletions {
    /// The same, only shown.
    fileprivate var shown: SettleDeletions {
        var shown = self
        shown.isPreview = true
        return shown
    }
}
