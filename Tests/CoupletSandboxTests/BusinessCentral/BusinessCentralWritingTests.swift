import CoupletSandbox
import Testing

@Suite("Business Central stand-in: writing")
struct BusinessCentralWritingTests {
    @Test func `a new customer is answered with 201 and the whole entity`() throws {
        var client = BusinessCentralClient()
        let response = client.send(
            "POST",
            "customers",
            """
            {"displayName":"Adatum Corporation","type":"Company","addressLine1":"192 Market Square","addressLine2":"",
            "city":"Atlanta","country":"us","currencyId":"00000000-0000-0000-0000-000000000000","currencyCode":"USD",
            "creditLimit":1250.50,"taxLiable":true,"blocked":" "}
            """
        )
        #expect(response.status == 201)
        let body = json(response)
        #expect(body["number"]?.string == "C00010")
        #expect(body["country"]?.string == "US")
        #expect(body["creditLimit"]?.number == "1250.5")
        #expect(body["balanceDue"]?.number == "0")
        #expect(body["taxLiable"]?.boolean == true)
        #expect(body["email"]?.string == "")
        #expect(body["blocked"]?.string == "_x0020_")
        #expect(body["currencyCode"]?.string == "USD")
        #expect(body["taxAreaId"]?.string == "00000000-0000-0000-0000-000000000000")
        #expect(body["lastModifiedDateTime"]?.string == client.now.text)
        #expect(body["@odata.etag"]?.string == response.headers["etag"])
        let id = try #require(body["id"]?.string)
        #expect(response.headers["location"]?.hasSuffix("/customers(\(id))") == true)
        #expect(response.headers["date"] == client.now.httpDate)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let body: String
        let code: String
        let message: String
        var testDescription: String { body }
    }

