import Testing

@testable import CoupletSandbox

@Suite("Dataverse: columns")
struct DataverseColumnTests {
    private static let user = "22222222-2222-2222-2222-222222222222"
    private static let disabled = "33333333-3333-3333-3333-333333333333"

    private static func client() -> DataverseClient {
        let users = [(user, false), (disabled, true)].map { id, isDisabled in
            SandboxJSON.members([
                "systemuserid": .string(id), "fullname": .string("A B"), "isdisabled": .boolean(isDisabled),
            ])
        }
        let euro = SandboxJSON.members([
            "transactioncurrencyid": .string("44444444-4444-4444-4444-444444444444"), "isocurrencycode": .string("EUR"),
            "currencyname": .string("Euro"), "currencysymbol": .string("€"), "exchangerate": .number("2"),
        ])
        return DataverseClient(seed: [
            SeedTable(entitySet: "systemusers", rows: users),
            SeedTable(entitySet: "transactioncurrencies", rows: [euro]),
        ])
    }

    @Test(arguments: [
        ("name", 160), ("accountnumber", 20), ("telephone1", 50), ("websiteurl", 200), ("address1_line1", 250),
        ("address1_city", 80), ("address1_postalcode", 20), ("emailaddress1", 100), ("description", 2000),
    ])
    func `text may be as long as its column and no longer`(column: String, limit: Int) {
        var client = Self.client()
        let fits = String(repeating: "å", count: limit)
        #expect(client.send("POST", "accounts", "{\"\(column)\":\"\(fits)\"}").status == 204)
        let refused = client.send("POST", "accounts", "{\"\(column)\":\"\(fits)x\"}")
        #expect(refused.status == 400)
        #expect(refused.code == "0x80044331")
        let length =
            "The length of the '\(column)' attribute of the 'account' entity exceeded the maximum allowed length"
        #expect(refused.message == "A validation error occurred.  \(length) of '\(limit)'.")
    }

