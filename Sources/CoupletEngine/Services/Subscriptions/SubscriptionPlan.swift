import CoupletCore
import CoupletPorts

/// A change of what the remote system or we keep of a subscription.
enum SubscriptionChange: Sendable, Hashable {
    /// To take it away from the remote system.
    case remove(RemoteSubscription)
    /// To forget what we keep of a table's.
    case forget(table: String)
    /// To keep what the remote system says of its end.
    case note(StoredSubscription)
    /// To let one live on that we know.
    case renew(RemoteSubscription, StoredSubscription)
    /// To make one our own that is sent to our address, and of which we know nothing any more.
    case takeOver(RemoteSubscription, table: String, mustProve: Bool)
    /// To subscribe.
    case subscribe(table: String, mustProve: Bool)
}

/// What there is to be done about the subscriptions of one connection: decides only.
struct SubscriptionPlan: Sendable {
    /// Subscriptions with fewer seconds to live are renewed: half of the three days that they are given.
    static let renewalLead = 129_600.0
    /// After so many seconds a notification would have come: services collect changes for half a minute.
    static let silence = 120.0

    /// The tables to subscribe to.
    var wanted: Set<String>
    /// What we keep of the connection's subscriptions.
    var stored: [StoredSubscription]
    /// All that the remote system has, whoever made them.
    var remote: [RemoteSubscription]
    /// Where the connection leads to now.
    var place: String
    /// The address that is to be told.
    var address: String
    /// The present time.
    var now: Instant

    /// What is to be done, in this order: what is taken away first, what is kept of it afterwards.
    var changes: [SubscriptionChange] {
        let here = stored.filter { $0.place == place }
        var kept: Set<String> = []
        var changes: [SubscriptionChange] = []
        for table in wanted.sorted() {
            let own = here.first { $0.table == table }
            let known = own?.remoteID.flatMap { id in remote.first { $0.id == id } }
            if let own, let known {
                let isSilent = own.doubtedAt.map { $0.seconds(until: now) >= Self.silence } ?? false
                if isSilent {
                    changes.append(.subscribe(table: table, mustProve: true))
                } else {
                    kept.insert(known.id)
                    if let change = change(of: known, own) { changes.append(change) }
                }
                continue
            }
            let mustProve = own?.mustProve ?? false
            if let found = remote.first(where: {
                $0.address == address && $0.table == table && !kept.contains($0.id)
            }) {
                kept.insert(found.id)
                changes.append(.takeOver(found, table: table, mustProve: mustProve))
            } else {
                changes.append(.subscribe(table: table, mustProve: mustProve))
            }
        }
        // Nobody else is told at our address, and each connection has one of its own.
        let ids = Set(here.compactMap(\.remoteID))
        let removed = remote.filter { !kept.contains($0.id) && ($0.address == address || ids.contains($0.id)) }
        let forgotten = stored.filter { $0.place != place || !wanted.contains($0.table) }
        return removed.map { .remove($0) } + forgotten.map { .forget(table: $0.table) } + changes
    }

    private func change(of known: RemoteSubscription, _ own: StoredSubscription) -> SubscriptionChange? {
        let isAsWanted = known.address == address && own.address == address && known.table == own.table
        guard isAsWanted, now.seconds(until: known.expiresAt) >= Self.renewalLead else { return .renew(known, own) }
        guard own.expiresAt != known.expiresAt else { return nil }
        var noted = own
        noted.expiresAt = known.expiresAt
        return .note(noted)
    }
}