    static let refusals = [
        Refusal(
            body: #"{"id":"2b00a947-d5bf-5f5e-9ffb-a7d53d0b076d","displayName":"A"}"#,
            code: "BadRequest_InvalidOperation",
            message: "Control 'Id' is read-only"
        ),
        Refusal(
            body: #"{"displayName":"A","lastModifiedDateTime":"2024-01-01T00:00:00Z"}"#,
            code: "BadRequest_InvalidOperation",
            message: "Control 'Last Modified Date' is read-only"
        ),
        Refusal(
            body: #"{"displayName":"A","balanceDue":3}"#,
            code: "BadRequest_InvalidOperation",
            message: "Control 'Balance Due' is read-only"
        ),
        Refusal(
            body: #"{"city":"A"}"#,
            code: "Application_DialogException",
            message: #"A "displayName" must be provided."#
        ),
        Refusal(
            body: #"{"displayName":""}"#,
            code: "Application_DialogException",
            message: #"The blank "displayName" is not allowed."#
        ),
        Refusal(
            body: #"{"displayName":"A","city":null}"#,
            code: "BadRequest_RequiredParamNotProvided",
            message: "Field 'city' must not be blank or empty."
        ),
        Refusal(
            body: #"{"displayName":"A","town":"B"}"#,
            code: "BadRequest",
            message: "The property 'town' does not exist on type 'Microsoft.NAV.customer'."
        ),
        Refusal(
            body: #"{"displayName":"A","city":"1234567890123456789012345678901"}"#,
            code: "Application_StringExceededLength",
            message: "The length of the string is 31, but it must be less than or equal to 30 characters."
        ),
        Refusal(
            body: #"{"displayName":"A","blocked":"Maybe"}"#,
            code: "Unknown",
            message: "'Maybe' is not an option. The existing options are:  ,Ship,Invoice,All"
        ),
        Refusal(
            body: #"{"displayName":"A","taxAreaId":"nonsense"}"#,
            code: "Application_InvalidGUID",
            message: "Invalid format of GUID string."
        ),
        Refusal(
            body: #"{"displayName":"A","creditLimit":"12"}"#,
            code: "BadRequest",
            message: "Cannot convert the literal '12' to the expected type 'Edm.Decimal'."
        ),
        Refusal(
            body: #"{"displayName":"A","salespersonCode":"XX"}"#,
            code: "Internal_InvalidTableRelation",
            message: "The field Salesperson Code of table Customer contains a value (XX) that cannot be found in the "
                + "related table (Salesperson/Purchaser)."
        ),
        Refusal(
            body: #"{"displayName":"A","currencyId":"b2e5ed9e-8899-5232-a54d-da05fe34321e","currencyCode":"USD"}"#,
            code: "Application_DialogException",
            message: "The currency values do not match to a specific Currency."
        ),
        Refusal(
            body: #"{"displayName":"A","currencyId":"11111111-8899-5232-a54d-da05fe34321e"}"#,
            code: "Application_DialogException",
            message: #"The "currencyId" does not match to a Currency."#
        ),
        Refusal(body: #"{"displayName":"#, code: "BadRequest", message: "Invalid Request Body"),
    ]

    @Test(arguments: refusals)
    func `a new customer is refused with the service's own words`(_ refusal: Refusal) {
        var client = BusinessCentralClient()
        let response = client.send("POST", "customers", refusal.body)
        #expect(response.status == 400)
        #expect(errorCode(response) == refusal.code)
        #expect(errorMessage(response).hasPrefix(refusal.message))
        #expect(errorMessage(response).contains("  CorrelationId:  "))
        #expect(column("number", client.send("GET", "customers")).isEmpty)
    }

    @Test func `codes are kept trimmed and in capitals and are unique`() {
        var client = BusinessCentralClient()
        #expect(client.createCustomer(#"{"number":" ab-1 ","displayName":"A"}"#)["number"]?.string == "AB-1")
        let again = client.send("POST", "customers", #"{"number":"aB-1","displayName":"B"}"#)
        #expect(again.status == 400)
        #expect(errorCode(again) == "Internal_EntityWithSameKeyExists")
        #expect(
            errorMessage(again).hasPrefix(
                "The Customer already exists. Identification fields and values: No.='AB-1'"
            )
        )
    }

    @Test func `numbers come from the series and pass over taken ones`() {
        var client = BusinessCentralClient(customers: [.members(["number": .string("C00020")])])
        let numbers = (0..<3).map { _ in client.createCustomer(#"{"displayName":"A"}"#)["number"]?.string }
        #expect(numbers == ["C00010", "C00030", "C00040"])
    }

    @Test func `id and code of a currency follow each other`() {
        var client = BusinessCentralClient()
        let euro = "b2e5ed9e-8899-5232-a54d-da05fe34321e"
        #expect(client.createCustomer(#"{"displayName":"A","currencyCode":"eur"}"#)["currencyId"]?.string == euro)
        let byID = client.createCustomer(#"{"displayName":"B","currencyId":"\#(euro)"}"#)
        #expect(byID["currencyCode"]?.string == "EUR")
    }

    @Test func `a change needs the current tag and gives another one`() throws {
        var client = BusinessCentralClient()
        let created = client.createCustomer(#"{"displayName":"A"}"#)
        let path = "customers(\(try #require(created["id"]?.string)))"
        let tag = try #require(created["@odata.etag"]?.string)
        let body = #"{"phoneNumber":"(555) 555-1234"}"#

        for headers: SandboxHeaders in [[:], ["If-Match": "nonsense"]] {
            let refused = client.send("PATCH", path, body, headers: headers)
            #expect(refused.status == 400)
            #expect(errorCode(refused) == "BadRequest_InvalidToken")
        }
        let changed = client.send("PATCH", path, body, headers: ["If-Match": tag])
        #expect(changed.status == 200)
        #expect(json(changed)["phoneNumber"]?.string == "(555) 555-1234")
        #expect(json(changed)["displayName"]?.string == "A")
        #expect(json(changed)["lastModifiedDateTime"]?.string == client.now.text)
        #expect(json(changed)["@odata.etag"]?.string != tag)

        let stale = client.send("PATCH", path, body, headers: ["If-Match": tag])
        #expect(stale.status == 409)
        #expect(errorCode(stale) == "Request_EntityChanged")
        #expect(errorMessage(stale).hasPrefix("Another user has already changed the record."))
        #expect(client.send("PATCH", path, body, headers: ["If-Match": "*"]).status == 200)
        #expect(client.send("DELETE", path, headers: ["If-Match": tag]).status == 409)
        #expect(client.send("DELETE", path).status == 204)
        #expect(client.send("DELETE", path).status == 404)
        #expect(client.send("PATCH", path, body, headers: ["If-Match": "*"]).status == 404)
    }

    @Test func `renaming a salesperson takes the customers along`() throws {
        var client = BusinessCentralClient(
            customers: [.members(["number": .string("1"), "salespersonCode": .string("JS")])],
            salespeople: [.members(["code": .string("JS"), "displayName": .string("Jennifer Smith")])]
        )
        let id = try #require(column("id", client.send("GET", "salespeoplePurchasers")).first)
        let path = "salespeoplePurchasers(\(id))"
        #expect(client.send("PATCH", path, #"{"code":"js2"}"#, headers: ["If-Match": "*"]).status == 200)
        #expect(column("salespersonCode", client.send("GET", "customers")) == ["JS2"])
    }

    @Test func `companies are read only and sets cannot be changed`() {
        var client = BusinessCentralClient()
        let posted = client.sendRaw("POST", "/api/v2.0/companies", "{}")
        #expect(posted.status == 405)
        #expect(errorCode(posted) == "BadRequest_MethodNotAllowed")
        let patched = client.send("PATCH", "customers", "{}", headers: ["If-Match": "*"])
        #expect(patched.status == 405)
        #expect(
            errorMessage(patched).hasPrefix("'PATCH' requests for 'customers' of EdmType 'Collection' are not allowed")
        )
    }
}
