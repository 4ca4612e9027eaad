import CoupletSandbox
import Testing

@Suite("Business Central stand-in: reading")
struct BusinessCentralReadingTests {
    private static func customers(_ count: Int) -> [SandboxJSON] {
        (1...count).map { index in
            .members([
                "number": .string("N\(100 + index)"), "displayName": .string("Name \(count - index)"),
                "city": .string(index.isMultiple(of: 2) ? "Lund" : "O'Hara"),
                "blocked": .string(index == 3 ? "All" : " "), "creditLimit": .number("\(index * 100)"),
            ])
        }
    }

    @Test(arguments: ["/api/v2.0", "/tenant/production/api/v2.0", "/v2.0/sandbox/api/v2.0"])
    func `companies are found under any environment`(_ root: String) {
        var client = BusinessCentralClient()
        let response = client.sendRaw("GET", "\(root)/companies")
        #expect(response.status == 200)
        #expect(response.headers["odata-version"] == "4.0")
        #expect(json(response)["@odata.context"]?.string == "https://erp.example:8443\(root)/$metadata#companies")
        #expect(column("id", response) == [BusinessCentralClient.company])
        #expect(column("name", response) == ["Main"])
        let one = client.sendRaw("GET", "\(root)/companies(\(BusinessCentralClient.company))")
        #expect(json(one)["displayName"]?.string == "Main Ltd.")
    }

    @Test func `requests without a valid token are refused`() {
        var client = BusinessCentralClient()
        for header in ["Bearer nonsense", "Basic YTpi"] {
            let response = client.send("GET", "customers", headers: ["Authorization": header])
            #expect(response.status == 401)
            #expect(response.headers["www-authenticate"] == "Bearer")
            #expect(errorCode(response) == "Authentication_InvalidCredentials")
        }
        client.now = client.now.advanced(byMilliseconds: 3_600_000)
        #expect(client.send("GET", "customers").status == 401)
        client.authorize()
        #expect(client.send("GET", "customers").status == 200)
    }

    @Test(arguments: [
        ("/api/v2.0/companies(11111111-1111-1111-1111-111111111111)/customers", "Internal_CompanyNotFound"),
        ("/api/v2.0/companies(nonsense)/customers", "Internal_CompanyNotFound"),
        ("/api/v2.0/companies(\(BusinessCentralClient.company))/unicorns", "BadRequest_ResourceNotFound"),
        ("/api/v2.0/companies(\(BusinessCentralClient.company))/customers(nonsense)", "BadRequest_NotFound"),
        (
            "/api/v2.0/companies(\(BusinessCentralClient.company))/customers(11111111-1111-1111-1111-111111111111)",
            "Internal_RecordNotFound"
        ),
        ("/api/v1.0/companies", "BadRequest_NotFound"),
    ])
    func `what is not there is answered with 404`(_ target: String, _ code: String) {
        var client = BusinessCentralClient()
        let response = client.sendRaw("GET", target)
        #expect(response.status == 404)
        #expect(errorCode(response) == code)
    }

    @Test func `a company can be named by query and by header`() {
        var client = BusinessCentralClient(customers: Self.customers(2))
        #expect(column("number", client.sendRaw("GET", "/api/v2.0/customers?company=Main")).count == 2)
        #expect(column("number", client.sendRaw("GET", "/api/v2.0/customers", headers: ["Company": "Main"])).count == 2)
        #expect(client.sendRaw("GET", "/api/v2.0/customers?company=Other").status == 404)
    }

    @Test(arguments: [
        ("number eq 'N102'", ["N102"]), ("number eq 'n102'", ["N102"]), ("number gt 'N103'", ["N104", "N105"]),
        ("city eq 'O''Hara' and creditLimit lt 400", ["N101", "N103"]), ("blocked eq 'All'", ["N103"]),
        ("blocked ne '_x0020_'", ["N103"]), ("blocked eq ' ' and number le 'N102'", ["N101", "N102"]),
        ("number eq 'N101' or number eq 'N104'", ["N101", "N104"]), ("contains(displayName,'4')", ["N101"]),
        ("startswith(city,'Lu')", ["N102", "N104"]), ("endswith(displayName,' 0')", ["N105"]),
        ("not (city eq 'Lund')", ["N101", "N103", "N105"]), ("tolower(city) eq 'lund'", ["N102", "N104"]),
        ("(number eq 'N101' or number eq 'N102') and city eq 'Lund'", ["N102"]), ("creditLimit eq 300.0", ["N103"]),
        ("taxLiable eq false and currencyCode eq 'USD' and creditLimit ge 500", ["N105"]),
        ("lastModifiedDateTime lt 2000-01-01T00:00:00Z", []), ("lastModifiedDateTime gt 2020-01-01", Self.allNumbers),
    ])
    func `filters find`(_ filter: String, _ expected: [String]) {
        var client = BusinessCentralClient(customers: Self.customers(5))
        let response = client.send("GET", "customers?$select=number&%24filter=\(escaped(filter))")
        #expect(response.status == 200)
        #expect(column("number", response) == expected)
    }

    private static let allNumbers = ["N101", "N102", "N103", "N104", "N105"]

    private func escaped(_ text: String) -> String {
        FormDecoding.encode(text).split(separator: "%20", omittingEmptySubsequences: false).joined(separator: "+")
    }

