import Testing

@testable import CoupletSandbox

@Suite("Dataverse: alternate keys")
struct DataverseKeyTests {
    private var client = DataverseClient(seed: [DataverseSeeds.tables])

    @Test(arguments: [
        ("accountnumber='A1'", "accountnumber", "\"A1\""), ("name='O''Neil, Ltd'", "name", "\"O'Neil, Ltd\""),
        ("example_key1=2", "example_key1", "2"), ("code=@c", "code", "\"x\""),
        (
            "_primarycontactid_value=00000000-0000-0000-0000-000000000001", "_primarycontactid_value",
            "\"00000000-0000-0000-0000-000000000001\""
        ),
    ])
    func `a key in an address is read`(text: String, name: String, value: String) throws {
        guard case .parts(let parts)? = DataverseKeyPredicate(text, aliases: ["@c": "'x'"]) else {
            Issue.record("not read")
            return
        }
        #expect(parts.map(\.name) == [name])
        #expect(parts.map(\.value.jsonText) == [value])
    }

    @Test(arguments: ["", "name", "name=", "name='a", "name='a'b'", "=1", "name='a',", "name=abc"])
    func `nothing else is a key`(text: String) {
        #expect(DataverseKeyPredicate(text) == nil)
    }

    @Test
    mutating func `a record that is not there is made with the values of its key`() throws {
        let prefer = ("Prefer", "return=representation")
        let address = "example_records(example_key1=3,example_key2=3)"
        let made = client.send(
            "PATCH",
            "\(address)?$select=example_key1",
            #"{"example_name": "3:3"}"#,
            headers: [prefer]
        )
        #expect(made.status == 201)
        #expect(made.json["example_key1"]?.integer == 3)
        let changed = client.send("PATCH", address, #"{"example_name": "changed"}"#, headers: [prefer])
        #expect(changed.status == 200)
        #expect(changed.json["example_recordid"]?.string == made.json["example_recordid"]?.string)
        let silent = client.send("PATCH", address, #"{"example_name": "again"}"#)
        #expect(silent.status == 204)
        #expect(silent.headers["OData-EntityId"] == "https://crm.example/api/data/v9.2/\(address)")
        #expect(client.send("GET", address).json["example_name"]?.string == "again")
    }

    @Test
    mutating func `only declared keys are understood`() {
        let response = client.send("GET", "accounts(name='Contoso')")
        #expect(response.status == 400)
        #expect(response.message?.hasPrefix("The key in the request URI is not valid") == true)
        #expect(client.send("GET", "example_records(example_key1=1,example_key2=1)").code == "0x80060891")
        #expect(client.send("DELETE", "example_records(example_key1=1,example_key2=1)").status == 404)
    }

    @Test
    mutating func `two records cannot have the same values`() {
        #expect(client.send("POST", "example_records", #"{"example_key1": 1, "example_key2": 1}"#).status == 204)
        let second = client.send("POST", "example_records", #"{"example_key1": 1, "example_key2": 1}"#)
        #expect(second.status == 412)
        #expect(second.code == "0x80060892")
        // Without all of its values a record is in no key.
        #expect(client.send("POST", "example_records", #"{"example_key1": 1}"#).status == 204)
        #expect(client.send("POST", "example_records", #"{"example_key1": 1}"#).status == 204)
    }

    @Test
    mutating func `a key is free again when its record is changed, deleted or taken back`() throws {
        let address = "example_records(example_key1=1,example_key2=1)"
        #expect(client.send("PATCH", address, "{}").status == 204)
        #expect(client.send("PATCH", address, #"{"example_key2": 2}"#).status == 204)
        #expect(client.send("GET", address).status == 404)
        #expect(client.send("PATCH", address, "{}").status == 204)
        #expect(client.send("DELETE", address).status == 204)
        #expect(client.send("GET", address).status == 404)
        let targets = """
            {"Targets": [{"@odata.type": "Microsoft.Dynamics.CRM.example_record", "example_key1": 1, "example_key2": 1},
                         {"@odata.type": "Microsoft.Dynamics.CRM.example_record", "nosuchcolumn": 1}]}
            """
        #expect(client.send("POST", "example_records/Microsoft.Dynamics.CRM.CreateMultiple", targets).status == 400)
        #expect(client.send("GET", address).status == 404)
        #expect(client.send("GET", "example_records(example_key1=1,example_key2=2)").status == 200)
    }

    @Test
    mutating func `a lookup can be a key, and a reference can use one`() throws {
        let account = client.createAccount(#""name": "A""#)
        let address = "example_records(_example_accountid_value=\(account))"
        #expect(client.send("PATCH", address, #"{"example_key1": 7, "example_key2": 7}"#).status == 204)
        #expect(client.send("GET", "example_records(example_key1=7,example_key2=7)").status == 200)
        #expect(client.send("GET", "accounts(accountid=\(account))").status == 200)
    }
}
