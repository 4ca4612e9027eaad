import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet user …`.
struct UserCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "user",
            subcommands: [
                UserListCommand.self, UserAddCommand.self, UserSetCommand.self, UserRemoveCommand.self,
                UserResetCommand.self, UserLinkCommand.self, UserTokenCommand.self,
            ]
        )
    }
}

extension Role: ExpressibleByArgument {}

struct UserListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "user.list") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(ListUsers()), on: session.console)
    }
}

struct UserAddCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("add", text: "user.add") }

    @Argument(help: help("user.name"))
    var user: String
    @Option(help: help("user.role"))
    var role: Role
    @Option(name: .customLong("name"), help: help("user.fullName"))
    var fullName = ""
    @Option(name: .customLong("mapping"), help: help("user.mapping"))
    var mappings: [String] = []
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = AddUser(
            user: user,
            fullName: fullName,
            role: role,
            mappings: mappings.isEmpty ? nil : mappings
        )
        return UserReport.show(try await session.perform(action), on: session.console)
    }
}

struct UserSetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("set", text: "user.set") }

    @Argument(help: help("user.name"))
    var user: String
    @Option(help: help("user.role"))
    var role: Role?
    @Option(name: .customLong("name"), help: help("user.fullName"))
    var fullName: String?
    @Option(name: .customLong("mapping"), help: help("user.mapping"))
    var mappings: [String] = []
    @Flag(help: help("user.allMappings"))
    var allMappings = false
    @Flag(help: help("user.disable"))
    var disable = false
    @Flag(help: help("user.enable"))
    var enable = false
    @Option(help: help("user.subject"))
    var subject: String?
    @Flag(help: help("user.local"))
    var local = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if (disable && enable) || (allMappings && !mappings.isEmpty) || (local && subject != nil) {
            throw CoupletError("user.contradiction", status: .wrongUse)
        }
        let action = ChangeUser(
            user: user,
            fullName: fullName,
            role: role,
            mappings: allMappings ? [] : mappings.isEmpty ? nil : mappings,
            isDisabled: disable ? true : enable ? false : nil,
            subject: local ? "" : subject
        )
        return UserReport.show(try await session.perform(action), on: session.console)
    }
}

struct UserRemoveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("remove", text: "user.remove") }

    @Argument(help: help("user.name"))
    var user: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(RemoveUser(user: user)), on: session.console)
    }
}

struct UserResetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("reset", text: "user.reset") }

    @Argument(help: help("user.name"))
    var user: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(ResetPassword(user: user)), on: session.console)
    }
}

struct UserLinkCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("link", text: "user.link") }

    @Argument(help: help("user.name"))
    var user: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(LinkUser(user: user)), on: session.console)
    }
}

/// `couplet user token …`.
struct UserTokenCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "token",
            text: "user.token",
            subcommands: [TokenListCommand.self, TokenAddCommand.self, TokenRemoveCommand.self]
        )
    }
}

struct TokenListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "token.list") }

    @Argument(help: help("user.optional"))
    var user: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(ListTokens(user: user)), on: session.console)
    }
}

struct TokenAddCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("add", text: "token.add") }

    @Argument(help: help("user.name"))
    var user: String
    @Option(help: help("token.label"))
    var label = ""
    @Option(help: help("token.days"))
    var days = 90
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = AddToken(user: user, label: label, days: days)
        return UserReport.show(try await session.perform(action), on: session.console)
    }
}

struct TokenRemoveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("remove", text: "token.remove") }

    @Argument(help: help("user.name"))
    var user: String
    @Argument(help: help("token.number"))
    var number: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        UserReport.show(try await session.perform(RemoveToken(user: user, number: number)), on: session.console)
    }
}
