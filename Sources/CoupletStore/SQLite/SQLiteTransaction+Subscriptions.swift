import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension SQLiteTransaction {
    func subscriptions(connection: String?) throws -> [StoredSubscription] {
        try rows(Self.subscriptionsSQL(ofOne: connection != nil), connection.map { [$0] } ?? []) { columns in
            StoredSubscription(
                connection: columns.next(),
                table: columns.next(),
                place: columns.next(),
                address: columns.next(),
                remoteID: columns.optional(),
                sealedState: try columns.bytes(),
                expiresAt: columns.optionalInstant(),
                heardAt: columns.optionalInstant(),
                doubtedAt: columns.optionalInstant(),
                mustProve: columns.boolean()
            )
        }
    }

    /// The statement that reads subscriptions, of one connection or of all.
    static func subscriptionsSQL(ofOne: Bool) -> String {
        """
        SELECT connection, remote_table, place, address, remote_id, sealed_state, expires_at, heard_at, doubted_at,
            must_prove
        FROM subscription \(ofOne ? "WHERE connection = ?" : "") ORDER BY connection, remote_table
        """
    }

    func save(_ subscription: StoredSubscription) throws {
        try execute(
            """
            INSERT INTO subscription
                (connection, remote_table, place, address, remote_id, sealed_state, expires_at, heard_at, doubted_at,
                must_prove)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection, remote_table) DO UPDATE SET
                place = excluded.place, address = excluded.address, remote_id = excluded.remote_id,
                sealed_state = excluded.sealed_state, expires_at = excluded.expires_at,
                heard_at = excluded.heard_at, doubted_at = excluded.doubted_at, must_prove = excluded.must_prove
            """,
            [
                subscription.connection, subscription.table, subscription.place, subscription.address,
                subscription.remoteID, Data(subscription.sealedState), subscription.expiresAt?.milliseconds,
                subscription.heardAt?.milliseconds, subscription.doubtedAt?.milliseconds, subscription.mustProve,
            ]
        )
    }

    func removeSubscription(connection: String, table: String) throws {
        try execute("DELETE FROM subscription WHERE connection = ? AND remote_table = ?", [connection, table])
    }
}
