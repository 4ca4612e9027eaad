import Testing

@testable import CoupletSandbox

@Suite("Dataverse: change tracking")
struct DataverseChangeTests {
    private static let track = [("Prefer", "odata.track-changes")]

    private static func client(_ count: Int) -> DataverseClient {
        let seed = SeedTable(entitySet: "accounts", count: count) { place in
            .members(["accountid": .string(id(place)), "name": .string("A\(place)")])
        }
        return DataverseClient(seed: [seed])
    }

    private static func id(_ place: Int) -> String { "0000000\(place)-0000-0000-0000-000000000000" }

    private static func ids(_ response: SandboxResponse) -> [String] {
        response.records.compactMap { $0["accountid"]?.string }
    }

    private static func deleted(_ response: SandboxResponse) -> [String] {
        response.records.compactMap { $0["id"]?.string }
    }

    @Test
    func `the first pass gives all records and a link to what follows`() {
        var client = Self.client(2)
        let response = client.send("GET", "accounts?$select=name", headers: Self.track)
        #expect(response.headers["Preference-Applied"] == "odata.track-changes")
        #expect(Self.ids(response) == [Self.id(0), Self.id(1)])
        let link = response.deltaLink ?? ""
        let version = client.sandbox.desk.version
        let token = "\(version)%2103%2f04%2f2026%2005%3a06%3a07"
        #expect(link == "https://crm.example/api/data/v9.2/accounts?$select=name&$deltatoken=\(token)")
    }

