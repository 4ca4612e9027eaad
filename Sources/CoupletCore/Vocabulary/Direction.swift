/// Where values may flow: for a table mapping, a field mapping, or one job.
public enum Direction: String, Codable, Sendable, Hashable, CaseIterable {
    /// Both ways.
    case bidirectional
    /// From the ERP to the CRM.
    case toIntegrationTable
    /// From the CRM to the ERP.
    case fromIntegrationTable

    /// Whether values may be written to a side.
    public func writes(to side: Side) -> Bool {
        switch self {
        case .bidirectional: true
        case .toIntegrationTable: side == .crm
        case .fromIntegrationTable: side == .erp
        }
    }

    /// The direction whose only target is the given side.
    public static func toward(_ side: Side) -> Direction {
        side == .crm ? .toIntegrationTable : .fromIntegrationTable
    }

    /// What both directions allow, or nil when they allow nothing together.
    public func intersection(_ other: Direction) -> Direction? {
        if self == .bidirectional { return other }
        if other == .bidirectional || other == self { return self }
        return nil
    }
}
