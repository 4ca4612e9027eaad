import ArgumentParser
import CoupletCore
import Foundation
import Glibc

/// The program.
@main
enum Main {
    static func main() async {
        MemoryUse.keepSmall()
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

    /// Runs the command that the arguments name.
    /// - Returns: How it ended.
    func status() async -> ExitStatus {
        do {
            var parsed = try Couplet.parseAsRoot(arguments)
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
        if Couplet.exitCode(for: error).isSuccess {
            Terminal.write(HelpText.translated(message, Speech.language) + "\n", to: 1)
            return .done
        }
        let isJSON = arguments.contains("--json")
        let detail = UsageMessage(Couplet.message(for: error), language: Speech.language).text
        console(isJSON, yes: false, nil).fail(
            CoupletError("usage", ["detail": detail, "command": commandPath], status: .wrongUse)
        )
        return .wrongUse
    }

    /// The words of the command line up to the first option or value, for pointing at its help.
    private var commandPath: String {
        var words = ["couplet"]
        var commands = Couplet.configuration.subcommands
        for argument in arguments {
            guard let command = commands.first(where: { $0.configuration.commandName == argument }) else { break }
            words.append(argument)
            commands = command.configuration.subcommands
        }
        return words.joined(separator: " ")
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
