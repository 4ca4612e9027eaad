import CoupletCore
import CoupletPorts

extension StoreWriting {
    /// Stops writing where a connection leads elsewhere from now on and has couplings that no synchronization has been
    /// over: the safety limits know only where those led that have been synchronized.
    func stopIfMoved(_ connection: StoredConnection, from before: StoredConnection, by author: Author) throws {
        guard (connection.url, connection.company) != (before.url, before.company) else { return }
        let own = try mappings().filter { $0.table(connection.side).connection == connection.name }
        let isAtStake = try own.contains { mapping in
            try couplingCount(mapping: mapping.name) > 0 && baseline(mapping: mapping.name) == nil
        }
        let open = try writeStops(includingConfirmed: false)
        guard isAtStake, !open.contains(where: { $0.reason == .otherSystem && $0.subject == connection.name }) else {
            return
        }
        let details = ["before": before.url, "now": connection.url]
        try stopWriting(
            WriteStop(reason: .otherSystem, subject: connection.name, foundAt: author.at, details: details),
            by: author
        )
    }
}
