import CoupletSandbox

/// Speaks to a Business Central stand-in the way a client over HTTP would.
struct BusinessCentralClient {
    var sandbox: BusinessCentralSandbox
    var now = SandboxInstant(milliseconds: 1_700_000_000_123)
    private var token = ""

    /// The company of the seed.
    static let company = "2b00a947-d5bf-5f5e-9ffb-a7d53d0b076d"

    init(customers: [SandboxJSON] = [], salespeople: [SandboxJSON] = [], largestPage: Int = 20_000) {
        var options = BusinessCentralSandbox.Options()
        options.largestPage = largestPage
        let euro = "b2e5ed9e-8899-5232-a54d-da05fe34321e"
        let seed = [
            SeedTable(
                entitySet: "companies",
                rows: [
                    .members([
                        "id": .string(Self.company), "name": .string("Main"), "displayName": .string("Main Ltd."),
                    ])
                ]
            ),
            SeedTable(entitySet: "currencies", rows: [.members(["id": .string(euro), "code": .string("EUR")])]),
            SeedTable(entitySet: "salespeoplePurchasers", rows: salespeople),
            SeedTable(entitySet: "customers", rows: customers),
        ]
        sandbox = BusinessCentralSandbox(seed: seed, options: options, at: now)
        authorize()
    }

    /// Speaks to a stand-in with one company and these tables.
    init(_ tables: [SeedTable]) {
        let company = SandboxJSON.members([
            "id": .string(Self.company), "name": .string("Main"), "displayName": .string("Main Ltd."),
        ])
        let isGiven = tables.contains { $0.entitySet == "companies" }
        let seed = (isGiven ? [] : [SeedTable(entitySet: "companies", rows: [company])]) + tables
        sandbox = BusinessCentralSandbox(seed: seed, at: now)
        authorize()
    }

    mutating func authorize() {
        let form =
            "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret&scope=x%2F.default"
        let request = SandboxRequest(method: "POST", target: "/t/oauth2/v2.0/token", body: Array(form.utf8))
        token = json(sandbox.handle(request, at: now))["access_token"]?.string ?? ""
    }

    /// Sends a request to a path within the company; time passes.
    mutating func send(
        _ method: String,
        _ path: String,
        _ body: String = "",
        headers: SandboxHeaders = [:]
    ) -> SandboxResponse {
        sendRaw(method, "/v2.0/tenant/production/api/v2.0/companies(\(Self.company))/\(path)", body, headers: headers)
    }

    /// Sends a request to a whole target.
    mutating func sendRaw(
        _ method: String,
        _ target: String,
        _ body: String = "",
        headers: SandboxHeaders = [:]
    ) -> SandboxResponse {
        var headers = headers
        if headers["authorization"] == nil { headers["Authorization"] = "Bearer \(token)" }
        now = now.advanced(byMilliseconds: 10)
        let request = SandboxRequest(
            method: method,
            target: target,
            headers: headers,
            body: Array(body.utf8),
            scheme: "https",
            host: "erp.example:8443"
        )
        return sandbox.handle(request, at: now)
    }

    /// Creates a customer; gives the answer's body.
    mutating func createCustomer(_ body: String) -> SandboxJSON { json(send("POST", "customers", body)) }
}

/// The body of an answer.
func json(_ response: SandboxResponse) -> SandboxJSON { (try? SandboxJSON(bytes: response.body)) ?? .null }

/// The code of an error answer.
func errorCode(_ response: SandboxResponse) -> String? { json(response)["error"]?["code"]?.string }

/// The message of an error answer.
func errorMessage(_ response: SandboxResponse) -> String { json(response)["error"]?["message"]?.string ?? "" }

/// One property of each row of a page.
func column(_ name: String, _ response: SandboxResponse) -> [String] {
    json(response)["value"]?.array?.compactMap { $0[name]?.string } ?? []
}
