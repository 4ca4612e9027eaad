/// How the desk is served.
package struct DeskSettings: Sendable {
    /// The host name or address to listen at.
    package var host: String
    /// The port; 0 for any that is free.
    package var port: Int
    /// PEM files of certificate chain and key; nil for plain http.
    package var tls: (certificate: String, key: String)?
    /// The address by which browsers reach the desk, where a proxy stands before it; nil for its own.
    package var publicAddress: String?
    /// Whether nobody approves a plan of their own.
    package var needsSecondPerson: Bool
    /// Whether `/metrics` answers whoever asks.
    package var hasOpenMetrics = false

    /// Creates settings.
    package init(
        host: String,
        port: Int,
        tls: (certificate: String, key: String)? = nil,
        publicAddress: String? = nil,
        needsSecondPerson: Bool = false
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.publicAddress = publicAddress
        self.needsSecondPerson = needsSecondPerson
    }

    /// Whether browsers reach the desk encrypted, so that cookies may insist on it.
    package var isSecure: Bool { tls != nil || publicAddress?.hasPrefix("https://") == true }

    /// The address by which browsers reach the desk.
    /// - Parameter port: The port that it listens at.
    /// - Returns: The address, without a slash at its end.
    package func address(port: Int) -> String {
        if let publicAddress { return publicAddress }
        let name = host.contains(":") ? "[\(host)]" : host
        return (tls == nil ? "http" : "https") + "://\(name):\(port)"
    }
}
