import Testing

@testable import CoupletSandbox

/// Tables beside those of every environment: tasks, leads, and one with an alternate key.
enum DataverseSeeds {
    static let tables = SeedTable(
        entitySet: "EntityDefinitions",
        rows: [
            [
                "table task tasks Task name=subject stamped owned", "activityid guid create", "subject text(200)",
                "description memo(2000)", "scheduledstart datetime", "scheduledend datetime",
                "regardingobjectid lookup: account/regardingobjectid_account_task/Account_Tasks/Cascade; "
                    + "contact/regardingobjectid_contact_task/Contact_Tasks/Cascade; "
                    + "opportunity/regardingobjectid_opportunity_task/Opportunity_Tasks/Cascade",
                "statecode state update =0: 0=Open; 1=Completed; 2=Canceled",
                "statuscode status =2: 2=Not Started/0; 5=Completed/1; 6=Canceled/2",
            ],
            [
                "table lead leads Lead name=fullname stamped owned active", "leadid guid create", "firstname text(50)",
                "lastname text(50)", "fullname text(160) readonly", "emailaddress1 text(100)",
            ],
            [
                "table example_record example_records example_Record name=example_name custom stamped owned active",
                "example_recordid guid create", "example_name text(100)", "example_key1 integer",
                "example_key2 integer",
                "example_accountid lookup schema=example_AccountId: account//example_account_records/Restrict",
                "key example_key: example_key1, example_key2",
                "key example_bylookup: example_accountid",
            ],
            [
                "table competitor competitors Competitor stamped active", "competitorid guid create", "name text(100)",
                "many opportunitycompetitors_association opportunitycompetitors opportunity",
            ],
            [
                "table contoso_sensordata contoso_sensordatas contoso_SensorData name=contoso_name custom elastic",
                "contoso_sensordataid guid create", "contoso_name text(100)", "partitionid text(100)",
                "versionnumber long readonly",
            ],
        ].map { lines in
            .members(["Definition": .array(lines.map { .string($0) })])
        }
    )
}

@Suite("Dataverse: related records")
struct DataverseRelatedWriteTests {
    private var client = DataverseClient(seed: [DataverseSeeds.tables])

    private mutating func create(_ set: String, _ body: String) throws -> String {
        let response = client.send("POST", set, body)
        let address = try #require(response.headers["OData-EntityId"], "\(response.text)")
        return String(address.suffix(37).dropLast())
    }

    private mutating func value(_ address: String, _ name: String) -> SandboxJSON? {
        client.send("GET", address).json[name]
    }

    @Test
    mutating func `records inside a record are made with it`() throws {
        let id = try create(
            "accounts",
            """
            {"name": "Fourth Coffee",
             "primarycontactid": {"firstname": "Susie", "lastname": "Curtis",
               "Contact_Tasks": [{"subject": "Sign invoice"}, {"subject": "Set up new display"}]},
             "opportunity_customer_accounts": [{"name": "Beans", "Opportunity_Tasks": [{"subject": "Roast"}]}]}
            """
        )
        let contact = try #require(value("accounts(\(id))", "_primarycontactid_value")?.string)
        #expect(value("contacts(\(contact))", "fullname")?.string == "Susie Curtis")
        let tasks = client.send("GET", "tasks?$filter=_regardingobjectid_value eq \(contact)").records
        #expect(tasks.compactMap { $0["subject"]?.string } == ["Sign invoice", "Set up new display"])
        let opportunities = client.send("GET", "opportunities?$select=name&$filter=_customerid_value eq \(id)").records
        #expect(opportunities.compactMap { $0["name"]?.string } == ["Beans"])
    }

    @Test
    mutating func `where a record inside cannot be made, none is`() {
        let body =
            #"{"name": "A", "primarycontactid": {"lastname": "B", "Contact_Tasks": [{"nosuchcolumn": 1}]}}"#
        #expect(client.send("POST", "accounts", body).code == "0x80048d19")
        #expect(client.send("GET", "accounts").records.isEmpty)
        #expect(client.send("GET", "contacts").records.isEmpty)
    }

