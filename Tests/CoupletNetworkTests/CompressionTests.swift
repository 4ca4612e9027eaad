import CoupletNetwork
import CoupletPorts
import CoupletSandbox
import Testing

/// Answers everything with the same compressed body.
private struct Compressing: SandboxMachine {
    var desk = SandboxDesk(
        authority: TokenAuthority(clientID: "", clientSecret: "", seed: 1),
        limits: .dataverse,
        seed: 1
    )

    /// `{"answer":"xxx…"}` with five thousand x, compressed.
    static let body: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0xB1, 0x11, 0x00, 0x10, 0x00, 0x04,
        0xB0,
        0x5D, 0x7E, 0x0C, 0xDB, 0x28, 0xB4, 0x0A, 0x0A, 0xEE, 0x9C, 0xDD, 0x4D, 0xA1, 0x4B, 0x72, 0x52, 0xFB, 0x5C,
        0x6D,
        0xA4, 0x64, 0x03, 0x00, 0x00, 0x00, 0x00, 0xDF, 0xE5, 0x3E, 0x12, 0x98, 0xA5, 0xE2, 0x95, 0x13, 0x00, 0x00,
    ]

    mutating func respond(to request: SandboxRequest, faults: ActiveFaults, at now: SandboxInstant) -> SandboxResponse {
        guard request.headers["accept-encoding"] == "gzip" else { return SandboxResponse(status: 406) }
        return SandboxResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: Self.body)
    }

    mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        SandboxResponse(status: status)
    }

    mutating func records(entitySet: String) -> [UInt8]? { nil }

    mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]? { nil }

    mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int? { nil }

    mutating func reseed(at now: SandboxInstant) {}
}

@Suite("Transport: compression and many requests")
struct CompressionTests {
    @Test
    func `compressed answers are unpacked, up to the limit`() async throws {
        try await withSandboxServer(SandboxHost(Compressing())) { address in
            let request = HTTPRequestMessage(method: "GET", url: address.base + "/x")
            try await withHTTPTransport { transport in
                let answer = try await transport.send(request)
                #expect(answer.json["answer"]?.string?.utf8.count == 5_000)
            }
            try await withHTTPTransport(TransportSettings(largestBody: 1_000)) { transport in
                guard case .answerLost = await failure(transport, request) else {
                    Issue.record("The answer was taken.")
                    return
                }
            }
        }
    }

    @Test
    func `many requests at once are answered one by one`() async throws {
        try await withDataverse { wire in
            let (transport, before) = (wire.transport, wire.count)
            let requests = (0..<100).map { wire.request("POST", "/api/data/v9.2/accounts", "{\"name\":\"A\($0)\"}") }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for request in requests { group.addTask { try await transport.send(request).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 204, count: 100))
            #expect(wire.count == before + 100)
            #expect(try await wire.send("GET", "/api/data/v9.2/accounts").json["value"]?.array?.count == 100)
        }
    }
}
