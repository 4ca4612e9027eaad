import Testing

@testable import CoupletSandbox

/// Finding records by a value, in tables so large that this is done by an index.
@Suite("Records found by a value")
struct LookupTests {
    private static let count = 900

    private static func dataverse() -> DataverseClient {
        let rows = SeedTable(entitySet: "accounts", count: count) { index in
            .members([
                "name": .string("Ö \(index)"), "accountnumber": .string("A\(index)"),
                "address1_city": .string(index.isMultiple(of: 2) ? "Malmö" : "Lund"), "revenue": .number("\(index)"),
            ])
        }
        return DataverseClient(seed: [rows])
    }

    private static func names(_ filter: String, _ client: inout DataverseClient) -> [String] {
        let target =
            "accounts?$select=name&$filter=" + filter.replacing(" ", with: "%20").replacing("Ö", with: "%C3%96")
        return client.send("GET", target).records.compactMap { $0["name"]?.string }
    }

    private static func id(_ number: String, _ client: inout DataverseClient) -> String {
        let records = client.send("GET", "accounts?$filter=accountnumber%20eq%20'\(number)'").records
        return records.first?["accountid"]?.string ?? ""
    }

    @Test(arguments: [
        ("accountnumber eq 'a17'", ["Ö 17"]), ("name eq 'ö 18'", ["Ö 18"]), ("revenue eq 19.0", ["Ö 19"]),
        ("accountnumber eq 'A3' or name eq 'Ö 2'", ["Ö 2", "Ö 3"]), ("accountnumber eq 'A3' and revenue eq 4", []),
        ("address1_city eq 'lund' and accountnumber eq 'A5'", ["Ö 5"]), ("accountnumber eq 'A9000'", []),
        ("Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=['A8','A7','A8'])", ["Ö 7", "Ö 8"]),
    ])
    func `Dataverse finds the same records as by looking at all`(filter: String, expected: [String]) {
        var client = Self.dataverse()
        #expect(Self.names(filter, &client) == expected)
        #expect(Self.names(filter, &client) == expected)
    }

    @Test
    func `what is written, deleted and taken back is found as it is`() {
        var client = Self.dataverse()
        let id = Self.id("A7", &client)
        client.send("PATCH", "accounts(\(id))", #"{"accountnumber":"B7"}"#)
        #expect(Self.names("accountnumber eq 'A7'", &client) == [])
        #expect(Self.names("accountnumber eq 'B7'", &client) == ["Ö 7"])
        let refused =
            #"{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"New","accountnumber":"B8"},{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"\#(id)"}]}"#
        #expect(client.send("POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", refused).status >= 400)
        #expect(Self.names("accountnumber eq 'B8'", &client) == [])
        client.send("POST", "accounts", #"{"name":"New","accountnumber":"B8"}"#)
        #expect(Self.names("accountnumber eq 'B8'", &client) == ["New"])
        client.send("DELETE", "accounts(\(id))")
        #expect(Self.names("accountnumber eq 'B7'", &client) == [])
    }

    @Test
    func `what was modified since a moment is found, with versions above one too`() {
        var client = Self.dataverse()
        let id = Self.id("A7", &client)
        let version = client.send("GET", "accounts(\(id))").json["versionnumber"]?.number ?? ""
        client.now = client.now.advanced(byMilliseconds: 60_000)
        client.send("PATCH", "accounts(\(id))", #"{"fax":"1"}"#)
        #expect(Self.names("modifiedon ge \(client.now.text.prefix(19))Z", &client) == ["Ö 7"])
        #expect(Self.names("versionnumber gt \(version) and accountnumber eq 'A7'", &client) == ["Ö 7"])
    }

    @Test
    func `Business Central finds customers by any text, and keeps their order`() {
        let rows = (0..<Self.count).map { index in
            SandboxJSON.members([
                "number": .string(String(10_000 + index)), "displayName": .string("Name \(index)"),
                "email": .string("a\(index)@b.example"), "city": .string(index.isMultiple(of: 2) ? "Lund" : "Malmö"),
            ])
        }
        var client = BusinessCentralClient(customers: rows)
        func numbers(_ query: String) -> [String] { column("number", client.send("GET", "customers?\(query)")) }
        #expect(numbers("$filter=email%20eq%20'a7@b.example'") == ["10007"])
        #expect(numbers("$filter=displayName%20eq%20'name%207'") == [])
        #expect(numbers("$filter=city%20eq%20'Lund'&$top=2") == ["10000", "10002"])
        #expect(
            numbers("$filter=email%20eq%20'a9@b.example'%20or%20email%20eq%20'a8@b.example'") == ["10008", "10009"]
        )
        let id = json(client.send("GET", "customers?$filter=number%20eq%20'10007'"))["value"]?.array?.first?["id"]?
            .string
        let address = "customers(\(id ?? ""))"
        let change = #"{"email":"new@b.example","number":"99999"}"#
        #expect(
            client.send("PATCH", address, change, headers: ["If-Match": "*", "Content-Type": "application/json"]).status
                == 200
        )
        #expect(numbers("$filter=email%20eq%20'a7@b.example'") == [])
        #expect(numbers("$filter=email%20eq%20'new@b.example'") == ["99999"])
        #expect(numbers("$skip=6&$top=2") == ["10006", "10008"])
        #expect(numbers("$orderby=number%20desc&$top=1") == ["99999"])
        #expect(client.send("DELETE", address).status == 204)
        #expect(numbers("$filter=email%20eq%20'new@b.example'") == [])
        #expect(numbers("$orderby=number%20desc&$top=1") == ["10899"])
        #expect(client.send("GET", "customers/$count").text == "899")
    }
}
