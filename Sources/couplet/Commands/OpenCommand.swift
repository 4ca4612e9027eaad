import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet open`.
struct OpenCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("open") }

    @Argument(help: help("open.table"))
    var table: String
    @Argument(help: help("key"))
    var key: String
    @Option(help: help("open.mapping"))
    var mapping: String?
    @Flag(help: help("open.create"))
    var create = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = OpenRecord(table: table, key: key, mapping: mapping, creates: create)
        return OpenReport(try await session.perform(action), session.console).show()
    }
}
