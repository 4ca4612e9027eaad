import CoupletCore
import CoupletPorts

/// A connection's table with the mappings that use it and the fields they need.
struct MappedFeed: Sendable, Hashable {
    /// The connection's name.
    var connection: String
    /// The entity set.
    var table: String
    /// The side both belong to.
    var side: Side
    /// The field with the record's id.
    var idField: String
    /// The field with the time of the last change.
    var modifiedField: String?
    /// The mappings, in their order.
    var mappings: [TableMapping]

    /// The fields to read.
    var fields: [String] { MappingProgram.feedFields(of: mappings, side: side) }

    /// Whether which records its mappings are about changes with the day.
    var countsDays: Bool { mappings.contains { $0.table(side).filter.countsDays } }

    /// The table's shape for a connector.
    func shape(layout: RowLayout) -> TableShape {
        TableShape(table: table, idField: idField, modifiedField: modifiedField, layout: layout)
    }

    /// Every feed of some mappings, in the order of first use, the ERP's before the CRM's.
    static func all(in mappings: [TableMapping]) -> [MappedFeed] {
        var feeds: [MappedFeed] = []
        for side in Side.allCases {
            for mapping in mappings {
                let table = mapping.table(side)
                if let known = feeds.firstIndex(where: {
                    $0.connection == table.connection && $0.table == table.table && $0.side == side
                }) {
                    feeds[known].mappings.append(mapping)
                    feeds[known].modifiedField = feeds[known].modifiedField ?? table.modifiedField
                } else {
                    feeds.append(
                        MappedFeed(
                            connection: table.connection,
                            table: table.table,
                            side: side,
                            idField: table.idField,
                            modifiedField: table.modifiedField,
                            mappings: [mapping]
                        )
                    )
                }
            }
        }
        return feeds
    }
}
