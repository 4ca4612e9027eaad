import CoupletSandbox
import Testing

@Suite("Business Central stand-in: API pages of a seed")
struct BusinessCentralPageTests {
    private static let page = """
        [{"publisher":"contoso","group":"club","version":"v1.0","entitySet":"cards","entityName":"card","table":"Card",
        "key":"number","idEditable":true,"deleteAllowed":false,"numberSeries":{"prefix":"K","digits":3,"step":1},
        "properties":[{"name":"number","type":"code","length":10,"caption":"No."},
        {"name":"level","type":"option","choices":[" ","Gold Plus"]},
        {"name":"customerId","type":"guid","references":"customers","code":"customerNumber","caption":"Customer"},
        {"name":"customerNumber","type":"code","length":20},{"name":"points","type":"integer","readOnly":true}]}]
        """
    private let root = "/v2.0/t/sandbox/api/contoso/club/v1.0/companies(\(BusinessCentralClient.company))"

    private func client() throws -> BusinessCentralClient {
        let pages = try #require(try SandboxJSON(bytes: Array(Self.page.utf8)).array)
        let rows = [SandboxJSON.members(["number": .string("K001"), "points": .number("5")])]
        return BusinessCentralClient(
            BusinessCentralWorld.tables + [
                SeedTable(entitySet: "apiPages", rows: pages), SeedTable(entitySet: "cards", rows: rows),
            ]
        )
    }

    @Test func `a page is served under its own route`() throws {
        var client = try client()
        #expect(column("number", client.sendRaw("GET", "\(root)/cards")) == ["K001"])
        #expect(client.send("GET", "cards").status == 404)
        #expect(client.sendRaw("GET", "\(root)/customers").status == 404)
        let document = json(client.sendRaw("GET", "/api/contoso/club/v1.0"))
        #expect(document["value"]?.array?.compactMap { $0["name"]?.string } == ["companies", "cards"])
        #expect(client.sendRaw("GET", "/api/contoso/club/v1.0/$metadata").text.contains(#"EntityType Name="card""#))
    }

    @Test func `the id can be chosen where the page allows it, once`() throws {
        var client = try client()
        let id = "5d115c9c-44e3-4a11-bb43-000d3a2feca1"
        let body = #"{"id":"\#(id)","level":"Gold_x0020_Plus","customerNumber":"10000"}"#
        let created = client.sendRaw("POST", "\(root)/cards?$expand=customer", body)
        #expect(created.status == 201)
        #expect(json(created)["id"]?.string == id)
        #expect(json(created)["number"]?.string == "K002")
        #expect(json(created)["customerId"]?.string == BusinessCentralWorld.customer)
        #expect(json(created)["customer"]?["displayName"]?.string == "Adatum")
        #expect(errorCode(client.sendRaw("POST", "\(root)/cards", body)) == "Internal_EntityWithSameKeyExists")
        let card = "\(root)/cards(\(id))"
        let change = client.sendRaw("PATCH", card, #"{"points":9}"#, headers: ["If-Match": "*"])
        #expect(errorCode(change) == "BadRequest_InvalidOperation")
        #expect(client.sendRaw("DELETE", card).status == 405)
    }

    @Test func `a page that cannot be understood is left out and reported`() {
        let rows = [SandboxJSON.members(["publisher": .string("contoso")])]
        let client = BusinessCentralClient([SeedTable(entitySet: "apiPages", rows: rows)])
        #expect(client.sandbox.warnings == ["business-central/apiPages: a page needs 'group'"])
    }

    @Test func `records of a seed belong to the company they name`() {
        let companies = BusinessCentralWorld.table(
            "companies",
            [["id": BusinessCentralClient.company, "name": "Main"], ["name": "Second"]]
        )
        let customers = BusinessCentralWorld.table(
            "customers",
            [["number": "1", "displayName": "A"], ["number": "1", "displayName": "B", "@company": "Second"]]
        )
        var client = BusinessCentralClient([companies, customers])
        #expect(column("displayName", client.send("GET", "customers")) == ["A"])
        #expect(column("displayName", client.sendRaw("GET", "/api/v2.0/customers?company=Second")) == ["B"])
    }
}
