import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet alert …`.
struct AlertCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "alert",
            subcommands: [
                AlertListCommand.self, AlertSetCommand.self, AlertTestCommand.self, AlertRemoveCommand.self,
                AlertLagCommand.self,
            ]
        )
    }
}

struct AlertListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "alert.list") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ListAlerts())
        AlertReport.show(view, on: session.console)
        return view.alerts.isEmpty ? .done : .doneWithOpenItems
    }
}

struct AlertSetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("set", text: "alert.set") }

    @Argument(help: help("alert.name"))
    var name: String
    @Option(help: help("alert.webhook"))
    var webhook: String?
    @Option(name: .customLong("webhook-file"), help: help("alert.webhookFile"))
    var webhookFile: String?
    @Option(name: .customLong("secret-file"), help: help("alert.secretFile"))
    var secretFile: String?
    @Option(help: help("alert.mail"))
    var mail: [String] = []
    @Option(help: help("alert.from"))
    var from: String?
    @Option(help: help("alert.quiet"))
    var quiet: String?
    @Option(help: help("alert.urgent"))
    var urgent: UrgentArgument = .pass
    @Flag(name: .customLong("only-urgent"), help: help("alert.onlyUrgent"))
    var onlyUrgent = false
    @Option(help: help("alert.group"))
    var group: Int?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let places = [webhook, webhookFile, mail.isEmpty ? nil : mail.joined(separator: ",")].compactMap(\.self)
        guard places.count <= 1, mail.isEmpty ? from == nil : secretFile == nil else {
            throw CoupletError("alert.oneWay", status: .wrongUse)
        }
        var (way, sender): (AlertWay, String?) = (mail.isEmpty ? .webhook : .mail, from)
        if places.isEmpty, secretFile == nil {
            // Only when and what is to be told changes.
            let known = try await session.perform(ListAlerts()).recipients.first { $0.name == name }
            guard let known else { throw CoupletError("alert.noAddress", ["recipient": name], status: .wrongUse) }
            (way, sender) = (known.way, known.sender)
        }
        let address = try webhookFile.map { try SecretFile.text(in: $0) } ?? places.first
        let action = SetAlertRecipient(
            recipient: name,
            way: way,
            address: address,
            secret: try secretFile.map { try SecretFile.text(in: $0) },
            sender: sender,
            quiet: quiet,
            urgentWaits: urgent == .wait,
            urgentOnly: onlyUrgent,
            groupingSeconds: group
        )
        AlertReport.show(try await session.perform(action), on: session.console)
        return .done
    }
}

struct AlertTestCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("test", text: "alert.test") }

    @Argument(help: help("alert.name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(TestAlertRecipient(recipient: name))
        session.console.say("alert.tested", ["recipient": name])
        if session.console.isJSON { AlertReport.show(view, on: session.console) }
        return .done
    }
}

struct AlertRemoveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("remove", text: "alert.remove") }

    @Argument(help: help("alert.name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        AlertReport.show(try await session.perform(RemoveAlertRecipient(recipient: name)), on: session.console)
        return .done
    }
}

struct AlertLagCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("lag", text: "alert.lag") }

    @Argument(help: help("alert.lag"))
    var seconds: Int
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        AlertReport.show(try await session.perform(SetAlertLag(seconds: seconds)), on: session.console)
        return .done
    }
}

/// What becomes of what is urgent while it is quiet.
enum UrgentArgument: String, WordArgument {
    case pass
    case wait
}
