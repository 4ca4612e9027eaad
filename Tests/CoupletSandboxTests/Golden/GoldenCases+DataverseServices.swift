import CoupletSandbox

extension GoldenCase {
    /// Functions, change tracking and keys of Dataverse, as far as they read.
    static let dataverseServices: [GoldenCase] = [
        GoldenCase(
            id: "dv-012",
            bench: {
                GoldenState("", set: "accounts")
                    .adding(
                        "transactioncurrencies",
                        [#"{"transactioncurrencyid":"732e87e1-1d96-e711-80e4-00155db75426","isocurrencycode":"USD"}"#]
                    )
                    .adding(
                        "accounts",
                        [
                            """
                            {"accountid":"c65127ed-2097-e711-80eb-00155db75426","name":"Contoso Ltd",\
                            "address1_line1":"123 Maple St.","address1_city":"Seattle",\
                            "address1_country":"United States of America","telephone1":"555-0100",\
                            "_transactioncurrencyid_value":"732e87e1-1d96-e711-80e4-00155db75426"}
                            """
                        ]
                    ).bench
            }
        ),
        GoldenCase(id: "dv-062", bench: { totalTime("90427858-7a77-e511-80d4-00155d2a68d1", [30]) }),
        GoldenCase(id: "dv-095", bench: { totalTime("3d920da5-fb4a-e611-80d5-00155da84802", [30, 60]) }),
        GoldenCase(id: "dv-063", bench: { .dataverse() }),
        GoldenCase(
            id: "dv-h-delta-2",
            bench: { .dataverse() },
            adjust: { request, bench in
                let root = "/api/data/v9.0/accounts"
                let (kept, gone) = ("60c4e274-0d87-e711-80e5-00155db19e6d", "2e451703-c686-e711-80e5-00155db19e6d")
                try bench.prepare("POST", root, "{\"accountid\":\"\(kept)\",\"name\":\"A\"}")
                try bench.prepare("POST", root, "{\"accountid\":\"\(gone)\"}")
                let query = request.target.prefix { $0 != "&" }
                let first = try bench.prepare("GET", String(query), headers: ["Prefer": "odata.track-changes"])
                try bench.prepare(
                    "PATCH",
                    "\(root)(\(kept))",
                    #"{"name":"Monte Orton","telephone1":"555000","fax":"10101"}"#
                )
                try bench.prepare("DELETE", "\(root)(\(gone))")
                let link = first["@odata.deltaLink"]?.string ?? ""
                request.target = String(link.dropFirst(bench.origin.address.count))
            },
            notes: ["the token is one that the sandbox gave out"],
            differences: [
                "@odata.context": "the document leaves a column and a part of the path out",
                "@odata.deltaLink": "the document leaves a column out",
            ]
        ),
        GoldenCase(
            id: "dv-h-delta-3",
            bench: { .dataverse() },
            adjust: { request, bench in
                let root = "/api/data/v9.0/accounts"
                let first = try bench.prepare("GET", root, headers: ["Prefer": "odata.track-changes"])
                try bench.prepare("POST", root, #"{"name":"A"}"#)
                let token = first["@odata.deltaLink"]?.string?.split(separator: "$deltatoken=").last ?? ""
                request.target = "\(root)/$count?$deltatoken=\(token)"
            },
            status: 200,
            notes: ["the token is one that the sandbox gave out"],
            check: { response, _ in response.text == "\u{FEFF}1" ? [] : ["the number is \(response.text)"] }
        ),
        GoldenCase(
            id: "dv-h-delta-4",
            bench: { .dataverse() },
            status: 200,
            check: { response, _ in
                let names = try SandboxJSON(bytes: response.body)["value"]?.array?.map { $0["SchemaName"]?.string }
                return names?.contains("Account") == true ? [] : ["accounts are tracked"]
            }
        ),
        GoldenCase(
            id: "dv-h-delta-5",
            bench: { .dataverse() },
            differences: ["error/code": "the document does not state the code"]
        ),
        GoldenCase(
            id: "dv-h-akey-1",
            bench: {
                GoldenState("", set: "contacts").defining(["extend contact", "key sample_k: firstname, emailaddress1"])
                    .adding("contacts", [#"{"firstname":"Joe","emailaddress1":"abc@example.com"}"#]).bench
            },
            status: 200
        ),
        GoldenCase(
            id: "dv-h-akey-2",
            bench: {
                GoldenState("", set: "accounts").defining(["extend account", "key sample_k: primarycontactid"])
                    .adding("accounts", [#"{"_primarycontactid_value":"00000000-0000-0000-0000-000000000001"}"#]).bench
            },
            status: 200
        ),
        GoldenCase(
            id: "dv-h-akey-3",
            bench: { .dataverse() },
            differences: ["error/code": "the document does not state the code"]
        ),
        GoldenCase(
            id: "dv-h-multi-5",
            bench: {
                GoldenState("dv-h-multi-5", set: "sdkmessagefilters")
                    .setting("sdkmessagefilters", "primaryobjecttypecode", "sample_example")
                    .setting("sdkmessagefilters", "_sdkmessageid_value", "00000000-0000-0000-0000-000000000001")
                    .adding(
                        "sdkmessages",
                        [#"{"sdkmessageid":"00000000-0000-0000-0000-000000000001","name":"CreateMultiple"}"#]
                    ).bench
            }
        ),
    ]

    private static func totalTime(_ id: String, _ minutes: [Int]) -> GoldenBench {
        let tasks = minutes.map {
            "{\"_regardingobjectid_value\":\"\(id)\",\"actualdurationminutes\":\($0),\"statecode\":1,\"statuscode\":5}"
        }
        return GoldenState("", set: "tasks").defining(GoldenState.incident).defining(GoldenState.task)
            .adding("incidents", ["{\"incidentid\":\"\(id)\"}"])
            .adding("tasks", tasks + ["{\"_regardingobjectid_value\":\"\(id)\",\"actualdurationminutes\":7}"]).bench
    }
}
