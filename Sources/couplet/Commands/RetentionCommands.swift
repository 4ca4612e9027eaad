import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet retention …`.
struct RetentionCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "retention",
            subcommands: [RetentionShowCommand.self, RetentionSetCommand.self, RetentionApplyCommand.self]
        )
    }
}

struct RetentionShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "retention.show") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        RetentionReport.show(try await session.perform(ShowRetention()), on: session.console)
    }
}

struct RetentionSetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("set", text: "retention.set") }

    @Argument(help: help("retention.period"))
    var period: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let wanted: RetentionPeriod
        if period.lowercased() == "forever" {
            wanted = .forever
        } else if let days = Int(period) {
            wanted = .days(days)
        } else {
            throw CoupletError("retention.badDays", ["days": period], status: .wrongUse)
        }
        return RetentionReport.show(try await session.perform(SetRetention(wanted)), on: session.console)
    }
}

struct RetentionApplyCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("apply", text: "retention.apply") }

    @Option(help: help("retention.days"))
    var days: Int?
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let counts = try await session.perform(ApplyRetention(days: days, isPreview: preview))
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
            preview ? "retention.would" : "retention.done",
            ["history": String(counts.history), "runs": String(counts.runs), "settled": String(counts.settled)]
        )
        return .done
    }
}

/// `couplet erase`.
struct EraseCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("erase") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("key"))
    var key: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        guard console.confirms("erase.ask", ["key": key, "mapping": mapping.uppercased()]) else { return .done }
        let counts = try await session.perform(EraseRecord(mapping: mapping, key: key))
        let all = [
            ("couplings", counts.couplings), ("history", counts.history), ("steps", counts.steps),
            ("openItems", counts.openItems), ("records", counts.records),
        ]
        if console.isJSON {
            console.print(.object(all.map { JSONDocument.Member(name: $0.0, value: .integer($0.1)) }))
        } else {
            console.say("erase.done", Dictionary(uniqueKeysWithValues: all.map { ($0.0, String($0.1)) }))
        }
        return .done
    }
}

/// Shows for how long history is kept.
enum RetentionReport {
    static func show(_ view: RetentionView, on console: Console) -> ExitStatus {
        switch view.period {
        case .days(let days):
            if console.isJSON {
                console.print(.object(["days": .integer(days)]))
            } else {
                console.say("retention.days", ["days": String(days)])
            }
        case .forever:
            if console.isJSON { console.print(.object(["days": .null])) } else { console.say("retention.forever") }
        }
        return .done
    }
}
