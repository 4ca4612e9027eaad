import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet writing …`.
struct WritingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command("writing", subcommands: [WritingShowCommand.self, WritingConfirmCommand.self])
    }
}

struct WritingShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "writing.show") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        WritingReport.show(try await session.perform(ShowWriting()), on: session.console)
    }
}

struct WritingConfirmCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("confirm", text: "writing.confirm") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        return try await session.withActions { actions in
            let stopped = try await actions.perform(ShowWriting(), showingProgressOn: console)
            if stopped.isStopped, !console.isJSON {
                WritingReport.list(stopped.stops.filter { $0.confirmedAt == nil }, on: console)
            }
            guard !stopped.isStopped || console.confirms("writing.confirm.ask") else { return .done }
            return WritingReport.show(
                try await actions.perform(ConfirmWriting(), showingProgressOn: console),
                on: console
            )
        }
    }
}

/// Shows whether writing is stopped, and why.
enum WritingReport {
    /// Shows all stops as JSON, and the open ones to people.
    static func show(_ view: WritingView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "stopped": .boolean(view.isStopped), "stops": .array(view.stops.map { document($0, console) }),
                ])
            )
        } else if view.isStopped {
            list(view.stops.filter { $0.confirmedAt == nil }, on: console)
        } else {
            console.say("writing.goesOn")
        }
        return view.isStopped ? .waitsForApproval : .done
    }

    /// Lists stops with what to do.
    static func list(_ stops: [WriteStop], on console: Console) {
        for stop in stops {
            console.line(console.bold(Table.harmless("\(stop.foundAt)  " + console.text(stop.message))))
            if let remedy = console.remedy(stop.message) { console.line("    " + Table.harmless(remedy)) }
        }
    }

    private static func document(_ stop: WriteStop, _ console: Console) -> JSONDocument {
        .object([
            "id": .integer(stop.id), "reason": .string(stop.reason.rawValue), "subject": .string(stop.subject),
            "text": .string(console.text(stop.message)), "foundAt": .string(stop.foundAt.description),
            "confirmedBy": .optional(stop.confirmedBy), "confirmedAt": .optional(stop.confirmedAt?.description),
        ])
    }
}
