import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet subscription …`.
struct SubscriptionCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "subscription",
            subcommands: [
                SubscriptionListCommand.self, SubscriptionRemoveCommand.self, SubscriptionAddCommand.self,
            ]
        )
    }
}

struct SubscriptionListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "subscription.list") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        SubscriptionReport.show(try await session.perform(ListSubscriptions()), on: session.console)
    }
}

struct SubscriptionRemoveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("remove", text: "subscription.remove") }

    @Argument(help: help("connection.name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(RemoveSubscriptions(connection: name))
        return SubscriptionReport.show(view, on: session.console)
    }
}

struct SubscriptionAddCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("add", text: "subscription.add") }

    @Argument(help: help("connection.name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(AllowSubscriptions(connection: name))
        return SubscriptionReport.show(view, on: session.console)
    }
}
