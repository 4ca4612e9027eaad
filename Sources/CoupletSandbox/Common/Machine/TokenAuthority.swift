/// The token endpoint both sandboxes have, and the check of bearer tokens.
package struct TokenAuthority: Sendable {
    /// What an authorization header is worth.
    package enum Verdict: Sendable, Equatable {
        case valid
        /// No bearer token was sent.
        case missing
        /// The token was never issued here.
        case unknown
        /// The token was issued here and its time is over.
        case expired
    }

    /// The client that may ask for tokens.
    package let clientID: String
    /// Its secret.
    package let clientSecret: String
    /// How long a token is valid, in seconds.
    package var lifetimeSeconds: Int
    private var expiryByToken: [String: SandboxInstant] = [:]
    private var generator: SandboxGenerator

    /// Makes an endpoint for one client.
    package init(clientID: String, clientSecret: String, lifetimeSeconds: Int = 3_599, seed: UInt64) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.lifetimeSeconds = lifetimeSeconds
        generator = SandboxGenerator(seed: seed)
    }

    /// Answers `POST /{tenant}/oauth2/v2.0/token` and the discovery document; nil for any other request.
    package mutating func respond(to request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse? {
        let path = request.path
        if path.hasSuffix("/.well-known/openid-configuration") { return discovery(request) }
        guard path.hasSuffix("/oauth2/v2.0/token") || path.hasSuffix("/oauth2/token") else { return nil }
        guard request.method == "POST" else {
            return failure(400, "invalid_request", 900_561, "The endpoint only accepts POST requests.", now)
        }
        return issue(request, at: now)
    }

    /// What the request's authorization is worth.
    package func verdict(on request: SandboxRequest, at now: SandboxInstant) -> Verdict {
        guard let header = request.headers["authorization"], header.lowercased().hasPrefix("bearer ") else {
            return .missing
        }
        let token = header.dropFirst(7).filter { $0 != " " }
        guard let expiry = expiryByToken[token] else { return .unknown }
        return now < expiry ? .valid : .expired
    }

    /// Ends the life of every token issued so far.
    package mutating func expireAll(at now: SandboxInstant) {
        for token in expiryByToken.keys { expiryByToken[token] = now }
    }

    private mutating func issue(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        let form = Dictionary(FormDecoding.pairs(String(decoding: request.body, as: UTF8.self))) { first, _ in first }
        guard let grant = form["grant_type"] else {
            let text = "The request body must contain the following parameter: 'grant_type'."
            return failure(400, "invalid_request", 900_144, text, now)
        }
        guard grant == "client_credentials" else {
            return failure(
                400,
                "unsupported_grant_type",
                70_003,
                "The app requested an unsupported grant type '\(grant)'.",
                now
            )
        }
        let (id, secret) = credentials(request, form)
        guard id == clientID else {
            let text = "Application with identifier '\(id)' was not found in the directory."
            return failure(400, "unauthorized_client", 700_016, text, now)
        }
        guard secret == clientSecret else {
            let text =
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                + "value, not the client secret ID, for a secret added to app '\(id)'."
            return failure(401, "invalid_client", 7_000_215, text, now)
        }
        expiryByToken = expiryByToken.filter { now < $0.value.advanced(byMilliseconds: 86_400_000) }
        let token = "sandbox-" + generator.token()
        expiryByToken[token] = now.advanced(byMilliseconds: Int64(lifetimeSeconds) * 1_000)
        let body = SandboxJSON.members([
            "token_type": .string("Bearer"), "expires_in": .number("\(lifetimeSeconds)"),
            "ext_expires_in": .number("\(lifetimeSeconds)"), "access_token": .string(token),
        ])
        return SandboxResponse(status: 200, json: body, headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])
    }

    private func credentials(_ request: SandboxRequest, _ form: [String: String]) -> (String, String) {
        if let id = form["client_id"], let secret = form["client_secret"] { return (id, secret) }
        guard let header = request.headers["authorization"], header.lowercased().hasPrefix("basic "),
            let text = decodeBase64(String(header.dropFirst(6))), let colon = text.firstIndex(of: ":")
        else { return (form["client_id"] ?? "", form["client_secret"] ?? "") }
        let (id, secret) = (text[..<colon], text[text.index(after: colon)...])
        return (FormDecoding.query(id) ?? String(id), FormDecoding.query(secret) ?? String(secret))
    }

    private func failure(
        _ status: Int,
        _ error: String,
        _ code: Int,
        _ text: String,
        _ now: SandboxInstant
    ) -> SandboxResponse {
        var ids = SandboxGenerator(seed: UInt64(bitPattern: now.milliseconds) ^ UInt64(code))
        let (trace, correlation) = (ids.guid().description, ids.guid().description)
        let parts = now.wholeSeconds.text.split(separator: "T")
        let time = "\(parts[0]) \(parts[1])"
        let description = "AADSTS\(code): \(text) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(time)"
        let body = SandboxJSON.members([
            "error": .string(error), "error_description": .string(description),
            "error_codes": .array([.number("\(code)")]),
            "timestamp": .string(time), "trace_id": .string(trace), "correlation_id": .string(correlation),
        ])
        return SandboxResponse(status: status, json: body)
    }

    private func discovery(_ request: SandboxRequest) -> SandboxResponse {
        let tenant = request.path.split(separator: "/").first.map(String.init) ?? "common"
        let base = "\(request.scheme)://\(request.host)/\(tenant)"
        return SandboxResponse(
            status: 200,
            json: .members([
                "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
                "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
                "issuer": .string("\(base)/v2.0"),
                "token_endpoint_auth_methods_supported": .array([
                    .string("client_secret_post"), .string("client_secret_basic"),
                ]),
                "response_types_supported": .array([.string("token")]),
            ])
        )
    }
}
