import CoupletNetwork
import CoupletPorts
import CoupletSandbox
import Testing

/// A subscriber as a machine that a server can serve: repeats tokens, and tells a stream what it hears.
private struct Subscriber: SandboxMachine {
    var desk = SandboxDesk(
        authority: TokenAuthority(clientID: "", clientSecret: "", seed: 1),
        limits: .dataverse,
        seed: 1
    )
    let heard: AsyncStream<SandboxJSON>.Continuation

    mutating func respond(to request: SandboxRequest, faults: ActiveFaults, at now: SandboxInstant) -> SandboxResponse {
        if let token = request.query.split(separator: "validationToken=").last {
            return SandboxResponse(status: 200, body: Array(token.utf8))
        }
        heard.yield((try? SandboxJSON(bytes: request.body)) ?? .null)
        return SandboxResponse(status: 200)
    }

    mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        SandboxResponse(status: status)
    }

    mutating func records(entitySet: String) -> [UInt8]? { nil }

    mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]? { nil }

    mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int? { nil }

    mutating func reseed(at now: SandboxInstant) {}
}

@Suite("Subscriptions over the wire")
struct SubscriptionTests {
    private static let sandbox: BusinessCentralSandbox = {
        var options = BusinessCentralSandbox.Options()
        options.notificationDelayMilliseconds = 20
        return BusinessCentralSandbox(seed: [], options: options, at: SystemTime.now())
    }()

    @Test(.timeLimit(.minutes(5)))
    func `a subscriber is asked for the token, and told of a change`() async throws {
        let (stream, heard) = AsyncStream<SandboxJSON>.makeStream()
        try await withSandboxServer(SandboxHost(Subscriber(heard: heard))) { subscriber in
            let host = SandboxHost(Self.sandbox)
            try await withSandboxServer(host) { address in
                try await withHTTPTransport { transport in
                    let wire = try await Wire(host, address, transport)
                    let body =
                        #"{"notificationUrl":"\#(subscriber.base)/hook","resource":"customers","clientState":"s"}"#
                    let made = try await wire.send("POST", "/api/v2.0/subscriptions", body)
                    #expect(made.status == 201)
                    let customer = try await wire.send("POST", "/api/v2.0/customers", #"{"displayName":"A"}"#)
                    var iterator = stream.makeAsyncIterator()
                    let notice = await iterator.next()?["value"]?.array?.first
                    #expect(notice?["changeType"]?.string == "created")
                    #expect(notice?["clientState"]?.string == "s")
                    let id = customer.json["id"]?.string ?? "none"
                    #expect(notice?["resource"]?.string?.hasSuffix("/customers(\(id))") == true)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a subscriber who is not there gets no subscription`() async throws {
        let host = SandboxHost(Self.sandbox)
        try await withSandboxServer(host) { address in
            try await withHTTPTransport { transport in
                let wire = try await Wire(host, address, transport)
                let body = #"{"notificationUrl":"http://127.0.0.1:1/hook","resource":"customers"}"#
                #expect(try await wire.send("POST", "/api/v2.0/subscriptions", body).status == 400)
                let all = try await wire.send("GET", "/api/v2.0/subscriptions")
                #expect(all.json["value"]?.array?.isEmpty == true)
            }
        }
    }
}
