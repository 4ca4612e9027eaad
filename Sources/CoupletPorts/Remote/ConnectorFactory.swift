public import CoupletCore

/// Makes the connector of a connection; the composition root knows the kinds.
public protocol ConnectorFactory: Sendable {
    /// The kinds of systems that a side can be.
    /// - Parameter side: The side.
    /// - Returns: Their names, as a connection's `kind` has them.
    func kinds(of side: Side) -> [String]
    /// Makes a connector.
    /// - Parameters:
    ///   - connection: The connection's settings.
    ///   - secret: The client secret.
    /// - Returns: The connector, without having asked the remote anything.
    /// - Throws: `CoupletError` when the kind is unknown or an address is none.
    func connector(for connection: StoredConnection, secret: String) throws -> any Connector
    /// Reads what systems of a kind send to tell of changes.
    /// - Parameters:
    ///   - body: What came, from anybody.
    ///   - kind: The kind of system.
    /// - Returns: The notifications in it; nil where it holds none in the form of the kind.
    func notifications(in body: [UInt8], kind: String) -> [ChangeNotification]?
}

extension ConnectorFactory {
    /// No kind tells of changes.
    public func notifications(in body: [UInt8], kind: String) -> [ChangeNotification]? { nil }
}
