import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows what was done to a record and its counterpart.
enum HistoryReport {
    /// Shows the entries, newest first.
    static func show(_ view: HistoryView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "mapping": .string(view.mapping), "key": .string(view.key), "name": .string(view.name),
                    "entries": .array(view.entries.map(document)),
                ])
            )
            return .done
        }
        for entry in view.entries { show(entry, console) }
        if view.entries.isEmpty { console.say("history.none") }
        return .done
    }

    private static func show(_ entry: HistoryView.Entry, _ console: Console) {
        let arguments = [
            "id": String(entry.id), "time": entry.at.description, "run": String(entry.run),
            "action": console.action(entry.action),
            "who": entry.startedBy, "side": console.text("side.\(entry.side.rawValue)"),
            "step": console.text("history.step.\(entry.step.rawValue)"),
        ]
        console.line(console.bold(Table.harmless(console.text("history.head", arguments))))
        for field in entry.fields {
            let values = [
                "field": names(field.field, console), "before": shown(field.before, console),
                "after": shown(field.after, console),
                "cause": console.text("cause.\(field.cause.rawValue)"),
            ]
            console.line("    " + Table.harmless(console.text("history.field", values)))
        }
        if !entry.isConfirmed { console.line("    " + console.text("history.unconfirmed")) }
        if entry.isUndone { console.line("    " + console.text("history.undone")) }
        if let undoes = entry.undoes {
            console.line("    " + console.text("history.undoes", ["entry": String(undoes)]))
        }
    }

    /// Both names of a field, as elsewhere.
    private static func names(_ field: String, _ console: Console) -> String {
        let names = field.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        return names.map { $0.isEmpty ? console.text("value.template") : $0 }.joined(separator: " / ")
    }

    private static func shown(_ value: Value, _ console: Console) -> String {
        console.text(value)
    }

    private static func document(_ entry: HistoryView.Entry) -> JSONDocument {
        .object([
            "id": .integer(entry.id),
            "at": .string(entry.at.description),
            "run": .integer(entry.run),
            "job": entry.job.map { .integer($0) } ?? .null,
            "action": .string(entry.action),
            "startedBy": .string(entry.startedBy),
            "step": .string(entry.step.rawValue),
            "side": .string(entry.side.rawValue),
            "record": .string(entry.record.description),
            "counterpart": .optional(entry.counterpart?.description),
            "fields": .object(
                entry.fields.map { field in
                    JSONDocument.Member(
                        name: field.name,
                        value: .object([
                            "before": Document.value(field.before), "after": Document.value(field.after),
                            "source": Document.value(field.source), "cause": .string(field.cause.rawValue),
                        ])
                    )
                }
            ),
            "isConfirmed": .boolean(entry.isConfirmed),
            "isUndone": .boolean(entry.isUndone),
            "undoes": entry.undoes.map { .integer($0) } ?? .null,
        ])
    }
}
