package import CoupletCore
package import CoupletEngine
import CoupletPorts
import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
package import ServiceLifecycle

/// Performs actions for whoever may open its socket: `POST /actions/NAME` with the action's JSON, answered line by line.
///
/// Access is the socket file's own permission; nobody signs in here.
package struct ActionServer: Sendable {
    private static let largestAction = 16 << 20

    private let engine: Engine
    private let failure: @Sendable (any Error) -> CoupletError
    private let logger: Logger

    /// Makes a server.
    /// - Parameters:
    ///   - engine: Performs the actions.
    ///   - logger: Takes starts, stops and defects.
    ///   - failure: What an error means to a person.
    package init(engine: Engine, logger: Logger, failure: @escaping @Sendable (any Error) -> CoupletError) {
        self.engine = engine
        self.logger = logger
        self.failure = failure
    }

    /// What listens as long as its service group runs; running actions are interrupted when that ends.
    /// - Parameters:
    ///   - socket: The socket's path, which is free.
    ///   - whenListening: Called when commands are accepted.
    /// - Returns: The service.
    package func service(socket: String, whenListening: @escaping @Sendable () async -> Void) -> any Service {
        Application(
            router: router(),
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
            onServerRunning: { _ in await whenListening() },
            logger: logger
        )
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/actions/:name") { request, context in
            let name = try context.parameters.require("name")
            guard let action = ActionRegistry.action(named: name) else {
                return lineResponse(
                    .notFound,
                    CoupletError("action.unknown", ["action": name], status: .wrongUse)
                )
            }
            return try await answer(request, action)
        }
        return router
    }

    private func answer<A: Action>(_ request: Request, _ type: A.Type) async throws -> Response {
        var request = request
        let body = try await request.collectBody(upTo: ActionServer.largestAction)
        let action: A
        do {
            action = try OutsideJSON.decode(A.self, from: body.readableBytesView)
        } catch {
            let detail = String(describing: error)
            return lineResponse(
                .badRequest,
                CoupletError("action.malformed", ["action": A.name, "detail": detail], status: .wrongUse)
            )
        }
        let startedBy = HTTPField.Name(ActionHeader.startedBy).flatMap { request.headers[$0] } ?? "?"
        let whole = request
        return Response(
            status: .ok,
            headers: ActionServer.headers,
            body: ResponseBody { writer in
                try await whole.body.consumeWithCancellationOnInboundClose { _ in
                    try await perform(action, startedBy: startedBy, to: &writer)
                }
                try await writer.finish(nil)
            }
        )
    }

    private func perform(
        _ action: some Action,
        startedBy: String,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        let (lines, source) = AsyncStream<ByteBuffer>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                source.yield(await lastLine(of: action, startedBy: startedBy) { source.yield($0) })
                source.finish()
            }
            for await line in lines { try await writer.write(line) }
            try await group.waitForAll()
        }
    }

    private func lastLine<A: Action>(
        of action: A,
        startedBy: String,
        progress: @escaping @Sendable (ByteBuffer) -> Void
    ) async -> ByteBuffer {
        do {
            let result = try await cancelWhenGracefulShutdown {
                let context = ActionContext(engine: engine, startedBy: startedBy) { event in
                    progress(encoded(ActionLine<A.Result>.progress(event)))
                }
                return try await RequestID.$current.withValue(RequestID.made(by: engine)) {
                    try await action.perform(in: context)
                }
            }
            return encoded(ActionLine<A.Result>.result(result))
        } catch {
            let failure = failure(error)
            if failure.status == .defect {
                logger.error("An action failed", metadata: ["action": "\(A.name)", "error": "\(failure.message)"])
            }
            return encoded(ActionLine<A.Result>.error(failure))
        }
    }

    private static var headers: HTTPFields { [.contentType: "application/x-ndjson"] }

    private func lineResponse(_ status: HTTPResponse.Status, _ error: CoupletError) -> Response {
        let line = encoded(ActionLine<Bool>.error(error))
        return Response(status: status, headers: ActionServer.headers, body: ResponseBody(byteBuffer: line))
    }

    private func encoded<Result>(_ line: ActionLine<Result>) -> ByteBuffer {
        do {
            var buffer = ByteBuffer(bytes: try JSONEncoder().encode(line))
            buffer.writeInteger(UInt8(ascii: "\n"))
            return buffer
        } catch {
            logger.error("An answer could not be encoded", metadata: ["error": "\(error)"])
            return ByteBuffer()
        }
    }
}
