import CoupletSandbox

extension GoldenCase {
    /// Functions and actions of Dataverse.
    static let dataverseOperations: [GoldenCase] = [
        GoldenCase(id: "dv-093", bench: { .dataverse() })
    ]
}
