/// `EntityDefinitions` and `RelationshipDefinitions`: what there is, for clients that ask before they write.
extension DataverseSandbox {
    func metadata(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        let query = try MetadataQuery(call.query)
        if call.segments[0].name == "GlobalOptionSetDefinitions" { return try optionSets(call, query) }
        if call.segments[0].name == "RelationshipDefinitions" { return try relationships(call, query) }
        guard let key = call.segments[0].key else {
            guard call.segments.count == 1 else { throw .unknownSegment(call.segments[1].name) }
            return Self.list(
                store.schema.tables.map { definition($0, query) },
                "EntityDefinitions",
                query,
                call
            )
        }
        let table = try definedTable(key)
        guard call.segments.count > 1 else {
            let definition = query.project(definition(table, query))
            return Self.one(definition, "EntityDefinitions\(query.contextSuffix)/$entity", call)
        }
        let name = "\(Self.address(key))/\(call.segments[1].name)"
        switch call.segments[1].name {
        case "Attributes": return try attributes(call, query, table)
        case "Keys": return try keys(call, query, table)
        case "OneToManyRelationships":
            return Self.list(store.schema.relationships(to: table.name).map(\.definition), name, query, call)
        case "ManyToOneRelationships":
            return Self.list(store.schema.relationships(from: table).map(\.definition), name, query, call)
        case "ManyToManyRelationships":
            return Self.list(store.schema.pairs(of: table.name).map(\.definition), name, query, call)
        default: throw .unknownSegment(call.segments[1].name)
        }
    }

    /// The definition of a table with the definitions around it that are wanted.
    private func definition(_ table: DataverseTable, _ query: MetadataQuery) -> SandboxJSON {
        var members = DataverseMetadata.definition(table).object ?? []
        for expansion in query.expansions {
            let all: [SandboxJSON]
            switch expansion.name {
            case "Attributes": all = table.attributes
            case "Keys": all = keys(of: table)
            case "OneToManyRelationships": all = store.schema.relationships(to: table.name).map(\.definition)
            case "ManyToOneRelationships": all = store.schema.relationships(from: table).map(\.definition)
            case "ManyToManyRelationships": all = store.schema.pairs(of: table.name).map(\.definition)
            default: continue
            }
            members.append(.init(name: expansion.name, value: .array(all)))
        }
        return .object(members)
    }

    /// How a context address names what `LogicalName='account'` or an identifier names.
    private static func address(_ key: String) -> String {
        "EntityDefinitions(\(name(key, "LogicalName").map { "'\($0)'" } ?? key))"
    }

    /// The table that `LogicalName='x'` or the identifier of its definition names.
    func definedTable(_ key: String) throws(DataverseError) -> DataverseTable {
        if let id = SandboxGUID(key), let table = store.schema.tables.first(where: { DataverseMetadata.id($0) == id }) {
            return table
        }
        if let name = Self.name(key, "LogicalName"), let table = store.schema.table(name) { return table }
        throw DataverseError(404, "0x80060888", "Could not find an entity with the key '\(key)'.")
    }

    /// The column that `LogicalName='x'` or the identifier of its definition names.
    func definedColumn(_ key: String, _ table: DataverseTable) throws(DataverseError) -> DataverseColumn {
        let id = SandboxGUID(key)
        let name = Self.name(key, "LogicalName")
        let column = table.columns.first { column in
            name.map { $0 == column.attribute } ?? (DataverseMetadata.id(column, table) == id)
        }
        guard let column else {
            throw DataverseError(404, "0x80060891", "Could not find an attribute with the key '\(key)'.")
        }
        return column
    }

    /// The text of `member='text'`.
    static func name(_ key: String, _ member: String) -> String? {
        guard key.hasPrefix("\(member)='"), key.hasSuffix("'") else { return nil }
        let text = key.dropFirst(member.utf8.count + 2).dropLast()
        return String(text.replacing("''", with: "'"))
    }

