package import CoupletCore
package import CoupletPorts
import Foundation

extension BusinessCentralConnector {
    /// Asks what the service says of a table, in its CSDL.
    package func describe(_ table: String) async throws(ConnectorError) -> TableDescription {
        try await describe(table, with: [])[0]
    }

    /// The CSDL of a route describes all its tables.
    package func describe(
        _ table: String,
        with others: [String]
    ) async throws(ConnectorError) -> [TableDescription] {
        let root = root(of: table)
        let request = ODataRequest(url: root + "/$metadata", headers: [HTTPHeader("Accept", "application/xml")])
        let answer = try await client.read(request, table: table)
        guard answer.status == 200 else { throw client.failure(answer, table: table) }
        let model = CSDLModel(answer.body)
        guard !model.sets.isEmpty else {
            throw client.wrong(.protocolViolation, table, Detail.text("detail.unreadableDescription"))
        }
        guard let own = Self.description(of: table, model) else {
            let known = model.sets.keys.sorted().joined(separator: ", ")
            throw client.wrong(.notFound, table, Detail.text("detail.tables", known))
        }
        let alike = others.filter { $0 != table && self.root(of: $0) == root }
        return [own] + alike.compactMap { Self.description(of: $0, model) }
    }

    private static func description(of table: String, _ model: CSDLModel) -> TableDescription? {
        let set = String(entitySet(of: table))
        guard let name = model.sets[set], let entity = model.types[name] else { return nil }
        let options = BusinessCentralOptions.fields(of: table)
        let names = Set(entity.properties.map(\.name))
        return TableDescription(
            table: table,
            idField: entity.key ?? "id",
            keyField: ["number", "code", "no"].first(where: names.contains),
            nameField: ["displayName", "name", "description"].first(where: names.contains),
            modifiedField: ["lastModifiedDateTime", "systemModifiedAt"].first(where: names.contains),
            fields: entity.properties.map { property in
                let type = options.contains(property.name) ? .option : type(property)
                return TableDescription.Field(
                    property.name,
                    type,
                    remoteType: property.type,
                    isWritable: property.name != entity.key && property.isWritable
                )
            }
        )
    }

    private static func type(_ property: CSDLModel.Property) -> FieldType? {
        switch property.type {
        case "Edm.String": .text(maximum: property.maximum ?? 0)
        case "Edm.Decimal", "Edm.Double", "Edm.Single": .decimal
        case "Edm.Int32", "Edm.Int64", "Edm.Int16", "Edm.Byte": .integer
        case "Edm.Boolean": .boolean
        case "Edm.Date": .date
        case "Edm.DateTimeOffset": .dateTime
        case "Edm.Guid": .guid
        // Everything of the service's own that is no stream and no structure is a list of choices.
        default: property.type.hasPrefix("Edm.") || property.type.contains("(") ? nil : .option
        }
    }
}
