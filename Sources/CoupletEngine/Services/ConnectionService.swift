package import CoupletCore
package import CoupletPorts
import Synchronization

/// Reads and changes connections, and hands out their connectors.
package struct ConnectionService: Sendable {
    let store: any StateStore
    let factory: any ConnectorFactory
    let sealer: any SecretSealer
    let defaultMappings: @Sendable (BySide<String>) -> [TableMapping]
    private let cache = ConnectorCache()

    /// Makes the service.
    package init(
        store: any StateStore,
        factory: any ConnectorFactory,
        sealer: any SecretSealer,
        defaultMappings: @escaping @Sendable (BySide<String>) -> [TableMapping]
    ) {
        self.store = store
        self.factory = factory
        self.sealer = sealer
        self.defaultMappings = defaultMappings
    }

    func set(_ action: SetConnection, by author: Author) async throws -> ConnectionsView {
        let wanted = try Self.validated(action)
        try requireKind(of: wanted)
        let sealed = try action.secret.map { try sealer.seal($0) }
        let defaults = defaultMappings
        try await store.write { transaction in
            let known = try transaction.connections()
            guard action.expected.map({ $0 == known }) != false else { throw CoupletError.changedSince }
            let before = known.first { $0.name == wanted.name }
            let connection = wanted.keeping(before, recordURL: action.recordURL)
            let others = known.filter { $0.name != connection.name }
            if let other = before, other.side != connection.side {
                throw CoupletError(
                    "connection.sideFixed",
                    ["connection": connection.name, "side": other.side.rawValue],
                    status: .wrongUse
                )
            }
            try transaction.save(connection, sealedSecret: sealed)
            try transaction.audit(connection, was: before, newSecret: sealed != nil, by: author)
            if let before { try transaction.stopIfMoved(connection, from: before, by: author) }
            guard try transaction.mappings().isEmpty,
                let partner = others.first(where: { $0.side == connection.side.other })
            else { return }
            let names = BySide(
                erp: connection.side == .erp ? connection.name : partner.name,
                crm: connection.side == .crm ? connection.name : partner.name
            )
            for mapping in defaults(names) {
                try transaction.save(mapping)
                try transaction.audit(mapping, was: nil, by: author)
            }
        }
        return try await list(wanted.name)
    }

    func list(_ name: String? = nil) async throws -> ConnectionsView {
        try await store.read { transaction in
            let found = try transaction.connections().filter { name == nil || $0.name == name }
            if let name, found.isEmpty { throw Self.unknown(name) }
            return ConnectionsView(
                connections: try found.map { connection in
                    ConnectionsView.Item(
                        connection: connection,
                        hasSecret: try transaction.sealedSecret(of: connection.name) != nil
                    )
                }
            )
        }
    }

    func test(_ name: String?) async throws -> ConnectionsView {
        var view = try await list(name)
        guard !view.connections.isEmpty else {
            throw CoupletError("connection.none", status: .wrongConfiguration)
        }
        let mappings = try await store.read { try $0.mappings() }
        for index in view.connections.indices {
            let connection = view.connections[index].connection
            let tables = MappedFeed.all(in: mappings).filter { $0.connection == connection.name }
            let shapes = tables.map { $0.shape(layout: RowLayout(number: 0, fields: $0.fields)) }
            let connector = try await connector(for: connection.name)
            do {
                view.connections[index].report = try await connector.test(tables: shapes)
            } catch {
                throw CoupletError(error)
            }
        }
        return view
    }

    /// The connector of a connection as it is set now, made once for this process.
    func connector(for name: String) async throws -> any Connector {
        let (connection, sealed) = try await store.read { transaction in
            guard let connection = try transaction.connections().first(where: { $0.name == name }) else {
                throw Self.unknown(name)
            }
            return (connection, try transaction.sealedSecret(of: name))
        }
        guard let sealed else {
            throw CoupletError("connection.noSecret", ["connection": name], status: .wrongConfiguration)
        }
        let settings = ConnectorCache.Settings(connection, sealed)
        if let known = cache.connector(name, settings) { return known }
        let connector = try factory.connector(for: connection, secret: try sealer.open(sealed))
        cache.remember(name, settings, connector)
        return connector
    }

    /// How many requests this process has sent, by connection; tokens not counted.
    var requestCounts: [String: Int] { cache.requestCounts }

    static func unknown(_ name: String) -> CoupletError {
        CoupletError("connection.unknown", ["connection": name], status: .wrongUse)
    }

    private func requireKind(of connection: StoredConnection) throws {
        let own = factory.kinds(of: connection.side)
        guard !own.contains(connection.kind) else { return }
        let arguments = [
            "connection": connection.name, "kind": connection.kind, "side": connection.side.rawValue,
            "kinds": own.joined(separator: ", "),
        ]
        let isOther = factory.kinds(of: connection.side.other).contains(connection.kind)
        throw CoupletError(
            isOther ? "connection.kindOfOtherSide" : "connection.unknownKind",
            arguments,
            status: .wrongUse
        )
    }

    private static func validated(_ action: SetConnection) throws -> StoredConnection {
        let allowed = action.connection.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        guard allowed, !action.connection.isEmpty else {
            throw CoupletError("connection.badName", ["connection": action.connection], status: .wrongUse)
        }
        for (setting, address) in [("url", action.url), ("token-url", action.tokenURL)] {
            guard isAddress(address) else {
                throw CoupletError(
                    "connection.badAddress",
                    ["connection": action.connection, "setting": setting, "address": address],
                    status: .wrongConfiguration
                )
            }
        }
        if let company = action.company, RecordID(company) == nil {
            throw CoupletError(
                "connection.badCompany",
                ["connection": action.connection, "company": company],
                status: .wrongUse
            )
        }
        if let pattern = action.recordURL, !pattern.isEmpty, !isAddress(pattern.replacing(" ", with: "+")) {
            throw CoupletError(
                "connection.badAddress",
                ["connection": action.connection, "setting": "record-url", "address": pattern],
                status: .wrongConfiguration
            )
        }
        if let limit = action.operationLimitSeconds, !(limit > 0 && limit <= 86_400) {
            throw CoupletError(
                "connection.badOperationLimit",
                ["connection": action.connection, "seconds": String(limit)],
                status: .wrongUse
            )
        }
        return StoredConnection(
            name: action.connection,
            side: action.side,
            kind: action.kind,
            url: action.url,
            company: action.company,
            tokenURL: action.tokenURL,
            clientID: action.clientID,
            operationLimitSeconds: action.operationLimitSeconds ?? 600
        )
    }

    /// Both services answer within ten minutes or not at all; that is the gateway's limit, hence the default of 600 s.
    private static func isAddress(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            return false
        }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" }
        return !host.isEmpty && !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    }
}

