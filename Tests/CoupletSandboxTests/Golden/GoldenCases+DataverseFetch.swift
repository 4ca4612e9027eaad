import CoupletSandbox

extension GoldenCase {
    /// Queries of Dataverse in FetchXML and by views.
    static let dataverseFetch: [GoldenCase] = [
        GoldenCase(
            id: "dv-003",
            bench: {
                GoldenState("dv-003", set: "contacts").defining(outdoor)
                    .adding("contacts", [#"{"fullname":"A","sample_outdooractivities":"2,3"}"#, "{}"]).bench
            }
        ),
        GoldenCase(id: "dv-040", bench: { GoldenState("dv-040", set: "accounts").bench }),
        GoldenCase(
            id: "dv-117",
            bench: { GoldenState("dv-117", set: "contacts").adding("contacts", [#"{"fullname":"A"}"#]).bench }
        ),
        GoldenCase(
            id: "dv-118",
            bench: { GoldenState("dv-117", set: "contacts").adding("contacts", [#"{"fullname":"A"}"#]).bench }
        ),
        GoldenCase(
            id: "dv-119",
            bench: { GoldenState("dv-119", set: "savedqueries").adding("savedqueries", [#"{"name":"My"}"#]).bench }
        ),
        GoldenCase(
            id: "dv-120",
            bench: {
                view("savedqueries", "savedqueryid", "00000000-0000-0000-00aa-000010001002", activeAccounts)
                    .adding(
                        "accounts",
                        [
                            """
                            {"accountid":"9155b257-c843-e611-80d5-00155da84802","name":"Contoso, Ltd. (sample)",\
                            "_primarycontactid_value":"9255b257-c843-e611-80d5-00155da84802"}
                            """, #"{"name":"A","statecode":1,"statuscode":2}"#,
                        ]
                    )
                    .adding(
                        "contacts",
                        [
                            """
                            {"contactid":"9255b257-c843-e611-80d5-00155da84802","fullname":"Yvonne McKay (sample)"}
                            """
                        ]
                    ).bench
            },
            differences: ["": "the document shows header fields and body as one text; the body is compared"],
            check: { response, bench in
                guard let text = GoldenLibrary.exchange("dv-120")?.answer.body?.string,
                    let start = text.firstIndex(of: "{")
                else { return ["no body is documented"] }
                let body = text[start...].replacing("https://[Organization URI]", with: bench.origin.address)
                var comparison = GoldenComparison(differences: [:])
                comparison.compare(
                    try SandboxJSON(bytes: Array(body.utf8)),
                    try SandboxJSON(bytes: response.body),
                    "body"
                )
                return comparison.problems
            }
        ),
        GoldenCase(
            id: "dv-121",
            bench: {
                let state = view("userqueries", "userqueryid", "7ec390ab-c943-e611-80d5-00155da84802", manyContacts)
                var tables = GoldenState("dv-121", set: "contacts").tables
                tables["userqueries"] = state.tables["userqueries"]
                tables["contacts"]?.append(.members(["fullname": .string("A"), "jobtitle": .string("Clerk")]))
                return .dataverse(tables)
            }
        ),
    ]

    private static func view(_ set: String, _ key: String, _ id: String, _ xml: String) -> GoldenState {
        let row = SandboxJSON.members([key: .string(id), "name": .string("A view"), "fetchxml": .string(xml)])
        return GoldenState("", set: set).adding(set, [String(decoding: row.bytes, as: UTF8.self)])
    }

    private static let activeAccounts = """
        <fetch version="1.0" output-format="xml-platform" mapping="logical"><entity name="account">
        <attribute name="name" /><attribute name="primarycontactid" /><order attribute="name" descending="false" />
        <filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter>
        <link-entity alias="c" name="contact" from="contactid" to="primarycontactid" link-type="outer" />
        <attribute name="accountid" /></entity></fetch>
        """

    private static let manyContacts = """
        <fetch mapping="logical" output-format="xml-platform" version="1.0"><entity name="contact">
        <attribute name="fullname" /><attribute name="contactid" /><attribute name="jobtitle" />
        <attribute name="annualincome" /><order descending="false" attribute="fullname" />
        <filter type="or"><condition value="%senior%" attribute="jobtitle" operator="like" />
        <condition attribute="annualincome" operator="gt" value="55000" /></filter></entity></fetch>
        """
}
