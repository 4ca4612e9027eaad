import CoupletCore

/// A direction as files and the command line write it.
enum DirectionArgument: String, CaseIterable {
    case to
    case from
    case both
    case toCRM = "to-crm"
    case toERP = "to-erp"

    /// The direction.
    var direction: Direction {
        switch self {
        case .to, .toCRM: .toIntegrationTable
        case .from, .toERP: .fromIntegrationTable
        case .both: .bidirectional
        }
    }
}
