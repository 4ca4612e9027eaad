import CoupletCore
import CoupletPorts

extension ConnectionService {
    /// What another integration wrote longer ago than this many seconds is not looked for: a week.
    static let watchedSeconds = 7 * 86_400.0

    /// What a system says of itself, and what another integration has left there.
    private struct Sight: Sendable {
        /// Which environment it is; nil where the system does not tell.
        var environment: String?
        var traces: IntegrationTraces
        var at: Instant
    }

    /// Lets Couplet write, or stops it; see `EnableConnection`.
    func enable(_ action: EnableConnection, by author: Author) async throws -> ConnectionsView {
        let asked = try await list(action.connection).connections.map(\.connection)
        guard !asked.isEmpty else {
            throw CoupletError("connection.none", status: .wrongConfiguration)
        }
        guard action.isEnabled else {
            // Nothing is asked of a system that shall not be written any more, whatever it is by now.
            try await store.write { transaction in
                for connection in asked { try transaction.disable(connection.name, by: author) }
            }
            return try await list(action.connection)
        }
        // Nothing is written to a system that was not seen to answer: one that fails its test is named, and none enabled.
        var sights: [String: Sight] = [:]
        for connection in asked where !connection.isEnabled {
            _ = try await test(connection.name)
            sights[connection.name] = try await look(at: connection, author.at)
        }
        let found = sights
        try await store.write { transaction in
            for connection in asked {
                try transaction.change(connection) { present in
                    if let sight = found[connection.name] {
                        try Self.requireSame(sight.environment, present, action)
                        present.environment = sight.environment ?? present.environment
                        present.note(sight.traces, sight.at)
                    } else if !present.isEnabled {
                        throw CoupletError.changedMeanwhile(present)
                    }
                    present.isEnabled = true
                }
                try transaction.audit(
                    .connectionEnabled,
                    AuditEntry.Subject(.connection, connection.name),
                    by: author
                )
            }
        }
        return try await list(action.connection)
    }

    /// A connection with what its system says of itself now, and what another integration has left there; nothing is
    /// stored.
    func examined(_ connection: StoredConnection, _ now: Instant) async throws -> StoredConnection {
        let sight = try await look(at: connection, now)
        var connection = connection
        connection.environment = sight.environment ?? connection.environment
        connection.note(sight.traces, sight.at)
        return connection
    }

    /// Confirms that another integration is off; see `ConfirmIntegrationOff`.
    func confirm(_ action: ConfirmIntegrationOff, by author: Author) async throws -> ConnectionsView {
        guard let asked = try await list(action.connection).connections.first?.connection else {
            throw Self.unknown(action.connection)
        }
        let tables = try await tables(of: asked)
        // Who confirms for one environment has not confirmed for a copy of it, so that only the traces are kept.
        let sight = try await look(at: asked, author.at)
        try await store.write { transaction in
            try transaction.change(asked) { present in
                present.note(sight.traces, sight.at)
                guard present.otherIntegration?.traces.isEmpty == false else {
                    throw CoupletError("connection.noTraces", ["connection": present.name], status: .wrongUse)
                }
                present.otherIntegration?.confirmedTables = tables
                present.otherIntegration?.confirmedBy = author.who
                present.otherIntegration?.confirmedAt = author.at
            }
            try transaction.audit(
                .integrationConfirmed,
                AuditEntry.Subject(.connection, asked.name),
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
    /// - Throws: `connection.otherEnvironment`, once the connection is disabled; `connection.changedMeanwhile`.
    func requireSameEnvironment(_ name: String, now: Instant) async throws {
        let asked = try await store.read { try $0.connections() }.first { $0.name == name }
        guard let asked, let before = asked.environment else { return }
        if let found = try await environment(of: asked), found != before {
            try await store.write { transaction in
                try transaction.change(asked) { present in
                    // A person may have accepted the copy meanwhile.
                    guard present.environment == before else { throw CoupletError.changedMeanwhile(present) }
                }
                try transaction.disable(name, by: Author(who: Engine.itself, at: now))
            }
            throw Self.otherEnvironment(name, before, found)
        }
        guard asked.otherIntegration != nil else { return }
        let traces = try await traces(in: asked, now)
        try await store.write { transaction in
            try transaction.change(asked) { $0.note(traces, now) }
        }
    }

    private func look(at connection: StoredConnection, _ now: Instant) async throws -> Sight {
        let environment = try await environment(of: connection)
        return Sight(environment: environment, traces: try await traces(in: connection, now), at: now)
    }

    private func environment(of connection: StoredConnection) async throws -> String? {
        let connector = try await connector(for: connection.name)
        do throws(ConnectorError) {
            return try await connector.environment()
        } catch {
            throw CoupletError(error)
        }
    }

    private func traces(in connection: StoredConnection, _ now: Instant) async throws -> IntegrationTraces {
        let tables = try await tables(of: connection)
        let connector = try await connector(for: connection.name)
        do throws(ConnectorError) {
            return try await connector.traces(in: tables, since: now.advanced(bySeconds: -Self.watchedSeconds))
        } catch {
            throw CoupletError(error)
        }
    }

    /// The entity sets that mappings use of a connection.
    private func tables(of connection: StoredConnection) async throws -> [String] {
        let mappings = try await store.read { try $0.mappings() }
        return MappedFeed.all(in: mappings).filter { $0.connection == connection.name }.map(\.table).sorted()
    }

    private static func requireSame(
        _ found: String?,
        _ present: StoredConnection,
        _ action: EnableConnection
    ) throws {
        guard let known = present.environment, let found, known != found else { return }
        guard !action.acceptsEnvironment else { return }
        throw otherEnvironment(present.name, known, found)
    }

    private static func otherEnvironment(_ name: String, _ before: String, _ now: String) -> CoupletError {
        CoupletError(
            "connection.otherEnvironment",
            ["connection": name, "before": before, "now": now],
            status: .waitsForApproval
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

extension StoreWriting {
    /// Changes what is kept of a connection as it is now: whatever else was changed while its system was asked stays.
    /// - Parameters:
    ///   - asked: The connection as it was when its system was asked.
    ///   - body: Sets what follows from the answer.
    /// - Throws: `connection.changedMeanwhile` where it leads elsewhere by now: the answer was another system's; what
    ///   the body throws; `StoreError`.
    fileprivate func change(
        _ asked: StoredConnection,
        _ body: (inout StoredConnection) throws -> Void
    ) throws {
        guard var present = try connections().first(where: { $0.name == asked.name }),
            (present.url, present.company) == (asked.url, asked.company)
        else { throw CoupletError.changedMeanwhile(asked) }
        let before = present
        try body(&present)
        if present != before { try save(present, sealedSecret: nil) }
    }

    /// Stops writing to a connection's system, and says so in the audit log; nothing where it is only read already.
    fileprivate func disable(_ name: String, by author: Author) throws {
        guard var present = try connections().first(where: { $0.name == name }), present.isEnabled else { return }
        present.isEnabled = false
        try save(present, sealedSecret: nil)
        try audit(.connectionDisabled, AuditEntry.Subject(.connection, name), by: author)
    }
}

extension CoupletError {
    /// What was found out of a connection's system is not what the connection is about any more.
    fileprivate static func changedMeanwhile(_ connection: StoredConnection) -> CoupletError {
        CoupletError("connection.changedMeanwhile", ["connection": connection.name], status: .tryLater)
    }
}
