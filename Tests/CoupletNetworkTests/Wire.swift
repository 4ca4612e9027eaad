import CoupletNetwork
import CoupletPorts
import CoupletSandbox
import Foundation

/// A stand-in behind a server, and the token for it.
struct Wire<Machine: SandboxMachine> {
    let host: SandboxHost<Machine>
    let base: String
    let transport: AsyncHTTPTransport
    private(set) var token = ""

    /// Gets a token over the wire.
    init(_ host: SandboxHost<Machine>, _ address: SandboxAddress, _ transport: AsyncHTTPTransport) async throws {
        self.host = host
        self.transport = transport
        base = address.base
        let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret&scope=x"
        let request = HTTPRequestMessage(
            method: "POST",
            url: "\(base)/tenant/oauth2/v2.0/token",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
        let answer = try await transport.send(request)
        token = try SandboxJSON(bytes: answer.body)["access_token"]?.string ?? ""
    }

    /// A request with the token.
    func request(_ method: String, _ path: String, _ body: String = "") -> HTTPRequestMessage {
        HTTPRequestMessage(
            method: method,
            url: base + path,
            headers: [HTTPHeader("Authorization", "Bearer \(token)"), HTTPHeader("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
    }

    /// Sends a request with the token.
    func send(_ method: String, _ path: String, _ body: String = "") async throws -> HTTPResponseMessage {
        try await transport.send(request(method, path, body))
    }

    /// Adds a rule to the stand-in's faults.
    func add(_ fault: SandboxFault) {
        host.withMachine { $0.desk.faults.add([FaultRule(fault)]) }
    }

    /// How many requests the stand-in has answered or begun to.
    var count: Int { host.withMachine { $0.desk.statistics.count } }
}

extension HTTPResponseMessage {
    /// The body as JSON; null where it is none.
    var json: SandboxJSON { (try? SandboxJSON(bytes: body)) ?? .null }
}

/// Serves the CRM's stand-in and gives a wire to it.
func withDataverse<Result>(
    settings: SandboxServerSettings = SandboxServerSettings(),
    transport: TransportSettings = TransportSettings(),
    _ body: (Wire<DataverseSandbox>) async throws -> Result
) async throws -> Result {
    let host = SandboxHost(DataverseSandbox(seed: [], at: SystemTime.now()))
    return try await withSandboxServer(host, settings: settings) { address in
        try await withHTTPTransport(transport) { transport in
            try await body(Wire(host, address, transport))
        }
    }
}

/// What a transport throws; nil where it answers.
func failure(_ transport: AsyncHTTPTransport, _ request: HTTPRequestMessage) async -> TransportError? {
    do {
        _ = try await transport.send(request)
        return nil
    } catch {
        return error
    }
}
