import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet uncouple`.
struct UncoupleCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("uncouple") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("keys"))
    var keys: [String] = []
    @Flag(help: help("uncouple.all"))
    var all = false
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = UncoupleRecords(mapping: mapping, keys: keys, isAll: all, isPreview: preview)
        return try await session.withActions { actions in
            guard all, !preview, console.asks else {
                return try await Confirmation(console).perform(action, after: nil, on: actions)
            }
            var asked = action
            asked.isPreview = true
            return try await Confirmation(console).perform(
                action,
                after: asked,
                asking: "uncouple.confirm",
                beyond: 0,
                on: actions
            ) { $0.counts.uncoupled }
        }
    }
}
