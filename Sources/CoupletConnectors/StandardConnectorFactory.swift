package import CoupletCore
package import CoupletPorts

/// Makes the connectors that come with Couplet.
package struct StandardConnectorFactory: ConnectorFactory {
    private let transport: any HTTPTransport
    private let clock: any EngineClock
    private let businessCentral: BusinessCentralConnector.Settings
    private let dataverse: DataverseConnector.Settings

    /// Creates a factory whose connectors share a transport and a clock.
    package init(
        transport: any HTTPTransport,
        clock: any EngineClock,
        businessCentral: BusinessCentralConnector.Settings = BusinessCentralConnector.Settings(),
        dataverse: DataverseConnector.Settings = DataverseConnector.Settings()
    ) {
        self.transport = transport
        self.clock = clock
        self.businessCentral = businessCentral
        self.dataverse = dataverse
    }

    /// The kinds of systems that a side can be.
    package func kinds(of side: Side) -> [String] {
        ConnectorKind.allCases.filter { $0.side == side }.map(\.rawValue)
    }

    /// Makes the connector of a connection.
    package func connector(for connection: StoredConnection, secret: String) throws -> any Connector {
        guard let kind = ConnectorKind(rawValue: connection.kind) else {
            let known = ConnectorKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw CoupletError(
                "connection.unknownKind",
                ["connection": connection.name, "kind": connection.kind, "kinds": known],
                status: .wrongConfiguration
            )
        }
        guard RemoteAddress(connection.tokenURL, apiPath: "") != nil else {
            throw wrongAddress(connection, connection.tokenURL)
        }
        let secret = Secret(secret)
        let connector: (any Connector)? =
            switch kind {
            case .businessCentral:
                BusinessCentralConnector(
                    connection: connection,
                    secret: secret,
                    transport: transport,
                    clock: clock,
                    settings: businessCentral
                )
            case .dataverse:
                DataverseConnector(
                    connection: connection,
                    secret: secret,
                    transport: transport,
                    clock: clock,
                    settings: dataverse
                )
            }
        guard let connector else { throw wrongAddress(connection, connection.url) }
        return connector
    }

    /// Reads what systems of a kind send to tell of changes.
    package func notifications(in body: [UInt8], kind: String) -> [ChangeNotification]? {
        switch ConnectorKind(rawValue: kind) {
        case .businessCentral: BusinessCentralNotifications.read(body)
        case .dataverse, nil: nil
        }
    }

    private func wrongAddress(_ connection: StoredConnection, _ url: String) -> CoupletError {
        CoupletError(
            "connection.wrongAddress",
            ["connection": connection.name, "url": url],
            status: .wrongConfiguration
        )
    }
}

/// The kinds of systems that connections lead to.
package enum ConnectorKind: String, Sendable, CaseIterable {
    /// A company of Business Central.
    case businessCentral
    /// An environment of Dataverse.
    case dataverse

    /// The side that such a system can be.
    package var side: Side {
        switch self {
        case .businessCentral: .erp
        case .dataverse: .crm
        }
    }
}
