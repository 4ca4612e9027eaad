import CoupletCore
import CoupletPorts

/// Takes what remote systems send to tell of changes: it writes nothing to them, and lets tables be looked at sooner.
package struct NotificationService: Sendable {
    let store: any StateStore
    let factory: any ConnectorFactory
    let sealer: any SecretSealer
    let clock: any EngineClock
    let wakeups: Wakeups
    /// Counts what came.
    package let book: SubscriptionBook

    /// Takes a body that came to a connection's address, from whomever.
    ///
    /// What does not prove that it belongs to a subscription of ours is dropped and counted.
    /// - Parameters:
    ///   - body: The body.
    ///   - word: The kind of system, as the address has it.
    ///   - name: The connection's name, as the address has it.
    /// - Throws: Why nothing can be told of the body now: `StoreError`, or `CoupletError` where there is no usable key.
    package func take(_ body: [UInt8], word: String, connection name: String) async throws {
        let (connection, known) = try await store.read { transaction in
            (
                try transaction.connections().first { $0.name == name },
                try transaction.subscriptions(connection: name)
            )
        }
        guard let connection, NotificationAddress.word(for: connection.kind) == word else {
            return book.drop(.unknownConnection)
        }
        guard let found = factory.notifications(in: body, kind: connection.kind), !found.isEmpty else {
            return book.drop(.unreadable)
        }
        let sorted = try sort(found, known)
        let now = clock.now
        let tables = sorted.tables
        if !tables.isEmpty {
            try await store.write { transaction in
                for var subscription in try transaction.subscriptions(connection: name)
                where tables.contains(subscription.table) {
                    subscription.heardAt = now
                    subscription.doubtedAt = nil
                    subscription.mustProve = false
                    try transaction.save(subscription)
                }
            }
        }
        for table in tables { wakeups.wake(Wakeups.Table(connection: name, table: table)) }
        book.receive(sorted.received, at: now)
        for (reason, count) in sorted.dropped { book.drop(reason, count) }
    }

    /// Notifications by what becomes of them.
    private struct Sorted {
        var tables: Set<String> = []
        var received = 0
        var dropped: [DroppedNotification: Int] = [:]
    }

    private func sort(_ found: [ChangeNotification], _ known: [StoredSubscription]) throws -> Sorted {
        var sorted = Sorted()
        var states: [String: String] = [:]
        for notification in found {
            guard let own = known.first(where: { $0.remoteID == notification.subscription }) else {
                sorted.dropped[.unknownSubscription, default: 0] += 1
                continue
            }
            let state = try states[own.table] ?? sealer.open(own.sealedState)
            states[own.table] = state
            guard Self.isSame(state, notification.clientState) else {
                sorted.dropped[.wrongClientState, default: 0] += 1
                continue
            }
            sorted.tables.insert(own.table)
            sorted.received += 1
        }
        return sorted
    }

    /// Compares two texts in a time that does not tell where they differ.
    private static func isSame(_ own: String, _ given: String) -> Bool {
        guard own.utf8.count == given.utf8.count else { return false }
        return zip(own.utf8, given.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
