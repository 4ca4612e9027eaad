import AsyncHTTPClient
package import CoupletPorts
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends requests over HTTP/1.1 with one shared pool of connections.
///
/// ``shutdown()`` must be called before the last reference goes away; ``withHTTPTransport(_:_:)`` does so.
package final class AsyncHTTPTransport: HTTPTransport {
    private let client: HTTPClient
    private let settings: TransportSettings

    /// Creates a transport.
    /// - Parameter settings: Time and size limits, and what is trusted besides the system's certificates.
    /// - Throws: `TransportSettings.NoCertificates`.
    package init(settings: TransportSettings = TransportSettings()) throws {
        self.settings = settings
        self.client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try Self.configuration(settings)
        )
    }

    /// Closes all connections; requests under way fail.
    /// - Throws: What the client reports.
    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        do {
            return try await sendOnce(request)
        } catch {
            // Nothing had left, and no connection was refused: the server had closed a kept one in the meantime.
            guard error.mayBeStale else { throw error.reason }
        }
        do {
            return try await sendOnce(request)
        } catch {
            throw error.reason
        }
    }

    /// Sends a request once, and hands on an answer in lines of JSON (`application/x-ndjson`) while it comes.
    /// - Parameters:
    ///   - request: The request.
    ///   - take: Takes each whole line, in order, on a thread of the network's.
    /// - Returns: The answer; its body without the lines that were taken.
    /// - Throws: Why there is no whole answer; lines may have been taken before.
    package func send(
        _ request: HTTPRequestMessage,
        takingLines take: @escaping @Sendable ([UInt8]) -> Void
    ) async throws(TransportError) -> HTTPResponseMessage {
        do {
            return try await sendOnce(request, takingLines: take)
        } catch {
            throw error.reason
        }
    }

    private struct Failure: Error {
        var reason: TransportError
        /// Whether another connection may do better.
        var mayBeStale = false
    }

    private func sendOnce(
        _ request: HTTPRequestMessage,
        takingLines take: (@Sendable ([UInt8]) -> Void)? = nil
    ) async throws(Failure) -> HTTPResponseMessage {
        guard !Task.isCancelled else { throw Failure(reason: .cancelled) }
        let outgoing: HTTPClient.Request
        do {
            outgoing = try Self.outgoing(request)
            try requireSafe(outgoing)
        } catch {
            throw Failure(reason: error)
        }
        let delegate = ExchangeDelegate(largestBody: settings.largestBody, takesLine: take)
        let exchange = client.execute(request: outgoing, delegate: delegate)
        do {
            return try await withTaskCancellationHandler {
                try await exchange.futureResult.get()
            } onCancel: {
                exchange.cancel()
            }
        } catch {
            let reason = Self.classify(error, request.url, sent: delegate.sent, cancelled: Task.isCancelled)
            guard case .notSent = reason else { throw Failure(reason: reason) }
            let couldConnect = !(error is NIOConnectionError) && (error as? HTTPClientError) != .connectTimeout
            throw Failure(reason: reason, mayBeStale: couldConnect)
        }
    }

    private static func classify(
        _ error: any Error,
        _ url: String,
        sent: Bool,
        cancelled: Bool
    ) -> TransportError {
        if cancelled, error is CancellationError || (error as? HTTPClientError) == .cancelled { return .cancelled }
        let reason = NetworkFailure(error, url: url).text
        if sent { return .answerLost(reason: reason) }
        return nobodyKnowsHost(error) ? .addressUnknown(reason: reason) : .notSent(reason: reason)
    }

    /// Whether looking up the host's name gave no address at all, in either family.
    static func nobodyKnowsHost(_ error: any Error) -> Bool {
        guard let error = error as? NIOConnectionError else { return false }
        return error.connectionErrors.isEmpty && (error.dnsAError != nil || error.dnsAAAAError != nil)
    }

    /// Refuses to send credentials and records in plain http over a network, unless the host is named.
    private func requireSafe(_ request: HTTPClient.Request) throws(TransportError) {
        let host = request.host.lowercased()
        guard let allowed = settings.plainHosts, !request.useTLS, !Self.isThisMachine(host), !allowed.contains(host)
        else { return }
        throw .addressUnknown(reason: "network.plain(\(host))")
    }

    /// Whether a host is the loopback: a name that other machines could answer to is not.
    static func isThisMachine(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        if bare == "localhost" || bare == "::1" { return true }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func outgoing(_ request: HTTPRequestMessage) throws(TransportError) -> HTTPClient.Request {
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if !headers.contains(name: "accept-encoding") { headers.add(name: "accept-encoding", value: "gzip") }
        do {
            return try HTTPClient.Request(
                url: request.url,
                method: HTTPMethod(rawValue: request.method),
                headers: headers,
                body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body))
            )
        } catch {
            throw .addressUnknown(reason: NetworkFailure(error, url: request.url).text)
        }
    }

    private static func configuration(_ settings: TransportSettings) throws -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = settings.trustedCertificatesFile {
            let certificates = (try? NIOSSLCertificate.fromPEMFile(file)) ?? []
            guard !certificates.isEmpty else { throw TransportSettings.NoCertificates(file: file) }
            tls.additionalTrustRoots = [.certificates(certificates)]
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(
                connect: .seconds(Int64(settings.connectSeconds)),
                read: settings.readSeconds.map { .seconds(Int64($0)) }
            ),
            decompression: .enabled(limit: .size(settings.largestBody))
        )
        configuration.httpVersion = .http1Only
        // A refused connection is reported at once; when to try again is decided by those who know the remote system.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        configuration.connectionPool.idleTimeout = .seconds(20)
        return configuration
    }
}

/// Runs a body with a transport and closes it afterwards.
/// - Parameters:
///   - settings: Time and size limits, and what is trusted besides the system's certificates.
///   - body: What to do with the transport.
/// - Returns: What the body returns.
/// - Throws: What the body throws, or `TransportSettings.NoCertificates`.
package func withHTTPTransport<Result>(
    _ settings: TransportSettings = TransportSettings(),
    _ body: (AsyncHTTPTransport) async throws -> Result
) async throws -> Result {
    let transport = try AsyncHTTPTransport(settings: settings)
    do {
        let result = try await body(transport)
        try await transport.shutdown()
        return result
    } catch {
        try? await transport.shutdown()
        throw error
    }
}
