import CoupletCore
import CoupletPorts

/// The fields whose values are synchronized and not kept, as the stored mappings say.
struct UnkeptFields {
    private struct TableName: Hashable {
        var side: Side
        var connection: String
        var table: String
    }

    private var fields: [String: [String: FieldMapping]] = [:]
    private var tables: [TableName: [String: FieldMapping.Field]] = [:]

    /// Collects the fields.
    /// - Parameters:
    ///   - mappings: All mappings.
    ///   - gone: Fields that were not kept and are mapped no more, by mapping: a write of theirs may still be on its way.
    init(_ mappings: [TableMapping], gone: [String: [FieldMapping]]) {
        for mapping in mappings {
            for field in gone[mapping.name] ?? [] where !mapping.fields.contains(where: { $0.id == field.id }) {
                fields[mapping.name, default: [:]][field.id] = field
            }
            for field in mapping.fields where field.isUnkept == true {
                fields[mapping.name, default: [:]][field.id] = field
                for side in Side.allCases {
                    let table = mapping.table(side)
                    let name = TableName(side: side, connection: table.connection, table: table.table)
                    tables[name, default: [:]][field.field(side).name] = field.field(side)
                }
            }
        }
    }

    /// The fields of a mapping, by id.
    func fields(of mapping: String) -> [String: FieldMapping] { fields[mapping] ?? [:] }

    /// The remote fields of a table, by name, with the side they are on.
    func fields(connection: String, table: String) -> [(side: Side, fields: [String: FieldMapping.Field])] {
        Side.allCases.compactMap { side in
            tables[TableName(side: side, connection: connection, table: table)].map { (side, $0) }
        }
    }
}
