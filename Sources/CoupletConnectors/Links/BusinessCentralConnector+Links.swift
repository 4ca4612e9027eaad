package import CoupletCore
package import CoupletPorts

extension BusinessCentralConnector {
    /// The pages on which the web client shows single records, and the field that they are found by.
    ///
    /// Tables without a page of their own are shown as lists.
    private static let pages: [String: (page: Int, field: String)] = [
        "customers": (21, "No."), "vendors": (26, "No."), "contacts": (5050, "No."), "items": (30, "No."),
        "salespeoplePurchasers": (5116, "Code"), "currencies": (5, "Code"), "paymentTerms": (4, "Code"),
        "shipmentMethods": (11, "Code"), "unitsOfMeasure": (209, "Code"),
    ]

    /// The names under which the web client knows tables, where they are others than the API's.
    private static let tableNames: [String: [String]] = [
        "customers": ["customer"], "vendors": ["vendor"], "contacts": ["contact"], "items": ["item"],
        "salespeoplePurchasers": ["salesperson/purchaser", "salesperson", "salespeople"],
        "currencies": ["currency"], "shipmentMethods": ["shipment method"], "paymentTerms": ["payment terms"],
        "unitsOfMeasure": ["unit of measure"],
    ]

    /// The web client's page of a record.
    package func webAddress(
        of id: RecordID,
        key: String?,
        in table: String
    ) async throws(ConnectorError) -> String? {
        let page = Self.pages[table]
        let pattern = LinkPattern(
            recordURL ?? "{client}/?company={companyName}&page={page}&filter='{field}' IS '{key}'"
        )
        guard recordURL != nil || page != nil else { return nil }
        var values = [
            "id": id.description, "key": key ?? "", "table": table, "company": company?.description ?? "",
            "page": page.map { String($0.page) } ?? "", "field": page?.field ?? "",
        ]
        if pattern.needs("companyName") { values["companyName"] = try await shortCompanyName() }
        return pattern.filled(with: values, plain: ["client": webClient]).map { $0.replacing(" ", with: "%20") }
    }

    /// Whether the web client's links call a table so.
    package func isName(_ name: String, of table: String) -> Bool {
        let name = name.lowercased()
        return name == table.lowercased() || Self.tableNames[table]?.contains(name) == true
    }

    /// Where the web client is: the online service has a host of its own for it.
    private var webClient: String {
        let standard = BusinessCentralConnector.standardAPI
        var path = client.address.path
        if path.lowercased().hasSuffix(standard) { path.removeLast(standard.count) }
        guard client.address.host == "api.businesscentral.dynamics.com" else { return client.address.origin + path }
        let parts = path.split(separator: "/")
        // The version of the service stands before the tenant.
        let rest = parts.first == "v2.0" ? parts.dropFirst() : parts[...]
        return "https://businesscentral.dynamics.com" + rest.map { "/" + $0 }.joined()
    }

    /// The name by which the web client's addresses call the company.
    private func shortCompanyName() async throws(ConnectorError) -> String {
        guard let company else { return "" }
        return try await client.document("companies(\(company))", fields: ["name"]).first??.text ?? ""
    }
}
