import Testing

@testable import CoupletSandbox

@Suite("Dataverse: queries")
struct DataverseQueryTests {
    private static let ids = (1...4).map { "0000000\($0)-0000-0000-0000-000000000000" }

    private static func client() -> DataverseClient {
        let rows: [[String: SandboxJSON]] = [
            [
                "name": .string("Alpha"), "accountnumber": .string("10"), "revenue": .number("5"),
                "customertypecode": .number("3"),
            ],
            [
                "name": .string("beta's"), "accountnumber": .string("20"), "revenue": .number("50.5"),
                "creditonhold": .boolean(true),
            ],
            ["name": .string("GAMMA 100%"), "telephone1": .string("10"), "numberofemployees": .number("7")],
            [
                "name": .string("Ärla"), "accountnumber": .string("30"), "statecode": .number("1"),
                "statuscode": .number("2"),
            ],
        ]
        let seed = zip(ids, rows).map { id, row in
            let members = row.sorted { $0.key < $1.key }.map { SandboxJSON.Member(name: $0.key, value: $0.value) }
            return SandboxJSON.object([.init(name: "accountid", value: .string(id))] + members)
        }
        return DataverseClient(seed: [SeedTable(entitySet: "accounts", rows: seed)])
    }

    @Test(arguments: [
        ("name eq 'ALPHA'", "1"), ("name ne 'alpha'", "234"), ("name eq 'Beta''s'", "2"), ("name eq 'ärla'", "4"),
        ("accountnumber eq null", "3"), ("accountnumber ne null", "124"), ("accountnumber ne '10'", "234"),
        ("contains(name,'A')", "1234"), ("startswith(name,'GAM')", "3"), ("endswith(name,'LA')", "4"),
        ("contains(name,'l_h')", "1"), ("startswith(name,'%ta')", "2"), ("not contains(name,'a''s')", "134"),
        ("revenue gt 5", "2"), ("revenue ge 5", "12"), ("revenue lt 50.5", "1"), ("5 lt revenue", "2"),
        ("customertypecode eq 3", "1"), ("creditonhold eq true", "2"), ("statecode eq 0", "123"),
        ("accountid eq 00000002-0000-0000-0000-000000000000", "2"), ("accountnumber eq telephone1", ""),
        ("createdon ge 2026-03-04T05:06:07Z", "1234"), ("createdon lt 2026-03-04", ""),
        ("name eq 'alpha' or name eq 'ärla' and statecode eq 1", "14"),
        ("(name eq 'alpha' or name eq 'ärla') and statecode eq 1", "4"),
        ("Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=['10','30','99'])", "14"),
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=["
                + "'00000004-0000-0000-0000-000000000000','00000001-0000-0000-0000-000000000000'])", "14"
        ),
        ("Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=['1'])", "4"),
        ("ownerid/isintegrationuser eq true", "1234"), ("transactioncurrencyid/isocurrencycode eq 'usd'", "12"),
        ("parentaccountid/accountid eq null", "1234"),
    ])
    func `filters find`(filter: String, places: String) {
        var client = Self.client()
        let response = client.send("GET", "accounts?$select=name&$filter=\(FormDecoding.encode(filter))")
        let found = response.records.compactMap { $0["accountid"]?.string }
        #expect(found == places.compactMap { Int(String($0)) }.map { Self.ids[$0 - 1] }, "\(response.text)")
    }

    @Test(arguments: [
        "$filter=Name eq 'x'", "$filter=name eq 1 eq 2", "$filter=name", "$filter=nosuch(name,'x')",
        "$filter=revenue eq 'x'",
        "$select=Name", "$orderby=nosuch", "$skip=1", "$top=-1", "$expand=nosuch",
        "$expand=primarycontactid($select=nosuch)", "$apply=aggregate(x)",
        "fetchXml=x", "$skiptoken=nonsense", "$deltatoken=nonsense", "$filter=name eq 'x",
    ])
    func `queries that cannot be understood are refused`(query: String) {
        var client = Self.client()
        let response = client.send("GET", "accounts?\(query.replacing(" ", with: "%20"))")
        #expect(response.status == 400)
        #expect(response.message?.isEmpty == false)
    }

    @Test
    func `an unknown property is named with its type`() {
        var client = Self.client()
        let response = client.send("GET", "accounts?$select=Name")
        #expect(response.code == "0x0")
        #expect(response.message == "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.")
    }

