/// Tables and columns as `EntityDefinitions` describes them.
enum DataverseMetadata {
    /// The identifier of a definition: its own, or one that follows from its name.
    static func id(_ own: SandboxGUID?, _ name: String) -> SandboxGUID {
        if let own { return own }
        var (one, two): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F)
        for byte in name.utf8 {
            one = (one ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            two = (two ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
        }
        return SandboxGUID(
            high: one & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: two & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        )
    }

    /// The identifier of a table's definition.
    static func id(_ table: DataverseTable) -> SandboxGUID { id(table.head.metadataID, table.name) }

    /// The identifier of a column's definition.
    static func id(_ column: DataverseColumn, _ table: DataverseTable) -> SandboxGUID {
        id(column.metadataID, "\(table.name).\(column.attribute)")
    }

    /// The identifier of the definition of an alternate key.
    static func id(_ key: DataverseKey, _ table: DataverseTable) -> SandboxGUID {
        id(key.metadataID, "\(table.name)/\(key.name)")
    }

    /// The definition of a table, without its columns.
    static func definition(_ table: DataverseTable) -> SandboxJSON {
        let isOwned = table.position("ownerid") != nil
        return .members([
            "MetadataId": .string(id(table).description), "LogicalName": .string(table.name),
            "SchemaName": .string(table.head.schemaName), "EntitySetName": .string(table.set),
            "LogicalCollectionName": .string(table.set), "CollectionSchemaName": .string(table.head.schemaName + "s"),
            "PrimaryIdAttribute": .string(table.key), "PrimaryNameAttribute": .string(table.nameAttribute),
            "ChangeTrackingEnabled": .boolean(table.head.isTracked),
            "IsOptimisticConcurrencyEnabled": .boolean(true), "IsPrivate": .boolean(table.head.isIntersect),
            "IsIntersect": .boolean(table.head.isIntersect), "IsCustomEntity": .boolean(table.head.isCustom),
            "IsActivity": .boolean(table.key == "activityid"), "IsKnowledgeManagementEnabled": .boolean(false),
            "OwnershipType": .string(isOwned ? "UserOwned" : "OrganizationOwned"),
            "TableType": .string(table.head.isElastic ? "Elastic" : "Standard"),
            "DisplayName": label(table.head.label, isManaged: !table.head.isCustom),
            "DisplayCollectionName": label(table.head.collectionLabel),
            "Description": label(table.head.description),
        ])
    }

    /// The definition of a column; its options come along where they are wanted.
    static func attribute(_ column: DataverseColumn, _ table: DataverseTable, hasOptions: Bool) -> SandboxJSON {
        var members: [SandboxJSON.Member] = [
            .init(name: "@odata.type", value: .string("#Microsoft.Dynamics.CRM.\(typeName(column))")),
            .init(name: "MetadataId", value: .string(id(column, table).description)),
            .init(name: "LogicalName", value: .string(column.attribute)),
            .init(name: "SchemaName", value: .string(column.schemaName)),
            .init(name: "EntityLogicalName", value: .string(table.name)),
            .init(name: "AttributeType", value: .string(attributeType(column))),
            .init(name: "AttributeTypeName", value: .members(["Value": .string("\(typeStem(column))Type")])),
            .init(name: "DisplayName", value: label(column.label, isManaged: !column.isCustom)),
            .init(name: "Description", value: label("")),
            .init(name: "RequiredLevel", value: requiredLevel(column)),
            .init(name: "IsCustomAttribute", value: .boolean(column.isCustom)),
            .init(name: "IsPrimaryId", value: .boolean(column === table.columns[0])),
            .init(name: "IsPrimaryName", value: .boolean(column.attribute == table.nameAttribute)),
            .init(name: "IsValidForRead", value: .boolean(true)),
            .init(name: "IsValidForCreate", value: .boolean(column.access == .always || column.access == .create)),
            .init(name: "IsValidForUpdate", value: .boolean(column.access == .always || column.access == .update)),
        ]
        members += facets(column)
        if hasOptions, let options = column.type.options {
            let set = optionSet(options, column, table)
            members.append(.init(name: "OptionSet", value: set))
            members.append(.init(name: "GlobalOptionSet", value: column.optionSet == nil ? .null : set))
        }
        return .object(members)
    }

    /// What only columns of some types have.
    private static func facets(_ column: DataverseColumn) -> [SandboxJSON.Member] {
        func numbers(_ low: Double, _ high: Double, _ precision: Int?) -> [SandboxJSON.Member] {
            let range = column.range ?? low...high
            var members: [SandboxJSON.Member] = [
                .init(name: "MinValue", value: .number(plain(range.lowerBound))),
                .init(name: "MaxValue", value: .number(plain(range.upperBound))),
            ]
            if let precision { members.append(.init(name: "Precision", value: .number(String(precision)))) }
            return members
        }
        func text(_ name: String, _ value: String) -> SandboxJSON.Member { .init(name: name, value: .string(value)) }
        let plainText = SandboxJSON.Member(name: "FormatName", value: .members(["Value": .string("Text")]))
        switch column.type {
        case .text(let limit):
            return [.init(name: "MaxLength", value: .number(String(limit))), text("Format", "Text"), plainText]
        case .memo(let limit):
            return [.init(name: "MaxLength", value: .number(String(limit))), text("Format", "TextArea")]
        case .lookup(let targets):
            return [.init(name: "Targets", value: .array(targets.map { .string($0.table) }))]
        case .integer: return [text("Format", "None")] + numbers(-2_147_483_648, 2_147_483_647, nil)
        case .bigInteger:
            return [
                .init(name: "MinValue", value: .number(String(Int64.min))),
                .init(name: "MaxValue", value: .number(String(Int64.max))),
            ]
        case .decimal(let decimals): return numbers(-100_000_000_000, 100_000_000_000, decimals)
        case .double: return numbers(-100_000_000_000, 100_000_000_000, 5)
        case .money: return numbers(-922_337_203_685_477, 922_337_203_685_477, 2)
        case .dateTime: return [text("Format", "DateAndTime")]
        case .date: return [text("Format", "DateOnly")]
        case .guid, .boolean, .choice, .choices, .state, .status, .tableName: return []
        }
    }

    /// What OData calls the description of a column of that type.
    static func typeName(_ column: DataverseColumn) -> String { "\(typeStem(column))AttributeMetadata" }

    private static func typeStem(_ column: DataverseColumn) -> String {
        switch column.type {
        case .guid: "UniqueIdentifier"
        case .text: "String"
        case .memo: "Memo"
        case .double: "Double"
        case .choices: "MultiSelectPicklist"
        case .tableName: "EntityName"
        case .boolean: "Boolean"
        case .integer: "Integer"
        case .bigInteger: "BigInt"
        case .decimal: "Decimal"
        case .money: "Money"
        case .choice: "Picklist"
        case .state: "State"
        case .status: "Status"
        case .lookup: "Lookup"
        case .dateTime, .date: "DateTime"
        }
    }

    private static func attributeType(_ column: DataverseColumn) -> String {
        if column.attribute == "ownerid" { return "Owner" }
        let targets = Set(column.type.targets.map(\.table))
        if targets == ["account", "contact"] { return "Customer" }
        switch column.type {
        case .guid: return "Uniqueidentifier"
        // Several options have no word of their own in the old list of types.
        case .choices: return "Virtual"
        default: return typeStem(column)
        }
    }

    private static func requiredLevel(_ column: DataverseColumn) -> SandboxJSON {
        .members([
            "Value": .string(column.isRequired ? "ApplicationRequired" : "None"), "CanBeChanged": .boolean(true),
            "ManagedPropertyLogicalName": .string("canmodifyrequirementlevelsettings"),
        ])
    }

    /// A number without an exponent, and without a fraction where it has none.
    private static func plain(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? "\(number)"
    }
}
