import CoupletSandbox

/// A client that subscribes, and plays the subscriber.
struct SubscriberClient {
    var client = BusinessCentralClient()
    /// What the subscriber answers to what he is told.
    var outcome = OutboundOutcome.answered(status: 200, body: [])
    /// What the subscriber was told, call by call.
    private(set) var told: [SandboxJSON] = []

    static let address = "https://subscriber.example/hook"

    /// Subscribes to a table of the company.
    mutating func subscribe(_ entitySet: String, id: String? = nil, state: String = "secret") -> SandboxResponse {
        let name = id.map { #""subscriptionId":"\#($0)","# } ?? ""
        let resource = "companies(\(BusinessCentralClient.company))/\(entitySet)"
        let body =
            #"{\#(name)"notificationUrl":"\#(Self.address)","resource":"\#(resource)","clientState":"\#(state)"}"#
        return send("POST", "subscriptions", body)
    }

    /// Sends a request, and repeats the token where the stand-in asks for it.
    mutating func send(
        _ method: String,
        _ path: String,
        _ body: String = "",
        headers: SandboxHeaders = [:],
        answering: (String) -> OutboundOutcome = { .answered(status: 200, body: Array($0.utf8)) }
    ) -> SandboxResponse {
        let response = client.sendRaw(method, "/api/v2.0/\(path)", body, headers: headers)
        guard let call = response.call else { return response }
        let token = call.url.split(separator: "validationToken=").last.map(String.init) ?? ""
        return client.sandbox.conclude(call, answering(token), at: client.now) ?? response
    }

    /// Lets time pass and takes the calls that are due.
    mutating func wait(seconds: Int64) {
        client.now = client.now.advanced(byMilliseconds: seconds * 1_000)
        if seconds > 1_000 { client.authorize() }
        for call in client.sandbox.callsDue(at: client.now) {
            told.append((try? SandboxJSON(bytes: call.body)) ?? .null)
            _ = client.sandbox.conclude(call, outcome, at: client.now)
        }
    }

    /// Creates a customer; gives its id.
    mutating func create(_ name: String = "A") -> String {
        client.createCustomer(#"{"displayName":"\#(name)"}"#)["id"]?.string ?? ""
    }

    /// Changes a customer.
    mutating func change(_ id: String) {
        _ = client.send("PATCH", "customers(\(id))", #"{"city":"Ribe"}"#, headers: ["If-Match": "*"])
    }

    /// Deletes a customer.
    mutating func delete(_ id: String) { _ = client.send("DELETE", "customers(\(id))") }

    /// The kinds of changes that were told, call by call.
    var changes: [[String]] { told.map { $0["value"]?.array?.compactMap { $0["changeType"]?.string } ?? [] } }

    /// How many subscriptions there are.
    mutating func count() -> Int { json(send("GET", "subscriptions"))["value"]?.array?.count ?? -1 }
}