    @Test
    func `blanks may come as plus signs and names of options escaped`() {
        var client = Self.client()
        let response = client.send("GET", "accounts?%24select=name&%24filter=name+eq+%27alpha%27")
        #expect(response.records.count == 1)
    }

    @Test
    func `selected columns come in the order asked for and the primary key at the end`() {
        var client = Self.client()
        let response = client.send("GET", "accounts?$select=revenue,name&$top=1")
        let names = response.records.first?.object?.map(\.name)
        #expect(names == ["@odata.etag", "revenue", "name", "_transactioncurrencyid_value", "accountid"])
        let context = response.json["@odata.context"]?.string
        #expect(context == "https://crm.example/api/data/v9.2/$metadata#accounts(revenue,name)")
    }

    @Test(arguments: [
        ("name", "1234"), ("name desc", "4321"), ("revenue", "3412"), ("revenue desc,name", "2134"),
        ("statecode desc,accountnumber desc", "4213"),
    ])
    func `records come in the order asked for, without a value before any value`(order: String, places: String) {
        var client = Self.client()
        let response = client.send("GET", "accounts?$orderby=\(order.replacing(" ", with: "%20"))")
        let found = response.records.compactMap { $0["accountid"]?.string?.dropFirst(7).prefix(1) }.joined()
        #expect(found == places)
    }

    @Test
    func `counts are given where they are asked for`() {
        var client = Self.client()
        #expect(client.send("GET", "accounts?$count=true&$top=1").json["@odata.count"]?.integer == 4)
        #expect(client.send("GET", "accounts").json["@odata.count"] == nil)
        let text = client.send("GET", "accounts/$count?$filter=statecode%20eq%200")
        #expect(text.body == [0xEF, 0xBB, 0xBF, UInt8(ascii: "3")])
        let totals = client.send("GET", "accounts", headers: [("Prefer", #"odata.include-annotations="*""#)])
        #expect(totals.json["@Microsoft.Dynamics.CRM.totalrecordcount"]?.integer == -1)
    }

    @Test(arguments: ["", "&$orderby=name", "&$filter=contains(name,'a')"])
    func `pages give each record once and keep the query`(query: String) {
        var client = Self.client()
        let page = [("Prefer", "odata.maxpagesize=3")]
        let first = client.send("GET", "accounts?$select=name\(query)", headers: page)
        #expect(first.headers["Preference-Applied"] == "odata.maxpagesize=3")
        #expect(first.records.count == 3)
        #expect(
            first.nextLink?.hasPrefix("https://crm.example/api/data/v9.2/accounts?$select=name\(query)&$skiptoken=")
                == true
        )
        #expect(first.nextLink?.contains("%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253c") == true)
        let second = client.follow(first.nextLink, headers: page)
        #expect(second.nextLink == nil)
        let ids = (first.records + second.records).compactMap { $0["accountid"]?.string }
        #expect(ids.count == 4)
        #expect(Set(ids).count == 4)
    }

    @Test
    func `a page begins behind the last record even when that is deleted meanwhile`() {
        var client = Self.client()
        let page = [("Prefer", "odata.maxpagesize=2")]
        let first = client.send("GET", "accounts?$select=name", headers: page)
        client.send("DELETE", "accounts(\(Self.ids[1]))")
        client.send("DELETE", "accounts(\(Self.ids[2]))")
        let second = client.follow(first.nextLink, headers: page)
        #expect(second.records.compactMap { $0["accountid"]?.string } == [Self.ids[3]])
    }

    @Test
    func `a page size makes the service forget a larger top`() {
        var client = Self.client()
        let page = [("Prefer", "odata.maxpagesize=3")]
        let response = client.send("GET", "accounts?$top=4", headers: page)
        #expect(response.nextLink != nil)
        #expect(client.send("GET", "accounts?$top=1", headers: page).records.count == 1)
        #expect(response.records.count == 3)
        #expect(client.send("GET", "accounts?$top=1").nextLink == nil)
    }

    @Test
    func `no page has more than five thousand records`() {
        let seed = SeedTable(entitySet: "accounts", count: 5_001) { .members(["name": .string("A\($0)")]) }
        var client = DataverseClient(seed: [seed])
        for preference in ["odata.maxpagesize=10000", "x"] {
            let first = client.send("GET", "accounts?$select=name", headers: [("Prefer", preference)])
            #expect(first.records.count == 5_000)
            #expect(client.follow(first.nextLink).records.count == 1)
        }
    }
}
