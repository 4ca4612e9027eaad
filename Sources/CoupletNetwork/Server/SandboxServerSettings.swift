/// Where and how a stand-in is served.
package struct SandboxServerSettings: Sendable, Hashable {
    /// The port; 0 takes a free one.
    package var port: Int
    /// A PEM file with the certificate and those that signed it; without it http is served.
    package var certificateFile: String?
    /// A PEM file with the certificate's private key.
    package var keyFile: String?
    /// The largest body accepted, in bytes.
    package var largestBody: Int

    /// Creates settings.
    package init(
        port: Int = 0,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        largestBody: Int = 350_000_000
    ) {
        self.port = port
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.largestBody = largestBody
    }
}

/// Where a stand-in is reached.
package struct SandboxAddress: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// The port on 127.0.0.1.
    package let port: Int

    /// Scheme, host and port, without a slash at the end.
    package var base: String { "\(scheme)://\(host):\(port)" }

    /// Certificates are made out to names, so https is addressed by one.
    private var host: String { scheme == "https" ? "localhost" : "127.0.0.1" }
}

/// Why a stand-in cannot be served.
package enum SandboxServerError: Error, Hashable {
    /// Only one of certificate and key was given.
    case incompleteCertificate
    /// The server ended before it could be used.
    case endedEarly
}
