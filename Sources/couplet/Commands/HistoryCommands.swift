import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet history`.
struct HistoryCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("history") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("key"))
    var key: String
    @Option(help: help("history.limit"))
    var limit = 100
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ShowHistory(mapping: mapping, key: key, limit: limit))
        return HistoryReport.show(view, on: session.console)
    }
}

/// `couplet undo`.
struct UndoCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("undo") }

    @Argument(help: help("undo.run"))
    var run: Int64?
    @Option(help: help("undo.job"))
    var job: Int64?
    @Option(help: help("undo.entry"))
    var entry: Int64?
    @Flag(help: help("undo.deleteCreated"))
    var deleteCreated = false
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let targets: [UndoRun.Target?] = [
            run.map { .run($0) }, job.map { .job($0) }, entry.map { .entry($0) },
        ]
        let given = targets.compactMap(\.self)
        guard given.count == 1, let target = given.first else {
            throw CoupletError("undo.oneTarget", status: .wrongUse)
        }
        let console = session.console
        let action = UndoRun(target, deletesCreated: deleteCreated, isPreview: preview)
        let asked: UndoRun? = preview ? nil : UndoRun(target, deletesCreated: deleteCreated, isPreview: true)
        return try await session.withActions { actions in
            guard deleteCreated else {
                return try await Confirmation(console).perform(action, after: asked, on: actions)
            }
            return try await Confirmation(console).perform(
                action,
                after: asked,
                asking: "error.delete.confirm",
                beyond: 0,
                on: actions
            ) { $0.counts.deletions }
        }
    }
}
