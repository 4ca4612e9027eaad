import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet job prune`.
struct JobPruneCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("prune", text: "job.prune") }

    @Option(help: help("job.days"))
    var days = PruneHistory.usualDays
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let counts = try await session.perform(PruneHistory(days: days, isPreview: preview))
        if console.isJSON {
            console.print(
                .object([
                    "history": .integer(counts.history), "runs": .integer(counts.runs),
                    "settled": .integer(counts.settled), "preview": .boolean(preview),
                ])
            )
            return .done
        }
        console.say(
            preview ? "job.wouldPrune" : "job.pruned",
            ["history": String(counts.history), "runs": String(counts.runs), "settled": String(counts.settled)]
        )
        return .done
    }
}
