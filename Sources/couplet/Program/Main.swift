import ArgumentParser
import CoupletCore
import Foundation
import Glibc

/// The program.
@main
enum Main {
    static func main() async {
        MemoryUse.keepSmall()
        // What is in memory, secrets among it, is not written to a file when the process ends badly.
        var nothing = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &nothing)
        // Every file and folder that is made is for its owner alone: exports hold what the store holds.
        umask(0o077)
        // A reader that goes away is found when writing, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        let run = ProgramRun(
            arguments: Array(CommandLine.arguments.dropFirst()),
            environment: ProcessInfo.processInfo.environment
        )
        let status = await run.status()
        exit(run.status(afterWriting: status).rawValue)
    }
}

/// One start of the program, from its arguments to its exit status.
struct ProgramRun: Sendable {
    let arguments: [String]
    let environment: [String: String]
    private let order: ArgumentOrder

    init(arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
        order = ArgumentOrder(arguments)
    }

    /// Runs the command that the arguments name.
    /// - Returns: How it ended.
    func status() async -> ExitStatus {
        do {
            var parsed = try Couplet.parseAsRoot(order.arguments)
            guard let command = parsed as? any CoupletCommand else {
                try parsed.run()
                return .done
            }
            return await status(of: command)
        } catch {
            return parsingEnded(error)
        }
    }

    /// The status of a command whose output may not have been taken: then it did not do all that was asked.
    func status(afterWriting status: ExitStatus) -> ExitStatus {
        guard let number = Terminal.outputProblem else { return status }
        let failure = CoupletError(
            "output.lost",
            ["detail": String(cString: strerror(number))],
            status: .tryLater
        )
        // Standard output takes nothing any more, so that the document of a failure would be lost too.
        console(false, yes: false, nil).fail(failure)
        return status == .done || status == .doneWithOpenItems ? failure.status : status
    }

    private func status(of command: any CoupletCommand) async -> ExitStatus {
        let globals = command.globals
        let console: Console
        let session: Session
        do {
            let settings = try await Settings.read(options: globals.settings, environment: environment)
            console = self.console(globals.json, yes: globals.yes, settings)
            session = Session(settings: settings, console: console)
        } catch {
            let failure = ErrorTable(home: "").failure(error)
            self.console(globals.json, yes: globals.yes, nil).fail(failure)
            return failure.status
        }
        do {
            if command.isOnlyHere, let server = session.settings.server {
                let words = (["couplet"] + order.path).joined(separator: " ")
                throw CoupletError("server.onlyHere", ["command": words, "server": server.base], status: .wrongUse)
            }
            guard command.interruption != .handledByCommand else { return try await command.perform(in: session) }
            return try await Interruption.cancelling(command.interruption == .ends ? nil : console) {
                try await command.perform(in: session)
            }
        } catch {
            let failure = ErrorTable(home: session.home.path).failure(error)
            if error is CancellationError, command.interruption == .ends { return .done }
            console.fail(failure)
            return failure.status
        }
    }

    /// Help was asked for, or the arguments are wrong.
    private func parsingEnded(_ error: any Error) -> ExitStatus {
        let message = Couplet.fullMessage(for: error)
        let console = self.console(arguments.contains("--json"), yes: false, nil)
        if Couplet.exitCode(for: error).isSuccess {
            let help = HelpText.translated(message, Speech.language)
            if console.isJSON { console.print(.object(["help": .string(help)])) } else { console.line(help) }
            return .done
        }
        let hints = UsageMessage.hints(message)
        let usage = CoupletError(
            "usage",
            [
                "detail": UsageMessage(Couplet.message(for: error), language: Speech.language).text,
                "usage": hints.usage, "help": hints.help,
                "command": (["couplet"] + order.path).joined(separator: " "),
            ],
            status: .wrongUse
        )
        console.fail(usage)
        return usage.status
    }

    private func console(_ isJSON: Bool, yes: Bool, _ settings: Settings?) -> Console {
        Console(
            language: settings?.language ?? Speech.language,
            isJSON: isJSON,
            saysYes: yes,
            environment: environment
        )
    }
}
