/// What callers may do with the records of a table.
struct DataversePermissions: OptionSet, Sendable {
    let rawValue: Int

    static let create = DataversePermissions(rawValue: 1)
    static let update = DataversePermissions(rawValue: 2)
    static let delete = DataversePermissions(rawValue: 4)
    static let all: DataversePermissions = [.create, .update, .delete]
}

/// One table: its names, columns and rules.
///
/// A class, because tables are passed about for every record.
final class DataverseTable: Sendable {
    /// The logical name, singular.
    let name: String
    /// The name in addresses, plural.
    let set: String
    /// The column with the record's name for people.
    let nameAttribute: String
    /// The columns; the first one is the primary key.
    let columns: [DataverseColumn]
    /// What callers may do.
    let permissions: DataversePermissions
    /// Positions by the names of payloads.
    let byProperty: [String: Int]
    /// Positions of lookups by the names of their navigation properties.
    let byNavigation: [String: Int]
    /// Positions by logical names.
    let byAttribute: [String: Int]

    /// Creates a table.
    init(
        name: String,
        set: String,
        nameAttribute: String,
        permissions: DataversePermissions,
        columns: [DataverseColumn]
    ) {
        self.name = name
        self.set = set
        self.nameAttribute = nameAttribute
        self.permissions = permissions
        self.columns = columns
        let positions = columns.enumerated()
        byProperty = Dictionary(uniqueKeysWithValues: positions.map { ($1.property, $0) })
        byAttribute = Dictionary(uniqueKeysWithValues: positions.map { ($1.attribute, $0) })
        versionPosition = columns.firstIndex { $0.attribute == "versionnumber" }
        byNavigation = Dictionary(uniqueKeysWithValues: positions.filter { $1.isLookup }.map { ($1.attribute, $0) })
    }

    /// Where the version stands, which rows do not keep.
    let versionPosition: Int?

    /// The primary key's name.
    var key: String { columns[0].attribute }

    /// The position of a column that the table is known to have or not to have.
    func position(_ attribute: String) -> Int? { byAttribute[attribute] }
}

extension DataverseTable {
    /// The tables of this environment.
    static let all: [DataverseTable] = [account, systemUser, transactionCurrency]
}
