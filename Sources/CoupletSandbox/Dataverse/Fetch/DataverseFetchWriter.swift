/// Writes the rows of a query as JSON objects.
struct DataverseFetchWriter {
    private let rows: DataverseFetchRows
    private let columns: [DataverseFetchPlan.Column]
    private let labels: [DataverseLabels]
    /// Whether each row is a record of the first table, with its key and its version.
    private let hasKey: Bool
    /// The columns as the context address has them.
    let context: [String]

    /// Creates a writer.
    init(
        _ rows: DataverseFetchRows,
        _ fetch: DataverseFetch,
        _ store: DataverseStore,
        _ annotations: DataverseAnnotations
    ) {
        self.rows = rows
        let table = rows.plan.tables[0].table
        var columns = rows.plan.columns
        hasKey = !fetch.isDistinct
        if hasKey, !fetch.hasPlainNames {
            func add(_ attribute: String) {
                guard let position = table.position(attribute) else { return }
                if columns.contains(where: { $0.table == 0 && $0.position == position }) { return }
                let name = table.columns[position].property
                columns.append(.init(table: 0, position: position, name: name, attribute: .init(name: attribute)))
            }
            let isMoney = { (column: DataverseFetchPlan.Column) in
                column.table == 0 && (column.position.map { table.columns[$0].isMoney } ?? false)
            }
            if columns.contains(where: isMoney) { add("transactioncurrencyid") }
            add(table.key)
        }
        self.columns = columns
        let isAll = fetch.root.hasAll && rows.plan.tables.count == 1
        context =
            isAll
            ? []
            : columns.flatMap { column -> [String] in
                guard column.table == 0, let position = column.position, table.columns[position].isLookup,
                    column.attribute.alias == nil
                else { return [column.name] }
                return [column.name, table.columns[position].attribute]
            }
        labels =
            annotations.hasAny
            ? rows.plan.tables.map { DataverseLabels(store: store, table: $0.table, wanted: annotations) } : []
    }

    /// Appends the object of a row.
    func append(_ row: DataverseFetchRows.Row, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        if hasKey {
            bytes.append(contentsOf: #""@odata.etag":"W/\""#.utf8)
            bytes.append(contentsOf: String(rows.scans[0].records.versions[Int(row[0])]).utf8)
            bytes.append(contentsOf: #"\"""#.utf8)
            isFirst = false
        }
        for column in columns {
            let json = value(column, row)
            // What a joined table has no value for is left out.
            if json == nil, column.table > 0 { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            if let json, let position = column.position, !labels.isEmpty {
                let records = rows.scans[column.table].records
                labels[column.table].append(
                    rows.plan.tables[column.table].table.columns[position],
                    json[...],
                    records.rows[Int(row[column.table])],
                    named: column.name,
                    to: &bytes
                )
            }
            bytes.append(contentsOf: SandboxJSON.string(column.name).bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: json ?? Array("null".utf8))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// What makes two rows equal.
    func content(_ row: DataverseFetchRows.Row) -> [UInt8] {
        var bytes: [UInt8] = []
        for column in columns {
            bytes += value(column, row) ?? []
            bytes.append(0)
        }
        return bytes
    }

    private func value(_ column: DataverseFetchPlan.Column, _ row: DataverseFetchRows.Row) -> [UInt8]? {
        guard let position = column.position, row[column.table] >= 0 else { return nil }
        let (records, place) = (rows.scans[column.table].records, Int(row[column.table]))
        if position == 0 { return DataverseEncoding.guid(records.ids[place]) }
        if position == rows.plan.tables[column.table].table.versionPosition {
            return Array(String(records.versions[place]).utf8)
        }
        return records.rows[place].value(position).map { Array($0) }
    }
}
