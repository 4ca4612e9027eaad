import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet audit …`.
struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command("audit", subcommands: [AuditListCommand.self, AuditExportCommand.self, AuditVerifyCommand.self])
    }
}

/// The options that say which entries of the audit log are meant.
struct AuditFilters: ParsableArguments {
    @Option(help: help("audit.from"))
    var from: String?
    @Option(help: help("audit.until"))
    var until: String?
    @Option(help: help("audit.who"))
    var who: String?
    @Option(help: help("audit.event"))
    var event: String?
    @Option(help: help("audit.subject"))
    var subject: String?

    /// The entries that fit.
    /// - Throws: `CoupletError` when a time is none.
    func selection() throws -> AuditSelection {
        AuditSelection(
            from: try from.map(Self.time),
            until: try until.map(Self.time),
            who: who,
            event: event,
            subject: subject
        )
    }

    /// A day means its beginning in UTC.
    private static func time(_ text: String) throws -> Instant {
        let whole = text.contains("T") ? text : text + "T00:00:00Z"
        guard let time = Instant(iso8601: whole) else {
            throw CoupletError("audit.badTime", ["time": text], status: .wrongUse)
        }
        return time
    }
}

struct AuditListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "audit.list") }

    @OptionGroup var filters: AuditFilters
    @Option(help: help("audit.limit"))
    var limit = 100
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ListAudit(filters.selection(), limit: limit))
        return AuditReport.show(view, on: session.console)
    }
}

struct AuditExportCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("export", text: "audit.export") }

    @OptionGroup var filters: AuditFilters
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let selection = try filters.selection()
        let console = session.console
        return try await session.withActions { actions in
            var lines: [JSONDocument] = []
            var after: Int64 = 0
            while true {
                let page = ListAudit(selection, after: after, limit: 1000)
                let entries = try await actions.perform(page, showingProgressOn: console).entries
                guard let last = entries.last else { break }
                after = last.number
                if console.isJSON {
                    lines += entries.map(AuditReport.document)
                } else {
                    for entry in entries { console.line(AuditReport.document(entry).text) }
                }
            }
            if console.isJSON { console.print(.object(["entries": .array(lines)])) }
            return .done
        }
    }
}

struct AuditVerifyCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("verify", text: "audit.verify") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        AuditReport.show(try await session.perform(VerifyAudit()), on: session.console)
    }
}
