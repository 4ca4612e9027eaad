import AsyncHTTPClient
import CoupletPorts
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects one answer and remembers whether the request has left.
///
/// The client's own errors do not say whether anything was sent: a closed connection is reported alike before the first
/// byte and after the last one. Only a request whose head was never written may be repeated, so this is watched here.
final class ExchangeDelegate: HTTPClientResponseDelegate {
    typealias Response = HTTPResponseMessage

    private struct State {
        var sent = false
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    private let state = Mutex(State())
    private let largestBody: Int

    init(largestBody: Int) {
        self.largestBody = largestBody
    }

    /// Whether the request's head was written to a connection.
    var sent: Bool { state.withLock { $0.sent } }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        state.withLock { $0.sent = true }
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let fits = announced <= largestBody
        state.withLock { state in
            state.head = head
            if fits { state.body.reserveCapacity(announced) }
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture()
            : task.eventLoop.makeFailedFuture(AnswerTooLarge(limit: largestBody))
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock { state in
            guard state.body.count + buffer.readableBytes <= largestBody else { return false }
            state.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture()
            : task.eventLoop.makeFailedFuture(AnswerTooLarge(limit: largestBody))
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        try state.withLock { state in
            guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
            let headers = head.headers.map { HTTPHeader($0.name, $0.value) }
            return HTTPResponseMessage(status: Int(head.status.code), headers: headers, body: state.body)
        }
    }
}

/// The answer is larger than the transport allows.
struct AnswerTooLarge: Error, CustomStringConvertible {
    let limit: Int

    var description: String { "the answer is larger than \(limit) bytes" }
}
