/// When callers may write a column; what they may not write is left out of a payload without an error.
enum DataverseAccess: Sendable, Hashable {
    /// On create and on update.
    case always
    /// Only on create.
    case create
    /// Only on update.
    case update
    /// Never.
    case never
}

/// One column of a table.
final class DataverseColumn: Sendable {
    /// The column's logical name.
    let attribute: String
    /// The name with capitals, which metadata has and custom navigation properties are called by.
    let schemaName: String
    /// The name that people see.
    let label: String
    /// The name in payloads: `_x_value` for a lookup `x`.
    let property: String
    /// What it holds.
    let type: DataverseColumnType
    /// When callers may write it.
    let access: DataverseAccess
    /// Whether people have to fill it in; the API does not insist.
    let isRequired: Bool
    /// The value of a new record, as JSON; nil for none.
    let initial: String?
    /// The identifier of its definition; nil for one that follows from its place.
    let metadataID: SandboxGUID?
    /// The smallest and the greatest number that is allowed; nil for what the type allows.
    let range: ClosedRange<Double>?
    /// Whether a customer made it.
    let isCustom: Bool
    /// The set of options that a choice shares with others; nil where its options are its own.
    let optionSet: String?
    /// The quoted name and its colon.
    let encodedName: [UInt8]

    /// Creates a column; names that are not given follow from the logical name.
    init(
        _ attribute: String,
        _ type: DataverseColumnType,
        _ access: DataverseAccess = .always,
        initial: String? = nil,
        isRequired: Bool = false,
        schemaName: String? = nil,
        label: String? = nil,
        metadataID: SandboxGUID? = nil,
        range: ClosedRange<Double>? = nil,
        isCustom: Bool = false,
        optionSet: String? = nil
    ) {
        self.attribute = attribute
        self.type = type
        self.access = access
        self.initial = initial
        self.isRequired = isRequired
        self.schemaName = schemaName ?? attribute.prefix(1).uppercased() + attribute.dropFirst()
        self.label = label ?? self.schemaName
        self.metadataID = metadataID
        self.range = range
        self.isCustom = isCustom
        self.optionSet = optionSet
        if case .lookup = type { property = "_\(attribute)_value" } else { property = attribute }
        encodedName = Array("\"\(property)\":".utf8)
    }

    /// The same column with another type of the same kind.
    func with(_ type: DataverseColumnType) -> DataverseColumn {
        DataverseColumn(
            attribute,
            type,
            access,
            initial: initial,
            isRequired: isRequired,
            schemaName: schemaName,
            label: label,
            metadataID: metadataID,
            range: range,
            isCustom: isCustom,
            optionSet: optionSet
        )
    }

    /// Whether it refers to another record.
    var isLookup: Bool { if case .lookup = type { true } else { false } }

    /// Whether it holds an amount in the record's own currency.
    var isAmount: Bool { type == .money && !attribute.hasSuffix("_base") }

    /// Whether it holds an amount.
    var isMoney: Bool { type == .money }
}
