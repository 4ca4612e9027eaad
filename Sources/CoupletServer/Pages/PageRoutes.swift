import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The addresses of the pages.
extension Desk {
    private static let largestForm = 2 << 20

    /// Answers every page's address.
    func add(to router: Router<DeskContext>) {
        addAssets(to: router)
        addAccess(to: router)
        page(router, "/", home)
        page(router, "/search", search)
        page(router, "/actions/{id}", running)
        send(router, "/actions/{id}/cancel", cancel)
        page(router, "/records", anyRecords)
        page(router, "/records/{mapping}", records)
        page(router, "/records/{mapping}/coupling", coupling)
        send(router, "/records/{mapping}/coupling", couple)
        page(router, "/records/{mapping}/synchronize", synchronization)
        send(router, "/records/{mapping}/synchronize", synchronize)
        page(router, "/records/{mapping}/uncouple", uncoupling)
        send(router, "/records/{mapping}/uncouple", uncouple)
        page(router, "/records/{mapping}/matching", matching)
        send(router, "/records/{mapping}/matching", match)
        page(router, "/records/{mapping}/show/{key}", record)
        page(router, "/match", matchReview)
        page(router, "/conflicts", openItems)
        page(router, "/conflicts/{id}", conflict)
        send(router, "/conflicts/{id}", resolve)
        page(router, "/questions/{id}", question)
        send(router, "/questions/{id}", answer)
        page(router, "/errors", errors)
        send(router, "/errors", retryAll)
        page(router, "/errors/{cause}", error)
        send(router, "/errors/{cause}", settle)
        page(router, "/plans", plans)
        page(router, "/plans/{id}", plan)
        send(router, "/plans/{id}", decide)
        page(router, "/jobs", jobs)
        page(router, "/jobs/{id}", job)
        send(router, "/undo", undo)
        addOpening(to: router)
        addSetup(to: router)
    }

    private func addSetup(to router: Router<DeskContext>) {
        page(router, "/mappings", mappings)
        page(router, "/mappings/{mapping}", mapping)
        send(router, "/mappings/{mapping}", changeMapping)
        page(router, "/mappings/{mapping}/settings", mappingSettings)
        send(router, "/mappings/{mapping}/settings", changeMappingSettings)
        page(router, "/mappings/{mapping}/field", fieldMapping)
        send(router, "/mappings/{mapping}/field", changeFieldMapping)
        page(router, "/review", review)
        send(router, "/review", runReview)
        page(router, "/connections", connections)
        send(router, "/connections", changeConnections)
        page(router, "/connections/{connection}", connection)
        send(router, "/connections/{connection}", setConnection)
        page(router, "/users", users)
        send(router, "/users", addUser)
        page(router, "/users/{user}", user)
        send(router, "/users/{user}", changeUser)
        page(router, "/audit", audit)
        page(router, "/settings", settingsPage)
        page(router, "/alerts", alerts)
        send(router, "/alerts", changeAlerts)
    }

    /// Whether somebody comes in.
    private enum Entry {
        case open(Identity)
        case elsewhere(Response)
    }

    /// Nobody comes in who is not signed in, or only with a password for one sign-in.
    private static func entry(_ request: Request, _ context: DeskContext) -> Entry {
        guard let identity = context.identity else { return .elsewhere(toSignIn(request)) }
        return identity.mustChangePassword ? .elsewhere(redirect("/password")) : .open(identity)
    }

    /// A page for whoever is signed in with a password of their own.
    func page(
        _ router: Router<DeskContext>,
        _ path: String,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.on(RouterPath(path), method: .get) { request, context in
            switch Self.entry(request, context) {
            case .open(let identity):
                let visit = Self.visit(request, context, identity, FormValues())
                return try await answer(visit) { try await handler(visit) }
            case .elsewhere(let response): return response
            }
        }
    }

    /// A form that somebody who is signed in with a password of their own sends.
    func send(
        _ router: Router<DeskContext>,
        _ path: String,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.on(RouterPath(path), method: .post) { request, context in
            switch Self.entry(request, context) {
            case .open(let identity): return try await take(request, context, identity, handler)
            case .elsewhere(let response): return response
            }
        }
    }

    /// Answers a form, if it comes from a page of the sender's own session.
    func take(
        _ request: Request,
        _ context: DeskContext,
        _ identity: Identity,
        _ handler: (Visit) async throws -> Response
    ) async throws -> Response {
        let form = try await Self.form(request)
        let visit = Self.visit(request, context, identity, form)
        return try await answer(visit) {
            try Self.checkForm(form, identity)
            return try await handler(visit)
        }
    }

    static func checkForm(_ form: FormValues, _ identity: Identity) throws {
        guard let expected = identity.formToken, form["csrf"] == expected else {
            throw CoupletError("request.forged", status: .notAllowed)
        }
    }

    static func form(_ request: Request) async throws -> FormValues {
        var request = request
        let body = try await request.collectBody(upTo: largestForm)
        return FormValues(encoded: String(decoding: body.readableBytesView, as: UTF8.self))
    }

    static func toSignIn(_ request: Request) -> Response {
        let back = request.method == .get ? request.uri.string : "/"
        return redirect("/sign-in?back=" + FormValues.encoded(back))
    }

    static func visit(
        _ request: Request,
        _ context: DeskContext,
        _ identity: Identity,
        _ form: FormValues
    ) -> Visit {
        var names: [String: String] = [:]
        for (name, _) in context.parameters { names[String(name)] = context.path(String(name)) }
        return Visit(
            identity: identity,
            words: DeskWords(context.language, isForPages: true),
            path: request.uri.string,
            query: FormValues(encoded: request.uri.query ?? ""),
            form: form,
            names: names,
            session: context.session
        )
    }

    /// A page, or what went wrong as a page.
    private func answer(_ visit: Visit, _ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch {
            let problem = (error as? Problem) ?? Problem(failure(error))
            let status = problem.status
            let page = Page(
                title: visit.words.text("desk.problem"),
                section: "",
                template: "problem",
                content: [
                    "title": visit.words.text("desk.problem"), "text": visit.words.text(problem.message),
                    "remedy": visit.words.remedy(problem.message) as Any, "back": visit.back(or: "/"),
                ],
                status: status
            )
            return try await response(page, visit)
        }
    }

    private func addAssets(to router: Router<DeskContext>) {
        let assets = [
            ("desk.css", "text/css; charset=utf-8", Style.sheet), ("desk.js", "text/javascript", Script.module),
            ("mark.svg", "image/svg+xml", Icons.favicon),
        ]
        for (name, type, text) in assets {
            let tag = RESTHandler.entityTag(Data(text.utf8))
            router.get(RouterPath("/assets/" + name)) { request, _ in
                let fields: HTTPFields = [.contentType: type, .eTag: tag, .cacheControl: "no-cache"]
                if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: fields) }
                return Response(
                    status: .ok,
                    headers: fields,
                    body: ResponseBody(byteBuffer: ByteBuffer(string: text))
                )
            }
        }
    }
}
