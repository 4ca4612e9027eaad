import CoupletPorts
import CoupletSandbox
import Testing

@testable import CoupletNetwork

@Suite("Transport")
struct TransportTests {
    private static let accounts = "/api/data/v9.2/accounts"

    @Test
    func `a record makes its way to the stand-in and back`() async throws {
        try await withDataverse { wire in
            let created = try await wire.send("POST", Self.accounts, #"{"name":"Åkes Smörgåsar"}"#)
            #expect(created.status == 204)
            #expect(created.header("odata-entityid")?.hasPrefix(wire.base) == true)
            let list = try await wire.send("GET", Self.accounts + "?$select=name")
            #expect(list.status == 200)
            #expect(list.json["value"]?.array?.first?["name"]?.string == "Åkes Smörgåsar")
            #expect(list.header("content-length") == String(list.body.count))
        }
    }

    @Test
    func `nobody listening is told as not sent`() async throws {
        let closed = try await withDataverse { $0.base }
        try await withHTTPTransport { transport in
            let error = await failure(transport, HTTPRequestMessage(method: "POST", url: closed + "/x", body: [1, 2]))
            guard case .notSent = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("localhost", true), ("[::1]", true), ("::1", true),
        ("127.0.0.1.example.com", false), ("1270.0.0.1", false), ("localhost.example.com", false), ("10.0.0.1", false),
        ("128.0.0.1", false), ("127.0.0", false), ("", false),
    ])
    func `this machine is known by its own addresses only`(host: String, isOwn: Bool) {
        #expect(AsyncHTTPTransport.isThisMachine(host) == isOwn)
    }

    @Test func `plain http to another machine is refused before a host is looked up, unless it is named`() async throws
    {
        let request = HTTPRequestMessage(method: "GET", url: "http://nobody.invalid/x")
        try await withHTTPTransport { transport in
            guard case .addressUnknown(let reason) = await failure(transport, request) else {
                Issue.record("not refused")
                return
            }
            #expect(reason == "network.plain(nobody.invalid)")
        }
        try await withHTTPTransport(TransportSettings(plainHosts: ["nobody.invalid"])) { transport in
            guard case .addressUnknown(let reason) = await failure(transport, request) else {
                Issue.record("not looked up")
                return
            }
            #expect(reason != "network.plain(nobody.invalid)")
        }
    }

    @Test(arguments: ["http://nobody.invalid/x", "no address", "ftp://127.0.0.1/x", ""])
    func `an address that leads nowhere is told as unknown`(url: String) async throws {
        try await withHTTPTransport { transport in
            let error = await failure(transport, HTTPRequestMessage(method: "GET", url: url))
            guard case .addressUnknown = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [(SandboxFault.dropAfter, 1), (.dropBefore, 0)])
    func `a connection that ends before the answer is told as a lost answer`(
        fault: SandboxFault,
        records: Int
    ) async throws {
        try await withDataverse { wire in
            wire.add(fault)
            let error = await failure(wire.transport, wire.request("POST", Self.accounts, #"{"name":"A"}"#))
            guard case .answerLost = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let list = try await wire.send("GET", Self.accounts)
            #expect(list.json["value"]?.array?.count == records)
        }
    }

    @Test
    func `a request that is given up is told as cancelled`() async throws {
        try await withDataverse { wire in
            wire.add(.delay(milliseconds: 60_000))
            let before = wire.count
            let error = try await withThrowingTaskGroup(of: TransportError?.self) { group in
                let (transport, request) = (wire.transport, wire.request("POST", Self.accounts, #"{"name":"A"}"#))
                group.addTask { await failure(transport, request) }
                while wire.count == before { await Task.yield() }
                group.cancelAll()
                return try await group.next()
            }
            #expect(error == .cancelled)
        }
    }

    @Test
    func `a request of a task that is already cancelled is not sent`() async throws {
        try await withDataverse { wire in
            let before = wire.count
            let (transport, request) = (wire.transport, wire.request("GET", Self.accounts))
            let error = await withTaskGroup(of: TransportError?.self) { group in
                group.cancelAll()
                group.addTask { await failure(transport, request) }
                return await group.next()
            }
            #expect(error == .cancelled)
            #expect(wire.count == before)
        }
    }

    @Test
    func `a server that is silent for too long has lost the answer`() async throws {
        try await withDataverse { wire in
            wire.add(.delay(milliseconds: 60_000))
            let request = wire.request("GET", Self.accounts)
            let error = try await withHTTPTransport(TransportSettings(readSeconds: 1)) { impatient in
                await failure(impatient, request)
            }
            guard case .answerLost = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [302, 404, 429, 500, 503])
    func `no status is an error and no redirect is followed`(status: Int) async throws {
        try await withDataverse { wire in
            wire.add(.status(status, retryAfter: 7))
            let before = wire.count
            let answer = try await wire.send("GET", Self.accounts)
            #expect(answer.status == status)
            #expect(answer.header("Retry-After") == "7")
            #expect(wire.count == before + 1)
        }
    }

    @Test
    func `an answer larger than allowed is a lost answer`() async throws {
        try await withDataverse(transport: TransportSettings(largestBody: 4_000)) { wire in
            let text = String(repeating: "x", count: 1_900)
            for _ in 0..<3 { _ = try await wire.send("POST", Self.accounts, "{\"description\":\"\(text)\"}") }
            let error = await failure(wire.transport, wire.request("GET", Self.accounts + "?$select=description"))
            guard case .answerLost = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
