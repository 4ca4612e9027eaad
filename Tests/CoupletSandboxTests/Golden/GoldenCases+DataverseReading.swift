import CoupletSandbox

extension GoldenCase {
    /// Reading sets and records of Dataverse.
    static let dataverseReading: [GoldenCase] = [
        GoldenCase(
            id: "dv-002",
            bench: {
                GoldenState("dv-002", set: "contacts").defining(outdoor)
                    .adding("contacts", [#"{"fullname":"A","sample_outdooractivities":"12,3"}"#, "{}"]).bench
            }
        ),
        GoldenCase(
            id: "dv-028",
            bench: { GoldenState("dv-028", set: "accounts").adding("accounts", [#"{"name":"Fourth"}"#]).bench }
        ),
        GoldenCase(
            id: "dv-029",
            bench: { GoldenState("dv-029", set: "accounts").adding("accounts", [#"{"name":"Fourth"}"#]).bench },
            differences: ["@odata.nextLink": "the later documents, and the sandbox, add istracking to the cookie"]
        ),
        GoldenCase(
            id: "dv-030",
            bench: {
                GoldenState("dv-030", set: "accounts").setting("accounts", "_primarycontactid_value", contact)
                    .adding("contacts", ["{\"contactid\":\"\(contact)\"}"]).adding("accounts", [#"{"name":"A"}"#]).bench
            }
        ),
        GoldenCase(
            id: "dv-031",
            bench: {
                GoldenState("dv-031", set: "accounts")
                    .setting("accounts", "_parentaccountid_value", "3adbf27c-8efb-e511-80d2-00155db07c77")
                    .adding("accounts", [#"{"accountid":"3adbf27c-8efb-e511-80d2-00155db07c77","name":"Parent"}"#])
                    .bench
            }
        ),
        GoldenCase(
            id: "dv-032",
            bench: {
                GoldenState("dv-032", set: "accounts")
                    .adding("accounts", (4...10).map { "{\"name\":\"Number \($0) (sample)\"}" } + [#"{"name":"A"}"#])
                    .bench
            },
            differences: ["@odata.nextLink": "the document leaves $count out of the link, other examples keep it"]
        ),
        GoldenCase(
            id: "dv-066",
            bench: { GoldenState("dv-066", set: "contacts").bench }
        ),
        GoldenCase(
            id: "dv-069",
            bench: {
                GoldenState("dv-066", set: "contacts").setting("contacts", "telephone1", "555-0105").bench
            }
        ),
        GoldenCase(
            id: "dv-085",
            bench: { .dataverse(["accounts": [.members(["accountid": .string(conditional), "name": .string("A")])]]) },
            adjust: { request, bench in
                let tag = try bench.prepare("GET", "/api/data/v9.0/accounts(\(conditional))?$select=name")[
                    "@odata.etag"
                ]
                request.headers["If-None-Match"] = tag?.string
            },
            notes: ["the condition names the version that the record has here"]
        ),
        GoldenCase(id: "dv-h-err-4", bench: { .dataverse() }),
        GoldenCase(
            id: "dv-h-filter-1",
            bench: {
                GoldenState("dv-h-filter-1", set: "accounts", names: primaryContact)
                    .adding("accounts", [#"{"name":"A"}"#]).bench
            }
        ),
        GoldenCase(
            id: "dv-h-page-1",
            bench: { GoldenState("dv-h-page-1", set: "contacts").adding("contacts", [#"{"lastname":"A"}"#]).bench }
        ),
        GoldenCase(id: "dv-h-select-1", bench: { GoldenState("dv-h-select-1", set: "accounts").bench }),
        GoldenCase(
            id: "dv-h-select-2",
            bench: { GoldenState("dv-h-select-2", set: "accounts", names: primaryContact).bench },
            differences: [
                "@odata.context": "the document names only two of the five columns asked for",
                "value/0/modifiedon@OData.Community.Display.V1.FormattedValue": "the sandbox has no time zone but UTC",
            ]
        ),
        GoldenCase(
            id: "dv-h-select-3",
            bench: {
                GoldenState("dv-h-select-3", set: "accounts")
                    .adding("teams", [#"{"teamid":"39e0dbe4-131b-e111-ba7e-78e7d1620f5e","name":"T"}"#])
                    .adding("systemusers", [#"{"systemuserid":"4026be43-6b69-e111-8f65-78e7d1620f5e"}"#]).bench
            }
        ),
    ]

    /// Counting the records of Dataverse.
    static let dataverseCounting: [GoldenCase] = [
        GoldenCase(
            id: "dv-h-count-1",
            bench: { .dataverse(["accounts": (1...9).map { .members(["name": .string("A\($0)")]) }]) },
            shape: .whole,
            differences: ["value": "the document shows one record of nine"]
        ),
        GoldenCase(
            id: "dv-h-count-2",
            bench: {
                GoldenState("dv-h-count-2", set: "accounts")
                    .adding("accounts", (4...10).map { "{\"name\":\"Number \($0) (sample)\"}" }).bench
            },
            differences: [
                "@Microsoft.Dynamics.CRM.totalrecordcount": "the document's numbers contradict each other",
                "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded": "the document's numbers contradict each other",
                "@odata.nextLink": "the document leaves $count out of the link, other examples keep it",
                "header Preference-Applied": "the order of the preferences; other examples have it the other way round",
            ]
        ),
        GoldenCase(
            id: "dv-h-count-3",
            bench: { .dataverse(["accounts": (1...10).map { .members(["name": .string("A\($0)")]) }]) },
            differences: ["": "the service begins the text with a byte order mark, which the document does not show"]
        ),
    ]

    private static let contact = "a0dbf27c-8efb-e511-80d2-00155db07c77"
    private static let conditional = "14e151db-9b4f-e611-80e0-00155da84c08"
    private static let primaryContact = ["_primarycontactid_value": ("contacts", "contactid", "fullname")]
    static let outdoor = [
        "extend contact",
        """
        sample_outdooractivities choices: 1=Swimming; 2=Hiking; 3=Mountain Climbing; 4=Fishing; 5=Hunting; 6=Running; \
        7=Boating; 8=Skiing; 9=Camping; 10=Biking; 11=Surfing; 12=Diving
        """,
    ]
}
