/// A relationship of two tables as `RelationshipDefinitions` describes it.
enum DataverseRelationship {
    /// A lookup, seen from the table that has it, and one of the tables that it may lead to.
    case oneToMany(DataverseTable, position: Int, target: DataverseTarget)
    /// Pairs.
    case manyToMany(DataverseManyToMany)

    /// The schema name.
    var name: String {
        switch self {
        case .oneToMany(_, _, let target): target.collection
        case .manyToMany(let relationship): relationship.name
        }
    }

    /// The identifier of the definition.
    var id: SandboxGUID {
        switch self {
        case .oneToMany(let table, let position, let target):
            DataverseMetadata.id(
                target.relationshipID,
                "\(table.name).\(table.columns[position].attribute)>\(target.table)"
            )
        case .manyToMany(let relationship): DataverseMetadata.id(relationship.metadataID, relationship.name)
        }
    }

    /// What OData calls the description.
    var typeName: String {
        switch self {
        case .oneToMany: "OneToManyRelationshipMetadata"
        case .manyToMany: "ManyToManyRelationshipMetadata"
        }
    }

    /// The definition.
    var definition: SandboxJSON {
        var members: [SandboxJSON.Member] = [
            .init(name: "@odata.type", value: .string("#Microsoft.Dynamics.CRM.\(typeName)")),
            .init(name: "MetadataId", value: .string(id.description)),
            .init(name: "SchemaName", value: .string(name)),
        ]
        switch self {
        case .oneToMany(let table, let position, let target):
            let column = table.columns[position]
            let isCustom = column.isCustom
            let values: KeyValuePairs<String, SandboxJSON> = [
                "RelationshipType": .string("OneToManyRelationship"), "IsCustomRelationship": .boolean(isCustom),
                "ReferencedEntity": .string(target.table), "ReferencedAttribute": .string("\(target.table)id"),
                "ReferencedEntityNavigationPropertyName": .string(target.collection),
                "ReferencingEntity": .string(table.name), "ReferencingAttribute": .string(column.attribute),
                "ReferencingEntityNavigationPropertyName": .string(target.navigation),
                "CascadeConfiguration": .members([
                    "Assign": .string("NoCascade"), "Delete": .string(target.deletion.rawValue),
                    "Merge": .string("Cascade"), "Reparent": .string("NoCascade"), "Share": .string("NoCascade"),
                    "Unshare": .string("NoCascade"),
                ]),
            ]
            members += values.map { .init(name: $0.key, value: $0.value) }
        case .manyToMany(let relationship):
            let (one, two) = (relationship.ends[0], relationship.ends[1])
            let values: KeyValuePairs<String, SandboxJSON> = [
                "RelationshipType": .string("ManyToManyRelationship"),
                "IsCustomRelationship": .boolean(relationship.metadataID != nil),
                "IntersectEntityName": .string(relationship.intersect),
                "Entity1LogicalName": .string(one.table), "Entity1IntersectAttribute": .string(one.attribute),
                "Entity1NavigationPropertyName": .string(one.navigation),
                "Entity2LogicalName": .string(two.table), "Entity2IntersectAttribute": .string(two.attribute),
                "Entity2NavigationPropertyName": .string(two.navigation),
            ]
            members += values.map { .init(name: $0.key, value: $0.value) }
        }
        return .object(members)
    }
}

extension DataverseSchema {
    /// All relationships.
    var relationships: [DataverseRelationship] {
        tables.flatMap { relationships(from: $0) } + manyToMany.map { .manyToMany($0) }
    }

    /// The lookups that a table has.
    func relationships(from table: DataverseTable) -> [DataverseRelationship] {
        table.columns.enumerated().flatMap { position, column in
            column.type.targets.map { .oneToMany(table, position: position, target: $0) }
        }
    }

    /// The lookups that lead to a table.
    func relationships(to name: String) -> [DataverseRelationship] {
        tables.flatMap { relationships(from: $0) }.filter { relationship in
            if case .oneToMany(_, _, let target) = relationship { target.table == name } else { false }
        }
    }

    /// The relationships of many to many that a table has.
    func pairs(of name: String) -> [DataverseRelationship] {
        manyToMany.filter { $0.ends.contains { $0.table == name } }.map { .manyToMany($0) }
    }
}
