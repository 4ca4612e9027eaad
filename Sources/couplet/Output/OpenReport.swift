import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows where a record leads.
struct OpenReport {
    private let opened: OpenedRecord
    private let console: Console

    init(_ opened: OpenedRecord, _ console: Console) {
        self.opened = opened
        self.console = console
    }

    /// Shows the address, or what could be done.
    func show() -> ExitStatus {
        if console.isJSON {
            console.print(document)
            return status
        }
        for way in opened.ways {
            let shown = [
                "mapping": way.mapping, "name": way.record.name, "key": way.record.typedKey,
                "with": way.counterpart.map { "\($0.name) (\($0.typedKey))" } ?? "",
                "side": console.text("side.\(way.record.side.other.rawValue)"),
            ]
            if let obstacle = way.obstacle {
                console.line(Table.harmless("! \(way.mapping): \(console.text(obstacle.message))"))
                if let remedy = console.remedy(obstacle.message) {
                    console.line("  " + console.dim(Table.harmless(remedy)))
                }
            } else {
                console.line(Table.harmless(console.text("open.way.\(way.action.rawValue)", shown)))
                if let address = way.address { console.line("  " + Table.harmless(address)) }
            }
        }
        if let question = opened.question {
            console.line(Table.harmless(console.text(question)))
            if let remedy = console.remedy(question) { console.line("  " + console.dim(Table.harmless(remedy))) }
        }
        return status
    }

    /// A record that leads nowhere yet leaves something for a person to do.
    private var status: ExitStatus {
        let isCoupled = opened.ways.contains { $0.action == .open }
        return opened.question == nil && isCoupled ? .done : .doneWithOpenItems
    }

    private var document: JSONDocument {
        .object([
            "address": .optional(opened.address),
            "question": opened.question.map { Document.reason($0, console) } ?? .null,
            "ways": .array(
                opened.ways.map { way in
                    .object([
                        "mapping": .string(way.mapping),
                        "record": Document.record(way.record),
                        "action": .string(way.action.rawValue),
                        "counterpart": way.counterpart.map(Document.record) ?? .null,
                        "address": .optional(way.address),
                        "obstacle": way.obstacle.map { Document.reason($0.message, console) } ?? .null,
                    ])
                }
            ),
            "run": opened.run.map { Document.result($0, console) } ?? .null,
        ])
    }
}
