/// Addresses of records: by identifier, by alternate key, or as another request of a change set called them.
extension DataverseSandbox {
    /// A record that an address names, whether it is there or not.
    struct Found {
        /// The table.
        let table: DataverseTable
        /// The identifier; nil where no record has the values of the alternate key.
        let id: SandboxGUID?
        /// What the address says about columns, by position; a record made under that address gets them.
        let values: [Int: [UInt8]?]
    }

    /// Reads what stands in the parentheses behind a set's name.
    mutating func find(
        _ key: String,
        _ table: DataverseTable,
        aliases: [String: String] = [:]
    ) throws(DataverseError) -> Found {
        guard let predicate = DataverseKeyPredicate(key, aliases: aliases) else { throw .invalidKey(table.name) }
        switch predicate {
        case .id(let id): return Found(table: table, id: id, values: [:])
        case .parts(let parts): return try find(parts, table)
        }
    }

    /// Finds a record by the columns of a key.
    mutating func find(
        _ parts: [DataverseKeyPredicate.Part],
        _ table: DataverseTable
    ) throws(DataverseError) -> Found {
        if parts.count == 1, parts[0].name == table.key, !["systemuser", "team"].contains(table.name) {
            guard let id = parts[0].value.string.flatMap({ SandboxGUID($0) }) else { throw .invalidKey(table.name) }
            return Found(table: table, id: id, values: [:])
        }
        var values: [Int: [UInt8]?] = [:]
        var attributes: Set<String> = []
        for part in parts {
            guard let position = table.byProperty[part.name] else { throw .invalidKey(table.name) }
            let column = table.columns[position]
            values[position] = try DataverseEncoding.json(part.value, column: column, table: table.name)
            attributes.insert(column.attribute)
        }
        guard let declared = table.head.keys.first(where: { Set($0.attributes) == attributes }) else {
            throw .invalidKey(table.name)
        }
        let id = table.values(of: declared, in: DataverseRow(values)).flatMap { holder(of: $0, declared, table) }
        return Found(table: table, id: id, values: values)
    }

    /// The record that has those values of a key.
    mutating func holder(of values: [UInt8], _ key: DataverseKey, _ table: DataverseTable) -> SandboxGUID? {
        let name = DataverseKeyIndexes.Name(table: table.name, key: key.name)
        if !store.keys.has(name) {
            let records = store[table.name]
            var pairs: [[UInt8]: SandboxGUID] = [:]
            for place in records.ids.indices where records.present[place] {
                if let values = table.values(of: key, in: records.rows[place]) { pairs[values] = records.ids[place] }
            }
            store.keys.build(name, pairs)
        }
        return store.keys.id(name, values)
    }

    /// The record that an address names in a body: relative with or without a slash, absolute, or `$n`.
    mutating func reference(
        _ address: String,
        _ call: DataverseCall
    ) throws(DataverseError) -> (table: DataverseTable, id: SandboxGUID) {
        var text = address
        if address.hasPrefix("$") {
            guard let entity = call.references?[String(address.dropFirst())] else { throw .unknownReference(address) }
            text = entity
        }
        guard let segment = ODataPath.segments(text)?.last, let key = segment.key else {
            throw .payload("entity", "Microsoft.OData.ODataException: '\(address)' is not the address of a record.")
        }
        guard let table = store.schema.table(set: segment.name) else { throw .unknownSegment(segment.name) }
        let found = try find(key, table)
        guard let id = found.id else { throw .missingKey(table.name) }
        return (table, id)
    }

    /// Refuses a record whose alternate keys another one has.
    mutating func checkKeys(_ table: DataverseTable, _ id: SandboxGUID, _ row: DataverseRow) throws(DataverseError) {
        for key in table.head.keys {
            guard let values = table.values(of: key, in: row), let holder = holder(of: values, key, table) else {
                continue
            }
            if holder != id { throw .duplicateAlternateKey(key) }
        }
    }
}