extension StoredConnection {
    /// The settings with what is known of the system from before, where they still lead to it.
    fileprivate func keeping(_ known: StoredConnection?, recordURL pattern: String?) -> StoredConnection {
        var connection = self
        connection.recordURL = pattern.map { $0.isEmpty ? nil : $0 } ?? known?.recordURL
        if let known, known.url == url, known.company == company {
            connection.environment = known.environment
            connection.otherIntegration = known.otherIntegration
        }
        return connection
    }
}

/// The connectors made so far, by the connection's name, each with the settings that it was made from: who read these
/// before they were changed must not bring the old ones back.
private final class ConnectorCache: Sendable {
    /// What a connector is made from.
    struct Settings: Equatable, Sendable {
        private let connection: StoredConnection
        private let sealedSecret: [UInt8]

        init(_ connection: StoredConnection, _ sealedSecret: [UInt8]) {
            var connection = connection
            // What is known of the system, and whether it is written, makes no other connector.
            connection.isEnabled = false
            connection.environment = nil
            connection.otherIntegration = nil
            (self.connection, self.sealedSecret) = (connection, sealedSecret)
        }
    }

    private struct Known {
        var settings: Settings
        var connector: any Connector
        /// The requests of the connectors that it came in the place of.
        var earlier = 0
    }

    private let connectors = Mutex<[String: Known]>([:])

    /// How many requests were sent, by connection.
    var requestCounts: [String: Int] {
        connectors.withLock { $0.mapValues { $0.earlier + $0.connector.requestCount } }
    }

    func connector(_ name: String, _ settings: Settings) -> (any Connector)? {
        connectors.withLock { known in
            guard let found = known[name], found.settings == settings else { return nil }
            return found.connector
        }
    }

    func remember(_ name: String, _ settings: Settings, _ connector: any Connector) {
        connectors.withLock { known in
            let earlier = known[name].map { $0.earlier + $0.connector.requestCount } ?? 0
            known[name] = Known(settings: settings, connector: connector, earlier: earlier)
        }
    }
}

extension CoupletError {
    /// Somebody changed what was to be changed since it was looked at.
    static var changedSince: CoupletError { CoupletError("request.changedSince", status: .wrongUse) }

    /// What a connector's failure means to a person.
    init(_ error: ConnectorError) {
        let arguments = ["connection": error.connection, "table": error.table ?? "", "detail": error.detail]
        switch error.kind {
        case .unreachable: self.init("remote.unreachable", arguments, status: .remoteDown)
        case .unavailable: self.init("remote.unavailable", arguments, status: .remoteDown)
        case .unauthorized: self.init("remote.unauthorized", arguments, status: .notAllowed)
        case .forbidden: self.init("remote.forbidden", arguments, status: .notAllowed)
        case .notFound: self.init("remote.notFound", arguments, status: .wrongConfiguration)
        case .checkpointExpired: self.init("remote.checkpointExpired", arguments, status: .tryLater)
        case .protocolViolation: self.init("remote.protocolViolation", arguments, status: .remoteDown)
        case .cancelled: self.init("action.interrupted", arguments, status: .interrupted)
        }
    }
}
