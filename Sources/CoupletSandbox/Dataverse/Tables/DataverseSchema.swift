/// A relationship of many records to many; its pairs are the rows of a table of their own.
struct DataverseManyToMany: Sendable, Hashable {
    /// One end of it.
    struct End: Sendable, Hashable {
        /// The table's logical name.
        let table: String
        /// Its navigation property, which has the records at the other end.
        let navigation: String
        /// The column of the pairs with this end's key.
        let attribute: String
    }

    /// The schema name.
    let name: String
    /// The table with the pairs.
    let intersect: String
    /// Both ends.
    let ends: [End]
    /// The identifier of its definition where a customer made it; nil for one that follows from its name.
    var metadataID: SandboxGUID?
}

/// A navigation property with many values.
enum DataverseCollection: Sendable, Hashable {
    /// The records of a table whose lookup leads here.
    case referencing(table: String, attribute: String)
    /// The records at the other end of a relationship of many to many.
    case associated(DataverseManyToMany, here: DataverseManyToMany.End, there: DataverseManyToMany.End)

    /// The table whose records it has.
    var table: String {
        switch self {
        case .referencing(let table, _): table
        case .associated(_, _, let there): there.table
        }
    }
}

/// The tables of an environment and how they relate.
struct DataverseSchema: Sendable {
    /// The tables in the order they were made.
    private(set) var tables: [DataverseTable] = []
    /// The relationships of many to many.
    private(set) var manyToMany: [DataverseManyToMany] = []
    /// Options that choices share.
    var optionSets: [DataverseOptionSet] = []
    private var byName: [String: DataverseTable] = [:]
    private var bySet: [String: DataverseTable] = [:]
    private var collections: [String: [String: DataverseCollection]] = [:]

    /// Creates a schema with the tables that every environment has.
    static let initial: DataverseSchema = {
        var schema = DataverseSchema()
        for text in DataverseDefinitions.all {
            let lines = text.split(separator: "\n").map(String.init)
            if let definition = try? DataverseDefinition(lines, schema: schema) { schema.add(definition) }
        }
        return schema
    }()

    /// A table by its logical name.
    func table(_ name: String) -> DataverseTable? { byName[name] }

    /// A table by its name in addresses.
    func table(set: String) -> DataverseTable? { bySet[set] }

    /// The navigation properties with many values that records of a table have.
    func collections(of table: String) -> [String: DataverseCollection] { collections[table] ?? [:] }

    /// The tables whose lookups may lead to a table, with the lookups' positions.
    func referencing(_ target: String) -> [(table: DataverseTable, position: Int)] {
        tables.flatMap { table in
            table.columns.enumerated().filter { $1.type.targets.contains { $0.table == target } }.map { (table, $0.0) }
        }
    }

    /// Adds a table and its relationships, or puts a table in the place of the one of that name.
    mutating func add(_ definition: DataverseDefinition) {
        put(definition.table)
        for relationship in definition.manyToMany { relate(relationship) }
    }

    /// Adds a table, or puts it in the place of the one of that name; columns must keep their positions.
    mutating func put(_ table: DataverseTable) {
        if let index = tables.firstIndex(where: { $0.name == table.name }) {
            bySet[tables[index].set] = nil
            tables[index] = table
        } else {
            tables.append(table)
        }
        byName[table.name] = table
        bySet[table.set] = table
        for column in table.columns {
            for target in column.type.targets {
                collections[target.table, default: [:]][target.collection] =
                    .referencing(table: table.name, attribute: column.attribute)
            }
        }
    }

    /// Adds a relationship of many to many, and the table with its pairs unless it is there.
    mutating func relate(_ relationship: DataverseManyToMany) {
        manyToMany.removeAll { $0.name == relationship.name }
        manyToMany.append(relationship)
        if byName[relationship.intersect] == nil { put(DataverseTable(pairsOf: relationship)) }
        for (here, there) in [(0, 1), (1, 0)] where relationship.ends.count == 2 {
            let (here, there) = (relationship.ends[here], relationship.ends[there])
            collections[here.table, default: [:]][here.navigation] =
                .associated(relationship, here: here, there: there)
        }
    }

    /// Takes away a relationship of many to many, and the table with its pairs.
    mutating func remove(_ relationship: DataverseManyToMany) {
        for end in relationship.ends { collections[end.table]?[end.navigation] = nil }
        remove(relationship.intersect)
    }

    /// Takes away the ways back along a lookup that is no more.
    mutating func forgetCollections(of column: DataverseColumn, in table: DataverseTable) {
        for target in column.type.targets { collections[target.table]?[target.collection] = nil }
    }

    /// Takes away a table and the relationships that it has.
    mutating func remove(_ name: String) {
        guard let table = byName.removeValue(forKey: name) else { return }
        bySet[table.set] = nil
        tables.removeAll { $0.name == name }
        manyToMany.removeAll { $0.ends.contains { $0.table == name } || $0.intersect == name }
        collections[name] = nil
        for other in collections.keys {
            collections[other] = collections[other]?.filter { _, collection in
                if case .associated(let relationship, _, _) = collection, relationship.intersect == name {
                    return false
                }
                return collection.table != name
            }
        }
    }
}

extension DataverseTable {
    /// The table with the pairs of a relationship of many to many.
    convenience init(pairsOf relationship: DataverseManyToMany) {
        let head = DataverseTableHead(
            name: relationship.intersect,
            set: "\(relationship.intersect)collection",
            schemaName: relationship.intersect,
            label: relationship.intersect,
            nameAttribute: "\(relationship.intersect)id",
            permissions: [],
            isTracked: false,
            isIntersect: true
        )
        let ends = relationship.ends.map { DataverseColumn($0.attribute, .guid, .never) }
        let key = DataverseColumn("\(relationship.intersect)id", .guid, .never)
        self.init(head, columns: [key] + ends + [DataverseColumn("versionnumber", .bigInteger, .never)])
    }
}
