import CoupletSandbox
import Testing

@Suite("Stand-ins: values that the system changes by itself")
struct FieldChangeTests {
    private static let changes = #"""
        {"changes":[
          {"entitySet":"accounts","field":"name","change":"trim"},
          {"entitySet":"accounts","field":"name","change":"upperCase"},
          {"entitySet":"accounts","field":"fax","change":"truncate","length":3},
          {"entitySet":"accounts","field":"address1_city","change":"default","value":"Ribe"},
          {"entitySet":"accounts","field":"numberofemployees","change":"set","value":7}
        ]}
        """#

    @Test func `Dataverse stores the changed values and answers with them`() {
        var client = DataverseClient()
        #expect(client.send("POST", "/_sandbox/faults", Self.changes).status == 204)
        let made = client.send(
            "POST",
            "accounts",
            #"{"name":"  Aalborg ","fax":"12345"}"#,
            headers: [DataverseClient.representation]
        )
        #expect(made.status == 201)
        #expect(made.json["name"]?.string == "AALBORG")
        #expect(made.json["fax"]?.string == "123")
        #expect(made.json["address1_city"]?.string == "Ribe")
        #expect(made.json["numberofemployees"]?.integer == 7)
        let id = made.json["accountid"]?.string ?? ""
        let changed = client.send(
            "PATCH",
            "accounts(\(id))",
            #"{"address1_city":null,"numberofemployees":1}"#,
            headers: [DataverseClient.representation]
        )
        #expect(changed.json["address1_city"]?.isNull == true)
        #expect(changed.json["numberofemployees"]?.integer == 7)
    }

    @Test func `Business Central stores the changed values and answers with them`() {
        var client = BusinessCentralClient()
        let changes = #"{"changes":[{"entitySet":"customers","field":"city","change":"lowerCase"}]}"#
        #expect(client.sendRaw("POST", "/_sandbox/faults", changes).status == 204)
        #expect(client.createCustomer(#"{"displayName":"A","city":"RIBE"}"#)["city"]?.string == "ribe")
    }

    @Test func `a later change is a write of its own`() {
        var client = DataverseClient()
        let changes =
            #"{"changes":[{"entitySet":"accounts","field":"name","change":"upperCase","later":true}]}"#
        #expect(client.send("POST", "/_sandbox/faults", changes).status == 204)
        let made = client.send("POST", "accounts", #"{"name":"a"}"#, headers: [DataverseClient.representation])
        #expect(made.json["name"]?.string == "a")
        let id = made.json["accountid"]?.string ?? ""
        let read = client.send("GET", "accounts(\(id))?$select=name")
        #expect(read.json["name"]?.string == "A")
        #expect(read.json["@odata.etag"]?.string != made.json["@odata.etag"]?.string)
        let stale = [("If-Match", made.json["@odata.etag"]?.string ?? "")]
        #expect(client.send("PATCH", "accounts(\(id))", #"{"fax":"1"}"#, headers: stale).status == 412)
    }

    @Test func `a later change in Business Central is a write of its own`() {
        var client = BusinessCentralClient()
        let changes =
            #"{"changes":[{"entitySet":"customers","field":"city","change":"set","value":"Ribe","later":true}]}"#
        #expect(client.sendRaw("POST", "/_sandbox/faults", changes).status == 204)
        let made = client.createCustomer(#"{"displayName":"A"}"#)
        let read = json(client.send("GET", "customers(\(made["id"]?.string ?? ""))"))
        #expect(read["city"]?.string == "Ribe")
        #expect(read["@odata.etag"]?.string != made["@odata.etag"]?.string)
    }

    @Test func `chance is decided by the seed`() {
        func names(_ seed: Int) -> [String?] {
            var client = DataverseClient()
            let rule =
                #"{"entitySet":"accounts","field":"name","change":"upperCase","probability":0.5,"seed":\#(seed)}"#
            client.send("POST", "/_sandbox/faults", "{\"changes\":[\(rule)]}")
            for _ in 0..<40 { client.send("POST", "accounts", #"{"name":"a"}"#) }
            return client.send("GET", "accounts?$select=name").records.map { $0["name"]?.string }
        }
        #expect(names(1) == names(1))
        #expect(names(1) != names(2))
        #expect(Set(names(1)) == ["a", "A"])
    }
}
