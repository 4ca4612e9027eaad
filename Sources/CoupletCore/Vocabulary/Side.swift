/// One of the two systems whose records are coupled.
public enum Side: String, Codable, Sendable, Hashable, CaseIterable {
    /// The ERP.
    case erp
    /// The CRM.
    case crm

    /// The other system.
    public var other: Side { self == .erp ? .crm : .erp }
}

/// A value for each of the two sides.
public struct BySide<Element> {
    /// The ERP's value.
    public var erp: Element
    /// The CRM's value.
    public var crm: Element

    /// Creates a pair of values.
    public init(erp: Element, crm: Element) {
        self.erp = erp
        self.crm = crm
    }

    /// The value of one side.
    public subscript(side: Side) -> Element {
        get { side == .erp ? erp : crm }
        // In place, so that changing an array of a side does not copy it.
        _modify {
            switch side {
            case .erp: yield &erp
            case .crm: yield &crm
            }
        }
    }
}

extension BySide: Sendable where Element: Sendable {}
extension BySide: Equatable where Element: Equatable {}
extension BySide: Hashable where Element: Hashable {}
extension BySide: Encodable where Element: Encodable {}
extension BySide: Decodable where Element: Decodable {}
