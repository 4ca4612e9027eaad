package import CoupletCore
import CoupletEngine

/// Mappings as people write them to files.
package protocol MappingFiles: Sendable {
    /// The file's text of mappings.
    func text(_ mappings: [TableMapping]) -> String
    /// The mappings that a file's text describes.
    /// - Throws: `CoupletError` with everything that is wrong, each with its line.
    func mappings(in text: String) throws -> [TableMapping]
}

/// A mapping in an answer: what is asked often by name, and all of it as a file has it.
struct MappingShape: Codable {
    struct Table: Codable {
        var connection: String
        var table: String
    }

    struct Field: Codable {
        var erp: String
        var crm: String
        var direction: Direction
        var enabled: Bool
    }

    var name: String
    var direction: Direction
    var erp: Table
    var crm: Table
    var onlyCoupled: Bool
    var pausedAt: Instant?
    var fields: [Field]
    var file: String

    init(_ mapping: TableMapping, _ files: any MappingFiles) {
        name = mapping.name
        direction = mapping.direction
        erp = Table(connection: mapping.erp.connection, table: mapping.erp.table)
        crm = Table(connection: mapping.crm.connection, table: mapping.crm.table)
        onlyCoupled = mapping.onlyCoupled
        pausedAt = mapping.pausedAt
        fields = mapping.fields.map {
            Field(erp: $0.erp.name, crm: $0.crm.name, direction: $0.direction, enabled: $0.enabled)
        }
        file = files.text([mapping])
    }
}

extension MappingsView: RESTShaped {
    private struct Shape: Codable {
        struct Item: Codable {
            var mapping: MappingShape
            var couplings: Int
        }

        var mappings: [Item]
    }

    static var restSchema: Schema {
        .object([
            .init(
                name: "mappings",
                schema: .list(
                    .object([
                        .init(name: "mapping", schema: SchemaReader.schema(of: MappingShape.self), isOptional: false),
                        .init(name: "couplings", schema: .integer, isOptional: false),
                    ])
                ),
                isOptional: false
            )
        ])
    }

    func restTree(_ encoder: ResultEncoder, _ files: any MappingFiles) throws -> JSONTree {
        try encoder.tree(
            Shape(mappings: mappings.map { .init(mapping: MappingShape($0.mapping, files), couplings: $0.couplings) })
        )
    }
}

extension MappingChangesView: RESTShaped {
    private struct Shape: Codable {
        struct Item: Codable {
            var before: MappingShape?
            var after: MappingShape
            var changes: Bool
            var couplings: Int
        }

        var changes: [Item]
        var problems: [CoupletError]
        var isApplied: Bool
    }

    static var restSchema: Schema { SchemaReader.schema(of: Shape.self) }

    func restTree(_ encoder: ResultEncoder, _ files: any MappingFiles) throws -> JSONTree {
        let items = changes.map { change in
            Shape.Item(
                before: change.before.map { MappingShape($0, files) },
                after: MappingShape(change.after, files),
                changes: change.changes,
                couplings: change.couplings
            )
        }
        return try encoder.tree(Shape(changes: items, problems: problems, isApplied: isApplied))
    }
}

extension MappingProposal: RESTShaped {
    private struct Shape: Codable {
        var mapping: MappingShape
        var unmapped: [Unmapped]
    }

    static var restSchema: Schema { SchemaReader.schema(of: Shape.self) }

    func restTree(_ encoder: ResultEncoder, _ files: any MappingFiles) throws -> JSONTree {
        try encoder.tree(Shape(mapping: MappingShape(mapping, files), unmapped: unmapped))
    }
}
