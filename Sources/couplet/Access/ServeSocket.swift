import AsyncHTTPClient
import CoupletCore
import CoupletNetwork
import CoupletPorts
import CoupletServer
import Foundation
import Glibc

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
        // The process is on this machine: as long as it lives, it works. Nothing crosses a network.
        let settings = TransportSettings(connectSeconds: 5, readSeconds: nil, plainHosts: nil)
        return try await withHTTPTransport(settings) { transport in
            try await body(CallingPerformer(door: Door(path: path, startedBy: startedBy), transport: transport))
        }
    }

    private struct Door: ActionDoor {
        let path: String
        let startedBy: String

        var headers: [HTTPHeader] { [HTTPHeader(ActionHeader.startedBy, startedBy)] }

        func address(of action: String) -> String {
            URL(httpURLWithSocketPath: path, uri: "/actions/\(action)")?.absoluteString ?? ""
        }

        // The network's words name a host, and a socket has none.
        func failure(_ error: TransportError, asking action: String) -> CoupletError {
            lost(error.reason.hasPrefix("network.") ? "" : error.reason)
        }

        func refusal(_ answer: HTTPResponseMessage, asking action: String) -> CoupletError { lost("") }

        private func lost(_ detail: String) -> CoupletError {
            CoupletError("serve.answerLost", ["socket": path, "detail": detail], status: .tryLater)
        }
    }
}
