/// Tables and columns as `EntityDefinitions` describes them.
enum DataverseMetadata {
    /// The definition of a table, without its columns.
    static func definition(_ table: DataverseTable, number: Int) -> SandboxJSON {
        .members([
            "MetadataId": .string(id(table: number, column: 0)), "LogicalName": .string(table.name),
            "SchemaName": .string(table.head.schemaName), "EntitySetName": .string(table.set),
            "LogicalCollectionName": .string(table.set), "PrimaryIdAttribute": .string(table.key),
            "PrimaryNameAttribute": .string(table.nameAttribute),
            "ChangeTrackingEnabled": .boolean(table.head.isTracked),
            "IsOptimisticConcurrencyEnabled": .boolean(true), "IsPrivate": .boolean(false),
            "IsCustomEntity": .boolean(table.head.isCustom), "DisplayName": label(table.head.label),
        ])
    }

    /// The definition of a column; its options come along where they are wanted.
    static func attribute(
        _ column: DataverseColumn,
        _ table: DataverseTable,
        tableNumber: Int,
        number: Int,
        hasOptions: Bool
    ) -> SandboxJSON {
        var members: [SandboxJSON.Member] = [
            .init(name: "@odata.type", value: .string("#Microsoft.Dynamics.CRM.\(typeName(column))")),
            .init(name: "MetadataId", value: .string(id(table: tableNumber, column: number + 1))),
            .init(name: "LogicalName", value: .string(column.attribute)),
            .init(name: "SchemaName", value: .string(column.schemaName)),
            .init(name: "EntityLogicalName", value: .string(table.name)),
            .init(name: "AttributeType", value: .string(attributeType(column))),
            .init(name: "IsPrimaryId", value: .boolean(number == 0)),
            .init(name: "IsPrimaryName", value: .boolean(column.attribute == table.nameAttribute)),
            .init(name: "IsValidForRead", value: .boolean(true)),
            .init(name: "IsValidForCreate", value: .boolean(column.access == .always || column.access == .create)),
            .init(name: "IsValidForUpdate", value: .boolean(column.access == .always || column.access == .update)),
        ]
        switch column.type {
        case .text(let limit), .memo(let limit):
            members.append(.init(name: "MaxLength", value: .number(String(limit))))
        case .lookup(let targets):
            members.append(.init(name: "Targets", value: .array(targets.map { .string($0.table) })))
        default: break
        }
        if hasOptions, let options = column.type.options {
            let list = options.map { option in
                SandboxJSON.members(["Value": .number(String(option.value)), "Label": label(option.label)])
            }
            members.append(.init(name: "OptionSet", value: .members(["Options": .array(list)])))
        }
        return .object(members)
    }

    /// What OData calls the description of a column of that type.
    static func typeName(_ column: DataverseColumn) -> String {
        switch column.type {
        case .guid: "UniqueIdentifierAttributeMetadata"
        case .text: "StringAttributeMetadata"
        case .memo: "MemoAttributeMetadata"
        case .double: "DoubleAttributeMetadata"
        case .choices: "MultiSelectPicklistAttributeMetadata"
        case .tableName: "EntityNameAttributeMetadata"
        case .boolean: "BooleanAttributeMetadata"
        case .integer: "IntegerAttributeMetadata"
        case .bigInteger: "BigIntAttributeMetadata"
        case .decimal: "DecimalAttributeMetadata"
        case .money: "MoneyAttributeMetadata"
        case .choice: "PicklistAttributeMetadata"
        case .state: "StateAttributeMetadata"
        case .status: "StatusAttributeMetadata"
        case .lookup: "LookupAttributeMetadata"
        case .dateTime, .date: "DateTimeAttributeMetadata"
        }
    }

    private static func attributeType(_ column: DataverseColumn) -> String {
        if column.attribute == "ownerid" { return "Owner" }
        let name = typeName(column).dropLast("AttributeMetadata".count)
        return name == "UniqueIdentifier" ? "Uniqueidentifier" : String(name)
    }

    private static func label(_ text: String) -> SandboxJSON {
        let label = SandboxJSON.members(["Label": .string(text), "LanguageCode": .number("1033")])
        return .members(["LocalizedLabels": .array([label]), "UserLocalizedLabel": label])
    }

    private static func id(table: Int, column: Int) -> String {
        SandboxGUID(high: 0x4D45_5441_0000_4000 + UInt64(table), low: 0x8000_0000_0000_0000 + UInt64(column))
            .description
    }
}
