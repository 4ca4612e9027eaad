package import CoupletCore
package import CoupletPorts
import Foundation

extension DataverseConnector {
    /// Asks what the service says of a table, in its definitions of tables and columns.
    package func describe(_ table: String) async throws(ConnectorError) -> TableDescription {
        if let column = ChoiceColumn(table) { return try await describeChoices(of: column, table) }
        let columns = "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled"
        let query = RemoteAddress.query(
            "EntityDefinitions",
            [("$select", columns), ("$filter", "EntitySetName eq \(ODataLiteral.quoted(table))")]
        )
        let found: Definitions<Definition> = try await definitions(query, table)
        guard let definition = found.value.first else {
            throw client.wrong(.notFound, table, Detail.text("detail.noTable"))
        }
        let path = "EntityDefinitions(LogicalName=\(ODataLiteral.quoted(definition.name)))/Attributes"
        let attributes: Definitions<Attribute> = try await definitions(path, table)
        let fields = attributes.value.filter { $0.isReadable ?? true }.map(Self.field)
        let number = fields.first { $0.name == definition.name + "number" }
        return TableDescription(
            table: table,
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

    private func definitions<Element: Decodable>(
        _ path: String,
        _ table: String
    ) async throws(ConnectorError) -> Definitions<Element> {
        let request = ODataRequest(url: client.address.root + "/" + path, headers: DataverseConnector.headers)
        let answer = try await client.read(request, table: table)
        guard answer.status == 200 else { throw client.failure(answer, table: table) }
        do {
            return try JSONDecoder().decode(Definitions<Element>.self, from: Data(answer.body))
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

/// A list of definitions.
private struct Definitions<Element: Decodable & Sendable>: Decodable, Sendable {
    var value: [Element]
}

/// A table's definition.
private struct Definition: Decodable, Sendable {
    var name: String
    var idColumn: String
    var nameColumn: String?
    var tracksChanges: Bool?

    private enum CodingKeys: String, CodingKey {
        case name = "LogicalName"
        case idColumn = "PrimaryIdAttribute"
        case nameColumn = "PrimaryNameAttribute"
        case tracksChanges = "ChangeTrackingEnabled"
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
