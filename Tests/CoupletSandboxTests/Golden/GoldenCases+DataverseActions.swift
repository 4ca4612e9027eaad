import CoupletSandbox

extension GoldenCase {
    /// Actions.
    static let dataverseActions: [GoldenCase] = [
        GoldenCase(
            id: "dv-059",
            bench: { open("b3828ac8-917a-e511-80d2-00155d2a68d2") },
            check: { _, bench in won(&bench) }
        ),
        GoldenCase(
            id: "dv-096",
            bench: { open("47920da5-fb4a-e611-80d5-00155da84802") },
            check: { _, bench in won(&bench) }
        ),
        GoldenCase(
            id: "dv-060",
            bench: { queue("56ae8258-4878-e511-80d4-00155d2a68d1", letter: "59ae8258-4878-e511-80d4-00155d2a68d1") },
            check: { _, bench in count(["queueitems": 1], &bench) }
        ),
        GoldenCase(
            id: "dv-097",
            bench: { queue("1f7bcc50-d3f6-e511-80d0-00155da84802", letter: "4c920da5-fb4a-e611-80d5-00155da84802") },
            check: { _, bench in count(["queueitems": 1], &bench) }
        ),
    ]

    private static func open(_ id: String) -> GoldenBench {
        writing.adding("opportunities", [#"{"opportunityid":"\#(id)","estimatedvalue":10}"#]).bench
    }

    private static func won(_ bench: inout GoldenBench) -> [String] {
        let record = bench.send("GET", "/api/data/v9.2/opportunities").firstRecord
        return record?["statecode"]?.integer == 1 && record?["statuscode"]?.integer == 3 ? [] : ["it is not won"]
    }

    private static func queue(_ id: String, letter: String) -> GoldenBench {
        writing.defining(
            [
                "table letter letters Letter name=subject stamped owned", "activityid guid create", "subject text(200)",
            ],
            ["table queue queues Queue stamped owned active", "queueid guid create", "name text(200)"],
            [
                "table queueitem queueitems QueueItem name=title stamped owned active", "queueitemid guid create",
                "title text(300)", "queueid lookup: queue//queue_entries",
                "objectid lookup: letter/objectid_letter/Letter_QueueItem",
            ]
        )
        .adding("queues", [#"{"queueid":"\#(id)"}"#]).adding("letters", [#"{"activityid":"\#(letter)"}"#]).bench
    }

    /// Definitions of tables, columns and relationships.
    static let dataverseDefinitions: [GoldenCase] = [
        GoldenCase(
            id: "dv-014",
            bench: { writing.bench },
            check: { _, bench in count(["new_bankaccounts": 0], &bench) }
        ),
        GoldenCase(id: "dv-015", bench: { bank("417129e1-207c-e511-80d2-00155d2a68d2") }),
        GoldenCase(id: "dv-017", bench: { bank("402fa40f-287c-e511-80d2-00155d2a68d2") }),
        GoldenCase(id: "dv-018", bench: { bank("402fa40f-287c-e511-80d2-00155d2a68d2") }),
        GoldenCase(id: "dv-019", bench: { bank("402fa40f-287c-e511-80d2-00155d2a68d2") }),
        GoldenCase(
            id: "dv-021",
            bench: {
                writing.defining([
                    "table campaign campaigns Campaign stamped owned active", "campaignid guid create",
                    "name text(128)",
                ]).bench
            }
        ),
    ]

    private static func bank(_ id: String) -> GoldenBench {
        writing.defining([
            """
            table new_bankaccount new_bankaccounts new_BankAccount name=new_accountname custom stamped owned active \
            id=\(id)
            """,
            "new_bankaccountid guid create", "new_accountname text(100)",
        ]).bench
    }

    /// Batches.
    static let dataverseBatches: [GoldenCase] = [
        GoldenCase(id: "dv-h-batch-1", bench: { task }, adjust: lines),
        GoldenCase(id: "dv-h-batch-2", bench: { task }, adjust: lines),
        GoldenCase(id: "dv-h-batch-5", bench: { writing.bench }, adjust: lines),
        GoldenCase(id: "dv-h-batch-6", bench: { writing.bench }, adjust: lines),
        GoldenCase(
            id: "dv-h-batch-7",
            bench: {
                writing.defining([
                    "table phonecall phonecalls PhoneCall name=subject stamped owned", "activityid guid create",
                    "subject text(200)", "phonenumber text(200)",
                    "regardingobjectid lookup: account/regardingobjectid_account_phonecall/Account_Phonecalls",
                ]).bench
            },
            adjust: lines,
            differences: ["": "the document shows the message alone; it is in an error object, as everywhere"],
            check: { response, bench in
                let wanted = "Content-ID Reference: '$1' does not exist in the batch context."
                return (response.text.contains(wanted) ? [] : ["another message"]) + count(["accounts": 0], &bench)
            }
        ),
        GoldenCase(
            id: "dv-h-batch-8",
            bench: { task },
            adjust: longSubject,
            notes: ["the document's subject is shorter than the limit that it names; it is made longer"],
            check: { _, bench in count(["tasks": 0], &bench) }
        ),
        GoldenCase(
            id: "dv-h-batch-9",
            bench: { task },
            adjust: longSubject,
            notes: ["the document's subject is shorter than the limit that it names; it is made longer"],
            differences: ["parts/2/location": "the document leaves the id out", "parts/2/odata-entityid": "the same"],
            check: { _, bench in count(["tasks": 2], &bench) }
        ),
    ]

    private static var task: GoldenBench {
        writing.adding("accounts", [#"{"accountid":"00000000-0000-0000-0000-000000000001"}"#]).bench
    }

    /// Lines end with CR LF on the wire.
    @Sendable
    private static func lines(_ request: inout GoldenRequest, _ bench: inout GoldenBench) {
        let text = String(decoding: request.body, as: UTF8.self)
        request.body = Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
    }

    @Sendable
    private static func longSubject(_ request: inout GoldenRequest, _ bench: inout GoldenBench) {
        let text = String(decoding: request.body, as: UTF8.self)
        let long = "Subject is too long \(String(repeating: "x", count: 200))"
        request.body = Array(text.replacing("Subject is too long ", with: long).utf8)
        lines(&request, &bench)
    }
}
