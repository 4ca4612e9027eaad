import CoupletSandbox

extension GoldenCase {
    /// Records of Dataverse with the records around them.
    static let dataverseExpand: [GoldenCase] = [
        GoldenCase(
            id: "dv-034",
            bench: {
                GoldenState(
                    "dv-034",
                    set: "incidents",
                    ways: ["customerid_contact": .init("contacts", "_customerid_value")]
                ).defining(GoldenState.incident).bench
            },
            differences: ["@odata.context": "all other examples name the expanded property twice"]
        ),
        GoldenCase(id: "dv-035", bench: { withTasks("dv-035") }),
        GoldenCase(
            id: "dv-036",
            bench: {
                GoldenState("dv-036", set: "accounts", ways: person + tasks).defining(GoldenState.incident)
                    .defining(GoldenState.task).bench
            }
        ),
        GoldenCase(id: "dv-045", bench: { withPerson("dv-045") }),
        GoldenCase(id: "dv-047", bench: { withTasks("dv-047") }),
        GoldenCase(
            id: "dv-048",
            bench: {
                GoldenState(
                    "dv-048",
                    set: "accounts",
                    ways: tasks + ["parentaccountid": .init("accounts", "_parentaccountid_value")]
                ).defining(GoldenState.incident).defining(GoldenState.task).bench
            },
            adjust: { request, _ in
                request.target = request.target.replacing(
                    "99390c24-9c72-e511-80d4-00155d2a68d1",
                    with: "915e89f5-29fc-e511-80d2-00155db07c77"
                )
            },
            notes: ["the document asks for another record than the one it shows"]
        ),
        GoldenCase(id: "dv-053", bench: { withPerson("dv-053") }),
        GoldenCase(id: "dv-072", bench: { withPerson("dv-072") }),
        GoldenCase(id: "dv-074", bench: { withPerson("dv-074") }),
        GoldenCase(
            id: "dv-075",
            bench: {
                GoldenState(
                    "dv-075",
                    set: "contacts",
                    ways: ["Contact_Tasks": .init("tasks", "_regardingobjectid_value")]
                ).defining(GoldenState.incident).defining(GoldenState.task).bench
            }
        ),
        GoldenCase(
            id: "dv-082",
            bench: {
                GoldenState("dv-082", set: "competitors").defining(GoldenState.competitor)
                    .adding(
                        "opportunities",
                        [
                            """
                            {"opportunityid":"7cf77a42-5f0e-e611-80e0-00155da84c03","name":"River rafting adventure",\
                            "description":"Sales team on a river-rafting offsite and team building"}
                            """, #"{"name":"Another"}"#,
                        ]
                    )
                    .adding(
                        "opportunitycompetitorscollection",
                        [
                            """
                            {"competitorid":"77f77a42-5f0e-e611-80e0-00155da84c03",\
                            "opportunityid":"7cf77a42-5f0e-e611-80e0-00155da84c03"}
                            """
                        ]
                    ).bench
            }
        ),
        GoldenCase(
            id: "dv-114",
            bench: {
                GoldenState(
                    "dv-114",
                    set: "contacts",
                    ways: ["account_primary_contact": .init("accounts", "_primarycontactid_value")]
                ).adding("accounts", [#"{"name":"Another"}"#]).bench
            }
        ),
        GoldenCase(
            id: "dv-115",
            bench: {
                GoldenState(
                    "dv-115",
                    set: "accounts",
                    ways: ["contact_customer_accounts": .init("contacts", "_parentcustomerid_value")]
                ).adding("contacts", [#"{"lastname":"Another"}"#]).bench
            }
        ),
    ]

    /// Following the navigation properties of Dataverse.
    static let dataverseNavigation: [GoldenCase] = [
        GoldenCase(
            id: "dv-043",
            bench: {
                GoldenState("dv-043", set: "contacts")
                    .adding(
                        "accounts",
                        [
                            """
                            {"accountid":"00000000-0000-0000-0000-000000000001",\
                            "_primarycontactid_value":"ff390c24-9c72-e511-80d4-00155d2a68d1"}
                            """
                        ]
                    ).bench
            }
        ),
        GoldenCase(
            id: "dv-044",
            bench: { twoTasks },
            adjust: { request, _ in request.target = request.target.replacing("/AccountTasks", with: "/Account_Tasks")
            },
            notes: ["the document misspells the property"]
        ),
        GoldenCase(id: "dv-h-ref-1", bench: { twoTasks }),
        GoldenCase(
            id: "dv-077",
            bench: {
                GoldenState("dv-077", set: "contacts")
                    .setting("contacts", "_parentcustomerid_value", "6af77a42-5f0e-e611-80e0-00155da84c03")
                    .adding("contacts", [#"{"lastname":"Another"}"#])
                    .adding("accounts", [#"{"accountid":"6af77a42-5f0e-e611-80e0-00155da84c03"}"#]).bench
            }
        ),
    ]

    private static let person = ["primarycontactid": GoldenState.Way("contacts", "_primarycontactid_value")]
    private static let tasks = ["Account_Tasks": GoldenState.Way("tasks", "_regardingobjectid_value")]

    private static func withPerson(_ id: String) -> GoldenBench { GoldenState(id, set: "accounts", ways: person).bench }

    private static func withTasks(_ id: String) -> GoldenBench {
        GoldenState(id, set: "accounts", ways: tasks).defining(GoldenState.incident).defining(GoldenState.task).bench
    }

    private static var twoTasks: GoldenBench {
        let account = "00000000-0000-0000-0000-000000000001"
        let ids = ["6b5941dd-d175-e511-80d4-00155d2a68d1", "fcbb60ed-d175-e511-80d4-00155d2a68d1"]
        return GoldenState("", set: "accounts").defining(GoldenState.incident).defining(GoldenState.task)
            .adding("accounts", ["{\"accountid\":\"\(account)\"}"])
            .adding(
                "tasks",
                ids.map { "{\"activityid\":\"\($0)\",\"_regardingobjectid_value\":\"\(account)\"}" } + ["{}"]
            ).bench
    }
}

private func + (left: [String: GoldenState.Way], right: [String: GoldenState.Way]) -> [String: GoldenState.Way] {
    left.merging(right) { first, _ in first }
}
