import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import HTTPTypes
import Hummingbird

/// Finds out who asks, in which language, and whether they ask too often.
struct Gatekeeper: RouterMiddleware {
    /// The cookie of a session.
    static let sessionCookie = "couplet-session"
    /// The cookie of the language that was switched to.
    static let languageCookie = "couplet-language"

    let engine: Engine
    /// Whether a proxy on this machine hands requests on.
    let isBehindProxy: Bool
    let callers = RateLimiter(capacity: 300, perMinute: 1200)

    func handle(
        _ request: Request,
        context: DeskContext,
        next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Self.language(of: request)
        if isBehindProxy { context.address = Self.caller(passedOnBy: context.address, request.headers) }
        if let token = Self.bearer(request) {
            context.identity = try await engine.access.identity(token: token)
        } else if let session = request.cookies[Self.sessionCookie]?.value {
            context.identity = try await engine.access.identity(session: session)
            context.session = context.identity == nil ? nil : session
        }
        let caller = context.identity.map { "user " + $0.user.name } ?? "address " + context.address
        if let seconds = callers.take(caller, at: engine.clock.now) {
            var problem = Problem(.tooManyRequests, "request.tooMany", ["seconds": String(seconds)])
            problem.fields[.retryAfter] = String(seconds)
            throw problem
        }
        return try await next(request, context)
    }

    /// Where a request came from that a proxy on this machine handed on: what others wrote before it proves nothing.
    static func caller(passedOnBy peer: String, _ headers: HTTPFields) -> String {
        guard peer.hasPrefix("127.") || peer == "::1" || peer.hasPrefix("::ffff:127."),
            let name = HTTPField.Name("X-Forwarded-For"),
            let last = headers[values: name].last?.split(separator: ",").last?.trimming(), !last.isEmpty
        else { return peer }
        return last
    }

    /// What was switched to, else the first language of the browser that there is a catalogue for.
    static func language(of request: Request) -> Language {
        if let chosen = request.cookies[languageCookie].flatMap({ Language($0.value) }) { return chosen }
        let accepted = (request.headers[.acceptLanguage] ?? "").split(separator: ",").map { part -> (String, Double) in
            let pieces = part.split(separator: ";")
            let tag = pieces.first.map { $0.trimming() } ?? ""
            let weight = pieces.dropFirst().compactMap { piece -> Double? in
                let text = piece.trimming()
                return text.hasPrefix("q=") ? Double(text.dropFirst(2)) : nil
            }
            return (tag, weight.first ?? 1)
        }
        // A stable order, so that equal weights keep the browser's.
        let sorted = accepted.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
        return sorted.lazy.compactMap { Language($0.element.0) }.first ?? .english
    }

    private static func bearer(_ request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
        return String(parts[1])
    }
}

extension Substring {
    fileprivate func trimming() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// What every answer tells the browser to refuse.
struct SecurityFields: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request,
        context: DeskContext,
        next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in fields { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private var fields: [HTTPField.Name: String] {
        var fields: [HTTPField.Name: String] = [
            .contentSecurityPolicy:
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in [
            ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }
}
