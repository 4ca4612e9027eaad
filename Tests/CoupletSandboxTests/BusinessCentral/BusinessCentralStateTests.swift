import CoupletSandbox
import Testing

@Suite("Business Central stand-in: state beside the API")
struct BusinessCentralStateTests {
    @Test func `a seed keeps ids, completes pairs and reports what it leaves out`() {
        let seed = [
            SeedTable(entitySet: "companyInformation", rows: [.members(["currencyCode": .string("SEK")])]),
            SeedTable(
                entitySet: "customers",
                rows: [
                    .members([
                        "id": .string("1fa68f08-d78c-5099-adb8-c6bb12b6acc9"), "number": .string("a1"),
                        "displayName": .null, "currencyCode": .string("EUR"), "balanceDue": .number("12.50"),
                        "blocked": .string("Ship"), "shoeSize": .number("44"),
                        "lastModifiedDateTime": .string("2024-05-06T07:08:09.5Z"),
                    ]),
                    .members(["number": .string("A2"), "currencyCode": .string("SEK")]),
                    .members(["number": .string("A2"), "displayName": .string("twice")]),
                    .members(["displayName": .string("no number")]),
                ]
            ),
            SeedTable(entitySet: "currencies", rows: [.members(["code": .string("EUR")])]),
            SeedTable(entitySet: "unicorns", rows: [.members([:])]),
        ]
        var sandbox = BusinessCentralSandbox(seed: seed, at: SandboxInstant(milliseconds: 1_700_000_000_000))
        let rows = table("customers", &sandbox)
        let euro = table("currencies", &sandbox).first?["id"]?.string
        #expect(rows.map { $0["number"]?.string } == ["A1", "A2", "C00010"])
        #expect(rows[0]["id"]?.string == "1fa68f08-d78c-5099-adb8-c6bb12b6acc9")
        #expect(rows[0]["currencyId"]?.string == euro)
        #expect(rows[0]["balanceDue"]?.number == "12.5")
        #expect(rows[0]["lastModifiedDateTime"]?.string == "2024-05-06T07:08:09.5Z")
        #expect(rows[1]["currencyCode"]?.string == "SEK")
        #expect(rows[1]["currencyId"]?.string == "00000000-0000-0000-0000-000000000000")
        #expect(table("companies", &sandbox).count == 1)
        #expect(
            sandbox.warnings.sorted() == [
                "business-central/customers: 'A2' is there twice, the later is left out",
                "business-central/customers: there is no property 'shoeSize', it is left out",
                "business-central/unicorns: this table does not exist here, 1 records are left out",
            ]
        )
    }

    @Test func `a user's edit moves tag and time`() throws {
        var client = BusinessCentralClient(customers: [.members(["number": .string("1"), "displayName": .string("A")])])
        let before = try #require(json(client.send("GET", "customers"))["value"]?.array?.first)
        let answer = client.sendRaw(
            "POST",
            "/_sandbox/records/customers",
            #"[{"number":"1","city":"Lund"},{"displayName":"New","salespersonCode":"ZZ"}]"#,
            headers: ["Authorization": "none"]
        )
        #expect(answer.status == 200)
        let rows = table("customers", &client.sandbox)
        #expect(rows.count == 2)
        #expect(rows[0]["city"]?.string == "Lund")
        #expect(rows[0]["displayName"]?.string == "A")
        #expect(rows[0]["@odata.etag"]?.string != before["@odata.etag"]?.string)
        #expect(rows[0]["lastModifiedDateTime"]?.string == client.now.text)
        #expect(rows[1]["salespersonCode"]?.string == "ZZ")

        let id = try #require(rows[1]["id"]?.string)
        let removed = client.sendRaw("DELETE", "/_sandbox/records/customers?id=\(id)")
        #expect(json(removed)["deleted"]?.integer == 1)
        #expect(table("customers", &client.sandbox).count == 1)
    }

    @Test func `a late transaction becomes visible with an old time, and later reads stay right`() throws {
        var client = BusinessCentralClient(customers: (1...20).map { .members(["number": .string("N\($0)")]) })
        let created = client.createCustomer(#"{"displayName":"First"}"#)
        let time = try #require(created["lastModifiedDateTime"]?.string)
        let late = client.sendRaw(
            "POST",
            "/_sandbox/records/customers?late=1000",
            #"{"number":"LATE","displayName":"Late"}"#
        )
        #expect(late.status == 200)
        let filter = "customers?$filter=lastModifiedDateTime ge"
        #expect(column("displayName", client.send("GET", "\(filter) \(time)")) == ["First"])
        let before = client.now.advanced(byMilliseconds: -1_500).text
        #expect(column("displayName", client.send("GET", "\(filter) \(before)")).contains("Late"))
        #expect(client.createCustomer(#"{"displayName":"Next"}"#)["id"] != nil)
        #expect(column("displayName", client.send("GET", "\(filter) \(time)")) == ["First", "Next"])
    }

    @Test func `reset with data brings the seed back`() {
        var client = BusinessCentralClient(customers: [.members(["number": .string("1")])])
        #expect(client.createCustomer(#"{"displayName":"A"}"#)["id"] != nil)
        #expect(client.sendRaw("POST", "/_sandbox/reset", #"{"data":true}"#).status == 204)
        #expect(table("customers", &client.sandbox).count == 1)
        #expect(json(client.sendRaw("GET", "/_sandbox/stats"))["requests"]?.array?.isEmpty == true)
    }

    @Test func `requests are counted by path without the query`() {
        var client = BusinessCentralClient()
        _ = client.sendRaw("POST", "/_sandbox/reset")
        for _ in 0..<2 { _ = client.sendRaw("GET", "/api/v2.0/companies?$top=1") }
        let line = json(client.sendRaw("GET", "/_sandbox/stats"))["requests"]?.array?.first
        #expect(line?["method"]?.string == "GET")
        #expect(line?["path"]?.string == "/api/v2.0/companies")
        #expect(line?["count"]?.integer == 2)
        #expect((line?["bytes"]?.integer ?? 0) > 100)
    }

    @Test func `the same requests give the same answers`() {
        func run() -> [UInt8] {
            var client = BusinessCentralClient(customers: [.members(["displayName": .string("A")])])
            let created = client.send("POST", "customers", #"{"displayName":"B"}"#)
            return created.body + client.send("GET", "customers").body
        }
        #expect(run() == run())
    }

    private func table(_ name: String, _ sandbox: inout BusinessCentralSandbox) -> [SandboxJSON] {
        (try? SandboxJSON(bytes: sandbox.records(entitySet: name) ?? []))?.array ?? []
    }
}
