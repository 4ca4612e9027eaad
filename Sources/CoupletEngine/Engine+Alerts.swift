import CoupletCore
import CoupletPorts

extension Engine {
    /// What needs a person, and who is told; see `ListAlerts`.
    func alertsView() async throws -> AlertsView {
        let found = try await alerts()
        let now = clock.now
        return try await store.read { transaction in
            let watch = try AlertDocuments.watch(transaction)
            let ledgers = try AlertDocuments.ledgers(transaction)
            let items = found.map { alert in
                let foundAt = watch.foundAt(alert.id) ?? now
                return AlertsView.Item(
                    kind: alert.kind,
                    subject: alert.subject,
                    count: alert.count,
                    mappings: alert.mappings,
                    since: min(alert.since, watch.begun[alert.id]?.since ?? foundAt),
                    isUrgent: alert.kind.isUrgent,
                    isTold: watch.begun[alert.id] != nil,
                    message: alert.message,
                    cause: alert.cause
                )
            }
            return AlertsView(
                alerts: items.sorted { left, right in
                    left.isUrgent != right.isUrgent
                        ? left.isUrgent : (left.kind.rawValue, left.subject) < (right.kind.rawValue, right.subject)
                },
                recipients: try AlertDocuments.recipients(transaction).map { recipient in
                    AlertsView.Recipient(recipient, ledgers[recipient.name] ?? AlertLedger())
                },
                lagSeconds: try AlertDocuments.lagSeconds(transaction)
            )
        }
    }
}

extension AlertsView.Recipient {
    fileprivate init(_ recipient: AlertRecipient, _ ledger: AlertLedger) {
        name = recipient.name
        way = recipient.way
        address = recipient.shownAddress
        sender = recipient.sender
        quiet = recipient.terms.quiet?.text
        urgentWaits = recipient.terms.urgentWaits
        urgentOnly = recipient.terms.urgentOnly
        groupingSeconds = recipient.terms.groupingSeconds
        deliveredAt = ledger.deliveredAt
        attempts = ledger.delivery?.attempts ?? 0
        nextAt = ledger.delivery?.nextAt
        problem = ledger.delivery?.problem
    }
}
