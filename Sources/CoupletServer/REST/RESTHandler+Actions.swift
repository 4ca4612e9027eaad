import CoupletCore
import CoupletEngine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Actions that run: who started them, how far they are, and what came of them.
extension RESTHandler {
    /// The actions of the one who asks; an administrator of all mappings sees everybody's.
    func actions(_ context: DeskContext) throws -> Response {
        let identity = try signedIn(context)
        let seen = queue.all().filter { Self.sees($0, identity) }
        let trees = try seen.map { try actionTree($0, context) }
        return Self.response(200, JSONTree.object(["actions": .array(trees)]).data)
    }

    /// One action.
    func action(_ context: DeskContext) throws -> Response {
        Self.response(200, try actionTree(try known(context), context).data)
    }

    /// Asks an action to stop.
    func cancel(_ request: Request, _ context: DeskContext) throws -> Response {
        let performed = try known(context)
        try checkForm(request, try signedIn(context))
        performed.cancel()
        return Self.response(202, try actionTree(performed, context).data)
    }

    /// What happens to an action, as server-sent events: `progress` while it runs, then `end` with all of it.
    func events(_ context: DeskContext) throws -> Response {
        let performed = try known(context)
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                var last: ProgressEvent?
                for await _ in performed.news() {
                    if performed.outcome != nil { break }
                    guard let progress = performed.progress, progress != last else { continue }
                    last = progress
                    let tree = try ResultEncoder(context.language).tree(progress)
                    try await writer.write(Self.event("progress", tree))
                }
                try await writer.write(Self.event("end", try actionTree(performed, context)))
                try await writer.finish(nil)
            }
        )
    }

    /// An action as JSON.
    func actionTree(_ performed: PerformedAction, _ context: DeskContext) throws -> JSONTree {
        try actionTree(performed, performed.outcome, endedAt: performed.endedAt, context)
    }

    /// An action as JSON, with an end that others may not know of yet.
    func actionTree(
        _ performed: PerformedAction,
        _ outcome: PerformedAction.Outcome?,
        endedAt: Instant?,
        _ context: DeskContext
    ) throws -> JSONTree {
        let encoder = ResultEncoder(context.language)
        let (state, result, error): (String, JSONTree, JSONTree) =
            switch outcome {
            case nil: ("running", .null, .null)
            case .result(let result): ("done", try tree(of: result, context), .null)
            case .failure(let failure): ("failed", .null, Problem(failure).tree(context.words))
            }
        return .object([
            "id": .integer(Int64(performed.number)), "action": .string(performed.name),
            "startedBy": .string(performed.startedBy), "startedAt": .string(performed.startedAt.description),
            "endedAt": endedAt.map { .string($0.description) } ?? .null,
            "state": .string(state),
            "progress": try performed.progress.map { try encoder.tree($0) } ?? .null,
            "result": result, "error": error,
        ])
    }

    private func known(_ context: DeskContext) throws -> PerformedAction {
        let identity = try signedIn(context)
        let text = context.path("id")
        guard let number = Int(text), let performed = queue.action(number), Self.sees(performed, identity) else {
            throw Problem(.notFound, "request.unknownAction", ["id": text])
        }
        return performed
    }

    static func sees(_ performed: PerformedAction, _ identity: Identity) -> Bool {
        performed.startedBy == identity.user.name || identity.may(everywhere: .setUp)
    }

    private static func event(_ name: String, _ tree: JSONTree) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(String(decoding: tree.data, as: UTF8.self))\n\n")
    }
}
