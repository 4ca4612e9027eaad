import ArgumentParser
import CoupletCore
import CoupletEngine
import Foundation

/// `couplet mapping …`.
struct MappingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "mapping",
            subcommands: [
                MappingListCommand.self, MappingShowCommand.self, MappingNewCommand.self, MappingDefaultsCommand.self,
                MappingExportCommand.self, MappingApplyCommand.self, MappingTryCommand.self,
                MappingResetCommand.self, MappingPauseCommand.self, MappingResumeCommand.self,
            ]
        )
    }
}

struct MappingListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "mapping.list") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        MappingReport.show(try await session.perform(ListMappings()), on: session.console)
    }
}

struct MappingShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "mapping.show") }

    @Argument(help: help("mapping"))
    var mapping: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        MappingReport.showDetails(try await session.perform(ShowMapping(mapping: mapping)), on: session.console)
    }
}

struct MappingDefaultsCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("defaults", text: "mapping.defaults") }

    @Argument(help: help("mapping.several"))
    var mappings: [String] = []
    @Option(help: help("mapping.connection.erp"))
    var erp: String
    @Option(help: help("mapping.connection.crm"))
    var crm: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = AddDefaultMappings(erp: erp, crm: crm, mappings: mappings)
        return MappingReport.show(try await session.perform(action), on: session.console)
    }
}

struct MappingExportCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("export", text: "mapping.export") }

    @Argument(help: help("mapping.several"))
    var mappings: [String] = []
    @Option(help: help("output"))
    var output: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let names = mappings
        let found = try await session.withActions { actions in
            guard !names.isEmpty else {
                return try await actions.perform(ListMappings(), showingProgressOn: console).mappings
            }
            var found: [MappingsView.Item] = []
            for name in names {
                found += try await actions.perform(ShowMapping(mapping: name), showingProgressOn: console).mappings
            }
            return found
        }
        let text = MappingFile.text(
            found.map(\.mapping),
            comments: console.text("mapping.fileHead").split(separator: "\n").map(String.init)
        )
        try OutputFile.write(text, to: output, on: console)
        return .done
    }
}

struct MappingApplyCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("apply", text: "mapping.apply") }

    @Argument(help: help("file"))
    var file: String
    @Flag(help: help("mapping.preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let reader = MappingFileReader(try InputFile.text(of: file))
        guard reader.problems.isEmpty else { throw console.failure(in: file, reader.problems) }
        let action = ApplyMappings(mappings: reader.mappings, isPreview: preview)
        return try await session.withActions { actions in
            try await MappingChange(console: console, actions: actions).perform(action) { problem in
                let arguments = problem.message.arguments
                let line = reader.line(ofMapping: arguments["mapping"] ?? "", field: arguments["field"])
                return FileProblem(line, problem.message)
            } file: {
                file
            }
        }
    }
}

struct MappingResetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("reset", text: "mapping.reset") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Flag(help: help("mapping.preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let name = mapping
        let isPreview = preview
        return try await session.withActions { actions in
            let shown = try await actions.perform(
                ResetMapping(mapping: name, isPreview: true),
                showingProgressOn: console
            )
            let action = ApplyMappings(mappings: shown.changes.map(\.after), isPreview: isPreview)
            return try await MappingChange(console: console, actions: actions).perform(action) { problem in
                FileProblem(nil, problem.message)
            } file: {
                name
            }
        }
    }
}

struct MappingPauseCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("pause", text: "mapping.pause") }

    @Argument(help: help("mapping"))
    var mapping: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(PauseMapping(mapping: mapping, isPaused: true))
        return MappingReport.show(view, on: session.console)
    }
}

struct MappingResumeCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("resume", text: "mapping.resume") }

    @Argument(help: help("mapping"))
    var mapping: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(PauseMapping(mapping: mapping, isPaused: false))
        return MappingReport.show(view, on: session.console)
    }
}
