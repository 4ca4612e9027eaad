import CoupletSandbox
import Testing

@Suite("Business Central stand-in: related records")
struct BusinessCentralRelationTests {
    private let customer = "customers(\(BusinessCentralWorld.customer))"

    @Test func `a record is read with what it leads to, by levels`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let query =
            "\(customer)?$select=number&$expand=paymentTerm($select=code),contactsInformation($expand=contact($select=number))"
        let read = json(client.send("GET", query))
        #expect(read["paymentTerm"]?["code"]?.string == "14 DAYS")
        #expect(read["paymentTerm"]?["displayName"] == nil)
        let contacts = try #require(read["contactsInformation"]?.array)
        #expect(contacts.compactMap { $0["contactName"]?.string } == ["Adatum", "Robert Townes"])
        #expect(contacts[1]["contactType"]?.string == "Person")
        #expect(contacts[1]["contact"]?["number"]?.string == "CT2")
        #expect(
            json(client.send("GET", "customers?$expand=currency"))["value"]?.array?.first?["currency"]?.isNull == true
        )
    }

    @Test func `lists inside a record are filtered, ordered and cut`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let nested = "contactsInformation($filter=contactType eq 'Person';$orderby=contactName desc;$top=1)"
        let read = json(client.send("GET", "\(customer)?$expand=\(nested)"))
        #expect(read["contactsInformation"]?.array?.compactMap { $0["contactNumber"]?.string } == ["CT2"])
        let unknown = client.send("GET", "\(customer)?$expand=nonsense")
        #expect(unknown.status == 400)
        #expect(errorMessage(unknown).contains("'nonsense'"))
    }

    @Test func `a customer is created with its dimensions and loses them with itself`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let body = """
            {"displayName":"B","defaultDimensions":[{"dimensionId":"\(BusinessCentralWorld.department)",
            "dimensionValueId":"\(BusinessCentralWorld.production)","postingValidation":"Same_x0020_Code"}]}
            """
        let id = try #require(json(client.send("POST", "customers", body))["id"]?.string)
        let lines = json(client.send("GET", "customers(\(id))/defaultDimensions"))["value"]?.array ?? []
        #expect(lines.first?["dimensionCode"]?.string == "DEPARTMENT")
        #expect(lines.first?["dimensionValueCode"]?.string == "PROD")
        #expect(lines.first?["parentType"]?.string == "Customer")
        let again = #"{"dimensionId":"\#(BusinessCentralWorld.department)"}"#
        let twice = client.send("POST", "customers(\(id))/defaultDimensions", again)
        #expect(errorCode(twice) == "Internal_EntityWithSameKeyExists")
        #expect(client.send("DELETE", "customers(\(id))").status == 204)
        #expect(column("id", client.send("GET", "defaultDimensions")).isEmpty)
    }

    @Test func `a change does not reach below the record`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let refused = client.send("PATCH", customer, #"{"defaultDimensions":[]}"#, headers: ["If-Match": "*"])
        #expect(refused.status == 400)
    }

    @Test func `a person follows the name of its company`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let company = try #require(column("id", client.send("GET", "contacts?$filter=number eq 'CT1'")).first)
        let change = client.send(
            "PATCH",
            "contacts(\(company))",
            #"{"displayName":"Adatum AB"}"#,
            headers: ["If-Match": "*"]
        )
        #expect(json(change)["companyName"]?.string == "Adatum AB")
        #expect(column("companyName", client.send("GET", "contacts?$filter=number eq 'CT2'")) == ["Adatum AB"])
        let stranger = client.send("POST", "contacts", #"{"displayName":"X","type":"Person","companyNumber":"CT9"}"#)
        #expect(errorCode(stranger) == "Internal_InvalidTableRelation")
    }

    @Test func `countries are free until the company keeps a list of them`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        #expect(client.createCustomer(#"{"displayName":"A","country":"se"}"#)["country"]?.string == "SE")
        #expect(client.send("POST", "countriesRegions", #"{"code":"SE","displayName":"Sweden"}"#).status == 201)
        let refused = client.send("POST", "customers", #"{"displayName":"A","country":"ZZ"}"#)
        #expect(errorCode(refused) == "Internal_InvalidTableRelation")
    }

    @Test(arguments: [
        ("number in ('CT1','CT9')&$schemaversion=2.1", ["CT1"]), ("substring(number,2) eq '2'", ["CT2"]),
        ("substring(tolower(displayName),0,6) eq 'robert'", ["CT2"]), ("type eq 'Person'", ["CT2"]),
        ("contactsInformation/any(c:c/contactName eq 'x')", ["CT1", "CT2"]),
        ("number eq 'CT1' or number eq 'CT2'", ["CT1", "CT2"]),
    ])
    func `filters have the functions of the service and no others`(_ filter: String, _ expected: [String]) {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        #expect(column("number", client.send("GET", "contacts?$filter=\(filter)")) == expected)
        #expect(client.send("GET", "contacts?$filter=number in ('CT1')").status == 400)
        #expect(client.send("GET", "contacts?$filter=geo.distance(number,'x') eq 1").status == 400)
    }

    @Test func `the metadata names every relation`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let text = client.sendRaw("GET", "/api/v2.0/$metadata").text
        let hasRecord = text.contains(#"<NavigationProperty Name="paymentTerm" Type="Microsoft.NAV.paymentTerm"/>"#)
        let hasList = text.contains(#"Name="salesOrderLines" Type="Collection(Microsoft.NAV.salesOrderLine)""#)
        #expect(hasRecord && hasList)
        let hasHidden = text.contains(#"EntitySet Name="taxDetails""#)
        #expect(!hasHidden)
    }

    @Test func `messages come in the language that is asked for, their codes do not change`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let body = #"{"displayName":"B","number":"10000"}"#
        let refused = client.send("POST", "customers", body, headers: ["Accept-Language": "sv-SE,en;q=0.5"])
        #expect(errorCode(refused) == "Internal_EntityWithSameKeyExists")
        #expect(
            errorMessage(refused).hasPrefix("Kund finns redan. Identifieringsfält och värden: Nr='10000'  Corr")
        )
    }
}