    @Test(arguments: [
        ("city eq 'A' or number eq 'B'", "BadRequest", "The 'OR' operator is not supported on distinct fields"),
        ("town eq 'A'", "BadRequest", "Could not find a property named 'town' on type 'Microsoft.NAV.customer'."),
        ("city eq", "BadRequest", "Syntax error at position 7"),
        ("city eq 'A", "BadRequest", "There is an unterminated string literal"),
        ("creditLimit eq 'A'", "BadRequest", "A binary operator with incompatible types"),
        (
            "number eq 'SELLACRE24_W%2FOORINGS'", "Application_FilterErrorException",
            "The filter \"='SELLACRE24_W%2FOORINGS'\" is not valid for the No. field on the Customer table. "
                + "The length of the string is 22, but it must be less than or equal to 20 characters."
        ),
    ])
    func `filters are refused`(_ filter: String, _ code: String, _ message: String) {
        var client = BusinessCentralClient(customers: Self.customers(1))
        let response = client.send("GET", "customers?$filter=\(escaped(filter))")
        #expect(response.status == 400)
        #expect(errorCode(response) == code)
        #expect(errorMessage(response).hasPrefix(message))
    }

    @Test func `only what was selected comes, and always the tag`() {
        var client = BusinessCentralClient(customers: Self.customers(1))
        let row = json(client.send("GET", "customers?$select=number,city"))["value"]?.array?.first
        #expect(row?.object?.map(\.name) == ["@odata.etag", "number", "city"])
        #expect(row?["@odata.etag"]?.string?.hasPrefix("W/\"Jz") == true)
        #expect(client.send("GET", "customers?$select=town").status == 400)
    }

    @Test func `order, window and count`() {
        var client = BusinessCentralClient(customers: Self.customers(5))
        let ordered = client.send("GET", "customers?$orderby=city desc,creditLimit&$top=3&$skip=1&$count=true")
        #expect(column("number", ordered) == ["N103", "N105", "N102"])
        #expect(json(ordered)["@odata.count"]?.number == "5")
        #expect(client.send("GET", "customers/$count").text == "5")
        #expect(client.send("GET", "customers/$count?$filter=city eq 'Lund'").text == "2")
    }

    @Test func `pages follow the link and survive edits in between`() throws {
        var client = BusinessCentralClient(customers: Self.customers(7))
        let prefer: SandboxHeaders = ["Prefer": "odata.maxpagesize=3"]
        let first = client.send("GET", "customers?$select=number&$filter=creditLimit gt 50", headers: prefer)
        #expect(first.headers["preference-applied"] == "odata.maxpagesize=3")
        #expect(column("number", first) == ["N101", "N102", "N103"])
        let link = try #require(json(first)["@odata.nextLink"]?.string)
        #expect(link.hasPrefix("https://erp.example:8443/v2.0/tenant/production/api/v2.0/companies("))
        #expect(link.contains("$skiptoken="))

        #expect(client.createCustomer(#"{"number":"N000","displayName":"before","creditLimit":60}"#)["id"] != nil)
        #expect(client.createCustomer(#"{"number":"N105B","displayName":"ahead","creditLimit":60}"#)["id"] != nil)
        let third = try #require(
            json(client.send("GET", "customers?$filter=number eq 'N103'"))["value"]?.array?.first?["id"]?.string
        )
        #expect(client.send("DELETE", "customers(\(third))").status == 204)

        var numbers: [String] = []
        var next: String? = link
        while let target = next {
            let path = String(target.dropFirst("https://erp.example:8443".count))
            let page = client.sendRaw("GET", path, headers: prefer)
            numbers += column("number", page)
            next = json(page)["@odata.nextLink"]?.string
        }
        #expect(numbers == ["N104", "N105", "N105B", "N106", "N107"])
    }

    @Test func `top goes across pages and sorted pages continue`() throws {
        var client = BusinessCentralClient(customers: Self.customers(7), largestPage: 2)
        var numbers: [String] = []
        var target: String? =
            "/api/v2.0/companies(\(BusinessCentralClient.company))/customers?$orderby=city,number desc&$top=5&$skip=1"
        while let path = target {
            let page = client.sendRaw("GET", path)
            numbers += column("number", page)
            target = json(page)["@odata.nextLink"]?.string.map {
                String($0.dropFirst("https://erp.example:8443".count))
            }
        }
        #expect(numbers == ["N104", "N102", "N107", "N105", "N103"])
        #expect(client.send("GET", "customers", headers: ["Prefer": "odata.maxpagesize=3"]).status == 413)
    }

    @Test func `an incremental read sees milliseconds`() throws {
        var client = BusinessCentralClient(customers: Self.customers(50))
        let created = client.createCustomer(#"{"displayName":"New"}"#)
        let time = try #require(created["lastModifiedDateTime"]?.string)
        #expect(
            column("displayName", client.send("GET", "customers?$filter=lastModifiedDateTime ge \(time)")) == ["New"]
        )
        #expect(column("displayName", client.send("GET", "customers?$filter=lastModifiedDateTime gt \(time)")).isEmpty)
    }

    @Test func `the service describes itself`() {
        var client = BusinessCentralClient()
        #expect(column("name", client.sendRaw("GET", "/api/v2.0")).contains("customers"))
        #expect(client.sendRaw("GET", "/api/v2.0/$metadata").text.contains(#"<EntitySet Name="customers""#))
    }
}