    /// `Attributes`, one of them, or those of one type: `Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`.
    private func attributes(
        _ call: DataverseCall,
        _ query: MetadataQuery,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        guard call.segments.count <= 3 else { throw .unknownSegment(call.segments[3].name) }
        let cast = call.segments.count == 3 ? call.segments[2].name.split(separator: ".").last.map(String.init) : nil
        let ending = cast.map { "/Microsoft.Dynamics.CRM.\($0)" } ?? ""
        let context = "\(Self.address(call.segments[0].key ?? ""))/Attributes"
        if let key = call.segments[1].key {
            let column = try definedColumn(key, table)
            guard cast == nil || cast == DataverseMetadata.typeName(column) else {
                throw DataverseError(404, "0x80060891", "The attribute '\(column.attribute)' is of another type.")
            }
            let json = DataverseMetadata.attribute(column, table, hasOptions: true)
            let own = "\(call.root)$metadata#\(context)(\(DataverseMetadata.id(column, table)))\(ending)"
            let projected = query.project(json, context: own)
            return Self.one(projected, "\(context)\(ending)\(query.contextSuffix)/$entity", call)
        }
        let columns = table.columns.filter { cast == nil || DataverseMetadata.typeName($0) == cast }
        let all = columns.map { DataverseMetadata.attribute($0, table, hasOptions: true) }
        return Self.list(all, context + ending, query, call)
    }

    private func keys(
        _ call: DataverseCall,
        _ query: MetadataQuery,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        let all = keys(of: table)
        guard let key = call.segments[1].key else {
            return Self.list(all, "\(Self.address(call.segments[0].key ?? ""))/Keys", query, call)
        }
        let one = all.first {
            $0["MetadataId"]?.string == key || "LogicalName='\($0["LogicalName"]?.string ?? "")'" == key
        }
        guard let one else { throw DataverseError(404, "0x80060891", "Could not find a key '\(key)'.") }
        return Self.one(query.project(one), "EntityDefinitions('\(table.name)')/Keys/$entity", call)
    }

    private func keys(of table: DataverseTable) -> [SandboxJSON] {
        table.head.keys.map { key in
            SandboxJSON.members([
                "MetadataId": .string(DataverseMetadata.id(key, table).description),
                "LogicalName": .string(key.name.lowercased()), "SchemaName": .string(key.name),
                "EntityLogicalName": .string(table.name), "EntityKeyIndexStatus": .string("Active"),
                "DisplayName": DataverseMetadata.label(key.label ?? key.name),
                "KeyAttributes": .array(key.attributes.map { .string($0) }),
            ])
        }
    }

    private func relationships(
        _ call: DataverseCall,
        _ query: MetadataQuery
    ) throws(DataverseError) -> DataverseAnswer {
        let cast = call.segments.count > 1 ? call.segments[1].name.split(separator: ".").last.map(String.init) : nil
        let all = store.schema.relationships.filter { cast == nil || $0.typeName == cast }
        guard let key = call.segments[0].key else {
            return Self.list(all.map(\.definition), "RelationshipDefinitions", query, call)
        }
        let id = SandboxGUID(key)
        let name = Self.name(key, "SchemaName")
        guard let one = all.first(where: { name == $0.name || $0.id == id }) else {
            throw DataverseError(404, "0x80060891", "Could not find a relationship with the key '\(key)'.")
        }
        return Self.one(query.project(one.definition), "RelationshipDefinitions/$entity", call)
    }

    static func one(_ json: SandboxJSON, _ context: String, _ call: DataverseCall) -> DataverseAnswer {
        let member = SandboxJSON.Member(name: "@odata.context", value: .string("\(call.root)$metadata#\(context)"))
        return .json(200, SandboxJSON.object([member] + (json.object ?? [])).bytes)
    }

    static func list(
        _ all: [SandboxJSON],
        _ context: String,
        _ query: MetadataQuery,
        _ call: DataverseCall
    ) -> DataverseAnswer {
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#\(context)\(query.contextSuffix)"),
            "value": .array(all.filter(query.matches).map { query.project($0) }),
        ])
        return .json(200, body.bytes)
    }
}
