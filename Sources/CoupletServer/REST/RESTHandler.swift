import CoupletCore
import CoupletEngine
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers the REST API: translates requests to actions, and results to JSON.
struct RESTHandler: Sendable {
    /// How many elements of a list are given at a time.
    private static let pageSizes = 1...1000

    let engine: Engine
    let access: Access
    let queue: ActionQueue
    let routes: Routes
    let files: any MappingFiles
    let failure: @Sendable (any Error) -> CoupletError
    let once: OnceStore

    /// Answers a request to a route.
    func answer(_ route: ActionRoute, _ request: Request, _ context: DeskContext) async throws -> Response {
        let identity = try signedIn(context)
        try access.check(route.right, of: identity)
        if !route.isSafe { try checkForm(request, identity) }
        var request = request
        let tree = try await self.tree(of: &request, route, context)
        var action = try route.any.read(tree)
        try await access.check(action, needs: route.right, by: identity)
        if let current = route.current, let read = try await self.current(current, request, context) {
            action = action.held(to: read)
        }
        if route.isSafe {
            let result = try await action.perform(
                ActionContext(engine: engine, startedBy: identity.user.name),
                for: identity
            )
            return try reply(result, route, request, context)
        }
        return try await change(action, route, tree, request, context, identity)
    }

    /// Who asks.
    /// - Throws: `Problem` where nobody is signed in, or their password must be changed first.
    func signedIn(_ context: DeskContext) throws -> Identity { try context.signedIn() }

    /// A change that a browser's session asks for carries the session's secret, so that no other site can ask for it.
    func checkForm(_ request: Request, _ identity: Identity) throws {
        guard let expected = identity.formToken else { return }
        let given = HTTPField.Name("X-CSRF-Token").flatMap { request.headers[$0] } ?? ""
        guard given.utf8.elementsEqual(expected.utf8) else { throw Problem(.forbidden, "request.forged") }
    }

    private func change(
        _ action: any PreparedAction,
        _ route: ActionRoute,
        _ tree: JSONTree,
        _ request: Request,
        _ context: DeskContext,
        _ identity: Identity
    ) async throws -> Response {
        let user = identity.user.name
        let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
        let print = Self.fingerprint(Data("\(route.method) \(route.path) ".utf8) + tree.data)
        if let key, let earlier = try await once.begin(key, of: user, print) {
            return Self.response(earlier.status, earlier.body ?? Data(), at: earlier.location)
        }
        if route.isShownOnce { return try await showOnce(action, key, context, identity) }
        let prefers = HTTPField.Name("Prefer").flatMap { request.headers[$0] } ?? ""
        let goesOn = prefers.lowercased().contains("respond-async")
        let performed = queue.begin(action, for: identity) { end in
            guard let key else { return }
            await once.settle(key, of: user, answer(to: end, goesOn: goesOn, context))
        }
        if goesOn {
            return Self.response(202, try actionTree(performed, context).data, at: Self.place(of: performed))
        }
        switch await performed.ended() {
        case .result(let result): return Self.response(200, try self.tree(of: result, context).data)
        case .failure(let error): throw Problem(error)
        case nil: throw Problem(CoupletError("action.interrupted", status: .interrupted))
        }
    }

    /// What is answered to a request that is sent again after its action has ended.
    /// - Returns: Nil where it failed: it may be asked again under the same key, as nothing came of it.
    private func answer(to end: PerformedAction.End, goesOn: Bool, _ context: DeskContext) -> OnceStore.Outcome? {
        guard case .result(let result) = end.outcome else { return nil }
        if !goesOn { return OnceStore.Outcome(status: 200, body: try? tree(of: result, context).data) }
        let tree = try? actionTree(end.action, end.outcome, endedAt: end.at, context)
        return OnceStore.Outcome(status: 202, body: tree?.data, location: Self.place(of: end.action))
    }

    /// Does what gives a secret: at once, and not among the actions that are remembered.
    private func showOnce(
        _ action: any PreparedAction,
        _ key: String?,
        _ context: DeskContext,
        _ identity: Identity
    ) async throws -> Response {
        let user = identity.user.name
        do {
            let result = try await action.perform(ActionContext(engine: engine, startedBy: user), for: identity)
            if let key { await once.settle(key, of: user, OnceStore.Outcome(status: 200)) }
            return Self.response(200, try tree(of: result, context).data)
        } catch {
            if let key { await once.settle(key, of: user, nil) }
            throw error
        }
    }

    private static func place(of performed: PerformedAction) -> String { "/api/v1/actions/\(performed.number)" }

