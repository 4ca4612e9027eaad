import CoupletCore
import CoupletPorts

/// What a subscription of ours is worth at a time.
package enum SubscriptionState: String, Codable, Sendable, Hashable, CaseIterable {
    /// It tells of changes; the table is looked at when it does, and seldom else.
    case living
    /// The system has not confirmed it yet.
    case pending
    /// A change was found that it had not told of.
    case doubted
    /// One before it was silent, and nothing has come of this one yet.
    case silent
    /// It was not renewed in time.
    case ended
    /// The connection, or the notification address, is another one than it was made for, or is not used.
    case elsewhere
}

extension StoredSubscription {
    /// What the subscription is worth.
    /// - Parameters:
    ///   - now: The present time.
    ///   - connection: Its connection as it is now.
    ///   - address: Where notifications are wanted; nil where they are not.
    /// - Returns: Its state.
    func state(at now: Instant, _ connection: StoredConnection?, _ address: NotificationAddress?) -> SubscriptionState {
        guard let connection, connection.isEnabled, place == connection.place,
            self.address == address?.address(of: connection)
        else { return .elsewhere }
        guard remoteID != nil, let expiresAt else { return .pending }
        if expiresAt <= now { return .ended }
        if doubtedAt != nil { return .doubted }
        return mustProve ? .silent : .living
    }
}

extension StoredConnection {
    /// Which system and company it leads to.
    var place: String { [url, company ?? ""].joined(separator: " ") }
}

/// Shows our subscriptions, and removes them on request.
package struct SubscriptionService: Sendable {
    let store: any StateStore
    let clock: any EngineClock
    let connections: ConnectionService
    /// What is remembered as long as the process runs.
    package let book: SubscriptionBook

    /// The tables whose changes are told, so that they need not be asked for often.
    func living(at address: NotificationAddress) async throws -> Set<Wakeups.Table> {
        let now = clock.now
        return try await store.read { transaction in
            let known = Self.byName(try transaction.connections())
            let living = try transaction.subscriptions(connection: nil).filter {
                $0.state(at: now, known[$0.connection], address) == .living
            }
            return Set(living.map { Wakeups.Table(connection: $0.connection, table: $0.table) })
        }
    }

    /// Takes note of a change that a table's subscription has not told of.
    func doubt(_ table: Wakeups.Table) async throws {
        let now = clock.now
        try await store.write { transaction in
            for var subscription in try transaction.subscriptions(connection: table.connection)
            where subscription.table == table.table && subscription.doubtedAt == nil {
                subscription.doubtedAt = now
                try transaction.save(subscription)
            }
        }
    }

    /// All subscriptions and what came of them; see `ListSubscriptions`.
    func view() async throws -> SubscriptionsView {
        let (now, address) = (clock.now, book.address)
        let problems = book.problems.sorted { $0.key < $1.key }.map {
            SubscriptionsView.Problem(connection: $0.key, message: $0.value.message)
        }
        let counts = book.counts
        return try await store.read { transaction in
            let known = Self.byName(try transaction.connections())
            return SubscriptionsView(
                address: address?.base,
                subscriptions: try transaction.subscriptions(connection: nil).map { subscription in
                    SubscriptionsView.Item(
                        connection: subscription.connection,
                        table: subscription.table,
                        state: subscription.state(at: now, known[subscription.connection], address),
                        expiresAt: subscription.expiresAt,
                        heardAt: subscription.heardAt
                    )
                },
                stopped: try known.keys.filter { try transaction.isUnsubscribed($0) }.sorted(),
                problems: problems,
                notifications: counts
            )
        }
    }

    /// Removes a connection's subscriptions, and lets none be made; see `RemoveSubscriptions`.
    func remove(_ name: String, by author: Author) async throws -> SubscriptionsView {
        let own = try await set(name, isUnsubscribed: true, by: author)
        let remote = try await connections.connector(for: name).subscriptions
        if let remote {
            let (ids, addresses) = (Set(own.compactMap(\.remoteID)), Set(own.map(\.address)))
            do throws(ConnectorError) {
                for found in try await remote.all() where ids.contains(found.id) || addresses.contains(found.address) {
                    try await remote.remove(found)
                }
            } catch {
                throw CoupletError(error)
            }
        }
        try await store.write { transaction in
            for subscription in try transaction.subscriptions(connection: name) {
                try transaction.removeSubscription(connection: name, table: subscription.table)
            }
        }
        return try await view()
    }

    /// Lets subscriptions to a connection's changes be made again; see `AllowSubscriptions`.
    func allow(_ name: String, by author: Author) async throws -> SubscriptionsView {
        _ = try await set(name, isUnsubscribed: false, by: author)
        return try await view()
    }

    /// - Returns: The subscriptions that there are, in the system that the connection leads to.
    private func set(_ name: String, isUnsubscribed: Bool, by author: Author) async throws -> [StoredSubscription] {
        try await store.write { transaction in
            guard let connection = try transaction.connections().first(where: { $0.name == name }) else {
                throw ConnectionService.unknown(name)
            }
            // Another Couplet may use what a copied store takes for its own.
            if isUnsubscribed { try WritingStopped.refuse(transaction) }
            if try transaction.isUnsubscribed(name) != isUnsubscribed {
                let setting = unsubscribedSetting(name)
                try transaction.save(setting: setting, isUnsubscribed ? "yes" : nil)
                let event: AuditEntry.Event = isUnsubscribed ? .subscriptionsRemoved : .subscriptionsAllowed
                try transaction.audit(event, AuditEntry.Subject(.connection, name), by: author)
            }
            return try transaction.subscriptions(connection: name).filter { $0.place == connection.place }
        }
    }

    private static func byName(_ connections: [StoredConnection]) -> [String: StoredConnection] {
        Dictionary(connections.map { ($0.name, $0) }) { first, _ in first }
    }
}

/// The setting that says that no subscriptions to a connection's changes are wanted.
private func unsubscribedSetting(_ connection: String) -> String { "unsubscribed." + connection }

extension StoreReading {
    /// Whether somebody wants no subscriptions to a connection's changes.
    func isUnsubscribed(_ connection: String) throws -> Bool { try setting(unsubscribedSetting(connection)) != nil }
}
