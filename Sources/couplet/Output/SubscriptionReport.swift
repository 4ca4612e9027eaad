import CoupletCore
import CoupletEngine

/// Shows subscriptions to changes, and what came of them.
enum SubscriptionReport {
    /// Shows subscriptions.
    static func show(_ view: SubscriptionsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(document(view, console))
            return .done
        }
        if let address = view.address {
            console.say("subscription.address", ["address": address])
        } else {
            console.say("subscription.noAddress")
        }
        var table = Table([
            .init(title: console.text("column.connection")),
            .init(title: console.text("column.table")),
            .init(title: console.text("column.state"), isFlexible: true),
            .init(title: console.text("column.expires"), isOptional: true),
            .init(title: console.text("column.heard"), isOptional: true),
        ])
        for item in view.subscriptions {
            table.add([
                item.connection, item.table, console.text("subscription.state.\(item.state.rawValue)"),
                item.expiresAt.map { $0.description } ?? "", item.heardAt.map { $0.description } ?? "",
            ])
        }
        if view.subscriptions.isEmpty { console.say("subscription.none") } else { console.show(table) }
        for connection in view.stopped { console.say("subscription.stopped", ["connection": connection]) }
        for problem in view.problems { console.line(console.text(problem.message)) }
        let counts = view.notifications
        guard view.address != nil || counts != NotificationCounts() else { return .done }
        console.say(
            "subscription.counts",
            ["received": String(counts.received), "last": counts.receivedAt?.description ?? ""]
        )
        if counts.putOff > 0 { console.say("subscription.putOff", ["count": String(counts.putOff)]) }
        for reason in DroppedNotification.allCases {
            guard let count = counts.dropped[reason.rawValue] else { continue }
            let words = console.text("notification.dropped.\(reason.rawValue)")
            console.say("subscription.dropped", ["count": String(count), "reason": words])
        }
        return .done
    }

    private static func document(_ view: SubscriptionsView, _ console: Console) -> JSONDocument {
        let counts = view.notifications
        return .object([
            "address": .optional(view.address),
            "subscriptions": .array(
                view.subscriptions.map { item in
                    .object([
                        "connection": .string(item.connection), "table": .string(item.table),
                        "state": .string(item.state.rawValue), "expiresAt": .optional(item.expiresAt?.description),
                        "heardAt": .optional(item.heardAt?.description),
                    ])
                }
            ),
            "stopped": .array(view.stopped.map { .string($0) }),
            "problems": .array(
                view.problems.map { problem in
                    .object([
                        "connection": .string(problem.connection), "code": .string(problem.message.code),
                        "text": .string(console.text(problem.message)),
                    ])
                }
            ),
            "notifications": .object([
                "received": .integer(counts.received), "receivedAt": .optional(counts.receivedAt?.description),
                "putOff": .integer(counts.putOff),
                "dropped": .object(
                    counts.dropped.sorted { $0.key < $1.key }.map {
                        JSONDocument.Member(name: $0.key, value: .integer($0.value))
                    }
                ),
            ]),
        ])
    }
}
