import CoupletCore
package import CoupletPorts
import Synchronization

/// What a service is asked, before the token is added.
package struct ODataRequest: Sendable {
    /// The method, upper case.
    package var method: String
    /// The absolute address.
    package var url: String
    /// Header fields besides those that every request has.
    package var headers: [HTTPHeader]
    /// The body; empty for none.
    package var body: [UInt8]

    /// Creates a request.
    package init(method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came of a request that is sent once.
package enum SentOnce: Sendable {
    /// An answer, and the seconds it took.
    case answered(HTTPResponseMessage, seconds: Double)
    /// Sent, and no answer came.
    case lost(reason: String)
}

/// Talks to one service: adds tokens, keeps to the number of requests at a time, waits when told to.
package final class ODataClient: Sendable {
    /// The longest that a read waits for the service by itself, in seconds.
    package static let longestWait = 60.0

    /// The connection's name.
    package let connection: String
    /// Where the API is.
    package let address: RemoteAddress
    /// Decodes the answers.
    package let decoder: PageDecoder
    /// Tells the time.
    package let clock: any EngineClock
    private let transport: any HTTPTransport
    private let tokens: TokenSource
    private let gate: RequestGate
    private let count = Mutex(0)
    private let clockAhead = Mutex<Double?>(nil)
    private let notBefore = Mutex<Instant?>(nil)

    /// Creates a client.
    package init(
        connection: String,
        address: RemoteAddress,
        transport: any HTTPTransport,
        clock: any EngineClock,
        tokens: TokenSource,
        decoder: PageDecoder,
        concurrency: Int
    ) {
        self.connection = connection
        self.address = address
        self.transport = transport
        self.clock = clock
        self.tokens = tokens
        self.decoder = decoder
        gate = RequestGate(limit: concurrency)
    }

    /// How many requests were sent, tokens not counted.
    package var requestCount: Int { count.withLock { $0 } }

    /// The seconds by which the service's clock is ahead of ours, by its last answer; nil when it does not tell the time.
    package var clockAheadSeconds: Double? { clockAhead.withLock { $0 } }

    /// Asks for a token, to see whether the credentials are good.
    package func signIn() async throws(ConnectorError) { _ = try await tokens.token() }

    /// Sends a request that changes nothing, again where that may help.
    ///
    /// A refused token is renewed once, a lost answer asked for once more, and what the service asks to wait is waited
    /// up to a minute in all.
    /// - Parameters:
    ///   - request: The request.
    ///   - table: The table, for errors.
    /// - Returns: The answer; every status that waiting or a new token does not help against is the caller's.
    /// - Throws: Why there is no answer.
    package func read(_ request: ODataRequest, table: String?) async throws(ConnectorError) -> HTTPResponseMessage {
        var patience = Patience()
        while true {
            switch try await exchange(request, table: table) {
            case .lost(let reason):
                guard patience.mayAskAgainAfterLoss() else {
                    throw wrong(.unavailable(retryAfterSeconds: nil), table, Detail.text("detail.answerLost", reason))
                }
            case .answered(let answer, _):
                guard [408, 429, 502, 503, 504].contains(answer.status) else { return answer }
                let asked = RetryAfter.seconds(answer.header("Retry-After"), now: clock.now)
                guard let wait = patience.wait(asked: asked) else {
                    throw wrong(.unavailable(retryAfterSeconds: asked), table, describe(answer))
                }
                try await pause(wait, table: table)
            }
        }
    }

    /// Sends a request that changes something: once, and a second time only when a refused token kept it from
    /// doing anything.
    /// - Parameters:
    ///   - request: The request.
    ///   - table: The table, for errors.
    /// - Returns: The answer, or that it was lost.
    /// - Throws: Why nothing was sent, or `unauthorized`.
    package func write(_ request: ODataRequest, table: String?) async throws(ConnectorError) -> SentOnce {
        try await exchange(request, table: table)
    }

    private func exchange(_ request: ODataRequest, table: String?) async throws(ConnectorError) -> SentOnce {
        let (first, used) = try await send(request, table: table)
        guard case .answered(let answer, _) = first, answer.status == 401 else { return first }
        tokens.refuse(used)
        let (second, _) = try await send(request, table: table)
        if case .answered(let refused, _) = second, refused.status == 401 {
            throw wrong(.unauthorized, table, describe(refused))
        }
        return second
    }

    private func send(
        _ request: ODataRequest,
        table: String?
    ) async throws(ConnectorError) -> (SentOnce, Secret) {
        try await gate.pass(connection: connection) { () async throws(ConnectorError) -> (SentOnce, Secret) in
            try await respectRetryAfter(table)
            let token = try await tokens.token()
            let message = HTTPRequestMessage(
                method: request.method,
                url: request.url,
                headers: [HTTPHeader("Authorization", "Bearer \(token.reveal())")] + request.headers,
                body: request.body
            )
            count.withLock { $0 += 1 }
            let sent = clock.now
            do throws(TransportError) {
                var answer = try await transport.send(message)
                // What a service says is kept and shown, and some repeat what they were sent. Pages of records are none.
                if request.method != "GET" || !(200..<300).contains(answer.status) {
                    answer.body = token.removed(from: answer.body)
                }
                let received = clock.now
                noteRetryAfter(answer, at: received)
                if let time = answer.header("Date").flatMap(HTTPDate.parse) {
                    // The header tells whole seconds, and the answer was under way.
                    let ahead = received.seconds(until: time)
                    clockAhead.withLock { $0 = ahead }
                }
                return (.answered(answer, seconds: max(0, sent.seconds(until: received))), token)
            } catch {
                return (try lost(error, request, table: table), token)
            }
        }
    }

    /// Remembers how long the service asked to be left alone: that holds for every request, not only for the one that was
    /// refused, and for later runs as well.
    private func noteRetryAfter(_ answer: HTTPResponseMessage, at now: Instant) {
        guard [429, 503].contains(answer.status),
            let seconds = RetryAfter.seconds(answer.header("Retry-After"), now: now)
        else { return }
        let until = now.advanced(bySeconds: seconds)
        notBefore.withLock { $0 = max($0 ?? until, until) }
    }

    /// Waits until the service may be asked again, or says that it is too early.
    private func respectRetryAfter(_ table: String?) async throws(ConnectorError) {
        guard let until = notBefore.withLock({ $0 }) else { return }
        let seconds = clock.now.seconds(until: until)
        guard seconds > 0 else { return }
        guard seconds <= Self.longestWait else {
            throw wrong(.unavailable(retryAfterSeconds: seconds), table, Detail.text("detail.asksToWait"))
        }
        try await pause(seconds, table: table)
    }

    private func lost(
        _ error: TransportError,
        _ request: ODataRequest,
        table: String?
    ) throws(ConnectorError) -> SentOnce {
        switch error {
        case .notSent(let reason):
            throw wrong(.unreachable, table, Detail.text("detail.unreachable", address.origin, reason))
        case .addressUnknown(let reason):
            throw wrong(.notFound, table, Detail.text("detail.wrongAddress", address.origin, reason))
        case .answerLost(let reason): return .lost(reason: reason)
        case .cancelled:
            if request.method == "GET" { throw wrong(.cancelled, table, Detail.text("detail.cancelled")) }
            return .lost(reason: Detail.text("detail.cancelled"))
        }
    }

    private func pause(_ seconds: Double, table: String?) async throws(ConnectorError) {
        do {
            try await clock.sleep(until: clock.now.advanced(bySeconds: seconds))
        } catch {
            throw wrong(.cancelled, table, Detail.text("detail.cancelled"))
        }
    }

    /// An error of this connection.
    package func wrong(_ kind: ConnectorError.Kind, _ table: String?, _ detail: String) -> ConnectorError {
        ConnectorError(kind, connection: connection, table: table, detail: detail)
    }
}

/// How much longer a read goes on by itself.
private struct Patience {
    private var waited = 0.0
    private var rounds = 0
    private var hasLost = false

    mutating func mayAskAgainAfterLoss() -> Bool {
        defer { hasLost = true }
        return !hasLost
    }

    /// The seconds to wait now, or nil when that would be too long in all.
    mutating func wait(asked: Double?) -> Double? {
        let growing = Double(1 << min(rounds, 4))
        let seconds = max(asked ?? growing, 1)
        guard waited + seconds <= ODataClient.longestWait else { return nil }
        waited += seconds
        rounds += 1
        return seconds
    }
}
