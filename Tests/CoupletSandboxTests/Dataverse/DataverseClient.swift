@testable import CoupletSandbox

/// A caller of the stand-in with a token, and a clock that the test moves.
struct DataverseClient {
    /// The environment.
    var sandbox: DataverseSandbox
    /// What the environment's clock shows.
    var now: SandboxInstant
    private var token = ""

    /// Creates an environment and gets a token from it.
    init(seed: [SeedTable] = []) {
        now = SandboxInstant(text: "2026-03-04T05:06:07Z") ?? SandboxInstant(milliseconds: 0)
        sandbox = DataverseSandbox(seed: seed, at: now)
        renewToken()
    }

    /// Gets a token.
    mutating func renewToken() {
        let form =
            "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret&scope=x/.default"
        let request = SandboxRequest(method: "POST", target: "/tenant/oauth2/v2.0/token", body: Array(form.utf8))
        let response = sandbox.handle(request, at: now)
        token = (try? SandboxJSON(bytes: response.body))?["access_token"]?.string ?? ""
    }

    /// Sends a request; `target` is below the service root unless it begins with a slash.
    @discardableResult
    mutating func send(
        _ method: String,
        _ target: String,
        _ body: String? = nil,
        headers: [(String, String)] = []
    ) -> SandboxResponse {
        var fields = [
            SandboxHeaders.Field(name: "Authorization", value: "Bearer \(token)"),
            SandboxHeaders.Field(name: "If-None-Match", value: "null"),
        ]
        for (name, value) in headers {
            fields.removeAll { $0.name == name }
            fields.append(SandboxHeaders.Field(name: name, value: value))
        }
        let request = SandboxRequest(
            method: method,
            target: target.hasPrefix("/") ? target : "/api/data/v9.2/\(target)",
            headers: SandboxHeaders(fields),
            body: Array((body ?? "").utf8),
            scheme: "https",
            host: "crm.example"
        )
        return sandbox.handle(request, at: now)
    }

    /// Reads an absolute link.
    mutating func follow(_ link: String?, headers: [(String, String)] = []) -> SandboxResponse {
        send("GET", String((link ?? "").dropFirst("https://crm.example".count)), headers: headers)
    }

    /// Creates an account with the given JSON members and returns its id.
    mutating func createAccount(_ members: String) -> String {
        let response = send("POST", "accounts?$select=accountid", "{\(members)}", headers: [Self.representation])
        return response.json["accountid"]?.string ?? "not created: \(response.text)"
    }

    /// The entity tag of an account.
    mutating func tag(_ id: String) -> String {
        send("GET", "accounts(\(id))?$select=name").json["@odata.etag"]?.string ?? ""
    }

    /// The preference that asks for the record after a write.
    static let representation = ("Prefer", "return=representation")
}

extension SandboxResponse {
    /// The body as JSON; null where it is none.
    var json: SandboxJSON { (try? SandboxJSON(bytes: body)) ?? .null }

    /// The records of a page.
    var records: [SandboxJSON] { json["value"]?.array ?? [] }

    /// The code of a refusal.
    var code: String? { json["error"]?["code"]?.string }

    /// The message of a refusal.
    var message: String? { json["error"]?["message"]?.string }

    /// The address of the next page.
    var nextLink: String? { json["@odata.nextLink"]?.string }

    /// The address of the changes from here on.
    var deltaLink: String? { json["@odata.deltaLink"]?.string }
}

extension SandboxJSON {
    /// The value as JSON text.
    var jsonText: String { String(decoding: bytes, as: UTF8.self) }
}
