import Foundation

/// A certificate that signs itself, made for one test.
public struct SelfSignedCertificate: ~Copyable, Sendable {
    private let folder: URL

    /// The PEM file of the certificate.
    public var certificateFile: String { folder.appending(path: "certificate.pem").path(percentEncoded: false) }
    /// The PEM file of its key.
    public var keyFile: String { folder.appending(path: "key.pem").path(percentEncoded: false) }

    /// Makes a certificate, and waits for it.
    /// - Parameter names: Whom it is made out for, as OpenSSL writes it.
    /// - Throws: Why the files or OpenSSL cannot be had.
    public init(names: String = "DNS:localhost,IP:127.0.0.1") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "couplet-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
            "-addext", "subjectAltName=\(names)", "-keyout", folder.appending(path: "key.pem").path,
            "-out", folder.appending(path: "certificate.pem").path,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