    @Test
    func `changed records come with all selected columns, then deleted ones`() {
        var client = Self.client(3)
        let link = client.send("GET", "accounts?$select=name,fax", headers: Self.track).deltaLink
        client.send("DELETE", "accounts(\(Self.id(0)))")
        client.send("PATCH", "accounts(\(Self.id(1)))", #"{"fax":"1"}"#)
        let new = client.createAccount(#""name":"N""#)
        let changes = client.follow(link)
        #expect(changes.json["@odata.context"]?.string?.hasSuffix("$metadata#accounts(name,fax)/$delta") == true)
        #expect(Self.ids(changes) == [Self.id(1), new])
        #expect(changes.records.first?["name"]?.string == "A1")
        #expect(changes.records.first?["fax"]?.string == "1")
        let last = changes.records.last
        #expect(
            last?.jsonText
                == #"{"@odata.context":"https://crm.example/api/data/v9.2/$metadata#accounts/$deletedEntity","id":"\#(Self.id(0))","reason":"deleted"}"#
        )
        let nothing = client.follow(changes.deltaLink)
        #expect(nothing.records.isEmpty)
        #expect(nothing.deltaLink != nil)
        #expect(client.follow(link).records.count == 3, "A link may be followed again.")
    }

    @Test
    func `what was created and deleted between two reads shows as deleted`() {
        var client = Self.client(1)
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        let id = client.createAccount(#""name":"N""#)
        client.send("DELETE", "accounts(\(id))")
        let changes = client.follow(link)
        #expect(Self.ids(changes).isEmpty)
        #expect(Self.deleted(changes) == [id])
    }

    @Test
    func `a record that was deleted and is back shows as changed only`() {
        var client = Self.client(1)
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        client.send("DELETE", "accounts(\(Self.id(0)))")
        client.send("PATCH", "accounts(\(Self.id(0)))", #"{"name":"Back"}"#)
        let changes = client.follow(link)
        #expect(Self.ids(changes) == [Self.id(0)])
        #expect(Self.deleted(changes).isEmpty)
    }

    @Test(arguments: ["$filter=name%20eq%20'x'", "$orderby=name", "$top=1"])
    func `options that do not go with tracking are refused`(option: String) {
        var client = Self.client(1)
        let response = client.send("GET", "accounts?\(option)", headers: Self.track)
        #expect(response.status == 400)
        let name = option.prefix { $0 != "=" }
        #expect(response.message == "The \"\(name)\" query parameter isn't supported when Change Tracking is enabled.")
    }

    @Test
    func `the link comes with the last page, and what changes meanwhile is among the next changes`() {
        var client = Self.client(5)
        let prefer = [("Prefer", "odata.track-changes,odata.maxpagesize=2")]
        var response = client.send("GET", "accounts?$select=name", headers: prefer)
        client.send("PATCH", "accounts(\(Self.id(0)))", #"{"fax":"1"}"#)
        let new = client.createAccount(#""name":"N""#)
        var seen = Self.ids(response)
        while let next = response.nextLink {
            #expect(response.deltaLink == nil)
            response = client.follow(next, headers: prefer)
            seen += Self.ids(response)
        }
        #expect(seen == (0..<5).map(Self.id) + [new])
        #expect(Self.ids(client.follow(response.deltaLink)) == [Self.id(0), new])
    }

    @Test(arguments: [1, 2, 3, 100])
    func `changes of several pages give each record once, whatever changes meanwhile`(size: Int) {
        var client = Self.client(8)
        let prefer = [("Prefer", "odata.maxpagesize=\(size)")]
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        for place in 0..<6 { client.send("PATCH", "accounts(\(Self.id(place)))", #"{"fax":"1"}"#) }
        for place in [1, 4, 7] { client.send("DELETE", "accounts(\(Self.id(place)))") }
        var response = client.follow(link, headers: prefer)
        client.send("PATCH", "accounts(\(Self.id(6)))", #"{"fax":"2"}"#)
        var (changed, deleted) = (Self.ids(response), Self.deleted(response))
        while let next = response.nextLink {
            response = client.follow(next, headers: prefer)
            changed += Self.ids(response)
            deleted += Self.deleted(response)
        }
        #expect(changed == [0, 2, 3, 5].map(Self.id))
        #expect(deleted == [1, 4, 7].map(Self.id))
        #expect(Self.ids(client.follow(response.deltaLink)) == [Self.id(6)])
    }

    @Test
    func `a token is refused after seven days`() {
        var client = Self.client(1)
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        client.now = client.now.advanced(byMilliseconds: 7 * 86_400_000)
        client.renewToken()
        #expect(client.follow(link).status == 200)
        client.now = client.now.advanced(byMilliseconds: 1_000)
        let response = client.follow(link)
        #expect(response.status == 400)
        #expect(response.code == "0x80044352")
    }

    @Test
    func `a token is refused by a fault and after the tables were set up anew`() {
        var client = Self.client(1)
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        client.sandbox.desk.faults.add([FaultRule(.staleDeltaToken)])
        #expect(client.follow(link).code == "0x80044352")
        #expect(client.follow(link).status == 200)
        client.send("POST", "/_sandbox/reset", #"{"data":true}"#)
        #expect(client.follow(link).code == "0x80044352")
    }

    @Test
    func `the number of changes can be asked for`() {
        var client = Self.client(3)
        let link = client.send("GET", "accounts", headers: Self.track).deltaLink ?? ""
        client.send("PATCH", "accounts(\(Self.id(1)))", #"{"fax":"1"}"#)
        client.send("DELETE", "accounts(\(Self.id(2)))")
        let response = client.follow(link.replacing("accounts?", with: "accounts/$count?"))
        #expect(response.text.hasSuffix("2"))
    }

    @Test
    func `edits of a person show as changes`() {
        var client = Self.client(2)
        let link = client.send("GET", "accounts?$select=name", headers: Self.track).deltaLink
        client.send("POST", "/_sandbox/records/accounts", "{\"accountid\":\"\(Self.id(0))\",\"name\":\"By hand\"}")
        client.send("DELETE", "/_sandbox/records/accounts?id=\(Self.id(1))")
        let changes = client.follow(link)
        #expect(changes.records.first?["name"]?.string == "By hand")
        #expect(Self.deleted(changes) == [Self.id(1)])
    }
}
