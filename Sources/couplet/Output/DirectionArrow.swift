import CoupletCore

extension Direction {
    /// An arrow between the ERP, on the left, and the CRM.
    var arrow: String {
        switch self {
        case .bidirectional: "↔"
        case .toIntegrationTable: "→"
        case .fromIntegrationTable: "←"
        }
    }
}
