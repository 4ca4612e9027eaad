import CoupletCore
import CoupletEngine

/// Shows what needs a person, and who is told.
enum AlertReport {
    /// Shows it.
    static func show(_ view: AlertsView, on console: Console) {
        if console.isJSON {
            console.print(document(view, console))
            return
        }
        for alert in view.alerts {
            let word = console.text(alert.isUrgent ? "alert.urgent" : "alert.open")
            console.line(console.bold(word) + " " + Table.harmless(console.text(alert.message)))
            console.line("  " + console.text("alert.since", ["since": alert.since.description]))
            if let cause = alert.cause { console.line("  " + Table.harmless(console.text(cause))) }
            if let remedy = console.remedy(alert.message) { console.line("  " + console.dim(Table.harmless(remedy))) }
        }
        if view.alerts.isEmpty { console.say("alert.none") }
        console.line()
        guard !view.recipients.isEmpty else { return console.say("alert.nobody") }
        var table = Table([
            .init(title: console.text("column.recipient")),
            .init(title: console.text("column.way")),
            .init(title: console.text("column.address"), isFlexible: true),
            .init(title: console.text("column.told")),
            .init(title: console.text("column.delivered"), isOptional: true),
        ])
        for recipient in view.recipients {
            table.add([
                recipient.name, console.text("alert.way.\(recipient.way.rawValue)"), recipient.address,
                terms(recipient, console), recipient.deliveredAt?.description ?? "",
            ])
        }
        console.show(table)
        for recipient in view.recipients {
            guard let problem = recipient.problem else { continue }
            console.say(
                "alert.undelivered",
                [
                    "recipient": recipient.name, "problem": console.text(problem),
                    "next": recipient.nextAt?.description ?? "",
                ]
            )
        }
        console.say("alert.lagIs", ["seconds": String(view.lagSeconds)])
    }

    /// What a recipient is told, and when, in words.
    private static func terms(_ recipient: AlertsView.Recipient, _ console: Console) -> String {
        var words = [console.text(recipient.urgentOnly ? "alert.tells.urgent" : "alert.tells.all")]
        if let quiet = recipient.quiet {
            words.append(
                console.text(recipient.urgentWaits ? "alert.quiet.all" : "alert.quiet.open", ["quiet": quiet])
            )
        }
        return words.joined(separator: ", ")
    }

    private static func document(_ view: AlertsView, _ console: Console) -> JSONDocument {
        .object([
            "alerts": .array(view.alerts.map { document($0, console) }),
            "recipients": .array(view.recipients.map { document($0, console) }),
            "lagSeconds": .integer(view.lagSeconds),
        ])
    }

    private static func document(_ alert: AlertsView.Item, _ console: Console) -> JSONDocument {
        .object([
            "kind": .string(alert.kind.rawValue), "subject": .string(alert.subject),
            "count": alert.count.map { .integer($0) } ?? .null,
            "mappings": .array(alert.mappings.map { .string($0) }), "since": .string(alert.since.description),
            "isUrgent": .boolean(alert.isUrgent), "isTold": .boolean(alert.isTold),
            "text": .string(console.text(alert.message)), "remedy": .optional(console.remedy(alert.message)),
            "cause": alert.cause.map {
                .object(["code": .string($0.code), "text": .string(console.text($0))])
            } ?? .null,
        ])
    }

    private static func document(_ recipient: AlertsView.Recipient, _ console: Console) -> JSONDocument {
        .object([
            "name": .string(recipient.name), "way": .string(recipient.way.rawValue),
            "address": .string(recipient.address), "sender": .optional(recipient.sender),
            "quiet": .optional(recipient.quiet), "urgentWaits": .boolean(recipient.urgentWaits),
            "urgentOnly": .boolean(recipient.urgentOnly), "groupingSeconds": .integer(recipient.groupingSeconds),
            "deliveredAt": .optional(recipient.deliveredAt?.description), "attempts": .integer(recipient.attempts),
            "nextAt": .optional(recipient.nextAt?.description),
            "problem": recipient.problem.map {
                .object(["code": .string($0.code), "text": .string(console.text($0))])
            } ?? .null,
        ])
    }
}
