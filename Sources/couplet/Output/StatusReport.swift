import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows what needs a person, and how the mappings stand.
enum StatusReport {
    /// Shows the status.
    static func show(_ view: StatusView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(document(view))
            return .done
        }
        var table = Table([
            .init(title: console.text("column.mapping"), isFlexible: true),
            .init(title: console.text("column.coupled"), isNumeric: true),
            .init(title: console.text("column.lastJob")),
            .init(title: console.text("column.status")),
            .init(title: console.text("count.inserted"), isNumeric: true, isOptional: true),
            .init(title: console.text("count.modified"), isNumeric: true, isOptional: true),
            .init(title: console.text("count.deleted"), isNumeric: true, isOptional: true),
        ])
        for mapping in view.mappings {
            let status = mapping.lastJob.map { console.text("job.status.\($0.status.rawValue)") } ?? ""
            table.add([
                mapping.name, String(mapping.coupled), mapping.lastJob?.startedAt.description ?? "",
                mapping.isPaused ? console.text("mapping.paused") : status,
                String(mapping.counts.inserted), String(mapping.counts.modified), String(mapping.counts.deleted),
            ])
        }
        if !view.mappings.isEmpty { console.show(table) }
        console.line()
        for cue in view.cues { line(cue, console) }
        console.say("cues.needing", ["count": String(view.needing)])
        return .done
    }

    private static func line(_ cue: StatusView.Cue, _ console: Console) {
        let arguments = [
            "mapping": console.typed(cue.mapping), "count": String(cue.count), "since": cue.since.description,
        ]
        let code = "cue.\(cue.kind.rawValue)"
        let text = Table.harmless(console.text(code, arguments))
        console.line(cue.needsPerson ? console.bold(text) : text)
        console.line("    " + console.dim(Table.harmless(console.text(code + ".remedy", arguments))))
    }

    private static func document(_ view: StatusView) -> JSONDocument {
        .object([
            "needing": .integer(view.needing),
            "cues": .array(
                view.cues.map { cue in
                    .object([
                        "kind": .string(cue.kind.rawValue), "mapping": .string(cue.mapping),
                        "count": .integer(cue.count), "since": .string(cue.since.description),
                        "needsPerson": .boolean(cue.needsPerson),
                    ])
                }
            ),
            "mappings": .array(
                view.mappings.map { mapping in
                    .object([
                        "name": .string(mapping.name), "paused": .boolean(mapping.isPaused),
                        "coupled": .integer(mapping.coupled),
                        "lastJob": mapping.lastJob.map(Document.job) ?? .null,
                        "counts": Document.counts(mapping.counts),
                    ])
                }
            ),
        ])
    }
}
