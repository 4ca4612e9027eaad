import CoupletSandbox

extension GoldenCase {
    /// Everything about writing Dataverse.
    static let dataverseWritingCases =
        dataverseCreate + dataverseChange + dataverseReferences + dataverseMany + dataverseActions
        + dataverseDefinitions + dataverseBatches

    private static let code = "the documents leave the code out; the service's own table of codes has it"
    private static let first = "00000000-0000-0000-0000-000000000001"
    private static let second = "00000000-0000-0000-0000-000000000002"

    /// Records made one by one.
    static let dataverseCreate: [GoldenCase] = [
        GoldenCase(
            id: "dv-001",
            bench: {
                writing.defining([
                    "extend contact", "sample_outdooractivities choices: 1=Swimming; 2=Hiking; 9=Running",
                ]).bench
            },
            check: { _, bench in
                let made = bench.send("GET", "/api/data/v9.0/contacts?$select=sample_outdooractivities").firstRecord
                return made?["sample_outdooractivities"]?.string == "1,9" ? [] : ["the choices are not kept"]
            }
        ),
        GoldenCase(id: "dv-009", bench: { writing.bench }),
        GoldenCase(
            id: "dv-010",
            bench: { writing.bench },
            check: { _, bench in
                count(["accounts": 1, "contacts": 1, "opportunities": 1, "tasks": 1], &bench)
            }
        ),
        GoldenCase(id: "dv-011", bench: { writing.adding("contacts", [#"{"contactid":"\#(first)"}"#]).bench }),
        GoldenCase(
            id: "dv-013",
            bench: { writing.bench },
            differences: ["@odata.context": "newer examples name the selected columns"]
        ),
        GoldenCase(
            id: "dv-022",
            bench: {
                writing.adding(
                    "systemusers",
                    [
                        """
                        {"systemuserid":"\(second)","fullname":"Somebody",\
                        "azureactivedirectoryobjectid":"e39c5d16-675b-48d1-8e67-667427e9c084"}
                        """
                    ]
                ).bench
            },
            differences: ["header OData-EntityId": "the document's id lacks a group of digits"],
            check: { _, bench in
                let made = bench.send("GET", "/api/data/v9.0/accounts?$select=_createdby_value").firstRecord
                return made?["_createdby_value"]?.string == second ? [] : ["it was not made in the user's name"]
            }
        ),
        GoldenCase(id: "dv-064", bench: { writing.bench }),
        GoldenCase(
            id: "dv-070",
            bench: { writing.bench },
            differences: ["@odata.context": "newer examples name the selected columns"]
        ),
        GoldenCase(
            id: "dv-071",
            bench: { writing.adding("contacts", [contact]).bench }
        ),
        GoldenCase(
            id: "dv-073",
            bench: { writing.bench },
            check: { _, bench in count(["accounts": 1, "contacts": 1, "tasks": 3], &bench) }
        ),
        GoldenCase(
            id: "dv-h-err-2",
            bench: { writing.adding("leads", [#"{"emailaddress1":"MonteOrton@example.com"}"#]).bench }
        ),
    ]

    /// Records changed and deleted.
    static let dataverseChange: [GoldenCase] = [
        GoldenCase(
            id: "dv-024",
            bench: {
                writing.adding(
                    "leads",
                    [
                        #"{"leadid":"c4567bb6-47a3-e711-811b-e0071b6ac1b1"}"#,
                        #"{"emailaddress1":"monteorton@example.com"}"#,
                    ]
                ).bench
            }
        ),
        GoldenCase(id: "dv-026", bench: { writing.bench }, differences: ["error/code": code]),
        GoldenCase(id: "dv-027", bench: { accounts(first) }, differences: ["error/code": code]),
        GoldenCase(
            id: "dv-056",
            bench: {
                writing.adding(
                    "accounts",
                    [
                        """
                        {"accountid":"\(first)","name":"Sample Account","accountcategorycode":1,"revenue":5000000,\
                        "description":"This is the description of the sample account","creditonhold":false,\
                        "address1_latitude":47.63958}
                        """
                    ]
                ).bench
            },
            differences: ["@odata.context": "newer examples name the selected columns"]
        ),
        GoldenCase(id: "dv-058", bench: { accounts(first) }),
        GoldenCase(id: "dv-065", bench: { writing.adding("contacts", [contact]).bench }),
        GoldenCase(id: "dv-068", bench: { writing.adding("contacts", [contact]).bench }),
        GoldenCase(
            id: "dv-084",
            bench: { writing.adding("contacts", [contact]).bench },
            check: { _, bench in count(["contacts": 0], &bench) }
        ),
        GoldenCase(id: "dv-086", bench: { accounts(conditional) }),
        GoldenCase(id: "dv-087", bench: { accounts(conditional) }, differences: ["": elided], check: versionMismatch),
        GoldenCase(id: "dv-088", bench: { accounts(conditional) }, differences: ["": elided], check: versionMismatch),
        GoldenCase(id: "dv-091", bench: { accounts(conditional) }),
        GoldenCase(
            id: "dv-092",
            bench: { writing.bench },
            differences: ["": elided],
            check: { response, _ in
                message(response) == "account With Id = \(conditional) Does Not Exist" ? [] : ["another message"]
            }
        ),
        GoldenCase(id: "dv-h-cond-1", bench: { accounts(first) }, differences: ["error/code": code]),
        GoldenCase(id: "dv-h-cond-2", bench: { writing.bench }, differences: ["error/code": code]),
        GoldenCase(id: "dv-h-cond-3", bench: { accounts(first) }, differences: ["error/code": code]),
    ]

    private static let elided = "the document's body is no JSON, so that only its message is compared"
    private static let conditional = "14e151db-9b4f-e611-80e0-00155da84c08"
    private static let contact = #"{"contactid":"60f77a42-5f0e-e611-80e0-00155da84c03","lastname":"Cambel"}"#

    @Sendable
    private static func versionMismatch(_ response: SandboxResponse, _ bench: inout GoldenBench) -> [String] {
        let expected = "The version of the existing record doesn't match the RowVersion property provided."
        return message(response) == expected ? [] : ["another message"]
    }

    private static func message(_ response: SandboxResponse) -> String? {
        (try? SandboxJSON(bytes: response.body))?["error"]?["message"]?.string
    }

    private static func accounts(_ id: String) -> GoldenBench {
        writing.adding("accounts", [#"{"accountid":"\#(id)","name":"Sample Account"}"#]).bench
    }

    /// What is wrong with the numbers of records.
    static func count(_ expected: [String: Int], _ bench: inout GoldenBench) -> [String] {
        expected.sorted { $0.key < $1.key }.compactMap { set, number in
            let answer = bench.send("GET", "/api/data/v9.2/\(set)")
            let found = (try? SandboxJSON(bytes: answer.body))?["value"]?.array?.count
            return found == number ? nil : "\(set) has \(found.map(String.init) ?? "no") records instead of \(number)"
        }
    }

    /// An environment without records, with the tables that the examples of writing use besides.
    static var writing: GoldenState {
        GoldenState("", set: "").defining(
            GoldenState.competitor,
            [
                "table task tasks Task name=subject stamped owned", "activityid guid create", "subject text(200)",
                "description memo(2000)", "scheduledstart datetime", "scheduledend datetime",
                """
                regardingobjectid lookup: account/regardingobjectid_account_task/Account_Tasks/Cascade; \
                contact/regardingobjectid_contact_task/Contact_Tasks/Cascade; \
                opportunity/regardingobjectid_opportunity_task/Opportunity_Tasks/Cascade
                """,
                "statecode state update =0: 0=Open; 1=Completed; 2=Canceled",
                "statuscode status =2: 2=Not Started/0; 3=In Progress/0; 5=Completed/1; 6=Canceled/2",
            ],
            [
                "table lead leads Lead name=fullname stamped owned active", "leadid guid create", "firstname text(50)",
                "lastname text(50)", "fullname text(160) readonly", "emailaddress1 text(100)",
            ]
        )
    }
}

extension SandboxResponse {
    /// The first record of a page.
    var firstRecord: SandboxJSON? { (try? SandboxJSON(bytes: body))?["value"]?.array?.first }
}

extension GoldenExclusion {
    /// Exchanges about writing that are not replayed.
    static let dataverseWriting = [
        GoldenExclusion("dv-098", "an action that a customer of the vendor made for a sample"),
        GoldenExclusion("dv-101", "an action that a customer of the vendor made for a sample"),
        GoldenExclusion("dv-h-err-1", "a plug-in that a customer of the vendor made refuses the record"),
    ]
}
