import CoupletNetwork
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Testing

@Suite("Servers of the stand-ins")
struct ServerTests {
    @Test
    func `both stand-ins answer on ports of their own`() async throws {
        let now = SystemTime.now()
        let erp = SandboxHost(BusinessCentralSandbox(seed: [], at: now))
        let crm = SandboxHost(DataverseSandbox(seed: [], at: now))
        try await withSandboxServers(businessCentral: erp, dataverse: crm) { addresses in
            #expect(addresses.businessCentral.port != addresses.dataverse.port)
            try await withHTTPTransport { transport in
                let left = try await Wire(erp, addresses.businessCentral, transport)
                let companies = try await left.send("GET", "/api/v2.0/companies")
                #expect(companies.json["value"]?.array?.count == 1)
                let right = try await Wire(crm, addresses.dataverse, transport)
                #expect(try await right.send("GET", "/api/data/v9.2/WhoAmI").status == 200)
                let unknown = try await transport.send(
                    HTTPRequestMessage(method: "GET", url: right.base + "/api/data/v9.2/WhoAmI")
                )
                #expect(unknown.status == 401)
                #expect(unknown.header("www-authenticate")?.hasPrefix("Bearer authorization_uri=\(right.base)") == true)
                #expect(unknown.body.isEmpty)
            }
        }
    }

    @Test
    func `the administrative addresses are served`() async throws {
        try await withDataverse { wire in
            let stats = try await wire.send("GET", "/_sandbox/stats")
            #expect(stats.json["requests"]?.array?.first?["path"]?.string == "/tenant/oauth2/v2.0/token")
            let fault = #"{"fault":"status","status":429,"retryAfter":3}"#
            #expect(try await wire.send("POST", "/_sandbox/faults", fault).status == 204)
            #expect(try await wire.send("GET", "/api/data/v9.2/WhoAmI").status == 429)
            let users = try await wire.send("GET", "/_sandbox/records/systemusers")
            #expect(users.json.array?.count == 1)
        }
    }

    @Test
    func `large bodies pass and larger ones than allowed are refused`() async throws {
        let text = String(repeating: "x", count: 30_000_000)
        try await withDataverse(settings: SandboxServerSettings(largestBody: 31_000_000)) { wire in
            let passed = try await wire.send("POST", "/api/data/v9.2/accounts", "{\"description\":\"\(text)\"}")
            #expect(passed.status == 400)
            #expect(passed.json["error"]?["code"]?.string == "0x80044331")
            let refused = try? await wire.send("POST", "/api/data/v9.2/accounts", text + text)
            #expect(refused == nil || refused?.status == 413)
            #expect(try await wire.send("GET", "/api/data/v9.2/WhoAmI").status == 200)
        }
    }

    @Test
    func `a port in use is told`() async throws {
        try await withDataverse { wire in
            let port = Int(wire.base.split(separator: ":").last ?? "") ?? 0
            await #expect(throws: (any Error).self) {
                try await withDataverse(settings: SandboxServerSettings(port: port)) { _ in }
            }
        }
    }

    @Test
    func `https needs a certificate that is trusted`() async throws {
        let certificate = try SelfSignedCertificate()
        let settings = SandboxServerSettings(
            certificateFile: certificate.certificateFile,
            keyFile: certificate.keyFile
        )
        let trusting = TransportSettings(trustedCertificatesFile: certificate.certificateFile)
        try await withDataverse(settings: settings, transport: trusting) { wire in
            #expect(wire.base.hasPrefix("https://localhost:"))
            let created = try await wire.send("POST", "/api/data/v9.2/accounts", #"{"name":"A"}"#)
            #expect(created.header("OData-EntityId")?.hasPrefix(wire.base) == true)
            try await withHTTPTransport { strict in
                let error = await failure(strict, wire.request("GET", "/api/data/v9.2/WhoAmI"))
                #expect(error == .notSent(reason: "network.certificate(\(wire.base.dropFirst(8)))"))
            }
        }
    }

    @Test
    func `a certificate that is made out for another name is refused, though it is trusted`() async throws {
        let certificate = try SelfSignedCertificate(names: "DNS:erp.example")
        let settings = SandboxServerSettings(
            certificateFile: certificate.certificateFile,
            keyFile: certificate.keyFile
        )
        let trusting = TransportSettings(trustedCertificatesFile: certificate.certificateFile)
        let host = SandboxHost(DataverseSandbox(seed: [], at: SystemTime.now()))
        try await withSandboxServer(host, settings: settings) { address in
            let request = HTTPRequestMessage(method: "GET", url: "https://localhost:\(address.port)/")
            let error = try await withHTTPTransport(trusting) { await failure($0, request) }
            #expect(error == .notSent(reason: "network.certificateOfOther(localhost:\(address.port))"))
        }
    }

    @Test
    func `https to a server that speaks plain http is told`() async throws {
        try await withDataverse { wire in
            let port = wire.base.split(separator: ":").last ?? ""
            let request = HTTPRequestMessage(method: "GET", url: "https://localhost:\(port)/")
            let error = try await withHTTPTransport { await failure($0, request) }
            #expect(error == .notSent(reason: "network.noTLS(localhost:\(port))"))
        }
    }

    @Test
    func `a file of trusted certificates that holds none is told`() async throws {
        let certificate = try SelfSignedCertificate()
        for file in [certificate.keyFile, "/nowhere.pem"] {
            await #expect(throws: TransportSettings.NoCertificates(file: file)) {
                try await withHTTPTransport(TransportSettings(trustedCertificatesFile: file)) { _ in }
            }
        }
    }

    @Test
    func `a certificate without its key is refused`() async throws {
        await #expect(throws: SandboxServerError.incompleteCertificate) {
            try await withDataverse(settings: SandboxServerSettings(certificateFile: "/nowhere.pem")) { _ in }
        }
    }
}
