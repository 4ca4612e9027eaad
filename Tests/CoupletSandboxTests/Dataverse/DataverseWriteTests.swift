import Testing

@testable import CoupletSandbox

@Suite("Dataverse: writes")
struct DataverseWriteTests {
    private static let unknownID = "00000000-0000-0000-0000-000000000001"

    @Test
    func `a create answers 204 and the record's address`() {
        var client = DataverseClient()
        let response = client.send("POST", "accounts", #"{"name":"Alpine Ski House"}"#)
        #expect(response.status == 204)
        #expect(response.body.isEmpty)
        let address = response.headers["OData-EntityId"] ?? ""
        #expect(address.hasPrefix("https://crm.example/api/data/v9.2/accounts("))
        #expect(response.headers["OData-Version"] == "4.0")
        #expect(response.headers["Date"] == "Wed, 04 Mar 2026 05:06:07 GMT")
        #expect(client.follow(address).json["name"]?.string == "Alpine Ski House")
    }

    @Test
    func `a create with representation answers 201 with the selected columns and the money's currency`() {
        var client = DataverseClient()
        let response = client.send(
            "POST",
            "accounts?$select=name,revenue,createdon",
            #"{"name":"A","revenue":5000000,"accountcategorycode":1,"address1_latitude":47.639583}"#,
            headers: [DataverseClient.representation]
        )
        #expect(response.status == 201)
        #expect(response.headers["Preference-Applied"] == "return=representation")
        #expect(response.headers["OData-EntityId"] == nil)
        let names = response.json.object?.map(\.name)
        #expect(
            names == [
                "@odata.context", "@odata.etag", "name", "revenue", "createdon", "_transactioncurrencyid_value",
                "accountid",
            ]
        )
        #expect(response.json["revenue"]?.number == "5000000.0")
        #expect(response.json["createdon"]?.string == "2026-03-04T05:06:07Z")
        #expect(response.json["@odata.etag"]?.string == response.headers["ETag"])
        let context = "https://crm.example/api/data/v9.2/$metadata#accounts(name,revenue,createdon)/$entity"
        #expect(response.json["@odata.context"]?.string == context)
    }

    @Test
    func `the caller's primary key is taken once`() {
        var client = DataverseClient()
        let body = #"{"accountid":"11111111-1111-1111-1111-111111111111","name":"A"}"#
        let first = client.send("POST", "accounts", body)
        #expect(first.headers["OData-EntityId"]?.hasSuffix("accounts(11111111-1111-1111-1111-111111111111)") == true)
        let second = client.send("POST", "accounts", body)
        #expect(second.status == 412)
        #expect(second.code == "0x80040237")
        #expect(second.message == "Cannot insert duplicate key.")
    }

