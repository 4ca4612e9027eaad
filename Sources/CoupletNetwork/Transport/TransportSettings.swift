/// What an ``AsyncHTTPTransport`` allows itself.
package struct TransportSettings: Sendable, Hashable {
    /// The file of trusted certificates holds none.
    package struct NoCertificates: Error, Hashable {
        /// The file.
        package var file: String

        /// Names the file.
        package init(file: String) { self.file = file }
    }

    /// How long a connection may take to be made, in seconds.
    package var connectSeconds: Int
    /// How long the server may be silent, in seconds, nil for as long as it likes; one may work eight minutes on a request.
    package var readSeconds: Int?
    /// The largest answer accepted, in bytes after decompression.
    package var largestBody: Int
    /// A PEM file of certificates trusted in addition to the system's.
    package var trustedCertificatesFile: String?
    /// The hosts besides this machine that may be spoken to in plain http, in small letters; nil for any.
    package var plainHosts: Set<String>?

    /// Creates settings.
    package init(
        connectSeconds: Int = 10,
        readSeconds: Int? = 600,
        largestBody: Int = 350_000_000,
        trustedCertificatesFile: String? = nil,
        plainHosts: Set<String>? = []
    ) {
        self.connectSeconds = connectSeconds
        self.readSeconds = readSeconds
        self.largestBody = largestBody
        self.trustedCertificatesFile = trustedCertificatesFile
        self.plainHosts = plainHosts
    }
}
