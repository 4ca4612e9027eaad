import CoupletSandbox

extension GoldenCase {
    /// Subscriptions to changes in Business Central, and what subscribers are told.
    static let subscriptions: [GoldenCase] = [
        GoldenCase(
            id: "bc-094",
            bench: { .businessCentral(["companies": [company("f64eba74-dacd-4854-a584-1834f68cfc3a")]]) },
            adjust: { request, _ in
                request.target = request.target.replacing("v1.0", with: "v2.0")
                request.body = Array(String(decoding: request.body, as: UTF8.self).replacing("v1.0", with: "v2.0").utf8)
            },
            notes: ["v2.0 instead of v1.0 in the address: the entity is the same"],
            differences: ["resource": "the document names version 1.0 of the API"]
        ),
        GoldenCase(
            id: "bc-095",
            bench: { .businessCentral() },
            adjust: { request, bench in
                request.target = request.target.replacing("v1.0", with: "v2.0")
                try subscribe("c670ea73-b37b-4a7e-8dc4-de3e1f6f5445", "customers", &bench)
            },
            notes: ["v2.0 instead of v1.0 in the address: the entity is the same"]
        ),
        GoldenCase(
            id: "bc-h-sub-2",
            bench: { .businessCentral(["companies": [company(first), company(second)]]) },
            adjust: { request, bench in
                try makeNews(&bench)
                // The exchange begins with the service, so there is nothing to ask it.
                request = GoldenRequest(
                    method: "GET",
                    target: GoldenBench.root + "subscriptions",
                    headers: [:],
                    body: []
                )
            },
            notes: ["the service makes this call: what it sends is compared"],
            check: { _, bench in
                bench.now = bench.now.advanced(byMilliseconds: 30_000)
                let calls = bench.machine.callsDue(at: bench.now)
                guard let call = calls.first, calls.count == 1 else { return ["\(calls.count) calls instead of one"] }
                guard let exchange = GoldenLibrary.exchange("bc-h-sub-2"),
                    let documented = exchange.request.body
                else { return ["there is no such exchange"] }
                var comparison = GoldenComparison(differences: [:])
                comparison.compare(documented, try SandboxJSON(bytes: call.body), "")
                return comparison.problems
            }
        ),
        GoldenCase(
            id: "bc-h-sub-3",
            bench: { .businessCentral() },
            values: ["companyId": [GoldenBench.companyID]],
            differences: ["value": "the document shows the first two of the list"]
        ),
    ]

    private static let first = "b18aed47-c385-49d2-b954-dbdf8ad71780"
    private static let second = "7dbba574-5f69-4167-a43e-fb975045de15"

    private static func company(_ id: String) -> SandboxJSON {
        .members(["id": .string(id), "name": .string("Company \(id.prefix(4))"), "displayName": .string("A company")])
    }

    private static func subscribe(
        _ id: String,
        _ resource: String,
        _ bench: inout GoldenBench
    ) throws {
        let body =
            #"{"subscriptionId":"\#(id)","notificationUrl":"https://s.example","resource":"\#(resource)","#
            + #""clientState":"someClientState"}"#
        try bench.prepare("POST", GoldenBench.root + "subscriptions", body)
    }

    /// An item is changed, a customer made, another one deleted, and more than a thousand invoices are made.
    private static func makeNews(_ bench: inout GoldenBench) throws {
        func create(_ company: String, _ set: String, _ body: String) throws -> String {
            let place = "\(GoldenBench.root)companies(\(company))/\(set)"
            return try bench.prepare("POST", place, body)["id"]?.string ?? ""
        }
        bench.now = SandboxInstant(text: "2018-10-15T10:59:59.9Z") ?? bench.now
        let item = try create(first, "items", #"{"displayName":"Rope","type":"Inventory"}"#)
        let gone = try create(first, "customers", #"{"displayName":"Gone"}"#)
        let buyer = try create(second, "customers", #"{"displayName":"Buyer"}"#)
        try subscribe("webhookItemsId", "companies(\(first))/items", &bench)
        try subscribe("webhookCustomersId", "companies(\(first))/customers", &bench)
        try subscribe("salesInvoice", "companies(\(second))/salesInvoices", &bench)
        let place = "\(GoldenBench.root)companies(\(first))"
        try bench.prepare("PATCH", "\(place)/items(\(item))", #"{"displayName":"Cord"}"#, headers: ["If-Match": "*"])
        _ = try create(first, "customers", #"{"displayName":"New"}"#)
        try bench.prepare("DELETE", "\(place)/customers(\(gone))")
        bench.now = SandboxInstant(text: "2018-10-15T11:00:00Z") ?? bench.now
        for _ in 0...1_000 { _ = try create(second, "salesInvoices", #"{"customerId":"\#(buyer)"}"#) }
    }
}

extension GoldenBench {
    /// The root of Business Central's API.
    static let root = "/v2.0/tenant/production/api/v2.0/"
}
