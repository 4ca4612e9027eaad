package import CoupletCore
import CoupletPorts

/// How the work stands in numbers, for whoever watches over it.
package struct MetricsView: Sendable {
    /// A mapping.
    package struct Mapping: Sendable {
        /// Its name.
        package var name: String
        /// Whether a person has paused it.
        package var isPaused: Bool
        /// How many records it has coupled.
        package var coupled: Int
        /// How many of them must be looked at.
        package var pending: Int
        /// When its last job ended; nil before the first.
        package var lastJobEndedAt: Instant?
        /// How many things of each kind are open.
        package var open: [StatusView.Cue.Kind: Int]
    }

    /// A connection.
    package struct Connection: Sendable {
        /// Its name.
        package var name: String
        /// Which system it leads to.
        package var side: Side
        /// Whether it is written.
        package var isEnabled: Bool
        /// How many requests this process has sent to it.
        package var requests: Int
    }

    /// A recipient of alerts.
    package struct Recipient: Sendable {
        /// The name.
        package var name: String
        /// How many messages have arrived.
        package var delivered: Int
        /// How many attempts have failed.
        package var failed: Int
        /// Whether a message has not arrived that was tried.
        package var isFailing: Bool
    }

    /// The moment of all this.
    package var at: Instant
    /// When this process began.
    package var startedAt: Instant
    /// The mappings, by name.
    package var mappings: [Mapping]
    /// The connections, by name.
    package var connections: [Connection]
    /// What came of the jobs of this process.
    package var totals: [RunMeter.Line: RunMeter.Totals]
    /// How often tables could not be read, and whether that is so still.
    package var unread: [(table: Wakeups.Table, count: Int, isFailing: Bool)]
    /// The tables that are subscribed to, and whether their changes are told, by connection and table.
    package var subscriptions: [(table: Wakeups.Table, isLiving: Bool)]
    /// What came to the notification addresses.
    package var notifications: NotificationCounts
    /// How many alerts there are of each kind.
    package var alerts: [AlertKind: Int]
    /// The recipients of alerts, by name.
    package var recipients: [Recipient]
    /// Whether a run is at work.
    package var isAtWork: Bool
    /// Whether writing is stopped.
    package var isStopped: Bool
    /// When synchronizing by itself last got on; nil where nothing is done by itself.
    package var gotOnAt: Instant?
}

extension Engine {
    /// Counts how the work stands.
    /// - Throws: `StoreError`.
    package func metrics() async throws -> MetricsView {
        let now = clock.now
        let requests = connections.requestCounts
        let told = try await subscriptions.view()
        let (alerts, recipients) = try await alertNumbers()
        let (mappings, known, isStopped) = try await store.read { transaction in
            let ends = try transaction.lastJobEnds()
            let held = try transaction.plans(in: .held)
            let mappings = try transaction.mappings().map { mapping in
                MetricsView.Mapping(
                    name: mapping.name,
                    isPaused: mapping.pausedAt != nil,
                    coupled: try transaction.couplingCount(mapping: mapping.name),
                    pending: try transaction.pendingCount(mapping: mapping.name, now: now),
                    lastJobEndedAt: ends[mapping.name],
                    open: try StatusService.openCounts(mapping.name, held, transaction)
                )
            }
            let isStopped = try !transaction.writeStops(includingConfirmed: false).isEmpty
            return (mappings, try transaction.connections(), isStopped)
        }
        return MetricsView(
            at: now,
            startedAt: startedAt,
            mappings: mappings.sorted { $0.name < $1.name },
            connections: known.map { connection in
                MetricsView.Connection(
                    name: connection.name,
                    side: connection.side,
                    isEnabled: connection.isEnabled,
                    requests: requests[connection.name] ?? 0
                )
            },
            totals: meter.totals,
            unread: meter.unread.sorted {
                ($0.table.connection, $0.table.table) < ($1.table.connection, $1.table.table)
            },
            subscriptions: told.subscriptions.map {
                (Wakeups.Table(connection: $0.connection, table: $0.table), $0.state == .living)
            },
            notifications: told.notifications,
            alerts: alerts,
            recipients: recipients,
            isAtWork: meter.current != nil,
            isStopped: isStopped,
            gotOnAt: pulse.gotOnAt
        )
    }

    /// The alerts that there are, and what became of messages.
    private func alertNumbers() async throws -> ([AlertKind: Int], [MetricsView.Recipient]) {
        try await store.read { transaction in
            let ledgers = try AlertDocuments.ledgers(transaction)
            let open = try AlertDocuments.watch(transaction).begun.values
            let recipients = try AlertDocuments.recipients(transaction).map { recipient in
                let ledger = ledgers[recipient.name] ?? AlertLedger()
                return MetricsView.Recipient(
                    name: recipient.name,
                    delivered: ledger.deliveredCount,
                    failed: ledger.failedCount,
                    isFailing: ledger.delivery?.problem != nil
                )
            }
            return (Dictionary(open.map { ($0.kind, 1) }, uniquingKeysWith: +), recipients)
        }
    }
}
