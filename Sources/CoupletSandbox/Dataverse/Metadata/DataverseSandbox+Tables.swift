/// Making, changing and deleting tables. What is made is there at once.
extension DataverseSandbox {
    /// Definitions that are no `GET`; nil where the address is none of a definition.
    mutating func writeDefinition(
        _ call: DataverseCall,
        _ segment: ODataSegment
    ) throws(DataverseError) -> DataverseAnswer? {
        let names = ["EntityDefinitions", "RelationshipDefinitions", "GlobalOptionSetDefinitions"]
        guard names.contains(segment.name) else { return nil }
        if store.isRemembering { throw .definitionInChangeSet }
        if segment.name == "RelationshipDefinitions" { return try writeRelationship(call) }
        if segment.name == "GlobalOptionSetDefinitions" { return try writeOptionSet(call) }
        guard let key = segment.key else {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            let id = try makeTable(.object(try members(call, "EntityMetadata")))
            return Self.defined("EntityDefinitions(\(id))", call)
        }
        let table = try definedTable(key)
        guard call.segments.count > 1 else {
            switch call.method {
            case "PUT": try changeTable(table, .object(try members(call, "EntityMetadata")))
            case "DELETE": try removeTable(table)
            default: throw .methodNotAllowed(call.method)
            }
            return DataverseAnswer(status: 204)
        }
        switch call.segments[1].name {
        case "Attributes": return try writeAttribute(call, table)
        case "Keys": return try writeKey(call, table)
        default: throw .unknownSegment(call.segments[1].name)
        }
    }

    /// `CreateEntities`: several tables at once, or none.
    mutating func createEntities(
        _ body: SandboxJSON,
        _ call: DataverseCall
    ) throws(DataverseError) -> DataverseAnswer {
        if store.isRemembering { throw .definitionInChangeSet }
        guard let entities = body["Entities"]?.array, !entities.isEmpty else { throw .missingParameter("Entities") }
        let before = store.schema
        var ids: [SandboxGUID] = []
        do throws(DataverseError) {
            for entity in entities { ids.append(try makeTable(entity)) }
        } catch {
            store.schema = before
            throw error
        }
        let answer = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.CreateEntitiesResponse"),
            "EntityIds": .array(ids.map { .string($0.description) }),
        ])
        return .json(200, answer.bytes)
    }

    /// The answer to a request that has made a definition.
    static func defined(_ address: String, _ call: DataverseCall) -> DataverseAnswer {
        DataverseAnswer(status: 204, headers: [("OData-EntityId", call.root + address)], entity: address)
    }

    private mutating func makeTable(_ json: SandboxJSON) throws(DataverseError) -> SandboxGUID {
        guard let schemaName = json["SchemaName"]?.string else { throw .missingParameter("SchemaName") }
        let name = schemaName.lowercased()
        guard Self.isCustomName(schemaName) else { throw .badSchemaName(schemaName, "Entity") }
        let set = Self.plural(name)
        guard store.schema.table(name) == nil, store.schema.table(set: set) == nil else {
            throw .duplicateTable(schemaName)
        }
        let attributes = json["Attributes"]?.array ?? []
        guard let primary = attributes.first(where: { $0["IsPrimaryName"]?.boolean == true }),
            let primaryName = primary["SchemaName"]?.string
        else { throw .missingPrimaryName(schemaName) }
        var head = DataverseTableHead(
            name: name,
            set: set,
            schemaName: schemaName,
            label: DataverseColumnBody.label(json["DisplayName"]) ?? schemaName,
            nameAttribute: primaryName.lowercased()
        )
        head.plural = DataverseColumnBody.label(json["DisplayCollectionName"])
        head.description = DataverseColumnBody.label(json["Description"]) ?? ""
        head.isCustom = true
        head.isElastic = json["TableType"]?.string == "Elastic"
        head.isTracked = json["ChangeTrackingEnabled"]?.boolean ?? true
        let id = json["MetadataId"]?.string.flatMap { SandboxGUID($0) } ?? desk.generator.guid()
        head.metadataID = id
        var columns = [DataverseColumn("\(name)id", .guid, .create, schemaName: "\(schemaName)Id", label: head.label)]
        for group in ["stamped", "owned", "active"]
        where group != "owned" || json["OwnershipType"]?.string != "OrganizationOwned" {
            columns += DataverseColumn.group(group, head)
        }
        for attribute in attributes {
            let shared = try sharedOptions(attribute)
            let column = try DataverseColumnBody(json: attribute, shared: shared).column(id: desk.generator.guid())
            guard !columns.contains(where: { $0.attribute == column.attribute }) else {
                throw .duplicateColumn(column.attribute)
            }
            columns.append(column)
        }
        store.schema.put(DataverseTable(head, columns: Self.withCompanions(columns, of: head)))
        return id
    }

    /// Names that customers choose begin with a prefix of their own.
    static func isCustomName(_ name: String) -> Bool {
        guard let mark = name.firstIndex(of: "_"), name.distance(from: name.startIndex, to: mark) >= 2 else {
            return false
        }
        return name[name.index(after: mark)...].isEmpty == false
            && name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte)
            }
    }

    /// The name of a set, made of a table's name as the service makes it.
    static func plural(_ name: String) -> String {
        let vowels = ["a", "e", "i", "o", "u"]
        if name.hasSuffix("y"), !vowels.contains(where: { name.hasSuffix("\($0)y") }) { return "\(name.dropLast())ies" }
        return ["s", "x", "z", "ch", "sh"].contains(where: name.hasSuffix) ? "\(name)es" : "\(name)s"
    }

    private mutating func changeTable(_ table: DataverseTable, _ json: SandboxJSON) throws(DataverseError) {
        var head = table.head
        if let label = DataverseColumnBody.label(json["DisplayName"]) { head.label = label }
        if let label = DataverseColumnBody.label(json["DisplayCollectionName"]) { head.plural = label }
        if let label = DataverseColumnBody.label(json["Description"]) { head.description = label }
        if let isTracked = json["ChangeTrackingEnabled"]?.boolean { head.isTracked = isTracked }
        store.schema.put(DataverseTable(head, columns: table.columns))
    }

    private mutating func removeTable(_ table: DataverseTable) throws(DataverseError) {
        guard table.head.isCustom else { throw .systemTable(table.name) }
        for (other, position) in store.schema.referencing(table.name) where other.name != table.name {
            guard other.columns[position].type.targets.count == 1 else { continue }
            throw .referencedTable(table.name, other.name)
        }
        store.schema.remove(table.name)
        store.removeRows(of: table.name)
    }
}
