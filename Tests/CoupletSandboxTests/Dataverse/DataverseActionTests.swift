import Testing

@testable import CoupletSandbox

@Suite("Dataverse: actions and many records")
struct DataverseActionTests {
    private static let person = "11111111-0000-0000-0000-000000000001"
    private static let gone = "11111111-0000-0000-0000-000000000002"
    private var client = DataverseClient(seed: [
        DataverseSeeds.tables,
        SeedTable(
            entitySet: "systemusers",
            rows: [
                .members([
                    "systemuserid": .string(person), "fullname": .string("Ida Holm"),
                    "azureactivedirectoryobjectid": .string("22222222-0000-0000-0000-000000000001"),
                ]),
                .members(["systemuserid": .string(gone), "isdisabled": .boolean(true)]),
            ]
        ),
    ])

    private static func targets(_ type: String, _ bodies: String...) -> String {
        let list = bodies.map { #"{"@odata.type": "Microsoft.Dynamics.CRM.\#(type)", \#($0)}"# }
        return #"{"Targets": [\#(list.joined(separator: ","))]}"#
    }

    private mutating func bulk(_ set: String, _ action: String, _ body: String) -> SandboxResponse {
        client.send("POST", "\(set)/Microsoft.Dynamics.CRM.\(action)", body)
    }

    private mutating func names() -> [String?] {
        client.send("GET", "accounts?$select=name").records.map { $0["name"]?.string }
    }

    @Test
    mutating func `many records are made, changed and put at once`() throws {
        let made = bulk("accounts", "CreateMultiple", Self.targets("account", #""name": "A""#, #""name": "B""#))
        let ids = made.json["Ids"]?.array?.compactMap(\.string) ?? []
        #expect(ids.count == 2)
        let changes = Self.targets("account", #""accountid": "\#(ids[0])", "name": "A2""#)
        #expect(bulk("accounts", "UpdateMultiple", changes).status == 204)
        let put = Self.targets(
            "account",
            #""accountid": "\#(ids[1])", "name": "B2""#,
            #""@odata.id": "accounts(11111111-0000-0000-0000-000000000009)", "name": "C""#
        )
        #expect(bulk("accounts", "UpsertMultiple", put).status == 204)
        #expect(names() == ["A2", "B2", "C"])
    }

    @Test
    mutating func `on a standard table one record that cannot be written keeps all from being written`() {
        let id = client.createAccount(#""name": "A""#)
        let body = Self.targets(
            "account",
            #""accountid": "\#(id)", "name": "changed""#,
            #""accountid": "11111111-0000-0000-0000-000000000009", "name": "x""#
        )
        #expect(bulk("accounts", "UpdateMultiple", body).status == 404)
        #expect(names() == ["A"])
        #expect(bulk("accounts", "DeleteMultiple", body).message == "DeleteMultiple has not yet been implemented.")
        #expect(bulk("accounts", "CreateMultiple", #"{"Targets": [{"name": "x"}]}"#).code == "0x80048d19")
        #expect(bulk("accounts", "CreateMultiple", Self.targets("contact", #""lastname": "x""#)).code == "0x80048d19")
        #expect(names() == ["A"])
    }

    @Test
    mutating func `on an elastic table each record stands for itself`() {
        let made = bulk(
            "contoso_sensordatas",
            "CreateMultiple",
            Self.targets("contoso_sensordata", #""contoso_name": "A""#, #""contoso_name": "B""#)
        )
        let first = made.json["Ids"]?.array?.first?.string ?? ""
        let key = #""contoso_sensordataid""#
        let body = Self.targets(
            "contoso_sensordata",
            #"\#(key): "\#(first)""#,
            #"\#(key): "11111111-0000-0000-0000-000000000009""#
        )
        let response = client.send(
            "POST",
            "contoso_sensordatas/Microsoft.Dynamics.CRM.DeleteMultiple",
            body,
            headers: [("Prefer", "odata.include-annotations=\"*\"")]
        )
        #expect(response.status == 404)
        let details = response.json["error"]?["@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails"]
        #expect(details?.string?.contains(#""RequestIndex":1"#) == true)
        #expect(client.send("GET", "contoso_sensordatas").records.count == 1)
    }

    @Test
    mutating func `a job deletes what its query finds, and is kept`() {
        let ids = (1...3).map { number in client.createAccount(#""name": "A\#(number)""#) }
        let values = ids.dropFirst().map { #"{"Value": "\#($0)", "Type": "System.Guid"}"# }.joined(separator: ",")
        let body = """
            {"JobName": "Clean up", "QuerySet": [{"EntityName": "account", "Criteria": {"FilterOperator": "And",
              "Conditions": [{"AttributeName": "accountid", "Operator": "In", "Values": [\(values)]}]}}]}
            """
        let job = client.send("POST", "BulkDelete", body).json["JobId"]?.string ?? ""
        #expect(names() == ["A1"])
        let row = client.send("GET", "asyncoperations(\(job))").json
        #expect(row["name"]?.string == "Clean up")
        #expect(row["statuscode"]?.integer == 30)
        #expect(client.send("POST", "BulkDelete", #"{"QuerySet": [{"EntityName": "nothing"}]}"#).status == 404)
    }

    @Test
    mutating func `merging leaves one record with everything, and the other inactive`() throws {
        let master = client.createAccount(#""name": "Master""#)
        let other = client.createAccount(#""name": "Other", "telephone1": "1""#)
        let child = client.createAccount(#""name": "Child", "parentaccountid@odata.bind": "accounts(\#(other))""#)
        let record = #""@odata.type": "Microsoft.Dynamics.CRM.account", "accountid""#
        let body = """
            {"Target": {\(record): "\(master)"}, "Subordinate": {\(record): "\(other)"},
             "UpdateContent": {\(record): "00000000-0000-0000-0000-000000000000", "telephone1": "1"},
             "PerformParentingChecks": false}
            """
        #expect(client.send("POST", "Merge", body).status == 204)
        #expect(client.send("GET", "accounts(\(master))").json["telephone1"]?.string == "1")
        #expect(client.send("GET", "accounts(\(child))").json["_parentaccountid_value"]?.string == master)
        let gone = client.send("GET", "accounts(\(other))").json
        #expect(gone["statecode"]?.integer == 1)
        #expect(gone["merged"]?.boolean == true)
        #expect(gone["_masterid_value"]?.string == master)
        #expect(client.send("POST", "Merge", body).status == 400)
    }

    @Test
    mutating func `an opportunity is closed by an action and by nothing else`() {
        let account = client.createAccount(#""name": "A""#)
        let body = #"{"name": "O", "estimatedvalue": 10, "customerid_account@odata.bind": "accounts(\#(account))"}"#
        let made = client.send("POST", "opportunities", body, headers: [DataverseClient.representation]).json
        let address = "opportunities(\(made["opportunityid"]?.string ?? ""))"
        #expect(client.send("PATCH", address, #"{"statecode": 1}"#).code == "0x80100005")
        let close = #"{"Status": 3, "OpportunityClose": {"opportunityid@odata.bind": "\#(address)"}}"#
        #expect(client.send("POST", "WinOpportunity", close).status == 204)
        let won = client.send("GET", address).json
        #expect(won["statecode"]?.integer == 1)
        #expect(won["actualvalue"]?.number == "10.0")
        #expect(won["actualclosedate"]?.string == "2026-03-04")
        #expect(client.send("POST", "LoseOpportunity", close).code == "0x80040515")
        #expect(client.send("PATCH", address, #"{"name": "x"}"#).code == "0x80043b09")
        #expect(client.send("PATCH", address, #"{"statecode": 0, "statuscode": 1}"#).status == 204)
        #expect(client.send("PATCH", address, #"{"name": "x"}"#).status == 204)
        #expect(client.send("POST", "LoseOpportunity", close).code == "0x80048408")
    }

    @Test(arguments: [("MSCRMCallerID", person), ("CallerObjectId", "22222222-0000-0000-0000-000000000001")])
    mutating func `a record can be made in another one's name`(header: String, value: String) {
        let answer = client.send(
            "POST",
            "accounts",
            #"{"name": "A"}"#,
            headers: [(header, value), DataverseClient.representation]
        ).json
        for property in ["_createdby_value", "_modifiedby_value", "_ownerid_value", "_owninguser_value"] {
            #expect(answer[property]?.string == Self.person)
        }
        #expect(answer["_createdonbehalfby_value"]?.string == client.sandbox.store.caller.description)
    }

    @Test
    mutating func `nobody is nobody, and who is disabled writes nothing`() {
        let unknown = [("MSCRMCallerID", "11111111-0000-0000-0000-000000000009")]
        #expect(client.send("POST", "accounts", "{}", headers: unknown).status == 404)
        #expect(client.send("POST", "accounts", "{}", headers: [("MSCRMCallerID", Self.gone)]).code == "0x80040225")
        #expect(client.send("POST", "accounts", "{}", headers: [("CallerObjectId", "x")]).status == 400)
        #expect(names().isEmpty)
    }

    @Test
    mutating func `duplicates are looked for only on request`() {
        let body = #"{"name": "A", "emailaddress1": "a@b.example"}"#
        let detect = [("MSCRM.SuppressDuplicateDetection", "false")]
        #expect(client.send("POST", "accounts", body, headers: detect).status == 204)
        #expect(client.send("POST", "accounts", body).status == 204)
        let other = #"{"name": "B", "emailaddress1": "A@B.example"}"#
        #expect(client.send("POST", "accounts", other, headers: detect).code == "0x80040333")
        #expect(client.send("POST", "accounts", #"{"name": "C"}"#, headers: detect).status == 204)
    }

    @Test
    mutating func `a refusal says more to who asks for annotations`() {
        let wish = [("Prefer", "odata.include-annotations=\"Microsoft.PowerApps.CDS.HelpLink\"")]
        let response = client.send("POST", "accounts", #"{"nosuchcolumn": 1}"#, headers: wish)
        let error = response.json["error"]
        #expect(error?["@Microsoft.PowerApps.CDS.HelpLink"]?.string?.contains("80048d19") == true)
        #expect(error?["@Microsoft.PowerApps.CDS.InnerError.Message"] == nil)
    }
}
