import CoupletSandbox

extension GoldenArea {
    /// Dataverse Web API v9.2.
    static let dataverse = GoldenArea(
        title: "Dataverse Web API v9.2",
        system: "dataverse",
        cases: GoldenCase.dataverseOperations + GoldenCase.throttle + GoldenCase.dataverseReadingCases
            + GoldenCase.dataverseWritingCases,
        exclusions: GoldenExclusion.dataverseWriting,
        isWhole: true
    )
}

extension GoldenCase {
    /// Everything about reading Dataverse.
    static let dataverseReadingCases =
        dataverseReading + dataverseCounting + dataverseExpand + dataverseNavigation + dataverseQueries
        + dataverseFetch + dataverseServices + dataverseReadDefinitions
}

extension GoldenBench {
    /// A Dataverse environment with these tables.
    static func dataverse(_ tables: [String: [SandboxJSON]] = [:]) -> GoldenBench {
        let now = SandboxInstant(text: "2026-03-04T05:06:07Z") ?? SandboxInstant(milliseconds: 0)
        let seed = tables.sorted { $0.key < $1.key }.map { SeedTable(entitySet: $0.key, rows: $0.value) }
        return GoldenBench(
            DataverseSandbox(seed: seed, at: now),
            host: "crm.example",
            placeholders: ["https://[Organization URI]", "[Organization URI]", "[organization uri]"],
            address: "https://crm.example",
            at: now
        )
    }
}
