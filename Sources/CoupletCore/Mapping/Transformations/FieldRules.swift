/// The transformation rules of a field mapping: a chain for each side that values come from.
public struct FieldRules: Codable, Sendable, Hashable {
    /// The rules for values of the ERP; nil for the inverse of the other chain.
    public var fromERP: [TransformationRule]?
    /// The rules for values of the CRM; nil for the inverse of the other chain.
    public var fromCRM: [TransformationRule]?

    /// Creates rules; the chain that is not given is the inverse of the other.
    public init(fromERP: [TransformationRule]? = nil, fromCRM: [TransformationRule]? = nil) {
        self.fromERP = fromERP
        self.fromCRM = fromCRM
    }

    /// Whether a rule looks texts up in a table.
    var hasLookup: Bool { [fromERP, fromCRM].contains { $0?.lookup != nil } }

    /// Whether a chain looks texts up more than once.
    var hasSeveralLookups: Bool {
        [fromERP, fromCRM].contains { chain in (chain ?? []).count { $0.lookup != nil } > 1 }
    }

    /// The rules for values of a side; nil when they are not given and the other chain has no inverse.
    public func chain(from source: Side) -> [TransformationRule]? {
        switch source {
        case .erp: fromERP ?? (fromCRM ?? []).inverse
        case .crm: fromCRM ?? (fromERP ?? []).inverse
        }
    }
}