    @Test(arguments: [
        (#"{"nosuch":1}"#, "0x80048d19"), (#"{"Name":"A"}"#, "0x80048d19"), (#"{"name":1}"#, "0x80048d19"),
        (#"{"numberofemployees":"1"}"#, "0x80048d19"), (#"{"creditonhold":1}"#, "0x80048d19"),
        (#"{"name":"#, "0x80048d19"),
        (#"{"customertypecode":99}"#, "0x8004431a"), (#"{"_ownerid_value":null}"#, "0x80060888"),
        (#"{"OwnerId@odata.bind":"/systemusers(22222222-2222-2222-2222-222222222222)"}"#, "0x80048d19"),
        (#"{"ownerid@odata.bind":"/accounts(22222222-2222-2222-2222-222222222222)"}"#, "0x80048d19"),
        (#"{"ownerid@odata.bind":"/systemusers(33333333-3333-3333-3333-333333333333)"}"#, "0x80040225"),
        (#"{"statuscode":2}"#, "0x80048408"),
    ])
    func `a payload with a mistake is refused and nothing is created`(body: String, code: String) {
        var client = Self.client()
        let response = client.send("POST", "accounts", body)
        #expect(response.status == 400)
        #expect(response.code == code)
        #expect(client.send("GET", "accounts").records.isEmpty)
    }

    @Test
    func `a reference in the wrong case is told as an undeclared property`() {
        var client = Self.client()
        let response = client.send("POST", "accounts", #"{"ParentAccountId@odata.bind":"accounts(x)"}"#)
        #expect(response.message?.contains("An undeclared property 'ParentAccountId'") == true)
    }

    @Test
    func `empty text is stored as null, null clears, and nulls are written out`() {
        var client = Self.client()
        let id = client.createAccount(#""name":"A","fax":"","telephone1":"1""#)
        client.send("PATCH", "accounts(\(id))", #"{"telephone1":null}"#)
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["fax"]?.isNull == true)
        #expect(record["telephone1"]?.isNull == true)
        #expect(record["name"]?.string == "A")
        let columns = client.sandbox.store.schema.table("account")?.columns.count ?? 0
        #expect(record.object?.count == columns + 2)
        #expect(client.send("GET", "accounts?$filter=fax eq null and telephone1 eq null").records.count == 1)
    }

    @Test(arguments: [
        "/systemusers(22222222-2222-2222-2222-222222222222)", "systemusers(22222222-2222-2222-2222-222222222222)",
        "https://crm.example/api/data/v9.2/systemusers(22222222-2222-2222-2222-222222222222)",
    ])
    func `a reference is written by address and read by value`(address: String) {
        var client = Self.client()
        let id = client.createAccount("\"ownerid@odata.bind\":\"\(address)\"")
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["_ownerid_value"]?.string == Self.user)
        #expect(record["_owninguser_value"]?.string == Self.user)
        #expect(record["_createdby_value"]?.string == client.sandbox.store.caller.description)
    }

    @Test
    func `a reference to nothing is refused and null clears one`() {
        var client = Self.client()
        let missing = "99999999-9999-9999-9999-999999999999"
        let refused = client.send("POST", "accounts", "{\"parentaccountid@odata.bind\":\"/accounts(\(missing))\"}")
        #expect(refused.status == 404)
        #expect(refused.message == "account With Id = \(missing) Does Not Exist")
        let contact = client.send("POST", "accounts", "{\"primarycontactid@odata.bind\":\"/contacts(\(missing))\"}")
        #expect(contact.message == "contact With Id = \(missing) Does Not Exist")
        let parent = client.createAccount(#""name":"P""#)
        let child = client.createAccount("\"parentaccountid@odata.bind\":\"/accounts(\(parent))\"")
        #expect(client.send("GET", "accounts(\(child))").json["_parentaccountid_value"]?.string == parent)
        client.send("PATCH", "accounts(\(child))", #"{"parentaccountid@odata.bind":null}"#)
        #expect(client.send("GET", "accounts(\(child))").json["_parentaccountid_value"]?.isNull == true)
    }

    @Test
    func `deleting a record clears the references to it`() {
        var client = Self.client()
        let parent = client.createAccount(#""name":"P""#)
        let child = client.createAccount("\"parentaccountid@odata.bind\":\"/accounts(\(parent))\"")
        #expect(client.send("DELETE", "accounts(\(parent))").status == 204)
        #expect(client.send("GET", "accounts(\(child))").json["_parentaccountid_value"]?.isNull == true)
    }

    @Test
    func `a new record belongs to the caller and is active`() {
        var client = Self.client()
        let id = client.createAccount(#""name":"A","statecode":1"#)
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["_ownerid_value"]?.string == client.sandbox.store.caller.description)
        #expect(record["statecode"]?.integer == 0)
        #expect(record["statuscode"]?.integer == 1)
        #expect(record["creditonhold"]?.boolean == false)
    }

    @Test(arguments: [
        (#"{"statecode":1}"#, 204, 1, 2), (#"{"statecode":1,"statuscode":2}"#, 204, 1, 2),
        (#"{"statecode":1,"statuscode":1}"#, 400, 0, 1), (#"{"statuscode":2}"#, 400, 0, 1),
        (#"{"statuscode":1}"#, 204, 0, 1),
    ])
    func `state and status change in pairs`(body: String, status: Int, state: Int, reason: Int) {
        var client = Self.client()
        let id = client.createAccount(#""name":"A""#)
        #expect(client.send("PATCH", "accounts(\(id))", body).status == status)
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["statecode"]?.integer == state)
        #expect(record["statuscode"]?.integer == reason)
    }

    @Test
    func `an amount brings its currency and the amount in the base currency`() {
        var client = Self.client()
        let id = client.createAccount(#""creditlimit":1000.5"#)
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["_transactioncurrencyid_value"]?.string == "44444444-4444-4444-4444-444444444444")
        #expect(record["exchangerate"]?.number == "2.0")
        #expect(record["creditlimit_base"]?.number == "500.25")
        let without = client.createAccount(#""name":"A""#)
        let other = client.send("GET", "accounts(\(without))").json
        #expect(other["_transactioncurrencyid_value"]?.isNull == true)
    }

    @Test
    func `annotations stand before their properties`() {
        var client = Self.client()
        let id = client.createAccount(
            "\"creditlimit\":12345.5,\"customertypecode\":3,\"ownerid@odata.bind\":\"/systemusers(\(Self.user))\""
        )
        let response = client.send(
            "GET",
            "accounts(\(id))?$select=creditlimit,customertypecode,_ownerid_value,createdon",
            headers: [("Prefer", #"odata.include-annotations="*""#)]
        )
        #expect(response.headers["Preference-Applied"] == #"odata.include-annotations="*""#)
        let label = "@OData.Community.Display.V1.FormattedValue"
        #expect(response.json["creditlimit\(label)"]?.string == "€12,345.50")
        #expect(response.json["customertypecode\(label)"]?.string == "Customer")
        #expect(response.json["_ownerid_value\(label)"]?.string == "A B")
        #expect(response.json["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"]?.string == "systemuser")
        #expect(response.json["createdon\(label)"]?.string == "3/4/2026 5:06 AM")
        let names = response.json.object?.map(\.name) ?? []
        let position = names.firstIndex(of: "customertypecode") ?? 0
        #expect(names[position - 1] == "customertypecode\(label)")
    }

    @Test
    func `columns that nobody may write are left out without an error`() {
        var client = Self.client()
        let body = #"{"name":"A","createdon":"2001-01-01T00:00:00Z","versionnumber":5,"importsequencenumber":9}"#
        let response = client.send("POST", "accounts", body, headers: [DataverseClient.representation])
        #expect(response.json["createdon"]?.string == "2026-03-04T05:06:07Z")
        #expect(response.json["importsequencenumber"]?.integer == 9)
        let migrated = client.send(
            "POST",
            "accounts",
            #"{"overriddencreatedon":"2001-01-01T00:00:00Z"}"#,
            headers: [DataverseClient.representation]
        )
        #expect(migrated.json["createdon"]?.string == "2001-01-01T00:00:00Z")
    }
}
