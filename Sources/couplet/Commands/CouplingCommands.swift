import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet coupling …`.
struct CouplingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command("coupling", subcommands: [CouplingExportCommand.self, CouplingImportCommand.self])
    }
}

struct CouplingExportCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("export", text: "coupling.export") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @Option(help: help("output"))
    var output: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let rows = try await session.perform(ExportCouplings(mapping: mapping)).rows
        if console.isJSON, output == nil {
            let couplings = rows.map { row -> JSONDocument in
                .object(["mapping": .string(row.mapping), "erp": .string(row.erp), "crm": .string(row.crm)])
            }
            console.print(.object(["couplings": .array(couplings)]))
            return .done
        }
        try OutputFile.write(CouplingFile.text(rows), to: output, on: console)
        return .done
    }
}

struct CouplingImportCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("import", text: "coupling.import") }

    @Argument(help: help("file"))
    var file: String
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let read = CouplingFile(try InputFile.text(of: file))
        let isWhole = read.problems.isEmpty
        guard isWhole || !read.rows.isEmpty else { throw console.failure(in: file, read.problems) }
        let view = try await session.withActions { actions in
            // Where lines cannot be read, the others are checked all the same, and nothing is imported.
            let action = ImportCouplings(rows: read.rows, isPreview: preview || !isWhole)
            let view = try await actions.perform(action, showingProgressOn: console)
            if !isWhole, let plan = view.result.plan {
                _ = try await actions.perform(RejectPlan(plan: plan.id), showingProgressOn: console)
            }
            return view
        }
        let problems = read.problems + view.problems.map { FileProblem($0.line, $0.message) }
        guard problems.isEmpty else { throw console.failure(in: file, problems) }
        if view.present > 0 { console.say("coupling.present", ["count": String(view.present)]) }
        return RunReport.show(view.result, on: console)
    }
}
