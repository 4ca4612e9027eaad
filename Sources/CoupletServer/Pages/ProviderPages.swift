import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes
import Hummingbird
import Logging

/// Signing in with a provider: the way there and back.
extension Desk {
    /// Where a sign-in with the provider begins.
    static let providerPath = "/oidc/begin"
    /// The cookie that shows which browser began a sign-in.
    private static let providerCookie = "couplet-oidc"

    func addProvider(to router: Router<DeskContext>) {
        router.get(RouterPath(Self.providerPath)) { request, context in try await leave(request, context) }
        router.get(RouterPath(SignInService.returnPath)) { request, context in try await comeBack(request, context) }
    }

    /// Sends a browser to the provider.
    ///
    /// It is a link, since browsers let no form of the desk lead elsewhere.
    private func leave(_ request: Request, _ context: DeskContext) async throws -> Response {
        let query = FormValues(encoded: request.uri.query ?? "")
        let back = Visit.local(query["back"], or: "/")
        if let seconds = providerSignIns.take(context.address, at: engine.clock.now) {
            let message = Message("request.tooMany", ["seconds": String(seconds)])
            return try await signInPage(context, name: "", back: back, message, status: .tooManyRequests)
        }
        // Another site begins no sign-in, so that what comes back was begun here.
        guard Self.isOwn(request) else {
            return try await signInPage(context, name: "", back: "/", Message("request.forged"))
        }
        do {
            let beginning = try await engine.signIn.begin(back: back)
            var response = Self.redirect(beginning.address)
            response.setCookie(providerCookie(beginning.browser, seconds: Int(SignInService.attemptLimit)))
            return response
        } catch let error as CoupletError {
            return try await refused(error, context, back: back)
        }
    }

    /// Takes a browser back from the provider.
    private func comeBack(_ request: Request, _ context: DeskContext) async throws -> Response {
        let query = FormValues(encoded: request.uri.query ?? "")
        let returned = SignInService.Returned(
            state: query["state"],
            code: query["code"],
            error: query["error"],
            issuer: query["iss"],
            browser: request.cookies[Self.providerCookie]?.value
        )
        var response: Response
        do {
            let (token, back) = try await engine.signIn.finish(returned)
            // A session that was there before is another one.
            if let session = context.session { try await engine.access.signOut(session: session) }
            response = signedIn(token, Self.redirect(Visit.afterForm(Visit.local(back, or: "/"))))
        } catch let error as CoupletError {
            response = try await refused(error, context, back: "/")
        }
        response.setCookie(providerCookie("", seconds: 0))
        return response
    }

    /// The sign-in page with what went wrong; a password still works there.
    private func refused(_ error: CoupletError, _ context: DeskContext, back: String) async throws -> Response {
        logger.warning("A sign-in with the provider failed", metadata: ["code": "\(error.message.code)"])
        let status = error.status == .notAllowed ? .unauthorized : Problem(error).status
        return try await signInPage(context, name: "", back: back, error.message, status: status)
    }

    private func providerCookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: Self.providerCookie,
            value: value,
            maxAge: seconds,
            path: "/oidc",
            secure: settings.isSecure,
            httpOnly: true,
            // Lax, so that it comes along when the provider sends the browser back.
            sameSite: .lax
        )
    }
}
