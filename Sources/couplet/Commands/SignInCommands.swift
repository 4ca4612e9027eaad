import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet sign-in …`.
struct SignInCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "sign-in",
            text: "signIn",
            subcommands: [
                SignInShowCommand.self, SignInSetCommand.self, SignInTestCommand.self, SignInRemoveCommand.self,
            ]
        )
    }
}

struct SignInShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "signIn.show") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        SignInReport.show(try await session.perform(ShowSignIn()), on: session.console)
        return .done
    }
}

struct SignInSetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("set", text: "signIn.set") }

    @Option(help: help("signIn.issuer"))
    var issuer: String?
    @Option(name: .customLong("client-id"), help: help("signIn.client"))
    var clientID: String?
    @Option(name: .customLong("client-secret-file"), help: help("signIn.secretFile"))
    var secretFile: String?
    @Option(help: help("signIn.address"))
    var address: String?
    @Option(name: .customLong("role"), help: help("signIn.role"))
    var roles: [String] = []
    @Option(name: .customLong("role-claim"), help: help("signIn.roleClaim"))
    var roleClaim: String?
    @Option(name: .customLong("name-claim"), help: help("signIn.nameClaim"))
    var nameClaim: String?
    @Option(name: .customLong("new-users"), help: help("signIn.newUsers"))
    var newUsers: NewUsersArgument?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = SetSignIn(
            issuer: issuer,
            clientID: clientID,
            secret: try secretFile.map { try SecretFile.text(in: $0) },
            address: address,
            roleClaim: roleClaim,
            nameClaim: nameClaim,
            roles: roles.isEmpty ? nil : try roles.map(Self.rule),
            addsUsers: newUsers.map { $0 == .add }
        )
        SignInReport.show(try await session.perform(action), on: session.console)
        return .done
    }

    /// Reads `VALUE=ROLE`; a value may have equals signs of its own.
    private static func rule(_ text: String) throws -> RoleRule {
        guard let mark = text.lastIndex(of: "="), mark > text.startIndex,
            let role = Role(rawValue: String(text[text.index(after: mark)...]))
        else { throw CoupletError("signIn.badRole", ["rule": text], status: .wrongUse) }
        return RoleRule(value: String(text[..<mark]), role: role)
    }
}

struct SignInTestCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("test", text: "signIn.test") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(TestSignIn())
        session.console.say("signIn.tested", ["issuer": view.provider?.issuer ?? ""])
        if session.console.isJSON { SignInReport.show(view, on: session.console) }
        return .done
    }
}

struct SignInRemoveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("remove", text: "signIn.remove") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        SignInReport.show(try await session.perform(RemoveSignIn()), on: session.console)
        return .done
    }
}

/// What becomes of somebody who has a role and is no user.
enum NewUsersArgument: String, WordArgument {
    case add
    case refuse
}
