/// Making, changing and deleting columns and alternate keys.
extension DataverseSandbox {
    /// `POST Attributes`, and `PUT` and `DELETE` of one of them.
    mutating func writeAttribute(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        guard let key = call.segments[1].key else {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            let json = SandboxJSON.object(try members(call, "AttributeMetadata"))
            let body = DataverseColumnBody(json: json, shared: try sharedOptions(json))
            guard let name = body.schemaName, Self.isCustomName(name) else {
                throw .badSchemaName(body.schemaName ?? "", "Attribute")
            }
            let column = try body.column(id: desk.generator.guid())
            try addColumn(column, to: table)
            let address = "EntityDefinitions(\(DataverseMetadata.id(table)))/Attributes"
            return Self.defined("\(address)(\(DataverseMetadata.id(column, table)))", call)
        }
        let column = try definedColumn(key, table)
        switch call.method {
        case "PUT":
            var body = DataverseColumnBody(json: .object(try members(call, "AttributeMetadata")))
            body.old = column
            let changed = try body.column(id: DataverseMetadata.id(column, table))
            guard changed.attribute == column.attribute else { throw .changedType(column.attribute) }
            replace(table, table.columns.map { $0 === column ? changed : $0 })
        case "DELETE": try removeColumn(column, from: table)
        default: throw .methodNotAllowed(call.method)
        }
        return DataverseAnswer(status: 204)
    }

    /// Adds a column behind the others.
    mutating func addColumn(_ column: DataverseColumn, to table: DataverseTable) throws(DataverseError) {
        guard table.position(column.attribute) == nil else { throw .duplicateColumn(column.attribute) }
        let columns = Self.withCompanions(table.columns + [column], of: table.head)
        guard columns.count <= DataverseRow.mostColumns else { throw .tooManyColumns(table.name) }
        replace(table, columns)
    }

    /// Amounts bring a currency, its rate, and the same amount in the base currency along.
    static func withCompanions(_ columns: [DataverseColumn], of head: DataverseTableHead) -> [DataverseColumn] {
        let names = Set(columns.map(\.attribute))
        let amounts = columns.filter { $0.isAmount }
        guard !amounts.isEmpty else { return columns }
        var columns = columns
        if !names.contains("transactioncurrencyid") {
            let target = DataverseTarget(
                table: "transactioncurrency",
                navigation: "transactioncurrencyid",
                collection: "TransactionCurrency_\(head.name)"
            )
            columns.append(
                DataverseColumn("transactioncurrencyid", .lookup([target]), schemaName: "TransactionCurrencyId")
            )
        }
        if !names.contains("exchangerate") {
            columns.append(DataverseColumn("exchangerate", .decimal(10), .never, schemaName: "ExchangeRate"))
        }
        for amount in amounts where !names.contains("\(amount.attribute)_base") {
            let schemaName = "\(amount.schemaName)_Base"
            columns.append(DataverseColumn("\(amount.attribute)_base", .money, .never, schemaName: schemaName))
        }
        return columns
    }

    /// Takes a column away, and its values from all records.
    mutating func removeColumn(_ column: DataverseColumn, from table: DataverseTable) throws(DataverseError) {
        guard column.isCustom else { throw .systemColumn(column.attribute) }
        guard column.attribute != table.nameAttribute else { throw .primaryColumn(column.attribute) }
        guard !table.head.keys.contains(where: { $0.attributes.contains(column.attribute) }) else {
            throw .columnOfKey(column.attribute)
        }
        let names: Set<String> = column.isAmount ? [column.attribute, "\(column.attribute)_base"] : [column.attribute]
        let kept = table.columns.enumerated().filter { !names.contains($1.attribute) }
        var places: [Int: Int] = [:]
        for (new, column) in kept.enumerated() { places[column.offset] = new }
        store[table.name].rearrange(places)
        store.schema.forgetCollections(of: column, in: table)
        replace(table, kept.map(\.element))
    }

    /// Puts a table in the place of the one of its name.
    func changed(_ table: DataverseTable, _ columns: [DataverseColumn], keys: [DataverseKey]? = nil) -> DataverseTable {
        var head = table.head
        if let keys { head.keys = keys }
        return DataverseTable(head, columns: columns)
    }

    private mutating func replace(_ table: DataverseTable, _ columns: [DataverseColumn]) {
        store.schema.put(changed(table, columns))
        store.keys.forget(table: table.name)
    }

    /// `POST Keys`, and `DELETE` of one of them.
    mutating func writeKey(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        var keys = table.head.keys
        if let text = call.segments[1].key {
            guard call.method == "DELETE" else { throw .methodNotAllowed(call.method) }
            guard
                let index = keys.firstIndex(where: { key in
                    DataverseMetadata.id(key, table) == SandboxGUID(text)
                        || Self.name(text, "LogicalName") == key.name.lowercased()
                })
            else { throw DataverseError(404, "0x80060891", "Could not find a key '\(text)'.") }
            keys.remove(at: index)
            store.schema.put(changed(table, table.columns, keys: keys))
            store.keys.forget(table: table.name)
            return DataverseAnswer(status: 204)
        }
        guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
        let json = SandboxJSON.object(try members(call, "EntityKeyMetadata"))
        guard let name = json["SchemaName"]?.string else { throw .missingParameter("SchemaName") }
        let attributes = (json["KeyAttributes"]?.array ?? []).compactMap(\.string)
        guard !attributes.isEmpty else { throw .missingParameter("KeyAttributes") }
        for attribute in attributes where table.position(attribute) == nil {
            throw .unknownAttribute(attribute, table.name)
        }
        guard
            !keys.contains(where: { $0.name.lowercased() == name.lowercased() || Set($0.attributes) == Set(attributes) }
            )
        else { throw .duplicateKeyDefinition(name) }
        let key = DataverseKey(
            name: name,
            attributes: attributes,
            label: DataverseColumnBody.label(json["DisplayName"]),
            metadataID: desk.generator.guid()
        )
        try checkUnique(key, table)
        store.schema.put(changed(table, table.columns, keys: keys + [key]))
        let address = "EntityDefinitions(\(DataverseMetadata.id(table)))/Keys(\(DataverseMetadata.id(key, table)))"
        return Self.defined(address, call)
    }

    /// Refuses a key of which two records have the same values; the service would leave its index failed.
    private func checkUnique(_ key: DataverseKey, _ table: DataverseTable) throws(DataverseError) {
        let records = store[table.name]
        var seen: Set<[UInt8]> = []
        for place in records.ids.indices where records.present[place] {
            guard let values = table.values(of: key, in: records.rows[place]) else { continue }
            guard seen.insert(values).inserted else { throw .duplicateAlternateKey(key) }
        }
    }
}
