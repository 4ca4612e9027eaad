import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Performs actions and answers line by line: `POST /actions/NAME` with the action's JSON.
///
/// The socket and the desk differ in who may ask for what, and in nothing else.
struct ActionAnswers: Sendable {
    let engine: Engine
    let logger: Logger
    let failure: @Sendable (any Error) -> CoupletError

    /// Answers the actions' address.
    /// - Parameters:
    ///   - router: Gets the address.
    ///   - opened: Who may ask for what; throws where nobody is let in.
    func add<Context: RequestContext, Gate: ActionGate>(
        to router: Router<Context>,
        gate opened: @escaping @Sendable (Request, Context) throws -> Gate
    ) {
        // The name of the path's value is that of the page below the same path.
        router.post("/actions/{id}") { request, context in
            do {
                let gate = try opened(request, context)
                let name = try context.parameters.require("id")
                let client = HTTPField.Name(ActionHeader.version).flatMap { request.headers[$0] }
                let version = client.flatMap(RequestNames.accepted)
                guard let type = ActionRegistry.action(named: name) else {
                    let versions = ActionReader.versions(version, name)
                    throw CoupletError("action.unknown", versions, status: .wrongConfiguration)
                }
                return try await answer(request, type, version, gate)
            } catch {
                return refusal(error)
            }
        }
    }

    private func answer<A: Action>(
        _ request: Request,
        _ type: A.Type,
        _ client: String?,
        _ gate: some ActionGate
    ) async throws -> Response {
        try gate.check(type)
        var request = request
        let body = try await request.collectBody(upTo: ActionLimit.largest)
        let action = try await gate.admit(try ActionReader.read(type, from: body.readableBytesView, client: client))
        let name = RequestID.current ?? RequestID.made(by: engine)
        let whole = request
        return Response(
            status: .ok,
            headers: Self.headers,
            body: ResponseBody { writer in
                try await whole.body.consumeWithCancellationOnInboundClose { _ in
                    try await perform(action, request: name, to: &writer)
                }
                try await writer.finish(nil)
            }
        )
    }

    private func perform(
        _ action: AdmittedAction<some Action>,
        request: String,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        // Whoever reads slowly misses progress, never the end.
        let (lines, source) = AsyncStream<ByteBuffer>.makeStream(bufferingPolicy: .bufferingNewest(1000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                source.yield(await lastLine(of: action, request: request) { source.yield($0) })
                source.finish()
            }
            group.addTask { await breakSilence { source.yield(ByteBuffer(string: "\n")) } }
            for await line in lines { try await writer.write(line) }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Says from time to time that somebody is there: what stands between two machines closes connections that are silent.
    private func breakSilence(_ beat: @Sendable () -> Void) async {
        let clock = engine.clock
        while (try? await clock.sleep(until: clock.now.advanced(bySeconds: ActionLimit.silence))) != nil { beat() }
    }

    private func lastLine<A: Action>(
        of action: AdmittedAction<A>,
        request: String,
        progress: @escaping @Sendable (ByteBuffer) -> Void
    ) async -> ByteBuffer {
        do {
            let result = try await cancelWhenGracefulShutdown {
                let context = ActionContext(engine: engine, startedBy: action.startedBy) { event in
                    progress(encoded(ActionLine<A.Result>.progress(event)))
                }
                return try await RequestID.$current.withValue(request) { try await action.perform(context) }
            }
            return encoded(ActionLine<A.Result>.result(result), concealsUnkept: action.concealsUnkept)
        } catch {
            let failure = failure(error)
            if failure.status == .defect {
                logger.error("An action failed", metadata: ["action": "\(A.name)", "error": "\(failure.message)"])
            }
            return encoded(ActionLine<A.Result>.error(failure))
        }
    }

    private static var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: "application/x-ndjson"]
        if let version = HTTPField.Name(ActionHeader.version) { headers[version] = ProductVersion.text }
        // A proxy that gathers answers would hold progress back.
        if let buffering = HTTPField.Name("X-Accel-Buffering") { headers[buffering] = "no" }
        return headers
    }

    /// Why nothing was begun, as the answer's only line.
    private func refusal(_ error: any Error) -> Response {
        var headers = Self.headers
        let known: CoupletError
        let status: HTTPResponse.Status
        switch error {
        case let problem as Problem:
            known = CoupletError(problem.message.code, problem.message.arguments, status: .notAllowed)
            status = problem.status
            headers.append(contentsOf: problem.fields)
            // Whoever is not let in is not told what runs here.
            if let version = HTTPField.Name(ActionHeader.version) { headers[version] = nil }
        case is NIOTooManyBytesError:
            known = ActionLimit.exceeded
            status = .contentTooLarge
        default:
            known = failure(error)
            status = Problem(known).status
            if known.status == .defect {
                logger.error("An action could not be asked for", metadata: ["error": "\(known.message)"])
            }
        }
        let line = encoded(ActionLine<Bool>.error(known))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: line))
    }

    private func encoded<Result>(_ line: ActionLine<Result>, concealsUnkept: Bool = false) -> ByteBuffer {
        do {
            let json = [UInt8](try JSONEncoder().encode(line))
            var buffer = ByteBuffer(bytes: concealsUnkept ? UnkeptText.concealed(in: json) : json)
            buffer.writeInteger(UInt8(ascii: "\n"))
            return buffer
        } catch {
            logger.error("An answer could not be encoded", metadata: ["error": "\(error)"])
            return ByteBuffer()
        }
    }
}
