package import CoupletCore
package import CoupletPorts
import Foundation

extension DataverseConnector {
    /// Asks what the service says of a table, in its definitions of tables and columns.
    package func describe(_ table: String) async throws(ConnectorError) -> TableDescription {
        try await describe(table, with: [])[0]
    }

    /// Definitions of several tables are one request; choices of a column are one each.
    package func describe(
        _ table: String,
        with others: [String]
    ) async throws(ConnectorError) -> [TableDescription] {
        if let column = ChoiceColumn(table) { return [try await describeChoices(of: column, table)] }
        let found = try await definitions(of: [table] + others.filter { ChoiceColumn($0) == nil }, table)
        guard let own = found.first(where: { $0.entitySet == table }) else {
            throw client.wrong(.notFound, table, Detail.text("detail.noTable"))
        }
        return [Self.description(own)] + found.filter { $0.entitySet != table }.map(Self.description)
    }

    private static func description(_ definition: Definition) -> TableDescription {
        let fields = definition.attributes.filter { $0.isReadable ?? true }.map(field)
        let number = fields.first { $0.name == definition.name + "number" }
        return TableDescription(
            table: definition.entitySet,
            idField: definition.idColumn,
            keyField: number?.name,
            nameField: definition.nameColumn,
            tracksChanges: definition.tracksChanges,
            fields: fields
        )
    }

    /// Choices are read as records with a number and a label.
    private func describeChoices(
        of column: ChoiceColumn,
        _ table: String
    ) async throws(ConnectorError) -> TableDescription {
        let names = ["value", "label"]
        let shape = TableShape(
            table: table,
            idField: "id",
            modifiedField: nil,
            layout: RowLayout(number: 0, fields: names)
        )
        _ = try await choices(of: column, shape)
        return TableDescription(
            table: table,
            idField: "id",
            keyField: names[0],
            nameField: names[1],
            fields: [
                TableDescription.Field("id", .guid, remoteType: "choice", isWritable: false),
                TableDescription.Field(names[0], .integer, remoteType: "choice", isWritable: false),
                TableDescription.Field(names[1], .text(maximum: 0), remoteType: "choice"),
            ]
        )
    }

    private func definitions(of tables: [String], _ table: String) async throws(ConnectorError) -> [Definition] {
        let columns = "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled"
        let filter = tables.map { "EntitySetName eq \(ODataLiteral.quoted($0))" }.joined(separator: " or ")
        // Columns come whole: lengths and targets belong to single kinds of columns, and cannot be selected here.
        let query = RemoteAddress.query(
            "EntityDefinitions",
            [("$select", columns), ("$filter", filter), ("$expand", "Attributes")]
        )
        let request = ODataRequest(url: client.address.root + "/" + query, headers: DataverseConnector.headers)
        let answer = try await client.read(request, table: table)
        guard answer.status == 200 else { throw client.failure(answer, table: table) }
        do {
            return try OutsideJSON.decode(Definitions.self, from: answer.body).value
        } catch {
            throw client.wrong(.protocolViolation, table, Detail.text("detail.unreadableDescription"))
        }
    }

    private static func field(_ attribute: Attribute) -> TableDescription.Field {
        let type = type(attribute)
        var name = attribute.name
        if case .reference = type { name = "_\(name)_value" }
        return TableDescription.Field(
            name,
            type,
            remoteType: attribute.type ?? "?",
            isWritable: (attribute.isSetOnUpdate ?? true) || (attribute.isSetOnCreate ?? true),
            // What the system requires it sets by itself.
            isRequired: attribute.requiredLevel.map { $0.value == "ApplicationRequired" }
        )
    }

    private static func type(_ attribute: Attribute) -> FieldType? {
        switch attribute.type {
        case "String", "Memo": .text(maximum: attribute.maximum ?? 0)
        case "Integer", "BigInt": .integer
        case "Decimal", "Double", "Money": .decimal
        case "Boolean": .boolean
        case "DateTime": attribute.format == "DateOnly" ? .date : .dateTime
        case "Uniqueidentifier": .guid
        case "Picklist", "State", "Status": .option
        case "Lookup", "Owner", "Customer":
            .reference(table: attribute.targets?.first ?? "", property: attribute.name)
        default: nil
        }
    }
}

/// A list of tables' definitions.
private struct Definitions: Decodable, Sendable {
    var value: [Definition]
}

/// A table's definition.
private struct Definition: Decodable, Sendable {
    var name: String
    var entitySet: String
    var idColumn: String
    var nameColumn: String?
    var tracksChanges: Bool?
    var attributes: [Attribute]

    private enum CodingKeys: String, CodingKey {
        case name = "LogicalName"
        case entitySet = "EntitySetName"
        case idColumn = "PrimaryIdAttribute"
        case nameColumn = "PrimaryNameAttribute"
        case tracksChanges = "ChangeTrackingEnabled"
        case attributes = "Attributes"
    }
}

/// A column's definition.
private struct Attribute: Decodable, Sendable {
    var name: String
    var type: String?
    var maximum: Int?
    var format: String?
    var targets: [String]?
    var isReadable: Bool?
    var isSetOnCreate: Bool?
    var isSetOnUpdate: Bool?
    var requiredLevel: RequiredLevel?

    /// How much a column wants a value.
    struct RequiredLevel: Decodable, Sendable {
        var value: String

        private enum CodingKeys: String, CodingKey { case value = "Value" }
    }

    private enum CodingKeys: String, CodingKey {
        case name = "LogicalName"
        case type = "AttributeType"
        case maximum = "MaxLength"
        case format = "Format"
        case targets = "Targets"
        case isReadable = "IsValidForRead"
        case isSetOnCreate = "IsValidForCreate"
        case isSetOnUpdate = "IsValidForUpdate"
        case requiredLevel = "RequiredLevel"
    }
}
