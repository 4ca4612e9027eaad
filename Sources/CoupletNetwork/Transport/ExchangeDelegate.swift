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

        /// Takes the whole lines out of a body that consists of such; only what has just come is looked through.
        mutating func lines(from start: Int) -> [[UInt8]] {
            guard head?.headers.first(name: "content-type")?.hasPrefix("application/x-ndjson") == true else {
                return []
            }
            var lines: [[UInt8]] = []
            var (begin, next) = (0, start)
            while let end = body[next...].firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(Array(body[begin..<end]))
                begin = end + 1
                next = begin
            }
            body.removeFirst(begin)
            return lines
        }
    }

    private let state = Mutex(State())
    private let largestBody: Int
    private let takesLine: (@Sendable ([UInt8]) -> Void)?

    /// Watches one exchange.
    /// - Parameters:
    ///   - largestBody: The most bytes that are collected.
    ///   - takesLine: Takes the lines of an answer that consists of such; nil where the answer is wanted whole.
    init(largestBody: Int, takesLine: (@Sendable ([UInt8]) -> Void)? = nil) {
        self.largestBody = largestBody
        self.takesLine = takesLine
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
        let lines: [[UInt8]]? = state.withLock { state in
            let present = state.body.count
            guard present + buffer.readableBytes <= largestBody else { return nil }
            state.body.append(contentsOf: buffer.readableBytesView)
            return takesLine == nil ? [] : state.lines(from: present)
        }
        guard let lines else { return task.eventLoop.makeFailedFuture(AnswerTooLarge(limit: largestBody)) }
        for line in lines { takesLine?(line) }
        return task.eventLoop.makeSucceededVoidFuture()
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
