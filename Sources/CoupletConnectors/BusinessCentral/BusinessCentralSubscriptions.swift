import CoupletCore
package import CoupletPorts

extension BusinessCentralConnector {
    /// Subscriptions to the company's changes; nil while no company is chosen, and where the API is not in its usual place.
    package var subscriptions: (any ChangeSubscriptions)? {
        guard company != nil, client.address.path.lowercased().hasSuffix(Self.standardAPI) else { return nil }
        return BusinessCentralSubscriptions(connector: self)
    }
}

/// The webhook subscriptions of one company.
struct BusinessCentralSubscriptions: ChangeSubscriptions {
    /// Where the service lists the tables that can be subscribed to.
    private static let runtimeAPI = "/api/microsoft/runtime/beta"

    let connector: BusinessCentralConnector

    private var client: ODataClient { connector.client }
    private var root: String { client.address.root + "/subscriptions" }

    func tables() async throws(ConnectorError) -> Set<String> {
        let address = client.address
        let base = address.origin + address.path.dropLast(BusinessCentralConnector.standardAPI.count)
        let url = try base + Self.runtimeAPI + "/" + connector.path(of: "webhookSupportedResources")
        var tables: Set<String> = []
        do throws(ConnectorError) {
            try await rows(at: url, RowShape(layout: RowLayout(number: 0, fields: ["resource"]))) { values, _ in
                if let resource = values[0] { tables.insert(Self.table(ofSupported: resource)) }
            }
        } catch {
            // A service without that list knows of no subscriptions.
            guard error.kind == .notFound else { throw error }
        }
        return tables
    }

    func all() async throws(ConnectorError) -> [RemoteSubscription] {
        var found: [RemoteSubscription] = []
        try await rows(at: root, Self.shape) { values, version in
            if let subscription = subscription(values, version) { found.append(subscription) }
        }
        return found
    }

    func subscribe(_ wanted: WantedSubscription) async throws(ConnectorError) -> RemoteSubscription {
        let answer = try await send("POST", root, try body(wanted), wanted.table)
        guard (200..<300).contains(answer.status) else { throw client.failure(answer, table: wanted.table) }
        return try read(answer, wanted.table)
    }

    func renew(
        _ subscription: RemoteSubscription,
        as wanted: WantedSubscription
    ) async throws(ConnectorError) -> RemoteSubscription? {
        let answer = try await send(
            "PATCH",
            address(of: subscription),
            try body(wanted),
            wanted.table,
            version: subscription.version
        )
        if isGone(answer) { return nil }
        guard (200..<300).contains(answer.status) else { throw client.failure(answer, table: wanted.table) }
        return try read(answer, wanted.table)
    }

    func remove(_ subscription: RemoteSubscription) async throws(ConnectorError) {
        let answer = try await send(
            "DELETE",
            address(of: subscription),
            [],
            subscription.table,
            version: subscription.version
        )
        guard (200..<300).contains(answer.status) || isGone(answer) else {
            throw client.failure(answer, table: subscription.table)
        }
    }

    /// The subscription is not there; the company or the address may not be there either, which is another thing.
    private func isGone(_ answer: HTTPResponseMessage) -> Bool {
        answer.status == 404 && client.odataError(in: answer)?.isAboutAddress != true
    }

    private func address(of subscription: RemoteSubscription) -> String {
        root + "('" + PercentEncoding.query(subscription.id.replacing("'", with: "''")) + "')"
    }

    private func send(
        _ method: String,
        _ url: String,
        _ body: [UInt8],
        _ table: String?,
        version: String? = nil
    ) async throws(ConnectorError) -> HTTPResponseMessage {
        var headers = [BusinessCentralConnector.accept]
        if !body.isEmpty { headers.append(HTTPHeader("Content-Type", "application/json")) }
        if let version { headers.append(HTTPHeader("If-Match", version)) }
        let request = ODataRequest(method: method, url: url, headers: headers, body: body)
        switch try await client.write(request, table: table) {
        case .answered(let answer, _): return answer
        case .lost(let reason):
            throw client.wrong(.unavailable(retryAfterSeconds: nil), table, Detail.text("detail.answerLost", reason))
        }
    }

