import CoupletSandbox

extension GoldenArea {
    /// Business Central API v2.0.
    static let businessCentral = GoldenArea(
        title: "Business Central API v2.0",
        system: "bc",
        cases: GoldenCase.companies + GoldenCase.codes + GoldenCase.parties + GoldenCase.dimensions
            + GoldenCase.items + GoldenCase.documents + GoldenCase.errors + GoldenCase.queries
            + GoldenCase.subscriptions,
        exclusions: ["bc-026", "bc-027", "bc-028"].map {
            GoldenExclusion($0, "customerContacts, a view of contacts under ids that are no GUIDs, is not stood in for")
        },
        isWhole: true
    )
}

extension GoldenBench {
    /// The tenant and environment that the placeholder of the documents' addresses stands for.
    private static let prefix = "erp.example/v2.0/tenant/production"

    /// A Business Central with one company and these tables.
    static func businessCentral(_ tables: [String: [SandboxJSON]] = [:]) -> GoldenBench {
        let now = SandboxInstant(milliseconds: 1_700_000_000_123)
        let company = SandboxJSON.members([
            "id": .string(companyID), "name": .string("CRONUS US"), "displayName": .string("CRONUS USA, Inc."),
        ])
        var seed = [SeedTable(entitySet: "companies", rows: tables["companies"] ?? [company])]
        for (name, rows) in tables.sorted(by: { $0.key < $1.key }) where name != "companies" {
            seed.append(SeedTable(entitySet: name, rows: rows))
        }
        var bench = GoldenBench(
            BusinessCentralSandbox(seed: seed, at: now),
            host: "erp.example",
            placeholders: ["{businesscentralPrefix}"],
            address: prefix,
            at: now
        )
        bench.otherPlaceholders = [("<endpoint>", "https://\(prefix)/api/v2.0")]
        return bench
    }

    /// The company of the examples.
    static let companyID = "4d0e744d-44e3-ea11-bb43-000d3a2feca1"

    /// The path of a record or a set within the company.
    static func path(_ rest: String) -> String { "/v2.0/tenant/production/api/v2.0/companies(\(companyID))/\(rest)" }
}
