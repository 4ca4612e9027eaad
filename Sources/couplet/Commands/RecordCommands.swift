import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet list`.
struct ListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Option(help: help("list.side"))
    var side: SideArgument?
    @Option(help: help("list.filter"))
    var filter: String?
    @Option(help: help("list.coupled"))
    var coupled: YesOrNo?
    @Option(name: .customLong("state"), parsing: .singleValue, help: help("list.state"))
    var states: [RecordState] = []
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = ListRecords(
            mapping: mapping,
            side: side?.side,
            isCoupled: coupled.map { $0 == .yes },
            containing: filter,
            states: states
        )
        return RecordReport.show(try await session.perform(action), on: session.console)
    }
}

/// `couplet explain`.
struct ExplainCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("explain") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("key"))
    var key: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ExplainRecord(mapping: mapping, key: key))
        return RecordReport.show(view, on: session.console)
    }
}
