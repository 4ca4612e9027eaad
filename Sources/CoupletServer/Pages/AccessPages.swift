import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Signing in and out, passwords, tokens and the language.
extension Desk {
    func addAccess(to router: Router<DeskContext>) {
        router.get("/sign-in") { request, context in
            let query = FormValues(encoded: request.uri.query ?? "")
            return try await signInPage(context, name: "", back: query["back"] ?? "/", nil)
        }
        router.post("/sign-in") { request, context in try await signIn(request, context) }
        addProvider(to: router)
        router.get("/sign-in/{token}") { _, context in
            do {
                let (session, _) = try await engine.access.signIn(link: context.path("token"))
                return signedIn(session, Self.redirect("/"))
            } catch let error as CoupletError {
                return try await signInPage(context, name: "", back: "/", error.message)
            }
        }
        router.get("/password") { request, context in
            guard let identity = context.identity else { return Self.redirect("/sign-in") }
            let query = FormValues(encoded: request.uri.query ?? "")
            return passwordPage(context, identity, back: Visit.local(query["back"], or: "/"), nil)
        }
        router.post("/password") { request, context in try await changePassword(request, context) }
        router.post("/sign-out") { request, context in
            // Open to everybody who is signed in: whoever has a password for one sign-in may leave without using it.
            guard let identity = context.identity else { return Self.toSignIn(request) }
            return try await take(request, context, identity, signOut)
        }
        router.post("/language") { request, _ in
            let form = try await Self.form(request)
            let language = form["language"].flatMap { Language($0) } ?? .english
            var response = Self.redirect(Visit.afterForm(Visit.local(form["back"], or: "/")))
            response.setCookie(
                Cookie(
                    name: Gatekeeper.languageCookie,
                    value: language.code,
                    maxAge: 31_536_000,
                    path: "/",
                    secure: settings.isSecure,
                    sameSite: .lax
                )
            )
            return response
        }
        page(router, "/account") { visit in try await account(visit, made: nil) }
        send(router, "/account/tokens", addToken)
        send(router, "/account/tokens/{number}/remove", removeToken)
    }

    private func signIn(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await Self.form(request)
        let name = form["name"] ?? ""
        let back = form["back"] ?? "/"
        if let seconds = signIns.take(context.address, at: engine.clock.now) {
            let message = Message("request.tooMany", ["seconds": String(seconds)])
            return try await signInPage(context, name: name, back: back, message)
        }
        // Nobody is signed in by another site's form.
        guard Self.isOwn(request) else {
            return try await signInPage(context, name: name, back: "/", Message("request.forged"))
        }
        do {
            let (session, identity) = try await engine.access.signIn(name, password: form["password"] ?? "")
            let target = Visit.local(back, or: "/")
            guard !identity.mustChangePassword else {
                let query = target == "/" ? "" : "?back=" + FormValues.encoded(target)
                return signedIn(session, Self.redirect("/password" + query))
            }
            return signedIn(session, Self.redirect(Visit.afterForm(target)))
        } catch let error as CoupletError {
            return try await signInPage(context, name: name, back: back, error.message)
        }
    }

    /// Whether a request comes from the desk's own pages, or from nobody's, as far as the browser says.
    static func isOwn(_ request: Request) -> Bool {
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
        return site == nil || site == "same-origin" || site == "none"
    }

    func signedIn(_ session: String, _ response: Response) -> Response {
        var response = response
        response.setCookie(
            Cookie(
                name: Gatekeeper.sessionCookie,
                value: session,
                path: "/",
                secure: settings.isSecure,
                httpOnly: true,
                sameSite: .lax
            )
        )
        return response
    }

