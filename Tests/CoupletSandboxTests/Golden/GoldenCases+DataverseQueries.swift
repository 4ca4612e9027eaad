import CoupletSandbox

extension GoldenCase {
    /// The documents' sample of queries over contacts of Dataverse.
    static let dataverseQueries: [GoldenCase] = [
        GoldenCase(
            id: "dv-102",
            bench: { contacts("dv-102") },
            adjust: { request, _ in
                request.target = request.target.replacing(
                    "b848fdee-c143-e611-80d5-00155da84802",
                    with: "15c364b2-bf43-e611-80d5-00155da84802"
                )
            },
            notes: ["the document asks for another record than the one it shows"]
        ),
        GoldenCase(
            id: "dv-105",
            bench: {
                contacts(
                    "dv-105",
                    [
                        #"{"fullname":"A (sample)","annualincome":55000}"#, #"{"fullname":"B","annualincome":99000}"#,
                    ]
                )
            }
        ),
        GoldenCase(id: "dv-107", bench: { contacts("dv-107") }),
        GoldenCase(id: "dv-108", bench: { contacts("dv-108") }),
        GoldenCase(id: "dv-109", bench: { contacts("dv-109", [#"{"fullname":"A (sample)"}"#]) }),
        GoldenCase(
            id: "dv-110",
            bench: { contacts("dv-110", [#"{"fullname":"A (sample)","jobtitle":"Analyst"}"#]) }
        ),
        GoldenCase(
            id: "dv-112",
            bench: {
                let before = [
                    "b848fdee-c143-e611-80d5-00155da84802", "bf48fdee-c143-e611-80d5-00155da84802",
                    "c348fdee-c143-e611-80d5-00155da84802", "c748fdee-c143-e611-80d5-00155da84802",
                ]
                let first = before.map { id -> SandboxJSON in
                    .members(["contactid": .string(id), "fullname": .string("Before (sample)")])
                }
                let after = (0..<2).map { SandboxJSON.members(["fullname": .string("After \($0) (sample)")]) }
                var tables = GoldenState("dv-112", set: "contacts").tables
                tables["contacts"] = first + (tables["contacts"] ?? []) + after
                return .dataverse(tables)
            }
        ),
    ]

    private static func contacts(_ id: String, _ others: [String] = []) -> GoldenBench {
        GoldenState(id, set: "contacts").adding("contacts", others).bench
    }
}
