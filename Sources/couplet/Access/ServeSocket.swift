import AsyncHTTPClient
import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletServer
import Foundation
import Glibc
import NIOCore
import NIOHTTP1

/// The socket of a running `couplet serve`.
struct ServeSocket: Sendable {
    private let path: String

    /// The socket of a home; nil where there is none, or its path is too long for a socket.
    init?(_ home: HomeDirectory) {
        guard home.socket.utf8.count <= ServeSocket.longestPath else { return nil }
        guard FileManager.default.fileExists(atPath: home.socket) else { return nil }
        path = home.socket
    }

    /// The longest path that a socket's address holds.
    static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// Whether somebody listens; the socket of a killed process refuses.
    var answers: Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    /// Does something with the engine behind the socket.
    func withPerformer<Result: Sendable>(
        startedBy: String,
        _ body: @Sendable (any ActionPerformer) async throws -> Result
    ) async throws -> Result {
        // An action may work for hours without a word; only connecting has a limit.
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(timeout: HTTPClient.Configuration.Timeout(connect: .seconds(5)))
        )
        do {
            let result = try await body(SocketPerformer(client: client, path: path, startedBy: startedBy))
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

/// Performs actions with the engine behind a socket.
struct SocketPerformer: ActionPerformer {
    let client: HTTPClient
    let path: String
    let startedBy: String

    func perform<A: Action>(_ action: A, progress: @escaping ProgressSink) async throws -> A.Result {
        guard let url = URL(httpURLWithSocketPath: path, uri: "/actions/\(A.name)") else { throw broken("url") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: ActionHeader.startedBy, value: startedBy)
        // Every action has a connection of its own: a kept one may be closed by the server just when it is used again.
        request.headers.add(name: "connection", value: "close")
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(action)))
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            return try await read(response.body, of: A.self, progress)
        } catch let error as HTTPClientError {
            try Task.checkCancellation()
            throw broken(String(describing: error))
        } catch let error as ChannelError {
            try Task.checkCancellation()
            throw broken(String(describing: error))
        }
    }

    private func read<A: Action>(
        _ body: HTTPClientResponse.Body,
        of action: A.Type,
        _ progress: ProgressSink
    ) async throws -> A.Result {
        // The answer is read to its end: leaving it early closes the connection under the command's next action.
        var result: A.Result?
        var rest: [UInt8] = []
        for try await chunk in body {
            rest.append(contentsOf: chunk.readableBytesView)
            while let end = rest.firstIndex(of: 0x0A) {
                let line = Data(rest[..<end])
                rest.removeSubrange(...end)
                switch try OutsideJSON.decode(ActionLine<A.Result>.self, from: line) {
                case .progress(let event): progress(event)
                case .result(let value): result = value
                case .error(let error): throw error
                }
            }
        }
        if let result { return result }
        try Task.checkCancellation()
        throw broken("")
    }

    private func broken(_ detail: String) -> CoupletError {
        CoupletError("serve.answerLost", ["socket": path, "detail": detail], status: .tryLater)
    }
}
