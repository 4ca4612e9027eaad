/// One choice of a column.
struct DataverseOption: Sendable, Hashable {
    /// The number that is stored.
    let value: Int
    /// What people see.
    let label: String
}

/// A table that a lookup may lead to, and the names of the way there and back.
struct DataverseTarget: Sendable, Hashable {
    /// The table's logical name.
    let table: String
    /// The navigation property of the record that has the lookup.
    let navigation: String
    /// The navigation property of the record that the lookup leads to; it has all records that lead there.
    let collection: String
    /// What becomes of the record that has the lookup when the other one is deleted.
    var deletion = DataverseDeletion.removeLink
    /// The identifier of the relationship's definition; nil for one that follows from its place.
    var relationshipID: SandboxGUID?
}

/// What becomes of a record when the one that it refers to is deleted.
enum DataverseDeletion: String, Sendable, Hashable {
    /// It loses the reference.
    case removeLink = "RemoveLink"
    /// It is deleted too.
    case cascade = "Cascade"
    /// It keeps the other one from being deleted.
    case restrict = "Restrict"
}

/// What a column holds.
enum DataverseColumnType: Sendable, Hashable {
    /// An identifier.
    case guid
    /// Text of so many UTF-16 units.
    case text(Int)
    /// Text of so many UTF-16 units on many lines.
    case memo(Int)
    /// True or false.
    case boolean
    /// A number of 32 bits.
    case integer
    /// A number of 64 bits.
    case bigInteger
    /// A number with so many decimals.
    case decimal(Int)
    /// A binary number.
    case double
    /// An amount; where a row has one, it also has a currency.
    case money
    /// One of several options.
    case choice([DataverseOption])
    /// Any of several options.
    case choices([DataverseOption])
    /// Whether the record is active.
    case state([DataverseOption])
    /// Why it is so; `states` gives the state of each option.
    case status([DataverseOption], states: [Int: Int])
    /// A reference to a record of one of the tables.
    case lookup([DataverseTarget])
    /// A moment, to the second.
    case dateTime
    /// A day.
    case date
    /// The logical name of a table.
    case tableName

    /// What OData calls the type.
    var edmName: String {
        switch self {
        case .guid, .lookup: "Edm.Guid"
        case .text, .memo, .choices, .tableName: "Edm.String"
        case .boolean: "Edm.Boolean"
        case .integer, .choice, .state, .status: "Edm.Int32"
        case .bigInteger: "Edm.Int64"
        case .decimal, .money: "Edm.Decimal"
        case .double: "Edm.Double"
        case .dateTime: "Edm.DateTimeOffset"
        case .date: "Edm.Date"
        }
    }

    /// The options of a choice, a state or a status.
    var options: [DataverseOption]? {
        switch self {
        case .choice(let options), .choices(let options), .state(let options), .status(let options, _): options
        case .guid, .text, .memo, .boolean, .integer, .bigInteger, .decimal, .double, .money, .lookup, .dateTime, .date,
            .tableName:
            nil
        }
    }

    /// The tables that a lookup may lead to; none for anything else.
    var targets: [DataverseTarget] { if case .lookup(let targets) = self { targets } else { [] } }

    /// Whether it is text that patterns can be looked for in.
    var isText: Bool {
        switch self {
        case .text, .memo, .tableName: true
        case .guid, .boolean, .integer, .bigInteger, .decimal, .double, .money, .choice, .choices, .state, .status,
            .lookup, .dateTime, .date:
            false
        }
    }

    /// Whether it is a number, or an option, which is one.
    var isNumeric: Bool {
        switch self {
        case .integer, .bigInteger, .decimal, .double, .money, .choice, .state, .status: true
        case .guid, .text, .memo, .boolean, .choices, .lookup, .dateTime, .date, .tableName: false
        }
    }
}
