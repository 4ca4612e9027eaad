/// Makes the connector of a connection; the composition root knows the kinds.
public protocol ConnectorFactory: Sendable {
    /// Makes a connector.
    /// - Parameters:
    ///   - connection: The connection's settings.
    ///   - secret: The client secret.
    /// - Returns: The connector, without having asked the remote anything.
    /// - Throws: `CoupletError` when the kind is unknown or an address is none.
    func connector(for connection: StoredConnection, secret: String) throws -> any Connector
}