    @Test
    mutating func `an update makes no records inside`() throws {
        let id = try create("accounts", #"{"name": "A"}"#)
        let response = client.send("PATCH", "accounts(\(id))", #"{"primarycontactid": {"lastname": "B"}}"#)
        #expect(response.status == 400)
        #expect(client.send("GET", "contacts").records.isEmpty)
    }

    @Test
    mutating func `a reference to one record is set and taken away by its address`() throws {
        let account = try create("accounts", #"{"name": "A"}"#)
        let contact = try create("contacts", #"{"lastname": "B"}"#)
        let body = #"{"@odata.id": "https://crm.example/api/data/v9.2/contacts(\#(contact))"}"#
        #expect(client.send("PUT", "accounts(\(account))/primarycontactid/$ref", body).status == 204)
        #expect(value("accounts(\(account))", "_primarycontactid_value")?.string == contact)
        #expect(client.send("DELETE", "accounts(\(account))/primarycontactid/$ref").status == 204)
        #expect(value("accounts(\(account))", "_primarycontactid_value")?.isNull == true)
    }

    @Test
    mutating func `the other end of a lookup takes records in and lets them go`() throws {
        let account = try create("accounts", #"{"name": "A"}"#)
        let contact = try create("contacts", #"{"lastname": "B"}"#)
        let collection = "accounts(\(account))/contact_customer_accounts"
        #expect(client.send("POST", "\(collection)/$ref", #"{"@odata.id": "contacts(\#(contact))"}"#).status == 204)
        #expect(value("contacts(\(contact))", "_parentcustomerid_value")?.string == account)
        let address = "\(collection)/$ref?$id=https://crm.example/api/data/v9.2/contacts(\(contact))"
        #expect(client.send("DELETE", address).status == 204)
        #expect(value("contacts(\(contact))", "_parentcustomerid_value")?.isNull == true)
        #expect(client.send("POST", collection, #"{"lastname": "C"}"#).status == 204)
        let of = client.send("GET", "contacts?$select=lastname&$filter=_parentcustomerid_value eq \(account)").records
        #expect(of.compactMap { $0["lastname"]?.string } == ["C"])
    }

    @Test
    mutating func `pairs of many to many are made once, and can be taken apart from either end`() throws {
        let account = try create("accounts", #"{"name": "A"}"#)
        let opportunity = try create(
            "opportunities",
            #"{"name": "O", "customerid_account@odata.bind": "/accounts(\#(account))"}"#
        )
        let competitor = try create("competitors", #"{"name": "C"}"#)
        let here = "opportunities(\(opportunity))/opportunitycompetitors_association"
        let body = #"{"@odata.id": "competitors(\#(competitor))"}"#
        #expect(client.send("POST", "\(here)/$ref", body).status == 204)
        #expect(client.send("POST", "\(here)/$ref", body).code == "0x80040237")
        let pairs = { (client: inout DataverseClient) in
            client.sandbox.records(entitySet: "opportunitycompetitorscollection").map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        #expect(pairs(&client)?.contains(competitor) == true)
        let there = "competitors(\(competitor))/opportunitycompetitors_association(\(opportunity))/$ref"
        #expect(client.send("DELETE", there).status == 204)
        #expect(pairs(&client) == "[]")
        #expect(client.send("POST", "\(here)/$ref", body).status == 204)
        #expect(client.send("DELETE", "competitors(\(competitor))").status == 204)
        #expect(pairs(&client) == "[]")
    }

    @Test
    mutating func `deleting a record takes along what belongs to it, and frees what refers to it`() throws {
        let account = try create("accounts", #"{"name": "A", "Account_Tasks": [{"subject": "T"}]}"#)
        let contact = try create("contacts", #"{"parentcustomerid_account@odata.bind": "accounts(\#(account))"}"#)
        #expect(client.send("DELETE", "accounts(\(account))").status == 204)
        #expect(client.send("GET", "tasks").records.isEmpty)
        #expect(value("contacts(\(contact))", "_parentcustomerid_value")?.isNull == true)
    }

    @Test
    mutating func `a restricted relationship keeps a record, and everything with it`() throws {
        let account = try create("accounts", #"{"name": "A", "Account_Tasks": [{"subject": "T"}]}"#)
        _ = try create("example_records", #"{"example_AccountId@odata.bind": "accounts(\#(account))"}"#)
        #expect(client.send("DELETE", "accounts(\(account))").code == "0x80040227")
        #expect(client.send("GET", "accounts(\(account))").status == 200)
        #expect(client.send("GET", "tasks").records.count == 1)
    }
}
