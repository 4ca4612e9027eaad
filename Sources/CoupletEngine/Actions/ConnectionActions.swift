package import CoupletCore
package import CoupletPorts

/// Sets a connection up or changes it; a changed address or secret disables it until it is enabled again.
package struct SetConnection: Action {
    package static let name = "connection.set"
    /// The connection's name; letters, digits, hyphen and underscore.
    package var connection: String
    /// Its side.
    package var side: Side
    /// The kind of system.
    package var kind: String
    /// The base address, http or https.
    package var url: String
    /// The company, where the kind has companies.
    package var company: String?
    /// Where tokens come from.
    package var tokenURL: String
    /// The client id.
    package var clientID: String
    /// The client secret; nil keeps the stored one.
    package var secret: String?
    /// Seconds after which a sent request can no longer take effect; nil for the kind's own limit.
    package var operationLimitSeconds: Double?
    /// Where people see a record: an address with places such as `{id}`; nil keeps what is stored, blank means the
    /// kind's own.
    package var recordURL: String?
    /// All connections as they must still be, or nothing is changed; nil where that does not matter.
    package var expected: [StoredConnection]?

    /// Creates the action.
    package init(
        connection: String,
        side: Side,
        kind: String,
        url: String,
        company: String? = nil,
        tokenURL: String,
        clientID: String,
        secret: String?,
        operationLimitSeconds: Double? = nil,
        recordURL: String? = nil
    ) {
        self.connection = connection
        self.side = side
        self.kind = kind
        self.url = url
        self.company = company
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.secret = secret
        self.operationLimitSeconds = operationLimitSeconds
        self.recordURL = recordURL
    }

    package func perform(in context: ActionContext) async throws -> ConnectionsView {
        // A run that is at work goes on with the system that it has read and planned for.
        try await context.engine.gate.withTurn {
            try await context.engine.connections.set(self, by: context.author)
        }
    }
}

/// Lists the connections.
package struct ListConnections: Action {
    package static let name = "connection.list"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> ConnectionsView {
        try await context.engine.connections.list()
    }
}

/// Signs in and reads one row of every mapped table.
package struct TestConnection: Action {
    package static let name = "connection.test"
    /// The connection; nil for all.
    package var connection: String?

    /// Creates the action.
    package init(connection: String?) { self.connection = connection }

    package func perform(in context: ActionContext) async throws -> ConnectionsView {
        try await context.engine.connections.test(connection)
    }
}

/// Lets Couplet write to a system, or stops it; reading is allowed either way.
package struct EnableConnection: Action {
    package static let name = "connection.enable"
    /// The connection; nil for all.
    package var connection: String?
    /// Whether it may write.
    package var isEnabled: Bool
    /// Whether it may be another environment than the one that was enabled before: a copy, for instance.
    package var acceptsEnvironment: Bool

    /// Creates the action.
    package init(connection: String?, isEnabled: Bool, acceptsEnvironment: Bool = false) {
        self.connection = connection
        self.isEnabled = isEnabled
        self.acceptsEnvironment = acceptsEnvironment
    }

    package func perform(in context: ActionContext) async throws -> ConnectionsView {
        try await context.engine.connections.enable(self, by: context.author)
    }
}

/// Confirms that another integration, of which a system shows traces, is off for the tables that mappings use: until
/// then nothing is written through these.
package struct ConfirmIntegrationOff: Action {
    package static let name = "connection.confirm"
    /// The connection.
    package var connection: String

    /// Creates the action.
    package init(connection: String) { self.connection = connection }

    package func perform(in context: ActionContext) async throws -> ConnectionsView {
        try await context.engine.connections.confirm(
            self,
            by: context.author
        )
    }
}

/// Connections as people see them, without secrets.
package struct ConnectionsView: Codable, Sendable {
    /// One connection.
    package struct Item: Codable, Sendable {
        /// Its settings.
        package var connection: StoredConnection
        /// Whether a secret is stored.
        package var hasSecret: Bool
        /// What a test found; nil when none was made.
        package var report: ConnectionReport?

        /// Creates an item.
        package init(connection: StoredConnection, hasSecret: Bool, report: ConnectionReport? = nil) {
            self.connection = connection
            self.hasSecret = hasSecret
            self.report = report
        }
    }

    /// The connections by name.
    package var connections: [Item]

    /// Creates a view.
    package init(connections: [Item]) { self.connections = connections }
}

/// Says that a table of a connection has changed, so that whoever synchronizes by schedule looks at it at once; writes
/// nothing.
package struct NoteChange: Action {
    package static let name = "connection.wake"
    /// The connection.
    package var connection: String
    /// The entity set.
    package var table: String

    /// Creates the action.
    package init(connection: String, table: String) {
        self.connection = connection
        self.table = table
    }

    package func perform(in context: ActionContext) async throws -> ChangeNote {
        let mappings = try await context.engine.store.read { transaction in
            try transaction.mappings().filter { mapping in
                Side.allCases.contains { side in
                    let own = mapping.table(side)
                    return own.connection == connection && own.table == table
                }
            }
        }
        guard !mappings.isEmpty else {
            throw CoupletError(
                "connection.tableNotMapped",
                ["connection": connection, "table": table],
                status: .wrongUse
            )
        }
        context.engine.wakeups.wake(Wakeups.Table(connection: connection, table: table))
        return ChangeNote(mappings: mappings.map(\.name))
    }
}

/// Which mappings a change concerns.
package struct ChangeNote: Codable, Sendable {
    /// Their names.
    package var mappings: [String]

    /// Creates it.
    package init(mappings: [String]) { self.mappings = mappings }
}
