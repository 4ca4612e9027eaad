/// Making and deleting relationships, and the lookups and pairs that come with them.
extension DataverseSandbox {
    /// `POST RelationshipDefinitions`, and `DELETE` of one of them.
    mutating func writeRelationship(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let key = call.segments[0].key else {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            let json = SandboxJSON.object(try members(call, "RelationshipMetadataBase"))
            let type = json["@odata.type"]?.string?.split(separator: ".").last ?? ""
            let id: SandboxGUID
            switch type {
            case "OneToManyRelationshipMetadata": id = try makeOneToMany(json)
            case "ManyToManyRelationshipMetadata": id = try makeManyToMany(json)
            default: throw .missingParameter("@odata.type")
            }
            return Self.defined("RelationshipDefinitions(\(id))", call)
        }
        guard call.method == "DELETE" else { throw .methodNotAllowed(call.method) }
        let id = SandboxGUID(key)
        let name = Self.name(key, "SchemaName")
        guard let one = store.schema.relationships.first(where: { name == $0.name || $0.id == id }) else {
            throw DataverseError(404, "0x80060891", "Could not find a relationship with the key '\(key)'.")
        }
        try remove(one)
        return DataverseAnswer(status: 204)
    }

    private mutating func makeOneToMany(_ json: SandboxJSON) throws(DataverseError) -> SandboxGUID {
        guard let lookup = json["Lookup"] else { throw .missingParameter("Lookup") }
        let id = desk.generator.guid()
        let target = try target(json, lookup, id: id, isOnly: true)
        let table = try table(json, "ReferencingEntity")
        try addLookup(lookup, [target], to: table)
        return id
    }

    /// The end of a relationship that a lookup leads to.
    private func target(
        _ json: SandboxJSON,
        _ lookup: SandboxJSON,
        id: SandboxGUID,
        isOnly: Bool
    ) throws(DataverseError) -> DataverseTarget {
        guard let name = json["SchemaName"]?.string, Self.isCustomName(name) else {
            throw .badSchemaName(json["SchemaName"]?.string ?? "", "Relationship")
        }
        guard !store.schema.relationships.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw .duplicateRelationship(name)
        }
        let referenced = try table(json, "ReferencedEntity")
        let navigation = json["ReferencingEntityNavigationPropertyName"]?.string ?? lookup["SchemaName"]?.string ?? name
        let deletion = json["CascadeConfiguration"]?["Delete"]?.string.flatMap { DataverseDeletion(rawValue: $0) }
        return DataverseTarget(
            table: referenced.name,
            navigation: isOnly ? navigation : "\(navigation)_\(referenced.name)",
            collection: json["ReferencedEntityNavigationPropertyName"]?.string ?? name,
            deletion: deletion ?? .removeLink,
            relationshipID: id
        )
    }

    @discardableResult
    private mutating func addLookup(
        _ lookup: SandboxJSON,
        _ targets: [DataverseTarget],
        to table: DataverseTable
    ) throws(DataverseError) -> SandboxGUID {
        guard let name = lookup["SchemaName"]?.string, Self.isCustomName(name) else {
            throw .badSchemaName(lookup["SchemaName"]?.string ?? "", "Attribute")
        }
        let id = desk.generator.guid()
        let column = DataverseColumn(
            name.lowercased(),
            .lookup(targets),
            isRequired: lookup["RequiredLevel"]?["Value"]?.string == "ApplicationRequired",
            schemaName: name,
            label: DataverseColumnBody.label(lookup["DisplayName"]),
            metadataID: id,
            isCustom: true
        )
        try addColumn(column, to: table)
        return id
    }

    private func table(_ json: SandboxJSON, _ member: String) throws(DataverseError) -> DataverseTable {
        guard let name = json[member]?.string else { throw .missingParameter(member) }
        guard let table = store.schema.table(name) else { throw .unknownTable(name) }
        return table
    }

    private mutating func makeManyToMany(_ json: SandboxJSON) throws(DataverseError) -> SandboxGUID {
        guard let name = json["SchemaName"]?.string, Self.isCustomName(name) else {
            throw .badSchemaName(json["SchemaName"]?.string ?? "", "Relationship")
        }
        guard !store.schema.relationships.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw .duplicateRelationship(name)
        }
        let (one, two) = (try table(json, "Entity1LogicalName"), try table(json, "Entity2LogicalName"))
        let intersect = (json["IntersectEntityName"]?.string ?? name).lowercased()
        guard store.schema.table(intersect) == nil else { throw .duplicateTable(intersect) }
        let isSelf = one.name == two.name
        let id = desk.generator.guid()
        let first = json["Entity1NavigationPropertyName"]?.string ?? name
        let second = json["Entity2NavigationPropertyName"]?.string ?? name
        store.schema.relate(
            DataverseManyToMany(
                name: name,
                intersect: intersect,
                ends: [
                    .init(table: one.name, navigation: first, attribute: isSelf ? "\(one.key)one" : one.key),
                    .init(table: two.name, navigation: second, attribute: isSelf ? "\(two.key)two" : two.key),
                ],
                metadataID: id
            )
        )
        return id
    }

    private mutating func remove(_ relationship: DataverseRelationship) throws(DataverseError) {
        switch relationship {
        case .manyToMany(let pairs):
            guard pairs.metadataID != nil else { throw .systemRelationship(pairs.name) }
            store.schema.remove(pairs)
            store.removeRows(of: pairs.intersect)
        case .oneToMany(let table, let position, let target):
            guard target.relationshipID != nil else { throw .systemRelationship(target.collection) }
            try removeColumn(table.columns[position], from: table)
        }
    }

    /// `CreateCustomerRelationships`: one lookup that leads to accounts and contacts.
    mutating func createCustomerRelationships(
        _ body: SandboxJSON,
        _ call: DataverseCall
    ) throws(DataverseError) -> DataverseAnswer {
        guard let lookup = body["Lookup"] else { throw .missingParameter("Lookup") }
        guard let list = body["OneToManyRelationships"]?.array, let first = list.first else {
            throw .missingParameter("OneToManyRelationships")
        }
        let table = try table(first, "ReferencingEntity")
        var targets: [DataverseTarget] = []
        for json in list {
            guard json["ReferencingEntity"]?.string == table.name else { throw .missingParameter("ReferencingEntity") }
            targets.append(try target(json, lookup, id: desk.generator.guid(), isOnly: false))
        }
        let id = try addLookup(lookup, targets, to: table)
        let answer = SandboxJSON.members([
            "@odata.context": .string(
                "\(call.root)$metadata#Microsoft.Dynamics.CRM.CreateCustomerRelationshipsResponse"
            ),
            "RelationshipIds": .array(targets.compactMap { $0.relationshipID.map { .string($0.description) } }),
            "AttributeId": .string(id.description),
        ])
        return .json(200, answer.bytes)
    }
}
