/// Telling subscribers of changes: collected for half a minute, and again where it fails.
extension BusinessCentralSandbox {
    package mutating func noteWrites(at now: SandboxInstant) {
        guard !subscriptions.all.isEmpty, desk.version != subscriptions.seenVersion else { return }
        subscriptions.seenVersion = desk.version
        subscriptions.expire(at: now)
        for index in subscriptions.all.indices {
            guard let place = places[subscriptions.all[index].target] else { continue }
            look(at: tables[place], for: &subscriptions.all[index], now)
        }
    }

    package func nextCallDue() -> SandboxInstant? {
        subscriptions.due(delay: options.notificationDelayMilliseconds).first?.at
    }

    package mutating func callsDue(at now: SandboxInstant) -> [OutboundCall] {
        subscriptions.expire(at: now)
        let due = subscriptions.due(delay: options.notificationDelayMilliseconds)
        return due.filter { $0.at <= now }.map { subscriptions.take($0.address) }
    }

    package mutating func conclude(
        _ call: OutboundCall,
        _ outcome: OutboundOutcome,
        at now: SandboxInstant
    ) -> SandboxResponse? {
        if let handshake = subscriptions.handshakes.removeValue(forKey: call.id) {
            return conclude(handshake, outcome, at: now)
        }
        subscriptions.settle(call, outcome, at: now)
        return nil
    }

    private func look(
        at table: SandboxTable,
        for subscription: inout BusinessCentralSubscription,
        _ now: SandboxInstant
    ) {
        typealias News = (
            id: SandboxGUID, change: BusinessCentralSubscription.Change, at: SandboxInstant, version: Int64
        )
        let seen = subscription.seenVersion
        var news: [News] = table.rows(writtenAfter: seen).map { row in
            let isNew = (table.slot(id: row.id) ?? 0) >= subscription.seenPlaces
            return (row.id, isNew ? .created : .updated, row.modifiedAt, row.version)
        }
        news += table.deletions(after: seen).map { ($0.id, .deleted, $0.deletedAt, $0.version) }
        for one in news.sorted(by: { $0.version < $1.version }) {
            subscription.add(one.change, one.id, at: one.at, version: one.version, now: now)
        }
        subscription.seenVersion = desk.version
        subscription.seenPlaces = table.slots.count
    }
}
