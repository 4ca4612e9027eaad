import CoupletSandbox

/// A sandbox, a caller with a token and a clock.
struct GoldenBench: Sendable {
    /// What went wrong while a state was prepared.
    struct PreparationError: Error, CustomStringConvertible {
        let description: String
    }

    var machine: any SandboxMachine
    var now: SandboxInstant
    let scheme = "https"
    let host: String
    /// What the placeholder of the service's address stands for in documents, and what it is here.
    let origin: (placeholders: [String], address: String)
    /// More placeholders and what they stand for.
    var otherPlaceholders: [(name: String, address: String)] = []
    private var token = ""

    init(_ machine: any SandboxMachine, host: String, placeholders: [String], address: String, at now: SandboxInstant) {
        (self.machine, self.host, self.now) = (machine, host, now)
        origin = (placeholders, address)
        let form =
            "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret&scope=x%2F.default"
        let body = handle("POST", "/tenant/oauth2/v2.0/token", body: Array(form.utf8), headers: [:]).body
        token = (try? SandboxJSON(bytes: body))?["access_token"]?.string ?? ""
    }

    /// Sends a request with the caller's token; time passes.
    mutating func send(
        _ method: String,
        _ target: String,
        _ body: String = "",
        headers: SandboxHeaders = [:]
    ) -> SandboxResponse {
        send(GoldenRequest(method: method, target: target, headers: headers, body: Array(body.utf8)))
    }

    /// Sends a request with the caller's token; time passes.
    mutating func send(_ request: GoldenRequest) -> SandboxResponse {
        var headers = request.headers
        if headers["authorization"] == nil || headers["authorization"]?.contains("{token}") == true {
            headers["Authorization"] = "Bearer \(token)"
        }
        now = now.advanced(byMilliseconds: 10)
        return handle(request.method, request.target, body: request.body, headers: headers)
    }

    /// Sends a request that has to succeed; gives the answer's body.
    /// - Throws: `PreparationError` where it does not.
    @discardableResult
    mutating func prepare(
        _ method: String,
        _ target: String,
        _ body: String = "",
        headers: SandboxHeaders = [:]
    ) throws -> SandboxJSON {
        let response = send(method, target, body, headers: headers)
        guard response.status < 300 else {
            throw PreparationError(description: "\(method) \(target): \(response.status) \(response.text)")
        }
        return (try? SandboxJSON(bytes: response.body)) ?? .null
    }

    /// Writes a record as a user of the system would, without the rules of the API.
    /// - Throws: `PreparationError` where something of it is not taken.
    mutating func write(_ entitySet: String, _ record: SandboxJSON) throws {
        guard let warnings = machine.edit(entitySet: entitySet, rows: [record], at: now) else {
            throw PreparationError(description: "there is no table \(entitySet)")
        }
        guard warnings.isEmpty else { throw PreparationError(description: warnings.joined(separator: "; ")) }
    }

    private mutating func handle(
        _ method: String,
        _ target: String,
        body: [UInt8],
        headers: SandboxHeaders
    ) -> SandboxResponse {
        let request = SandboxRequest(
            method: method,
            target: target,
            headers: headers,
            body: body,
            scheme: scheme,
            host: host
        )
        let response = machine.handle(request, at: now)
        guard let call = response.call else { return response }
        // A subscriber repeats the token that he is sent.
        let token = call.url.split(separator: "validationToken=").last.map { Array($0.utf8) } ?? []
        return machine.conclude(call, .answered(status: 200, body: token), at: now) ?? response
    }
}
