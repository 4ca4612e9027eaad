/// The tables whose changes can be subscribed to.
extension BusinessCentralSandbox {
    private static let webhookSets = [
        "accounts", "companyInformation", "countriesRegions", "currencies", "customerPaymentJournals", "customers",
        "dimensions", "employees", "generalLedgerEntries", "itemCategories", "items", "journals", "paymentMethods",
        "paymentTerms", "purchaseInvoices", "salesCreditMemos", "salesInvoices", "salesOrders", "salesQuotes",
        "shipmentMethods", "unitsOfMeasure", "vendors",
    ]
    private static let runtimeRoot = "/api/microsoft/runtime/beta"

    /// Answers what belongs to another route of the API; nil for everything else.
    mutating func runtimeAnswer(_ request: SandboxRequest) throws(BusinessCentralError) -> SandboxResponse? {
        let path = request.path
        guard let range = path.ranges(of: Self.runtimeRoot).last else { return nil }
        guard var segments = ODataPath.segments(path[range.upperBound...]).map({ $0[...] }) else { throw .badAddress }
        if segments.first?.name == "companies", let key = segments.first?.key {
            guard let id = SandboxGUID(key), companies[id] != nil else { throw .unknownCompany }
            segments.removeFirst()
        }
        guard let first = segments.first else { throw .badAddress }
        guard segments.count == 1, first.name == "webhookSupportedResources", first.key == nil else {
            throw .unknownSegment(first.name)
        }
        guard request.method == "GET" else {
            throw .methodNotAllowed(request.method, first.name, isCollection: true)
        }
        let root = "\(request.scheme)://\(request.host)\(path[..<range.upperBound])"
        let isWanted = try resourceTest(request)
        let names = Self.webhookSets.map { "v2.0/\($0)" }.filter(isWanted)
        let rows = names.map { SandboxJSON.members(["resource": .string($0)]) }
        let context = SandboxJSON.string("\(root)/$metadata#webhookSupportedResources")
        return answer(200, SandboxJSON.members(["@odata.context": context, "value": .array(rows)]).bytes)
    }

    /// The test that `$filter` makes; an asterisk at the end of a text stands for anything, as in the service's filters.
    private func resourceTest(
        _ request: SandboxRequest
    ) throws(BusinessCentralError) -> (String) -> Bool {
        let filter: FilterExpression?
        do throws(QueryError) { filter = try QueryOptions(query: request.query).filter } catch {
            throw .query(error, "webhookSupportedResource")
        }
        guard let filter else { return { _ in true } }
        guard case .compare(.property("resource"), .eq, .literal(.string(let text))) = filter else {
            throw BusinessCentralError(400, "BadRequest", "The filter on 'resource' is not supported.")
        }
        guard text.hasSuffix("*") else { return { $0 == text } }
        return { $0.hasPrefix(text.dropLast()) }
    }

    /// The table that a subscription's resource means: an address with or without host, route and company.
    func target(of resource: String) throws(BusinessCentralError) -> TableKey {
        var path = resource.prefix { $0 != "?" }
        if let scheme = path.firstRange(of: "://") { path = path[scheme.upperBound...].drop { $0 != "/" } }
        if let root = path.firstRange(of: "api/v2.0/") { path = path[root.upperBound...] }
        guard var segments = ODataPath.segments(path) else { throw .badResource(resource) }
        var company = mainCompany
        if segments.count == 2, segments[0].name == "companies", let key = segments[0].key {
            guard let id = SandboxGUID(key), companies[id] != nil else { throw .unknownCompany }
            company = id
            segments.removeFirst()
        }
        guard segments.count == 1, segments[0].key == nil, Self.webhookSets.contains(segments[0].name) else {
            throw .badResource(resource)
        }
        return TableKey(company: company, entitySet: segments[0].name)
    }
}

extension BusinessCentralError {
    static func badResource(_ resource: String) -> BusinessCentralError {
        BusinessCentralError(400, "BadRequest", "The resource '\(resource)' does not support webhook notifications.")
    }

    static func badNotificationAddress(_ address: String) -> BusinessCentralError {
        BusinessCentralError(400, "BadRequest", "The notification URL '\(address)' is not valid.")
    }

    static func unansweredHandshake(_ address: String) -> BusinessCentralError {
        BusinessCentralError(400, "BadRequest", "The validation of the notification URL '\(address)' failed.")
    }

    static func subscriptionExists(_ id: String) -> BusinessCentralError {
        .exists("Webhook Subscription", "Subscription ID='\(id)'")
    }

    static func noSubscription(_ id: String) -> BusinessCentralError {
        BusinessCentralError(
            404,
            "Internal_RecordNotFound",
            "The Webhook Subscription does not exist. Identification fields and values: Subscription ID='\(id)'"
        )
    }

    static let tooManySubscriptions = BusinessCentralError(
        400,
        "Application_DialogException",
        "The maximum number of \(SubscriptionDesk.most) webhook subscriptions has been reached."
    )
}
