import Synchronization

/// What callers may do with the records of a table.
struct DataversePermissions: OptionSet, Sendable {
    let rawValue: Int

    static let create = DataversePermissions(rawValue: 1)
    static let update = DataversePermissions(rawValue: 2)
    static let delete = DataversePermissions(rawValue: 4)
    static let all: DataversePermissions = [.create, .update, .delete]
}

/// Columns that name one record together, besides the primary key.
struct DataverseKey: Sendable, Hashable {
    /// The key's logical name.
    let name: String
    /// The logical names of its columns.
    let attributes: [String]
    /// The name that people see; nil for the logical name.
    var label: String?
    /// The identifier of its definition; nil for one that follows from its name.
    var metadataID: SandboxGUID?
}

/// What of a table is not its columns.
struct DataverseTableHead: Sendable {
    /// The logical name, singular.
    var name: String
    /// The name in addresses, plural.
    var set: String
    /// The name with capitals, which metadata has.
    var schemaName: String
    /// The name that people see.
    var label: String
    /// The column with the record's name for people.
    var nameAttribute: String
    /// The name that people see for many of its records; nil for the label with an ending.
    var plural: String?
    /// What it is for.
    var description = ""
    /// What callers may do.
    var permissions: DataversePermissions = .all
    /// Whether changes can be read by a token.
    var isTracked = true
    /// Whether a customer made it.
    var isCustom = false
    /// Whether it holds the pairs of a relationship of many to many.
    var isIntersect = false
    /// Whether each record is kept for itself, so that no two are written together or not at all.
    var isElastic = false
    /// The identifier of its definition; nil for one that follows from its place.
    var metadataID: SandboxGUID?
    /// Alternate keys.
    var keys: [DataverseKey] = []

    /// The name that people see for many of its records.
    var collectionLabel: String { plural ?? "\(label)s" }
}

/// Where a navigation property with one value leads.
struct DataverseNavigation: Sendable, Hashable {
    /// The position of the lookup.
    let position: Int
    /// The only table it can lead to; nil where any of the lookup's can be meant.
    let table: String?
}

/// One table: its names, columns and rules.
///
/// A class, because tables are passed about for every record.
final class DataverseTable: Sendable {
    /// Names and rules.
    let head: DataverseTableHead
    /// The columns; the first one is the primary key.
    let columns: [DataverseColumn]
    /// Positions by the names of payloads.
    let byProperty: [String: Int]
    /// Lookups by the names of their navigation properties.
    let byNavigation: [String: DataverseNavigation]
    /// Positions by logical names.
    let byAttribute: [String: Int]
    /// Where the version stands, which rows do not keep.
    let versionPosition: Int?
    /// The values of new records, by position.
    let initials: [(position: Int, json: [UInt8])]
    /// The positions of references that matter when the record at their other end is deleted: those that follow from
    /// others do not, and owners and currencies are never deleted.
    let references: [Int]
    /// The logical names of amounts in the record's own currency.
    let amounts: [String]
    /// Where the time of the last write stands.
    let modifiedPosition: Int?
    /// For each position whether many records have the same value there.
    let areShared: [Bool]
    private let described = Mutex<[SandboxJSON]?>(nil)

    /// Creates a table.
    init(_ head: DataverseTableHead, columns: [DataverseColumn]) {
        self.head = head
        self.columns = columns
        let positions = columns.enumerated()
        byProperty = Dictionary(positions.map { ($1.property, $0) }) { first, _ in first }
        byAttribute = Dictionary(positions.map { ($1.attribute, $0) }) { first, _ in first }
        initials = positions.compactMap { position, column in column.initial.map { (position, Array($0.utf8)) } }
        references = positions.filter { position, column in
            let isEnd = head.isIntersect && position > 0 && column.type == .guid
            return isEnd
                || column.isLookup && column.access != .never
                    && !["ownerid", "transactioncurrencyid"].contains(column.attribute)
        }.map(\.offset)
        amounts = columns.filter(\.isAmount).map(\.attribute)
        modifiedPosition = columns.firstIndex { $0.attribute == "modifiedon" }
        areShared = columns.map(\.isShared)
        versionPosition = columns.firstIndex { $0.attribute == "versionnumber" }
        var navigations: [String: DataverseNavigation] = [:]
        for (position, column) in positions {
            let names = Dictionary(grouping: column.type.targets, by: \.navigation)
            for (name, targets) in names {
                let table = targets.count == 1 ? targets[0].table : nil
                navigations[name] = DataverseNavigation(position: position, table: table)
            }
        }
        byNavigation = navigations
    }

    /// The logical name, singular.
    var name: String { head.name }

    /// The name in addresses, plural.
    var set: String { head.set }

    /// The column with the record's name for people.
    var nameAttribute: String { head.nameAttribute }

    /// What callers may do.
    var permissions: DataversePermissions { head.permissions }

    /// The primary key's name.
    var key: String { columns[0].attribute }

    /// The definitions of all columns, made once: a table's columns never change.
    var attributes: [SandboxJSON] {
        described.withLock { known in
            if let known { return known }
            let made = columns.map { DataverseMetadata.attribute($0, self, hasOptions: true) }
            known = made
            return made
        }
    }

    /// The position of a column that the table is known to have or not to have.
    func position(_ attribute: String) -> Int? { byAttribute[attribute] }
}

extension DataverseColumn {
    /// The tables that have few records, to which many others refer.
    private static let few: Set = ["businessunit", "organization", "systemuser", "team", "transactioncurrency"]

    /// Whether many records have the same value in the column.
    fileprivate var isShared: Bool {
        switch type {
        case .boolean, .choice, .state, .status, .tableName: true
        case .lookup(let targets): targets.allSatisfy { Self.few.contains($0.table) }
        case .guid, .text, .memo, .integer, .bigInteger, .decimal, .double, .money, .choices, .dateTime, .date: false
        }
    }
}
