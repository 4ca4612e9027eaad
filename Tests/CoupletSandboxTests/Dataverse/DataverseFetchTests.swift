import Testing

@testable import CoupletSandbox

@Suite("Dataverse: FetchXML and SQL")
struct DataverseFetchTests {
    private static let seed: [SeedTable] = {
        let contacts = [("c1", "Ann", "Ek"), ("c2", "Bo", "Ask"), ("c3", "Cy", "Alm")].map { id, first, last in
            SandboxJSON.members([
                "contactid": .string(guid(id)), "firstname": .string(first), "lastname": .string(last),
                "_parentcustomerid_value": id == "c3" ? .null : .string(guid("a1")),
            ])
        }
        let accounts = [("a1", "Fabrikam", "100.5", "c1"), ("a2", "Contoso", "20", "c2"), ("a3", "Adatum", "20", "")]
            .map {
                SandboxJSON.members([
                    "accountid": .string(guid($0)), "name": .string($1), "revenue": .number($2),
                    "_primarycontactid_value": $3.isEmpty ? .null : .string(guid($3)),
                    "createdon": .string("2026-0\(name($0))-10T00:00:00Z"),
                ])
            }
        return [SeedTable(entitySet: "contacts", rows: contacts), SeedTable(entitySet: "accounts", rows: accounts)]
    }()

    private static func name(_ id: String) -> String { String(id.dropFirst()) }

    private static func guid(_ id: String) -> String {
        "00000000-0000-0000-0000-0000000000\(id.hasPrefix("a") ? "a" : "c")\(name(id))"
    }

    private func rows(_ option: String, _ text: String) -> SandboxResponse {
        var client = DataverseClient(seed: Self.seed)
        return client.send("GET", "accounts?\(option)=\(FormDecoding.encode(text))")
    }

    private func fetch(_ inner: String, _ attributes: String = "") -> SandboxResponse {
        rows("fetchXml", "<fetch \(attributes)><entity name='account'>\(inner)</entity></fetch>")
    }

    @Test(arguments: [
        ("<condition attribute='name' operator='begins-with' value='fab'/>", ["Fabrikam"]),
        ("<condition attribute='name' operator='not-like' value='%o%'/>", ["Fabrikam", "Adatum"]),
        (
            "<condition attribute='revenue' operator='between'><value>10</value><value>30</value></condition>",
            [
                "Contoso", "Adatum",
            ]
        ),
        ("<condition attribute='primarycontactid' operator='null'/>", ["Adatum"]),
        ("<condition attribute='name' operator='in'><value>contoso</value><value>x</value></condition>", ["Contoso"]),
        ("<condition attribute='createdon' operator='on-or-after' value='2026-02-10'/>", ["Contoso", "Adatum"]),
        ("<condition attribute='createdon' operator='last-month'/>", ["Contoso"]),
        ("<condition attribute='createdon' operator='olderthan-x-months' value='1'/>", ["Fabrikam"]),
    ])
    func `conditions choose rows`(condition: String, names: [String]) {
        let response = fetch("<attribute name='name'/><filter>\(condition)</filter>")
        #expect(response.records.compactMap { $0["name"]?.string } == names, "\(response.text)")
    }

    @Test
    func `joined tables give columns under their alias, and an outer join keeps rows without a partner`() {
        let link =
            "<link-entity name='contact' from='contactid' to='primarycontactid' alias='c' link-type='TYPE'>"
            + "<attribute name='lastname'/><order attribute='lastname'/></link-entity>"
        let inner = fetch("<attribute name='name'/>" + link.replacing("TYPE", with: "inner"))
        #expect(inner.records.compactMap { $0["name"]?.string } == ["Contoso", "Fabrikam"])
        #expect(inner.records.compactMap { $0["c.lastname"]?.string } == ["Ask", "Ek"])
        let outer = fetch("<attribute name='name'/>" + link.replacing("TYPE", with: "outer"))
        #expect(outer.records.compactMap { $0["name"]?.string } == ["Adatum", "Contoso", "Fabrikam"])
        #expect(outer.records[0]["c.lastname"] == nil)
        let missing = fetch(
            "<attribute name='name'/><filter><condition entityname='c' attribute='contactid' operator='null'/></filter>"
                + "<link-entity name='contact' from='contactid' to='primarycontactid' alias='c' link-type='outer'/>"
        )
        #expect(missing.records.compactMap { $0["name"]?.string } == ["Adatum"], "\(missing.text)")
    }

