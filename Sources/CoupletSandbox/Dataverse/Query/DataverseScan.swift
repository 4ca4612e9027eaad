/// Reads values of a table's records, and of the records around them, while a query goes through them.
///
/// A class, so that going through many records copies nothing.
final class DataverseScan {
    private let store: DataverseStore
    private let table: DataverseTable
    /// The table's records.
    let records: DataverseRows
    private var scans: [String: DataverseScan] = [:]
    private var members: [DataverseCollection: [SandboxGUID: [Int]]] = [:]

    /// Creates a scan of a table.
    init(_ store: DataverseStore, _ table: DataverseTable) {
        self.store = store
        self.table = table
        records = store[table.name]
    }

    /// The value of an operand for the record at a place.
    func value(of operand: DataverseOperand, _ place: Int) -> DataverseValue {
        var value = Self.value(at: operand.position, table, records, place)
        for step in operand.steps {
            guard case .guid(let id) = value, let target = store.schema.table(step.table),
                let place = store[step.table].place(of: id)
            else { return .null }
            value = Self.value(at: step.position, target, store[step.table], place)
        }
        return value
    }

    /// A scan of the table whose records a collection has.
    func scan(of collection: DataverseCollection) -> DataverseScan {
        if let scan = scans[collection.table] { return scan }
        let scan = DataverseScan(store, store.schema.table(collection.table) ?? table)
        scans[collection.table] = scan
        return scan
    }

    /// The places of the records that a record's collection has; every record of the other table is looked at once.
    func members(of collection: DataverseCollection, at place: Int) -> [Int] {
        if members[collection] == nil { members[collection] = store.members(of: collection) }
        return members[collection]?[records.ids[place]] ?? []
    }

    private static func value(
        at position: Int,
        _ table: DataverseTable,
        _ records: DataverseRows,
        _ place: Int
    ) -> DataverseValue {
        if position == 0 { return .guid(records.ids[place]) }
        if position == table.versionPosition { return .number(Double(records.versions[place])) }
        return records.rows[place].withValue(position) { DataverseValue(json: $0, type: table.columns[position].type) }
    }
}

extension DataverseStore {
    /// The places of the records that a collection has of one record.
    mutating func members(of collection: DataverseCollection, of id: SandboxGUID) -> [Int] {
        guard case .referencing(let name, let attribute) = collection, let table = schema.table(name),
            let position = table.position(attribute)
        else { return members(of: collection)[id] ?? [] }
        self[name].prepareIndex(position, table)
        let filter = DataverseFilter.compare(DataverseOperand(position: position), .eq, .guid(id))
        guard let places = self[name].places(filter, table) else { return members(of: collection)[id] ?? [] }
        return places.filter { self[name].rows[$0].guid(position) == id }
    }

    /// The places of the records that a collection has, by the record that the collection belongs to.
    func members(of collection: DataverseCollection) -> [SandboxGUID: [Int]] {
        switch collection {
        case .referencing(let name, let attribute):
            guard let position = schema.table(name)?.position(attribute) else { return [:] }
            let records = self[name]
            var members: [SandboxGUID: [Int]] = [:]
            for place in records.ids.indices where records.present[place] {
                guard let id = records.rows[place].guid(position) else { continue }
                members[id, default: []].append(place)
            }
            return members
        case .associated(let relationship, let here, let there):
            guard let pairs = schema.table(relationship.intersect), let one = pairs.position(here.attribute),
                let two = pairs.position(there.attribute)
            else { return [:] }
            let (records, others) = (self[relationship.intersect], self[there.table])
            var members: [SandboxGUID: [Int]] = [:]
            for place in records.ids.indices where records.present[place] {
                guard let id = records.rows[place].guid(one), let other = records.rows[place].guid(two),
                    let found = others.place(of: other)
                else { continue }
                members[id, default: []].append(found)
            }
            return members
        }
    }
}

extension DataverseRow {
    /// The identifier in a column.
    func guid(_ position: Int) -> SandboxGUID? {
        value(position).flatMap { SandboxGUID(String(decoding: $0.dropFirst().dropLast(), as: UTF8.self)) }
    }
}