    @Test
    func `a patch without conditions makes the record that is missing and changes the one that is there`() {
        var client = DataverseClient()
        let target = "accounts(\(Self.unknownID))?$select=name"
        let made = client.send("PATCH", target, #"{"name":"A"}"#, headers: [DataverseClient.representation])
        #expect(made.status == 201)
        let changed = client.send("PATCH", target, #"{"name":"B"}"#, headers: [DataverseClient.representation])
        #expect(changed.status == 200)
        #expect(changed.json["name"]?.string == "B")
        let silent = client.send("PATCH", target, #"{"fax":"1"}"#)
        #expect(silent.status == 204)
        #expect(silent.headers["OData-EntityId"] == "https://crm.example/api/data/v9.2/accounts(\(Self.unknownID))")
    }

    @Test
    func `only the present version may be changed or deleted under If-Match`() {
        var client = DataverseClient()
        let id = client.createAccount(#""name":"A""#)
        let old = client.tag(id)
        #expect(client.send("PATCH", "accounts(\(id))", #"{"name":"B"}"#, headers: [("If-Match", old)]).status == 204)
        for method in ["PATCH", "DELETE"] {
            let body = method == "PATCH" ? #"{"name":"C"}"# : nil
            let response = client.send(method, "accounts(\(id))", body, headers: [("If-Match", old)])
            #expect(response.status == 412)
            #expect(response.code == "0x80060882")
            #expect(
                response.message == "The version of the existing record doesn't match the RowVersion property provided."
            )
        }
        #expect(client.send("GET", "accounts(\(id))").json["name"]?.string == "B")
        #expect(client.send("DELETE", "accounts(\(id))", headers: [("If-Match", client.tag(id))]).status == 204)
        let gone = client.send("GET", "accounts(\(id))")
        #expect(gone.status == 404)
        #expect(gone.code == "0x80040217")
        #expect(gone.message == "account With Id = \(id) Does Not Exist")
    }

    @Test
    func `If-Match star only updates and If-None-Match star only creates`() {
        var client = DataverseClient()
        let target = "accounts(\(Self.unknownID))"
        let missing = client.send("PATCH", target, #"{"name":"A"}"#, headers: [("If-Match", "*")])
        #expect(missing.status == 404)
        #expect(missing.code == "0x80040217")
        let created = client.send("PATCH", target, #"{"name":"A"}"#, headers: [("If-None-Match", "*")])
        #expect(created.status == 204)
        let refused = client.send("PATCH", target, #"{"name":"B"}"#, headers: [("If-None-Match", "*")])
        #expect(refused.status == 412)
        #expect(refused.message == "A record with matching key values already exists.")
        #expect(client.send("PATCH", target, #"{"name":"B"}"#, headers: [("If-Match", "*")]).status == 204)
    }

    @Test
    func `a read with the present version answers 304`() {
        var client = DataverseClient()
        let id = client.createAccount(#""name":"A""#)
        let tag = client.tag(id)
        let unchanged = client.send("GET", "accounts(\(id))?$select=name", headers: [("If-None-Match", tag)])
        #expect(unchanged.status == 304)
        #expect(unchanged.body.isEmpty)
        client.send("PATCH", "accounts(\(id))", #"{"fax":"1"}"#)
        #expect(client.send("GET", "accounts(\(id))", headers: [("If-None-Match", tag)]).status == 200)
    }

    @Test
    func `each write has a greater version than any before`() {
        var client = DataverseClient()
        let first = client.createAccount(#""name":"A""#)
        let second = client.createAccount(#""name":"B""#)
        client.send("PATCH", "accounts(\(first))", #"{"name":"A"}"#)
        let versions = [second, first].map { id in
            client.send("GET", "accounts(\(id))?$select=versionnumber").json["versionnumber"]?.integer ?? 0
        }
        #expect(versions[0] < versions[1])
        #expect(client.tag(first) == "W/\"\(versions[1])\"")
    }

    @Test
    func `a column of its own is put and deleted`() {
        var client = DataverseClient()
        let id = client.createAccount(#""name":"A""#)
        #expect(client.send("PUT", "accounts(\(id))/telephone1", #"{"value":"555-0001"}"#).status == 204)
        #expect(client.send("GET", "accounts(\(id))/telephone1").json["value"]?.string == "555-0001")
        #expect(client.send("DELETE", "accounts(\(id))/telephone1").status == 204)
        #expect(client.send("GET", "accounts(\(id))/telephone1").status == 204)
    }

    @Test(arguments: [
        ("POST", "accounts(00000000-0000-0000-0000-000000000001)", 405), ("DELETE", "accounts", 405),
        ("PATCH", "accounts", 405), ("GET", "leads", 404), ("GET", "Accounts", 404), ("POST", "WhoAmI", 404),
        ("GET", "accounts(name='x')", 400), ("GET", "/api/data/v8.2/accounts", 404), ("POST", "systemusers", 403),
        ("POST", "organizations", 403), ("GET", "accounts/x", 404),
    ])
    func `what cannot be addressed is refused`(method: String, target: String, status: Int) {
        var client = DataverseClient()
        #expect(client.send(method, target, method == "GET" ? nil : "{}").status == status)
    }

    @Test(arguments: ["v9.0", "v9.1", "v9.2"])
    func `the version of the address comes back in links`(version: String) {
        var client = DataverseClient()
        let response = client.send("GET", "/api/data/\(version)/WhoAmI()")
        let context = "https://crm.example/api/data/\(version)/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"
        #expect(response.json["@odata.context"]?.string == context)
        #expect(response.json["UserId"]?.string == client.sandbox.store.caller.description)
    }

    @Test
    func `users may be changed and their full name follows`() {
        let user = SandboxJSON.members([
            "systemuserid": .string(Self.unknownID), "firstname": .string("Nancy"), "lastname": .string("Davolio"),
        ])
        var client = DataverseClient(seed: [SeedTable(entitySet: "systemusers", rows: [user])])
        let target = "systemusers(\(Self.unknownID))"
        #expect(client.send("GET", target).json["fullname"]?.string == "Nancy Davolio")
        let body = #"{"lastname":"Berg","fullname":"Nobody","isdisabled":true}"#
        #expect(client.send("PATCH", target, body).status == 204)
        let after = client.send("GET", target).json
        #expect(after["fullname"]?.string == "Nancy Berg")
        #expect(after["isdisabled"]?.boolean == false)
    }

    @Test
    func `an administrator makes currencies, each code once and with a rate`() {
        var client = DataverseClient()
        let body =
            #"{"isocurrencycode":"SEK","currencyname":"Swedish Krona","currencysymbol":"kr","exchangerate":10.5}"#
        #expect(client.send("POST", "transactioncurrencies", body).status == 204)
        let address = "transactioncurrencies?$filter=isocurrencycode%20eq%20'SEK'"
        let made = client.send("GET", address).records
        #expect(made.map { $0["exchangerate"]?.number } == ["10.5"])
        #expect(made.first?["currencyprecision"]?.number == "2")
        #expect(client.send("POST", "transactioncurrencies", body).status == 412)
        #expect(client.send("POST", "transactioncurrencies", #"{"currencyname":"Nothing"}"#).status == 400)
        let free = body.replacing("SEK", with: "NOK").replacing("10.5", with: "0")
        #expect(client.send("POST", "transactioncurrencies", free).status == 400)
        #expect(
            client.send("DELETE", "transactioncurrencies(\(made.first?["transactioncurrencyid"]?.string ?? ""))").status
                == 403
        )
    }
}