    /// The request as the action's properties.
    private func tree(of request: inout Request, _ route: ActionRoute, _ context: DeskContext) async throws -> JSONTree
    {
        var members: [String: JSONTree] = [:]
        if route.isSafe {
            let paging: Set<String> = route.list == nil ? [] : ["limit", "cursor"]
            var texts: [String: [String]] = [:]
            for (name, value) in request.uri.queryParameters where !paging.contains(String(name)) {
                texts[String(name), default: []].append(String(value))
            }
            try RequestReader.checkNames(of: texts.mapValues { _ in .null }, route.request)
            for property in route.request {
                if let given = texts[property.name] {
                    members[property.name] = try RequestReader.value(given, of: property)
                }
            }
        } else {
            let buffer = try await request.collectBody(upTo: ActionLimit.largest)
            let data = Data(buffer.readableBytesView)
            members = try data.isEmpty ? [:] : Self.object(data)
            try RequestReader.checkNames(of: members, route.request)
        }
        for (name, value) in route.defaults where members[name] == nil { members[name] = value }
        for (name, value) in route.fixed { members[name] = value }
        for property in route.pathSchemas {
            members[property.name] = try RequestReader.value([context.path(property.name)], of: property)
        }
        return .object(members)
    }

    private static func object(_ data: Data) throws -> [String: JSONTree] {
        do {
            if case .object(let members) = try JSONTree(data: data) { return members }
        } catch {
            throw Problem(.badRequest, "request.notJSON", ["detail": String(describing: error)])
        }
        throw Problem(.badRequest, "request.notObject")
    }

    /// What a change is made to, where the request names it by its entity tag.
    /// - Returns: It, as it is now; nil where the request names nothing.
    /// - Throws: `Problem` where it has changed since it was read.
    private func current(
        _ path: String,
        _ request: Request,
        _ context: DeskContext
    ) async throws -> (any Codable & Sendable)? {
        guard let wanted = request.headers[.ifMatch], wanted != "*" else { return nil }
        guard let route = routes.all.first(where: { $0.method == .get && $0.path == path }) else { return nil }
        var members: [String: JSONTree] = [:]
        for property in route.pathSchemas { members[property.name] = .string(context.path(property.name)) }
        let identity = try signedIn(context)
        let result = try await route.any.read(.object(members)).perform(
            ActionContext(engine: engine, startedBy: identity.user.name),
            for: identity
        )
        let tag = Self.entityTag(try tree(of: result, context).data)
        guard wanted.split(separator: ",").contains(where: { $0.filter { $0 != " " } == tag }) else {
            throw Problem(.preconditionFailed, "request.changedSince")
        }
        return result
    }

    private func reply(
        _ result: any Codable & Sendable,
        _ route: ActionRoute,
        _ request: Request,
        _ context: DeskContext
    ) throws -> Response {
        var tree = try tree(of: result, context)
        // The tag is that of the whole list, whichever page of it is asked for.
        let tag = Self.entityTag(tree.data)
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: [.eTag: tag]) }
        var headers: HTTPFields = [.eTag: tag]
        if let list = route.list, let next = try page(&tree, list, request), let link = HTTPField.Name("Link") {
            headers[link] = "<\(next)>; rel=\"next\""
        }
        var response = Self.response(200, tree.data)
        response.headers.append(contentsOf: headers)
        return response
    }

    /// Cuts a list to the page that is asked for.
    /// - Returns: The address of the next page; nil for the last.
    private func page(_ tree: inout JSONTree, _ list: String, _ request: Request) throws -> String? {
        let query = request.uri.queryParameters
        let limit = try number("limit", query["limit"].map(String.init), Self.pageSizes) ?? 100
        let start = try number("cursor", query["cursor"].map(String.init), 0...Int.max) ?? 0
        guard let elements = tree[list]?.elements else { return nil }
        tree[list] = .array(Array(elements.dropFirst(start).prefix(limit)))
        tree["total"] = .integer(Int64(elements.count))
        guard start + limit < elements.count else {
            tree["next"] = .null
            return nil
        }
        var parts = query.filter { $0.key != "cursor" }.map { "\($0.key)=\(Self.escaped(String($0.value)))" }
        parts.append("cursor=\(start + limit)")
        let next = request.uri.path + "?" + parts.joined(separator: "&")
        tree["next"] = .string(next)
        return next
    }

    private func number(_ name: String, _ text: String?, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(.badRequest, "request.wrongValue", ["name": name, "value": text, "known": ""])
        }
        return number
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    /// A result as JSON.
    func tree(of result: any Codable & Sendable, _ context: DeskContext) throws -> JSONTree {
        let encoder = ResultEncoder(context.language)
        if let shaped = result as? any RESTShaped { return try shaped.restTree(encoder, files) }
        return try encoder.tree(result)
    }

    static func entityTag(_ data: Data) -> String { "\"" + fingerprint(data).prefix(32) + "\"" }

    private static func fingerprint(_ data: Data) -> String {
        SHA256.hash(data: data).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }

    static func response(_ status: Int, _ body: Data, at place: String? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.location] = place
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
