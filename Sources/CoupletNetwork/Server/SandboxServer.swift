package import CoupletSandbox
import HTTPTypes
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// Serves a stand-in over HTTP/1.1 on 127.0.0.1, and does to connections what its fault plan says.
package struct SandboxServer: Service {
    private let door: SandboxDoor
    private let settings: SandboxServerSettings
    private let onListening: @Sendable (SandboxAddress) -> Void

    /// Creates a server; it listens when it is run.
    /// - Parameters:
    ///   - host: the stand-in.
    ///   - settings: port and certificate.
    ///   - onListening: told the address once requests are accepted.
    package init<Machine: SandboxMachine>(
        _ host: SandboxHost<Machine>,
        settings: SandboxServerSettings = SandboxServerSettings(),
        onListening: @escaping @Sendable (SandboxAddress) -> Void = { _ in }
    ) {
        door = SandboxDoor(host)
        self.settings = settings
        self.onListening = onListening
    }

    /// Serves until it is cancelled or shut down gracefully, which lets requests under way finish.
    /// - Throws: what is wrong with the certificate or the port.
    package func run() async throws {
        guard (settings.certificateFile == nil) == (settings.keyFile == nil) else {
            throw SandboxServerError.incompleteCertificate
        }
        let limits = TransportSettings(
            connectSeconds: 5,
            readSeconds: 10,
            largestBody: 1_000_000,
            trustedCertificatesFile: settings.certificateFile
        )
        try await withHTTPTransport(limits) { transport in
            let caller = SandboxCaller(door: door, transport: transport)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await caller.run() }
                group.addTask { try await serve(caller) }
                // Calls go on for as long as requests are served.
                _ = try await group.next()
                group.cancelAll()
            }
        }
    }

    private func serve(_ caller: SandboxCaller) async throws {
        let scheme = settings.certificateFile == nil ? "http" : "https"
        let (settings, onListening) = (settings, onListening)
        let server = try channels().buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: settings.port)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Self.quiet
        ) { request, writer, _ in
            guard let body = try await Self.body(of: request, limit: settings.largestBody) else {
                try await writer.write(response: HTTPResponse(status: .contentTooLarge), body: ResponseBody())
                throw ConnectionDropped()
            }
            let response = await caller.answer(Self.request(request.head, body, scheme: scheme))
            if response.delayMilliseconds > 0 { try await Task.sleep(for: .milliseconds(response.delayMilliseconds)) }
            guard response.delivery == .answer else { throw ConnectionDropped() }
            let buffer = ByteBuffer(bytes: response.body)
            try await writer.write(response: Self.head(of: response), body: ResponseBody(byteBuffer: buffer))
        } onServerRunning: { channel in
            onListening(SandboxAddress(scheme: scheme, port: channel.localAddress?.port ?? settings.port))
        }
        try await server.run()
    }

    /// Hardly anything is logged: what a stand-in was asked can be read from its statistics.
    static let quiet: Logger = {
        var logger = Logger(label: "sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }()

    private func channels() throws -> HTTPServerBuilder {
        guard let certificate = settings.certificateFile, let key = settings.keyFile else { return .http1() }
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        return try .tls(
            .http1(),
            tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(privateKey))
        )
    }

    /// The whole body; nil where it is larger than the limit.
    private static func body(of request: Request, limit: Int) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }) {
            guard announced <= limit else { return nil }
            bytes.reserveCapacity(announced)
        }
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= limit else { return nil }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    private static func request(_ head: HTTPRequest, _ body: [UInt8], scheme: String) -> SandboxRequest {
        SandboxRequest(
            method: head.method.rawValue,
            target: head.path ?? "/",
            headers: SandboxHeaders(
                head.headerFields.map { SandboxHeaders.Field(name: $0.name.rawName, value: $0.value) }
            ),
            body: body,
            scheme: scheme,
            host: head.authority ?? "127.0.0.1"
        )
    }

    private static func head(of response: SandboxResponse) -> HTTPResponse {
        var head = HTTPResponse(status: HTTPResponse.Status(code: response.status))
        for field in response.headers.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            head.headerFields.append(HTTPField(name: name, value: field.value))
        }
        if response.status != 204, response.status != 304 {
            head.headerFields[.contentLength] = String(response.body.count)
        }
        return head
    }
}

/// Ends a connection without an answer.
private struct ConnectionDropped: Error {}
