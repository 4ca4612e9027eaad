import CoupletCore
package import CoupletPorts
import Synchronization

/// The tokens of one connection: asked for with client credentials, kept until shortly before they expire.
///
/// Any number of callers may ask at a time; one request goes out and all get its answer, a refusal included.
package final class TokenSource: Sendable {
    private struct State {
        var token: Secret?
        var renewAt = Instant(milliseconds: 0)
        var attempts = 0
        var failure: ConnectorError?

        func present(at now: Instant) -> Secret? { now < renewAt ? token : nil }
    }

    private let connection: String
    private let url: String
    private let clientID: String
    private let secret: Secret
    private let scope: String
    private let transport: any HTTPTransport
    private let clock: any EngineClock
    private let decoder: PageDecoder
    private let gate = RequestGate(limit: 1)
    private let state = Mutex(State())
    private static let shape = RowShape(
        layout: RowLayout(number: 0, fields: ["access_token", "expires_in", "error", "error_description"])
    )

    /// Creates a source that has not asked yet.
    package init(
        settings: StoredConnection,
        secret: Secret,
        scope: String,
        transport: any HTTPTransport,
        clock: any EngineClock,
        decoder: PageDecoder
    ) {
        connection = settings.name
        url = settings.tokenURL
        clientID = settings.clientID
        self.secret = secret
        self.scope = scope
        self.transport = transport
        self.clock = clock
        self.decoder = decoder
    }

    /// A token that will be good for a while.
    /// - Returns: The token.
    /// - Throws: Why there is none.
    package func token() async throws(ConnectorError) -> Secret {
        let (present, attempts) = state.withLock { ($0.present(at: clock.now), $0.attempts) }
        if let present { return present }
        return try await gate.pass(connection: connection) { () async throws(ConnectorError) -> Secret in
            let now = clock.now
            let (renewed, failure) = state.withLock { state in
                (state.present(at: now), state.attempts > attempts ? state.failure : nil)
            }
            if let renewed { return renewed }
            if let failure { throw failure }
            return try await renew()
        }
    }

    /// Forgets a token that the remote refused, unless another one has taken its place.
    package func refuse(_ token: Secret) {
        state.withLock { state in
            if state.token?.reveal() == token.reveal() { state.token = nil }
        }
    }

    private func renew() async throws(ConnectorError) -> Secret {
        do throws(ConnectorError) {
            let answer = try await ask()
            let (token, seconds) = try read(answer)
            // A token that lives long is renewed two minutes early, so that a long request never outlives it.
            let margin = min(120, seconds / 2)
            let renewAt = clock.now.advanced(bySeconds: seconds - margin)
            state.withLock { state in
                state.token = token
                state.renewAt = renewAt
                state.attempts += 1
                state.failure = nil
            }
            return token
        } catch {
            // Only the remote's own word counts for those who waited; one caller's cancellation is no answer to them.
            let shared = error.kind == .cancelled ? nil : error
            state.withLock { state in
                state.attempts += 1
                state.failure = shared
            }
            throw error
        }
    }

    private func ask() async throws(ConnectorError) -> HTTPResponseMessage {
        let form = [
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret.reveal()),
            ("scope", scope),
        ]
        let body = form.map { "\($0.0)=\(PercentEncoding.form($0.1))" }.joined(separator: "&")
        let request = HTTPRequestMessage(
            method: "POST",
            url: url,
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Accept", "application/json"),
            ],
            body: Array(body.utf8)
        )
        do {
            return try await transport.send(request)
        } catch {
            throw failure(of: error)
        }
    }

    private func failure(of error: TransportError) -> ConnectorError {
        switch error {
        case .notSent(let reason): wrong(.unreachable, Detail.text("detail.tokenUnreachable", reason))
        case .addressUnknown(let reason): wrong(.notFound, Detail.text("detail.tokenWrongAddress", reason))
        case .answerLost(let reason):
            wrong(.unavailable(retryAfterSeconds: nil), Detail.text("detail.tokenAnswerLost", reason))
        case .cancelled: wrong(.cancelled, Detail.text("detail.cancelled"))
        }
    }

    private func read(_ answer: HTTPResponseMessage) throws(ConnectorError) -> (Secret, Double) {
        let fields: [Value?]? = try? decoder.object(answer.body, shape: TokenSource.shape).row?.values(fieldCount: 4)
        guard answer.status == 200 else { throw refusal(answer, fields) }
        guard let fields, let token = fields[0]?.text, !token.isEmpty else {
            throw wrong(.notFound, Detail.text("detail.noToken"))
        }
        let seconds = fields[1].flatMap { Double($0.text) } ?? 3600
        return (Secret(token), min(max(seconds, 1), 86_400))
    }

    private func refusal(_ answer: HTTPResponseMessage, _ fields: [Value?]?) -> ConnectorError {
        let code = fields?[2]?.text ?? ""
        let words = (fields?[3]?.text ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let said = [code, words].filter { !$0.isEmpty }.joined(separator: ": ")
        let detail = said.isEmpty ? Detail.text("detail.tokenStatus", String(answer.status)) : said
        switch answer.status {
        case 429, 500...599:
            let seconds = RetryAfter.seconds(answer.header("Retry-After"), now: clock.now)
            return wrong(.unavailable(retryAfterSeconds: seconds), detail)
        case 400, 401, 403:
            // A scope or tenant that nobody knows means a wrong address; everything else means wrong credentials.
            let isAddress = ["invalid_scope", "invalid_resource", "invalid_request"].contains(code) || code.isEmpty
            return wrong(isAddress && answer.status == 400 ? .notFound : .unauthorized, detail)
        default:
            return wrong(.notFound, detail)
        }
    }

    private func wrong(_ kind: ConnectorError.Kind, _ detail: String) -> ConnectorError {
        ConnectorError(kind, connection: connection, detail: secret.removed(from: detail))
    }
}