    @Test
    func `rows are grouped and counted`() {
        let response = fetch(
            "<attribute name='revenue' alias='r' groupby='true'/>"
                + "<attribute name='accountid' alias='n' aggregate='count'/>"
                + "<attribute name='name' alias='last' aggregate='max'/><order alias='n' descending='true'/>",
            "aggregate='true'"
        )
        #expect(
            response.records.map(\.jsonText) == [
                #"{"r":20.0,"n":2,"last":"Contoso"}"#, #"{"r":100.5,"n":1,"last":"Fabrikam"}"#,
            ]
        )
    }

    @Test
    func `pages follow the cookie of the answer`() {
        var client = DataverseClient(seed: Self.seed)
        let wanted = [
            (
                "Prefer",
                "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\""
            )
        ]
        var names: [String] = []
        for page in 1...2 {
            let xml = "<fetch count='2' page='\(page)'><entity name='account'><attribute name='name'/></entity></fetch>"
            let response = client.send("GET", "accounts?fetchXml=\(FormDecoding.encode(xml))", headers: wanted)
            names += response.records.compactMap { $0["name"]?.string }
            #expect(response.json["@Microsoft.Dynamics.CRM.morerecords"]?.boolean == (page == 1))
            let cookie = response.json["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]?.string
            #expect(
                cookie?.hasPrefix("<cookie pagenumber=\"2\" pagingcookie=\"%253ccookie") == (page == 1 ? true : nil)
            )
        }
        #expect(names == ["Fabrikam", "Contoso", "Adatum"])
    }

    @Test(arguments: [
        ("SELECT TOP 1 name FROM account ORDER BY name DESC", [#"{"name":"Fabrikam"}"#]),
        ("SELECT name FROM account WHERE revenue = 20 AND name NOT LIKE 'a%'", [#"{"name":"Contoso"}"#]),
        (
            "SELECT name FROM account WHERE (revenue > 50 OR name IN ('Adatum')) ORDER BY name",
            [
                #"{"name":"Adatum"}"#, #"{"name":"Fabrikam"}"#,
            ]
        ),
        ("SELECT DISTINCT revenue FROM account", [#"{"revenue":100.5}"#, #"{"revenue":20.0}"#]),
        (
            "SELECT a.name, c.lastname AS who FROM account AS a JOIN contact c ON a.primarycontactid = c.contactid",
            [
                #"{"name":"Fabrikam","who":"Ek"}"#, #"{"name":"Contoso","who":"Ask"}"#,
            ]
        ),
        (
            "SELECT a.name, COUNT(c.contactid) as cnt FROM account a "
                + "LEFT JOIN contact c ON a.accountid = c.parentcustomerid GROUP BY a.name ORDER BY cnt DESC, a.name",
            [#"{"name":"Fabrikam","cnt":2}"#, #"{"name":"Adatum","cnt":0}"#, #"{"name":"Contoso","cnt":0}"#]
        ),
        ("SELECT COUNT(*) FROM account WHERE primarycontactid IS NOT NULL", [#"{"count":2}"#]),
        ("SELECT name FROM account ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY", [#"{"name":"Contoso"}"#]),
        (
            "SELECT name FROM account WHERE revenue BETWEEN 10 AND 30 AND name <> 'O''Neil'",
            [
                #"{"name":"Contoso"}"#, #"{"name":"Adatum"}"#,
            ]
        ),
    ])
    func `SQL is understood`(sql: String, expected: [String]) {
        let response = rows("sql", sql)
        let shown = response.records.map { record in
            SandboxJSON.object((record.object ?? []).filter { !$0.name.contains("@") }).jsonText
        }
        #expect(shown == expected, "\(response.text)")
    }

    @Test(arguments: [
        "SELECT * FROM account", "SELECT name FROM", "DELETE FROM account", "SELECT nosuch FROM account",
        "SELECT name FROM account WHERE", "SELECT name, COUNT(*) FROM account", "SELECT x.name FROM account",
        "SELECT name FROM account WHERE name = 'x", "SELECT name FROM contact", "",
    ])
    func `SQL that cannot be answered is refused`(sql: String) {
        let response = rows("sql", sql)
        #expect(response.status == 400)
        #expect(response.message?.isEmpty == false)
    }

    @Test(arguments: [
        "<fetch>", "<fetch><entity name='account'><attribute name='nosuch'/></entity></fetch>",
        "<fetch><entity name='contact'/></fetch>", "<fetch><entity name='nosuch'/></fetch>", "<x/>",
        "<fetch><entity name='account'><filter><condition attribute='name' operator='nosuch'/></filter></entity></fetch>",
        "<fetch top='1' page='2'><entity name='account'/></fetch>", "<fetch><entity name='account'/></fetch>x",
        "<fetch><entity name='account'>&nosuch;</entity></fetch>",
    ])
    func `FetchXML that cannot be answered is refused`(xml: String) {
        let response = rows("fetchXml", xml)
        #expect(response.status == 400)
        #expect(response.message?.isEmpty == false)
    }

    @Test(arguments: [
        ("aggregate(revenue with sum as total,$count as n)", "", [#"{"total":140.5,"n":3}"#]),
        (
            "groupby((revenue),aggregate($count as n))", "&$orderby=n%20desc",
            [
                #"{"revenue":20.0,"n":2}"#, #"{"revenue":100.5,"n":1}"#,
            ]
        ),
        (
            "filter(revenue lt 50)/aggregate(name with max as last,accountid with countdistinct as n)", "",
            [
                #"{"last":"Contoso","n":2}"#
            ]
        ),
        ("aggregate(revenue with average as mean)", "", [#"{"mean":46.8333}"#]),
    ])
    func `aggregation of OData is understood`(apply: String, rest: String, expected: [String]) {
        var client = DataverseClient(seed: Self.seed)
        let response = client.send("GET", "accounts?$apply=\(FormDecoding.encode(apply))\(rest)")
        #expect(response.records.map(\.jsonText) == expected, "\(response.text)")
    }

    @Test
    func `the document of the schema names tables, columns and navigation properties`() {
        var client = DataverseClient()
        let response = client.send("GET", "$metadata")
        #expect(response.headers["Content-Type"] == "application/xml")
        #expect(FetchXMLElement(response.text)?.name == "edmx:Edmx")
        #expect(response.text.contains(#"<Property Name="_primarycontactid_value" Type="Edm.Guid" />"#))
        let collection = #"Name="contact_customer_accounts" Type="Collection(mscrm.contact)""#
        #expect(response.text.contains(collection))
        #expect(response.text.contains(#"<EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account">"#))
    }
}
