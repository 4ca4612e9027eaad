import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts
import CoupletServer
import Foundation
import Synchronization

/// Where another process takes actions, and what it means that it does not answer as it should.
protocol ActionDoor: Sendable {
    /// Where an action is asked for.
    func address(of action: String) -> String
    /// What tells who asks.
    var headers: [HTTPHeader] { get }
    /// Why there is no answer.
    func failure(_ error: TransportError, asking action: String) -> CoupletError
    /// Why an answer holds neither a result nor an error.
    func refusal(_ answer: HTTPResponseMessage, asking action: String) -> CoupletError
}

/// Performs actions in another process, which answers line by line; none is ever sent twice.
struct CallingPerformer<Door: ActionDoor>: ActionPerformer {
    let door: Door
    let transport: AsyncHTTPTransport

    func perform<A: Action>(_ action: A, progress: @escaping ProgressSink) async throws -> A.Result {
        let body = [UInt8](try JSONEncoder().encode(action))
        guard body.count <= ActionLimit.largest else { throw ActionLimit.exceeded }
        let reading = AnswerReading<A>(progress)
        let answer: HTTPResponseMessage
        do {
            answer = try await transport.send(request(A.name, body)) { reading.take($0) }
        } catch {
            // What the last line said counts, however the connection ended after it.
            if let result = try reading.end(by: nil) { return result }
            try Task.checkCancellation()
            throw door.failure(error, asking: A.name)
        }
        if let result = try reading.end(by: answer.header(ActionHeader.version)) { return result }
        try Task.checkCancellation()
        throw door.refusal(answer, asking: A.name)
    }

    private func request(_ action: String, _ body: [UInt8]) -> HTTPRequestMessage {
        HTTPRequestMessage(
            method: "POST",
            url: door.address(of: action),
            headers: [
                HTTPHeader("content-type", "application/json"), HTTPHeader("accept", "application/x-ndjson"),
                // What packs an answer holds its lines back.
                HTTPHeader("accept-encoding", "identity"),
                // Every action has a connection of its own: a kept one may be closed just when it is used again.
                HTTPHeader("connection", "close"), HTTPHeader(ActionHeader.version, ProductVersion.text),
            ] + door.headers,
            body: body
        )
    }
}

/// What the lines of an answer say.
private final class AnswerReading<A: Action>: Sendable {
    private enum End: Sendable {
        case result(A.Result)
        case error(CoupletError)
        /// It cannot be read, because of this property.
        case unreadable(String)
    }

    /// A line that says how far it is, in whatever words.
    private struct AnyProgress: Decodable {
        struct Anything: Decodable {
            init(from decoder: any Decoder) {}
        }

        let progress: Anything
    }

    private let last = Mutex<End?>(nil)
    private let progress: ProgressSink

    init(_ progress: @escaping ProgressSink) { self.progress = progress }

    func take(_ line: [UInt8]) {
        guard !line.isEmpty else { return }
        let end: End
        do {
            switch try OutsideJSON.decode(ActionLine<A.Result>.self, from: line) {
            case .progress(let event): return progress(event)
            case .result(let result): end = .result(result)
            case .error(let error): end = .error(error)
            }
        } catch {
            // How far it is matters less than what comes of it: a newer server may have words for that of its own.
            if (try? OutsideJSON.decode(AnyProgress.self, from: line)) != nil { return }
            end = .unreadable((error as? DecodingError)?.property ?? "")
        }
        last.withLock { $0 = end }
    }

    /// What came of the action.
    /// - Parameter version: The version of who answered; nil where it is not known.
    /// - Returns: The result; nil where no line has said what came of it.
    /// - Throws: The error that the answer says, or that it cannot be read.
    func end(by version: String?) throws -> A.Result? {
        switch last.withLock({ $0 }) {
        case nil: return nil
        case .result(let result)?: return result
        case .error(let error)?: throw error
        case .unreadable(let property)?:
            throw CoupletError(
                "action.otherAnswer",
                [
                    "action": A.name, "property": property, "client": ProductVersion.text, "server": version ?? "",
                ],
                status: .wrongConfiguration
            )
        }
    }
}

extension TransportError {
    /// What happened, in the network's words; it names the host at most.
    var reason: String {
        switch self {
        case .notSent(let reason), .addressUnknown(let reason), .answerLost(let reason): reason
        case .cancelled: "detail.cancelled"
        }
    }
}
