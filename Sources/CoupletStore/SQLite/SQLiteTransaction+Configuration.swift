import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension SQLiteTransaction {
    func instanceID() throws -> RecordID {
        guard let id = try row("SELECT id FROM instance", [], { try $0.id() }) else {
            throw StoreError.damaged(detail: "the store has no identity")
        }
        return id
    }

    func nextSequence() throws -> Int64 {
        let next: Int64? = try row("UPDATE instance SET sequence = sequence + 1 RETURNING sequence") { $0.next() }
        guard let next else { throw StoreError.damaged(detail: "the store has no identity") }
        return next
    }

    func connections() throws -> [StoredConnection] {
        try rows(
            """
            SELECT name, side, kind, url, company, token_url, client_id, is_enabled, operation_limit_seconds,
                record_url, environment, other_integration
            FROM connection ORDER BY name
            """
        ) { columns in
            try StoredConnection(
                name: columns.next(),
                side: try columns.choice(),
                kind: columns.next(),
                url: columns.next(),
                company: columns.optional(),
                tokenURL: columns.next(),
                clientID: columns.next(),
                isEnabled: columns.boolean(),
                operationLimitSeconds: columns.next(),
                recordURL: columns.optional(),
                environment: columns.optional(),
                otherIntegration: (columns.optional() as String?).map { try documents.value($0) }
            )
        }
    }

    func sealedSecret(of connection: String) throws -> [UInt8]? {
        let found = try row("SELECT sealed_secret FROM connection WHERE name = ?", [connection]) { columns in
            columns.isNull ? nil : try columns.bytes()
        }
        return found ?? nil
    }

    func save(_ connection: StoredConnection, sealedSecret: [UInt8]?) throws {
        try execute(
            """
            INSERT INTO connection
                (name, side, kind, url, company, token_url, client_id, is_enabled, operation_limit_seconds,
                record_url, environment, other_integration, sealed_secret)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                side = excluded.side, kind = excluded.kind, url = excluded.url, company = excluded.company,
                token_url = excluded.token_url, client_id = excluded.client_id, is_enabled = excluded.is_enabled,
                operation_limit_seconds = excluded.operation_limit_seconds, record_url = excluded.record_url,
                environment = excluded.environment, other_integration = excluded.other_integration,
                sealed_secret = coalesce(excluded.sealed_secret, sealed_secret)
            """,
            [
                connection.name, connection.side.rawValue, connection.kind, connection.url, connection.company,
                connection.tokenURL, connection.clientID, connection.isEnabled, connection.operationLimitSeconds,
                connection.recordURL, connection.environment,
                try connection.otherIntegration.map { try documents.text($0) }, sealedSecret.map { Data($0) },
            ]
        )
    }

    func mappings() throws -> [TableMapping] {
        let documents = try rows("SELECT document FROM mapping ORDER BY number") { columns -> String in columns.next() }
        return try cache.mappings(of: documents)
    }

    func save(_ mapping: TableMapping) throws {
        let before = try mappings().first { $0.name == mapping.name }
        try execute(
            """
            INSERT INTO mapping (name, erp_connection, erp_table, crm_connection, crm_table, document)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                erp_connection = excluded.erp_connection, erp_table = excluded.erp_table,
                crm_connection = excluded.crm_connection, crm_table = excluded.crm_table,
                document = excluded.document
            """,
            [
                mapping.name, mapping.erp.connection, mapping.erp.table, mapping.crm.connection, mapping.crm.table,
                try documents.text(mapping),
            ]
        )
        referrers = nil
        try rebuildPending(mapping: try mappingNumber(mapping.name))
        try noteUnkept(mapping, was: before)
    }

    /// The number of a mapping that must exist.
    func mappingNumber(_ name: String) throws -> Int64 {
        guard let number = try mappingNumberIfAny(name) else {
            throw StoreError.failed(detail: "no mapping is stored under the name \(name)")
        }
        return number
    }

    /// The number of a mapping; nil when there is none of the name.
    func mappingNumberIfAny(_ name: String) throws -> Int64? {
        if let number = mappingNumbers[name] { return number }
        let number: Int64? = try row("SELECT number FROM mapping WHERE name = ?", [name]) { $0.next() }
        mappingNumbers[name] = number
        return number
    }
}
