import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet question …`.
struct QuestionCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command("question", subcommands: [QuestionListCommand.self, QuestionAnswerCommand.self])
    }
}

struct QuestionListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "question.list") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        OpenItemReport.show(try await session.perform(ListQuestions(mapping: mapping)), on: session.console)
    }
}

struct QuestionAnswerCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("answer", text: "question.answer") }

    @Argument(help: help("question.id"))
    var id: Int64
    @Option(help: help("question.candidate"))
    var candidate: String?
    @Flag(name: .customLong("none"), help: help("question.none"))
    var noCandidate = false
    @Flag(help: help("question.create"))
    var create = false
    @Option(help: help("question.take"))
    var take: SideArgument?
    @Option(help: help("couple.sync"))
    var sync: CouplingSyncArgument = .none
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let answers: [AnswerQuestion.Answer?] = [
            candidate.map { .candidate($0) }, noCandidate ? .noCandidate : nil, create ? .create : nil,
            take.map { .take($0.side) },
        ]
        let given = answers.compactMap(\.self)
        guard given.count == 1, let answer = given.first else {
            throw CoupletError("question.oneAnswer", status: .wrongUse)
        }
        let action = AnswerQuestion(id: id, answer: answer, choice: sync.choice)
        let console = session.console
        return try await session.withActions { actions in
            let open = try await actions.perform(ListQuestions(), showingProgressOn: console).questions
            let status = RunReport.show(try await actions.perform(action, showingProgressOn: console), on: console)
            if candidate != nil, sync == .none, let question = open.first(where: { $0.id == id }) {
                let key = question.record.typed(on: question.side)
                console.say("coupled.uncompared", ["mapping": question.mapping, "key": key])
            }
            return status
        }
    }
}

/// `couplet conflict …`.
struct ConflictCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "conflict",
            subcommands: [ConflictListCommand.self, ConflictShowCommand.self, ConflictResolveCommand.self]
        )
    }
}

struct ConflictListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "conflict.list") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        OpenItemReport.show(try await session.perform(ListConflicts(mapping: mapping)), on: session.console)
    }
}

struct ConflictShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "conflict.show") }

    @Argument(help: help("conflict.id"))
    var id: Int64
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ListConflicts())
        guard let conflict = view.conflicts.first(where: { $0.id == id }) else {
            throw CoupletError("conflict.unknown", ["conflict": String(id)], status: .wrongUse)
        }
        return OpenItemReport.show(conflict, on: session.console)
    }
}

struct ConflictResolveCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("resolve", text: "conflict.resolve") }

    @Argument(help: help("conflict.id"))
    var id: Int64?
    @Option(help: help("conflict.all"))
    var all: String?
    @Option(help: help("conflict.field"))
    var field: String?
    @Option(help: help("conflict.take"))
    var take: SideArgument?
    @Option(help: help("conflict.value"))
    var value: String?
    @Flag(help: help("conflict.always"))
    var always = false
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if let all { return try await resolve(all: all, session) }
        guard let id else { throw CoupletError("conflict.idOrAll", status: .wrongUse) }
        if always || preview { throw CoupletError("conflict.onlyWithAll", status: .wrongUse) }
        let given = [take.map { Resolution.take($0.side) }, value.map { .value(.text($0)) }].compactMap(\.self)
        guard given.count == 1, let resolution = given.first else {
            throw CoupletError("conflict.oneResolution", status: .wrongUse)
        }
        let action = ResolveConflict(id: id, field: field, resolution: resolution)
        return RunReport.show(try await session.perform(action), on: session.console)
    }

    /// Settles every conflict of a mapping in the same way.
    private func resolve(all mapping: String, _ session: Session) async throws -> ExitStatus {
        guard let take, value == nil, id == nil else {
            throw CoupletError("conflict.allTakesSide", status: .wrongUse)
        }
        let action = ResolveConflicts(
            mapping: mapping,
            field: field,
            side: take.side,
            isStanding: always,
            isPreview: preview
        )
        var shown = action
        shown.isPreview = true
        let asked = preview ? nil : shown
        let console = session.console
        return try await session.withActions { actions in
            try await Confirmation(console).perform(action, after: asked, on: actions)
        }
    }
}

/// `couplet job …`.
struct JobCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command("job", subcommands: [JobListCommand.self, JobShowCommand.self])
    }
}

struct JobListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "job.list") }

    @Argument(help: help("mapping.optional"))
    var mapping: String?
    @Option(help: help("job.record"))
    var record: String?
    @Option(help: help("job.limit"))
    var limit = 50
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ListJobs(limit: limit, mapping: mapping, key: record))
        JobReport(view.jobs, session.console).showList()
        return .done
    }
}

struct JobShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "job.show") }

    @Argument(help: help("job.id"))
    var id: Int64
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ShowJob(id: id))
        JobReport(view.jobs, session.console).showDetails()
        return .done
    }
}
