import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows what keeps records from going through.
enum ErrorReport {
    /// Shows the causes with their counts.
    static func show(_ view: ErrorsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["errors": .array(view.causes.map { document($0, console) })]))
            return .done
        }
        for cause in view.causes { line(cause, console) }
        console.say("errors.count", ["count": String(view.causes.reduce(0) { $0 + $1.count })])
        if !view.causes.isEmpty { console.say("errors.how") }
        return .done
    }

    /// Shows one cause with its records.
    static func show(_ view: ErrorView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "cause": document(view.cause, console),
                    "records": .array(view.records.map { record($0, console) }),
                ])
            )
            return .done
        }
        line(view.cause, console)
        for record in view.records {
            console.line(Table.harmless("    \(record.label)  \(links(record))"))
            for message in record.messages.dropFirst() {
                console.line("      " + Table.harmless(console.text(message)))
            }
            console.line(
                "      "
                    + console.dim(
                        console.text(
                            "error.times",
                            [
                                "attempts": String(record.attempts), "first": record.firstAt.description,
                                "last": record.lastAt.description, "next": record.nextAt?.description ?? "",
                            ]
                        )
                    )
            )
        }
        return .done
    }

    /// Both records as commands take them, the one that is kept first.
    private static func links(_ record: ErrorView.Record) -> String {
        let all = Side.allCases.compactMap { side in record.ids[side]?.typed(on: side) }
        return ([record.key] + all.filter { $0 != record.key }).joined(separator: "  ")
    }

    private static func line(_ cause: ErrorsView.Cause, _ console: Console) {
        let arguments = [
            "id": cause.id, "mapping": cause.mapping, "side": console.text("side.\(cause.target.rawValue)"),
            "count": String(cause.count), "state": console.text("error.state.\(cause.disposition.rawValue)"),
        ]
        console.line(console.bold(Table.harmless(console.text("error.head", arguments))))
        console.line("    " + Table.harmless(console.text(cause.message)))
        if let remedy = console.remedy(cause.message) { console.line("    " + console.dim(Table.harmless(remedy))) }
        console.line(
            "    "
                + console.dim(
                    console.text("error.seen", ["first": cause.firstAt.description, "last": cause.lastAt.description])
                )
        )
    }

    private static func document(_ cause: ErrorsView.Cause, _ console: Console) -> JSONDocument {
        .object([
            "id": .string(cause.id),
            "mapping": .string(cause.mapping),
            "side": .string(cause.target.rawValue),
            "disposition": .string(cause.disposition.rawValue),
            "count": .integer(cause.count),
            "firstAt": .string(cause.firstAt.description),
            "lastAt": .string(cause.lastAt.description),
            "reason": Document.reason(cause.message, console),
            "isDeletion": .boolean(cause.isDeletion),
        ])
    }

    private static func record(_ record: ErrorView.Record, _ console: Console) -> JSONDocument {
        .object([
            "record": .string(record.label),
            "key": .string(record.key),
            "erp": .optional(record.ids.erp?.description),
            "crm": .optional(record.ids.crm?.description),
            "reasons": .array(record.messages.map { Document.reason($0, console) }),
            "attempts": .integer(record.attempts),
            "firstAt": .string(record.firstAt.description),
            "lastAt": .string(record.lastAt.description),
            "nextAt": .optional(record.nextAt?.description),
        ])
    }
}
