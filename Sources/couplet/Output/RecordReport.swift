import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows records and how they stand.
enum RecordReport {
    /// Shows the records of a mapping.
    static func show(_ view: RecordsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["records": .array(view.records.map(Document.record))]))
            return .done
        }
        var table = Table([
            .init(title: console.text("column.side")),
            .init(title: console.text("column.key")),
            .init(title: console.text("column.name"), isFlexible: true),
            .init(title: console.text("column.state")),
            .init(title: console.text("column.coupledTo"), isOptional: true),
        ])
        for record in view.records {
            table.add([
                console.text("side.\(record.side.rawValue)"), shownKey(record), record.name,
                console.text("state.\(record.state.rawValue)"), record.typedCounterpart ?? "",
            ])
        }
        if !view.records.isEmpty { console.show(table) }
        console.say("records.count", ["count": String(view.records.count)])
        return .done
    }

    /// Shows how a record stands and why.
    static func show(_ view: ExplanationView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "state": .string(view.state.rawValue),
                    "reasons": .array(view.reasons.map { Document.reason($0, console) }),
                    "record": Document.record(view.record),
                    "lastWrite": view.lastWrite.map { last in
                        .object([
                            "at": .string(last.at.description), "side": .string(last.side.rawValue),
                            "run": .integer(last.run), "job": last.job.map { .integer($0) } ?? .null,
                            "action": .string(last.action),
                        ])
                    } ?? .null,
                    "next": .array(view.next.map { Document.reason($0, console) }),
                ])
            )
            return .done
        }
        let record = view.record
        let isApart = view.reasons.first?.code == "explain.apart"
        console.say(
            "explain.head",
            [
                "side": console.text("side.\(record.side.rawValue)"), "key": shownKey(record), "name": record.name,
                "state": console.text(isApart ? "state.apart" : "state.\(view.state.rawValue)"),
            ]
        )
        for reason in view.reasons {
            // The heading says the state itself already.
            if reason.code != "state.\(view.state.rawValue)" { console.line("• " + console.text(reason)) }
            if let remedy = console.remedy(reason) { console.line("  " + console.dim(remedy)) }
        }
        for next in view.next { console.line("→ " + console.text(next)) }
        if let last = view.lastWrite {
            console.say(
                "explain.lastWrite",
                [
                    "time": last.at.description, "side": console.text("side.\(last.side.rawValue)"),
                    "run": String(last.run), "job": last.job.map { String($0) } ?? "",
                    "action": console.action(last.action),
                ]
            )
        }
        return .done
    }

    /// A key that other commands take: in the CRM numbers are not always there, and not always unique.
    private static func shownKey(_ record: RecordView) -> String { record.typedKey }
}
