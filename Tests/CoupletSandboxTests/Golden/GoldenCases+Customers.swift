import CoupletSandbox

extension GoldenCase {
    /// Customers.
    static let customers: [GoldenCase] = []
}
