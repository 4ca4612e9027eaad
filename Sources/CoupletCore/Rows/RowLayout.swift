/// The ordered fields of a kind of row: stored under its number once, and never edited afterwards.
public struct RowLayout: Sendable, Hashable, Codable {
    /// The number under which the layout is stored.
    public let number: Int
    /// The remote field names, in the order of the row's fields.
    public let fields: [String]

    /// Creates a layout of the fields.
    public init(number: Int, fields: [String]) {
        self.number = number
        self.fields = fields
    }

    /// The position of a field, or nil when rows of this layout do not carry it.
    public func position(of field: String) -> Int? { fields.firstIndex(of: field) }
}
