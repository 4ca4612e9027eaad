import CoupletCore
import CoupletPorts

extension ConnectionService {
    /// What another integration wrote longer ago than this many seconds is not looked for: a week.
    static let watchedSeconds = 7 * 86_400.0

    /// Lets Couplet write, or stops it; see `EnableConnection`.
    func enable(_ action: EnableConnection, by author: Author) async throws -> ConnectionsView {
        let view = try await list(action.connection)
        guard !view.connections.isEmpty else {
            throw CoupletError("connection.none", status: .wrongConfiguration)
        }
        var changed = view.connections.map(\.connection)
        // Nothing is written to a system that was not seen to answer: one that fails its test is named, and none enabled.
        if action.isEnabled {
            for index in changed.indices where !changed[index].isEnabled {
                _ = try await test(changed[index].name)
                changed[index] = try await examined(changed[index], author.at)
                try Self.requireSame(changed[index], view.connections[index].connection, action)
            }
        }
        let connections = changed
        try await store.write { transaction in
            for var connection in connections {
                connection.isEnabled = action.isEnabled
                try transaction.save(connection, sealedSecret: nil)
                let event: AuditEntry.Event = action.isEnabled ? .connectionEnabled : .connectionDisabled
                try transaction.audit(event, AuditEntry.Subject(.connection, connection.name), by: author)
            }
        }
        return try await list(action.connection)
    }

    /// A connection with what its system says of itself now, and what another integration has left there.
    func examined(_ connection: StoredConnection, _ now: Instant) async throws -> StoredConnection {
        var connection = connection
        let tables = try await tables(of: connection)
        let connector = try await connector(for: connection.name)
        do throws(ConnectorError) {
            connection.environment = try await connector.environment() ?? connection.environment
            let since = now.advanced(bySeconds: -Self.watchedSeconds)
            let traces = try await connector.traces(in: tables, since: since)
            connection.note(traces, now)
        } catch {
            throw CoupletError(error)
        }
        return connection
    }

    /// Confirms that another integration is off; see `ConfirmIntegrationOff`.
    func confirm(_ action: ConfirmIntegrationOff, by author: Author) async throws -> ConnectionsView {
        guard let known = try await list(action.connection).connections.first?.connection else {
            throw Self.unknown(action.connection)
        }
        let tables = try await tables(of: known)
        var connection = try await examined(known, author.at)
        guard connection.otherIntegration?.traces.isEmpty == false else {
            throw CoupletError("connection.noTraces", ["connection": known.name], status: .wrongUse)
        }
        connection.otherIntegration?.confirmedTables = tables
        connection.otherIntegration?.confirmedBy = author.who
        connection.otherIntegration?.confirmedAt = author.at
        // Who confirms for one environment has not confirmed for a copy of it.
        connection.environment = known.environment
        let confirmed = connection
        try await store.write { transaction in
            try transaction.save(confirmed, sealedSecret: nil)
            try transaction.audit(
                .integrationConfirmed,
                AuditEntry.Subject(.connection, confirmed.name),
                by: author,
                ["tables": tables.joined(separator: ", ")]
            )
        }
        return try await list(action.connection)
    }

    /// Stops writing to a system that is another environment than the one that was enabled, and looks again for another
    /// integration where there were traces of one.
    /// - Parameters:
    ///   - name: The connection.
    ///   - now: The time.
    /// - Throws: `connection.otherEnvironment`, once the connection is disabled.
    func requireSameEnvironment(_ name: String, now: Instant) async throws {
        let known = try await store.read { try $0.connections() }.first { $0.name == name }
        guard var known, let before = known.environment else { return }
        let connector = try await connector(for: name)
        let present: String?
        do throws(ConnectorError) {
            present = try await connector.environment()
        } catch {
            throw CoupletError(error)
        }
        if let present, present != before {
            known.isEnabled = false
            let disabled = known
            try await store.write { try $0.save(disabled, sealedSecret: nil) }
            throw Self.otherEnvironment(name, before, present)
        }
        guard known.otherIntegration != nil else { return }
        let examined = try await examined(known, now)
        try await store.write { try $0.save(examined, sealedSecret: nil) }
    }

    /// The entity sets that mappings use of a connection.
    private func tables(of connection: StoredConnection) async throws -> [String] {
        let mappings = try await store.read { try $0.mappings() }
        return MappedFeed.all(in: mappings).filter { $0.connection == connection.name }.map(\.table).sorted()
    }

    private static func requireSame(
        _ present: StoredConnection,
        _ before: StoredConnection,
        _ action: EnableConnection
    ) throws {
        guard let known = before.environment, let now = present.environment, known != now else { return }
        guard !action.acceptsEnvironment else { return }
        throw otherEnvironment(present.name, known, now)
    }

    private static func otherEnvironment(_ name: String, _ before: String, _ now: String) -> CoupletError {
        CoupletError(
            "connection.otherEnvironment",
            ["connection": name, "before": before, "now": now],
            status: .notAllowed
        )
    }
}

extension StoredConnection {
    /// Notes traces of another integration; what a person has confirmed stays confirmed.
    fileprivate mutating func note(_ traces: IntegrationTraces, _ now: Instant) {
        guard !traces.found.isEmpty else {
            otherIntegration = nil
            return
        }
        var noted = OtherIntegration(traces: traces.found, seenAt: now, wroteAt: traces.wroteAt)
        if let known = otherIntegration {
            noted.confirmedTables = known.confirmedTables
            noted.confirmedBy = known.confirmedBy
            noted.confirmedAt = known.confirmedAt
        }
        otherIntegration = noted
    }
}