    private func body(_ wanted: WantedSubscription) throws(ConnectorError) -> [UInt8] {
        var writer = JSONWriter()
        writer.open("{")
        writer.name("notificationUrl")
        writer.text(wanted.address)
        writer.name("resource")
        writer.text(try resource(of: wanted.table))
        writer.name("clientState")
        writer.text(wanted.clientState)
        writer.close("}")
        return writer.bytes
    }

    /// The path by which the service knows a table: from the route on, without the host and what stands before the route.
    private func resource(of table: String) throws(ConnectorError) -> String {
        let route = table.lastIndex(of: "/").map { "/api/" + table[..<$0] } ?? BusinessCentralConnector.standardAPI
        return try route + "/" + connector.path(of: table)
    }

    /// The table that a resource means; nil where that is no table of the connection's company.
    private func table(of resource: String) -> String? {
        var path = resource.prefix { $0 != "?" }
        if let scheme = path.firstRange(of: "://") { path = path[scheme.upperBound...].drop { $0 != "/" } }
        let parts = path.split(separator: "/")
        guard let company = connector.company, parts.count >= 2, let set = parts.last,
            parts[parts.count - 2].lowercased() == "companies(\(company))".lowercased()
        else { return nil }
        let route = parts.dropLast(2)
        guard let api = route.lastIndex(where: { $0.lowercased() == "api" }), route.endIndex - api > 2 else {
            return String(set)
        }
        return route[(api + 1)...].joined(separator: "/") + "/" + set
    }

    /// A table as mappings name it, of the service's list of routes and tables.
    private static func table(ofSupported resource: String) -> String {
        let standard = "v2.0/"
        return resource.hasPrefix(standard) ? String(resource.dropFirst(standard.count)) : resource
    }

    // MARK: Answers

    /// The properties of a subscription, in the order in which `subscription` takes them.
    private static let shape = RowShape(
        layout: RowLayout(
            number: 0,
            fields: ["subscriptionId", "notificationUrl", "resource", "clientState", "expirationDateTime"]
        )
    )

    /// Reads all rows of a small list, whatever pages it comes in.
    private func rows(
        at url: String,
        _ shape: RowShape,
        _ take: (_ values: [String?], _ version: String) -> Void
    ) async throws(ConnectorError) {
        var next: String? = url
        while let url = next {
            guard client.address.isOrigin(of: url) else {
                throw client.wrong(.protocolViolation, nil, Detail.text("detail.foreignPage"))
            }
            let request = ODataRequest(url: url, headers: [BusinessCentralConnector.accept])
            let answer = try await client.read(request, table: nil)
            guard answer.status == 200 else { throw client.failure(answer, table: nil) }
            let page: DecodedPage
            do throws(DecodeError) { page = try client.decoder.page(answer.body, shape: shape) } catch {
                throw client.failure(error, answer, table: nil)
            }
            for row in 0..<page.rows.count {
                let values = page.rows.row(at: row).values(fieldCount: shape.layout.fields.count)
                take(values.map(\.self?.text), page.rows.version(at: row))
            }
            next = page.nextLink
        }
    }

    private func read(_ answer: HTTPResponseMessage, _ table: String) throws(ConnectorError) -> RemoteSubscription {
        let part: DecodedPart
        do throws(DecodeError) { part = try client.decoder.object(answer.body, shape: Self.shape) } catch {
            throw client.failure(error, answer, table: table)
        }
        let values = part.row?.values(fieldCount: Self.shape.layout.fields.count) ?? []
        guard let subscription = subscription(values.map(\.self?.text), part.version) else {
            throw client.failure(DecodeError.unexpectedShape, answer, table: table)
        }
        return subscription
    }

    private func subscription(_ values: [String?], _ version: String) -> RemoteSubscription? {
        guard values.count == 5, let id = values[0], let expiresAt = values[4].flatMap({ Instant(iso8601: $0) }) else {
            return nil
        }
        return RemoteSubscription(
            id: id,
            table: values[2].flatMap(table),
            address: values[1] ?? "",
            clientState: values[3] ?? "",
            expiresAt: expiresAt,
            version: version.isEmpty ? "*" : version
        )
    }
}
