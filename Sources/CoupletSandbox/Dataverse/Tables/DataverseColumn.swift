/// One choice of a column.
struct DataverseOption: Sendable, Hashable {
    /// The number that is stored.
    let value: Int
    /// What people see.
    let label: String
}

/// What a column holds.
enum DataverseColumnType: Sendable, Hashable {
    /// An identifier.
    case guid
    /// Text of so many UTF-16 units.
    case text(Int)
    /// True or false.
    case boolean
    /// A number of 32 bits.
    case integer
    /// A number of 64 bits.
    case bigInteger
    /// A number with so many decimals.
    case decimal(Int)
    /// An amount; where a row has one, it also has a currency.
    case money
    /// One of several options.
    case choice([DataverseOption])
    /// Whether the record is active.
    case state([DataverseOption])
    /// Why it is so; `states` gives the state of each option.
    case status([DataverseOption], states: [Int: Int])
    /// A reference to a record of one of the named tables.
    case lookup([String])
    /// A moment, to the second.
    case dateTime

    /// What OData calls the type.
    var edmName: String {
        switch self {
        case .guid, .lookup: "Edm.Guid"
        case .text: "Edm.String"
        case .boolean: "Edm.Boolean"
        case .integer, .choice, .state, .status: "Edm.Int32"
        case .bigInteger: "Edm.Int64"
        case .decimal, .money: "Edm.Decimal"
        case .dateTime: "Edm.DateTimeOffset"
        }
    }

    /// The options of a choice, a state or a status.
    var options: [DataverseOption]? {
        switch self {
        case .choice(let options), .state(let options), .status(let options, _): options
        case .guid, .text, .boolean, .integer, .bigInteger, .decimal, .money, .lookup, .dateTime: nil
        }
    }
}

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
    /// The column's logical name; for a lookup also the name of its navigation property.
    let attribute: String
    /// The name in payloads: `_x_value` for a lookup `x`.
    let property: String
    /// What it holds.
    let type: DataverseColumnType
    /// When callers may write it.
    let access: DataverseAccess
    /// The value of a new record, as JSON; nil for none.
    let initial: String?
    /// The quoted name and its colon.
    let encodedName: [UInt8]

    /// Creates a column.
    init(_ attribute: String, _ type: DataverseColumnType, _ access: DataverseAccess = .always, initial: String? = nil)
    {
        self.attribute = attribute
        self.type = type
        self.access = access
        self.initial = initial
        if case .lookup = type { property = "_\(attribute)_value" } else { property = attribute }
        encodedName = Array("\"\(property)\":".utf8)
    }

    /// Whether it refers to another record.
    var isLookup: Bool { if case .lookup = type { true } else { false } }

    /// Whether it holds an amount.
    var isMoney: Bool { type == .money }
}