    func signInPage(
        _ context: DeskContext,
        name: String,
        back: String,
        _ message: Message?,
        status: HTTPResponse.Status = .unauthorized
    ) async throws -> Response {
        let content: [String: Any] = [
            "name": name, "back": back, "hasProvider": try await engine.signIn.isOffered,
            "providerPath": Self.providerPath + "?back=" + FormValues.encoded(back),
            "error": message.map { context.words.text($0) } as Any,
            "remedy": message.flatMap { context.words.remedy($0) } as Any,
        ]
        return alone("signIn", "desk.signIn", content, context, message == nil ? .ok : status)
    }

    private func passwordPage(
        _ context: DeskContext,
        _ identity: Identity,
        back: String,
        _ message: Message?
    ) -> Response {
        let content: [String: Any] = [
            "name": identity.user.name, "back": back, "csrf": identity.formToken ?? "",
            "isForced": identity.mustChangePassword,
            "error": message.map { context.words.text($0) } as Any,
            "remedy": message.flatMap { context.words.remedy($0) } as Any,
        ]
        return alone("password", "desk.changePassword", content, context, message == nil ? .ok : .badRequest)
    }

    private func alone(
        _ template: String,
        _ title: String,
        _ content: [String: Any],
        _ context: DeskContext,
        _ status: HTTPResponse.Status
    ) -> Response {
        let frame: [String: Any] = [
            "language": context.language.code, "title": context.words.text(title), "icons": Icons.sprite,
            "body": templates.render(template, content, context.language),
        ]
        return Self.html(templates.render("alone", frame, context.language), status)
    }

    private func changePassword(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let identity = context.identity else { return Self.redirect("/sign-in") }
        let form = try await Self.form(request)
        let back = Visit.local(form["back"], or: "/")
        do {
            try Self.checkForm(form, identity)
            guard let new = form["new"], new == form["again"] else {
                throw CoupletError("access.twoPasswords", status: .wrongUse)
            }
            let (session, _) = try await engine.access.changePassword(
                of: identity.user.name,
                from: form["present"] ?? "",
                to: new
            )
            return signedIn(session, Self.redirect(Visit.afterForm(back)))
        } catch let error as CoupletError {
            return passwordPage(context, identity, back: back, error.message)
        }
    }

    private func signOut(_ visit: Visit) async throws -> Response {
        if let session = visit.session { try await engine.access.signOut(session: session) }
        var response = Self.redirect("/sign-in")
        response.setCookie(
            Cookie(name: Gatekeeper.sessionCookie, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .lax)
        )
        return response
    }

    private func account(_ visit: Visit, made: String?) async throws -> Response {
        let user = visit.identity.user
        let tokens = try await ListTokens(user: user.name).perform(
            in: ActionContext(engine: engine, startedBy: user.name)
        ).tokens
        let content: [String: Any] = [
            "user": user.fullName.isEmpty ? user.name : user.fullName, "name": user.name,
            "role": visit.words.text("role.\(user.role.rawValue)"),
            "mappings": user.mappings?.joined(separator: ", ") ?? visit.words.text("user.allMappings"),
            "hasPassword": user.provided == nil, "made": made as Any, "hasTokens": !tokens.isEmpty,
            "tokens": tokens.map { token -> [String: Any] in
                ["label": token.label, "number": token.number, "ends": visit.format.element(token.endsAt)]
            },
        ]
        let page = Page(title: visit.words.text("desk.account"), section: "", template: "account", content: content)
        return try await response(page, visit)
    }

    /// Everybody manages tokens of their own, which can do no more than they.
    private func addToken(_ visit: Visit) async throws -> Response {
        let name = visit.identity.user.name
        let action = AddToken(user: name, label: visit.form["label"] ?? "")
        let made = try await action.perform(in: ActionContext(engine: engine, startedBy: name))
        return try await account(visit, made: made.text)
    }

    private func removeToken(_ visit: Visit) async throws -> Response {
        let name = visit.identity.user.name
        let action = RemoveToken(user: name, number: visit.name("number"))
        _ = try await action.perform(in: ActionContext(engine: engine, startedBy: name))
        return Self.redirect("/account")
    }
}
