import Testing

@testable import CoupletSandbox

@Suite("Dataverse: the service around the records")
struct DataverseServiceTests {
    @Test
    func `without a token the gateway refuses with an empty body`() {
        var client = DataverseClient()
        let unknown = client.send("GET", "accounts", headers: [("Authorization", "Bearer nobody")])
        #expect(unknown.status == 401)
        #expect(unknown.body.isEmpty)
        #expect(unknown.headers["WWW-Authenticate"]?.hasPrefix("Bearer authorization_uri=https://crm.example/") == true)
        client.now = client.now.advanced(byMilliseconds: 3_600_000)
        #expect(client.send("GET", "accounts").status == 401)
        client.renewToken()
        #expect(client.send("GET", "accounts").status == 200)
        client.sandbox.desk.faults.add([FaultRule(.expiredToken)])
        #expect(client.send("GET", "accounts").status == 401)
    }

    @Test
    func `every answer has its own number and says how much is left`() {
        var client = DataverseClient()
        let (first, second) = (client.send("GET", "accounts"), client.send("GET", "accounts"))
        #expect(first.headers["REQ_ID"] != second.headers["REQ_ID"])
        #expect(first.headers["REQ_ID"] == first.headers["x-ms-service-request-id"])
        #expect(first.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "5999")
        #expect(second.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "5998")
        client.now = client.now.advanced(byMilliseconds: 300_000)
        let later = client.send("GET", "accounts")
        #expect(later.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "5999")
    }

    @Test
    func `refusals for too many requests name each of the three limits in turn`() {
        var client = DataverseClient()
        var rule = FaultRule(.status(429, retryAfter: 12))
        rule.times = 3
        client.sandbox.desk.faults.add([rule])
        let answers = (0..<3).map { _ in client.send("GET", "accounts") }
        #expect(answers.map(\.status) == [429, 429, 429])
        #expect(answers.map(\.code) == ["0x80072322", "0x80072321", "0x80072326"])
        #expect(answers.allSatisfy { $0.headers["Retry-After"] == "12" })
        #expect(client.send("GET", "accounts").status == 200)
    }

    @Test
    func `the service document lists the sets`() {
        var client = DataverseClient()
        let names = client.send("GET", "").records.compactMap { $0["name"]?.string }
        #expect(names == client.sandbox.store.schema.tables.map(\.set).sorted())
        #expect(names.contains("accounts") && names.contains("salesorderdetails"))
    }

    @Test
    func `a seed is loaded as it is, and what cannot be is told`() {
        let account = SandboxJSON.members([
            "accountid": .string("00000000-0000-0000-0000-000000000001"), "name": .string("A"),
            "_ownerid_value": .string("00000000-0000-0000-0000-000000000002"),
            "createdon": .string("2001-02-03T04:05:06Z"),
            "statecode": .number("1"), "statuscode": .number("2"), "nosuch": .number("1"), "telephone1": .number("1"),
        ])
        let unknown = SeedTable(entitySet: "nosuches", rows: [])
        var client = DataverseClient(seed: [SeedTable(entitySet: "accounts", rows: [account]), unknown])
        let record = client.send("GET", "accounts").records.first
        #expect(record?["createdon"]?.string == "2001-02-03T04:05:06Z")
        #expect(record?["_owninguser_value"]?.string == "00000000-0000-0000-0000-000000000002")
        #expect(record?["statecode"]?.integer == 1)
        #expect(record?["telephone1"]?.isNull == true)
        #expect(client.sandbox.warnings.count == 3)
    }

    @Test
    func `the same requests at the same times get the same answers`() {
        let answers = (0..<2).map { _ in
            var client = DataverseClient()
            let first = client.send("POST", "accounts", #"{"name":"A"}"#)
            return first.headers.fields.map { "\($0.name): \($0.value)" } + [client.send("GET", "accounts").text]
        }
        #expect(answers[0] == answers[1])
    }

    @Test
    func `a reset with data puts the tables back`() {
        var client = DataverseClient()
        let before = client.send("GET", "/_sandbox/records/systemusers").json.array?.first?["systemuserid"]?.string
        _ = client.createAccount(#""name":"A""#)
        #expect(client.send("POST", "/_sandbox/reset", #"{"data":true}"#).status == 204)
        #expect(client.send("GET", "/_sandbox/records/accounts").text == "[]")
        let after = client.send("GET", "/_sandbox/records/systemusers").json.array?.first?["systemuserid"]?.string
        #expect(after == before)
        #expect(client.send("GET", "/_sandbox/records/nosuch").status == 404)
    }

    @Test
    func `an edit of a person keeps what it does not name and has a new version`() {
        var client = DataverseClient()
        let id = client.createAccount(#""name":"A","fax":"1""#)
        let tag = client.tag(id)
        let edit = client.send(
            "POST",
            "/_sandbox/records/accounts",
            "[{\"accountid\":\"\(id)\",\"name\":\"B\",\"nosuch\":1},{\"name\":\"N\"}]"
        )
        #expect(edit.json["warnings"]?.array?.count == 1)
        let record = client.send("GET", "accounts(\(id))").json
        #expect(record["name"]?.string == "B")
        #expect(record["fax"]?.string == "1")
        #expect(client.tag(id) != tag)
        #expect(client.send("GET", "accounts").records.count == 2)
    }
}

@Suite("Dataverse: definitions")
struct DataverseDefinitionTests {
    @Test
    func `tables are found by name and by flag`() {
        var client = DataverseClient()
        let query = "$select=LogicalName,EntitySetName,PrimaryIdAttribute&$filter=LogicalName%20eq%20'account'"
        let found = client.send("GET", "EntityDefinitions?\(query)").records
        #expect(found.count == 1)
        #expect(found.first?["EntitySetName"]?.string == "accounts")
        #expect(found.first?["PrimaryIdAttribute"]?.string == "accountid")
        #expect(found.first?["IsPrivate"] == nil)
        let tracked = client.send("GET", "EntityDefinitions?$filter=ChangeTrackingEnabled%20eq%20true").records
        #expect(tracked.contains { $0["LogicalName"]?.string == "contact" })
        #expect(!tracked.contains { $0["LogicalName"]?.string == "savedquery" })
        #expect(client.send("GET", "EntityDefinitions(LogicalName='nosuch')").status == 404)
    }

    @Test
    func `lengths and options of columns are told`() {
        var client = DataverseClient()
        let base = "EntityDefinitions(LogicalName='account')/Attributes"
        let name = client.send("GET", "\(base)(LogicalName='name')?$select=MaxLength").json
        #expect(name["MaxLength"]?.integer == 160)
        let picklists = client.send(
            "GET",
            "\(base)/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)"
        ).records
        let types = picklists.first { $0["LogicalName"]?.string == "customertypecode" }?["OptionSet"]?["Options"]?.array
        #expect(types?.count == 12)
        #expect(types?[2]["Value"]?.integer == 3)
        #expect(types?[2]["Label"]?["UserLocalizedLabel"]?["Label"]?.string == "Customer")
    }
}
