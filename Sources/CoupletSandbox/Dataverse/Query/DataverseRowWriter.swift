/// Writes records as JSON objects by copying the bytes that rows keep.
struct DataverseRowWriter {
    private let table: DataverseTable
    private let projection: DataverseProjection
    /// Names and values for people; nil where nobody asked for them.
    private let labels: DataverseLabels?
    private var locations: [DataverseRow.Location]
    private var expansions: [DataverseExpansionWriter] = []

    /// Creates a writer.
    /// - Parameters:
    ///   - table: the table of the records.
    ///   - projection: what to write.
    ///   - store: needed for annotations and expanded records only.
    ///   - root: the service root where each record shall say how its expanded records are read on.
    ///   - annotations: which annotations to write; nil for those of the projection.
    init(
        table: DataverseTable,
        projection: DataverseProjection,
        store: DataverseStore? = nil,
        root: String? = nil,
        annotations: DataverseAnnotations? = nil
    ) {
        self.table = table
        self.projection = projection
        let annotations = annotations ?? projection.annotations
        labels = annotations.hasAny ? store.map { DataverseLabels(store: $0, table: table, wanted: annotations) } : nil
        locations = Array(repeating: .none, count: table.columns.count)
        guard let store else { return }
        expansions = projection.expansions.map {
            DataverseExpansionWriter($0, of: table, store: store, root: root, annotations: annotations)
        }
    }

    /// Appends the object of a record; `context` is a member to begin with.
    mutating func append(_ records: DataverseRows, _ place: Int, to bytes: inout [UInt8], context: String? = nil) {
        let row = records.rows[place]
        let version = records.versions[place]
        row.locate(in: &locations)
        bytes.append(UInt8(ascii: "{"))
        if let context {
            bytes.append(contentsOf: "\"@odata.context\":".utf8)
            bytes.append(contentsOf: SandboxJSON.string(context).bytes)
            bytes.append(UInt8(ascii: ","))
        }
        bytes.append(contentsOf: Self.tagStart)
        bytes.append(contentsOf: String(version).utf8)
        bytes.append(contentsOf: Self.tagEnd)
        for position in projection.positions {
            let column = table.columns[position]
            bytes.append(UInt8(ascii: ","))
            if let labels, !locations[position].isEmpty {
                labels.append(column, row.json(locations[position]), row, to: &bytes)
            }
            bytes.append(contentsOf: column.encodedName)
            if position == 0 {
                bytes.append(UInt8(ascii: "\""))
                records.ids[place].appendText(to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            } else if position == table.versionPosition {
                bytes.append(contentsOf: String(version).utf8)
            } else if locations[position].isEmpty {
                bytes.append(contentsOf: Self.null)
            } else {
                bytes.append(contentsOf: row.json(locations[position]))
            }
        }
        for index in expansions.indices { expansions[index].append(row, records.ids[place], to: &bytes) }
        bytes.append(UInt8(ascii: "}"))
    }

    private static let tagStart = Array(#""@odata.etag":"W/\""#.utf8)
    private static let tagEnd = Array(#"\"""#.utf8)
    private static let null = Array("null".utf8)
}
