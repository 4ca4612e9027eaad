import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Testing

@Suite("Tokens")
struct TokenSourceTests {
    private let clock = SteppingClock()

    private func source(_ transport: ScriptedTransport) -> TokenSource {
        TokenSource(
            settings: Fixture.connection("dataverse", url: "https://org.crm.example"),
            secret: Secret("s3cr3t&value"),
            scope: "https://org.crm.example/.default",
            transport: transport,
            clock: clock,
            decoder: PageDecoder()
        )
    }

    @Test
    func `a token is asked for once and kept until shortly before it expires`() async throws {
        let transport = ScriptedTransport()
        let source = source(transport)
        #expect(try await source.token().reveal() == "token-1")
        clock.advance(bySeconds: 3478)
        #expect(try await source.token().reveal() == "token-1")
        clock.advance(bySeconds: 2)
        #expect(try await source.token().reveal() == "token-2")
        #expect(transport.tokenRequests.count == 2)
        #expect(
            transport.tokenRequests[0].text
                == "grant_type=client_credentials&client_id=client&client_secret=s3cr3t%26value"
                + "&scope=https%3A%2F%2Forg.crm.example%2F.default"
        )
    }

    @Test
    func `many callers share one request`() async throws {
        let transport = ScriptedTransport()
        let source = source(transport)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await source.token().reveal() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["token-1"])
        #expect(transport.tokenRequests.count == 1)
    }

    @Test
    func `a refused token is renewed, and a late refusal of an older one changes nothing`() async throws {
        let transport = ScriptedTransport()
        let source = source(transport)
        let first = try await source.token()
        source.refuse(first)
        let second = try await source.token()
        source.refuse(first)
        #expect(try await source.token().reveal() == second.reveal())
        #expect(transport.tokenRequests.count == 2)
    }

    @Test(arguments: [
        (
            ScriptedTransport.Step.answer(
                401,
                #"{"error":"invalid_client","error_description":"AADSTS7000215: s3cr3t&value\r\nTrace"}"#
            ), ConnectorError.Kind.unauthorized
        ),
        (.answer(400, #"{"error":"unauthorized_client","error_description":"no such app"}"#), .unauthorized),
        (.answer(400, #"{"error":"invalid_request","error_description":"tenant not found"}"#), .notFound),
        (.answer(404, "<html>"), .notFound), (.answer(200, "<html>"), .notFound), (.answer(302, ""), .notFound),
        (.answer(503, ""), .unavailable(retryAfterSeconds: nil)),
        (.answer(429, "", ["Retry-After": "9"]), .unavailable(retryAfterSeconds: 9)),
        (.fails(.notSent(reason: "refused")), .unreachable), (.fails(.addressUnknown(reason: "dns")), .notFound),
        (.fails(.cancelled), .cancelled),
    ])
    func `a refusal says what is wrong and never the secret`(
        step: ScriptedTransport.Step,
        kind: ConnectorError.Kind
    ) async throws {
        let source = source(ScriptedTransport([], tokens: [step]))
        let error = await connectorError { _ = try await source.token() }
        #expect(error?.kind == kind)
        #expect(error?.detail.contains("s3cr3t") == false)
        #expect(error?.detail.contains("Trace") == false)
    }

    @Test(arguments: [401, 403, 500])
    func `a token that a service repeats is in no error`(status: Int) async throws {
        let said = #"{"error":{"code":"x","message":"you sent token-1, token-2"}}"#
        let transport = ScriptedTransport([.answer(status, said), .answer(status, said)])
        let connector = try Fixture.dataverse(transport)
        let error = await connectorError { _ = try await connector.test(tables: []) }
        let detail = try #require(error?.detail)
        #expect(detail.contains("you sent"))
        // Only the second request was sent with the second token.
        #expect(!detail.contains(status == 401 ? "token-2" : "token-1"))
    }

    @Test(arguments: [
        ("", ""), ("abab", "****"), ("ab", "**"), ("b", "b"), ("aab", "a**"), ("abaabb", "**a**b"), ("aaab", "aa**"),
    ])
    func `bytes without a secret are as many as before`(text: String, expected: String) {
        #expect(Secret("ab").removed(from: Array(text.utf8)) == Array(expected.utf8))
        #expect(Secret("").removed(from: Array(text.utf8)) == Array(text.utf8))
    }

    @Test
    func `a secret shows nowhere`() {
        let secret = Secret("s3cr3t&value")
        #expect("\(secret) \(String(reflecting: secret)) \(String(describing: [secret]))".contains("s3cr3t") == false)
        var text = ""
        dump(secret, to: &text)
        #expect(!text.contains("s3cr3t"))
    }
}

@Suite("The number of requests at a time")
struct RequestGateTests {
    @Test
    func `never more than the limit are inside, and all get in`() async throws {
        let gate = RequestGate(limit: 3)
        let counter = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await gate.pass(connection: "crm") { () async throws(ConnectorError) in
                        counter.enter()
                        await Task.yield()
                        counter.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.most <= 3)
        #expect(counter.total == 50)
    }

    @Test
    func `who is cancelled leaves the queue and takes no place`() async throws {
        let gate = RequestGate(limit: 1)
        let inner = try await gate.pass(connection: "crm") { () async throws(ConnectorError) -> ConnectorError? in
            await withTaskGroup(of: ConnectorError?.self) { group in
                group.addTask {
                    await connectorError {
                        try await gate.pass(connection: "crm") { () async throws(ConnectorError) in }
                    }
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
        }
        #expect(inner?.kind == .cancelled)
        try await gate.pass(connection: "crm") { () async throws(ConnectorError) in }
    }
}
