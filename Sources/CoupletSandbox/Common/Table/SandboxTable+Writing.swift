extension SandboxTable {
    /// Writes a row's properties into an object that is open.
    /// - Parameters:
    ///   - row: a row of this table.
    ///   - selected: which columns, by place; all where nil.
    ///   - writer: where the object is open.
    ///   - isBlankOmitted: whether properties without value are left out.
    package func write(
        _ row: SandboxRow,
        selected: [Bool]? = nil,
        into writer: inout JSONWriter,
        isBlankOmitted: Bool = false
    ) {
        var place = 0
        row.fields.visit { bytes in
            defer { place += 1 }
            if let selected, !selected[place] { return }
            let column = schema.columns[place]
            if isBlankOmitted, column.source == .stored, bytes.isEmpty { return }
            writer.encodedName(column.encodedName)
            Self.writeValue(column, bytes, row, &writer)
        }
    }

    private static func writeValue(
        _ column: SandboxColumn,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ row: SandboxRow,
        _ writer: inout JSONWriter
    ) {
        switch column.source {
        case .id: writer.guid(row.id)
        case .version: writer.integer(row.version)
        case .createdAt: writer.instant(row.createdAt)
        case .modifiedAt: writer.instant(row.modifiedAt)
        case .stored:
            if bytes.isEmpty {
                writer.raw(column.blank)
            } else if column.isQuoted {
                writer.string(utf8: bytes)
            } else {
                writer.raw(bytes)
            }
        }
    }

    /// One property of a row as text, without quotes; empty where absent.
    package func text(of row: SandboxRow, at column: Int) -> String {
        switch schema.columns[column].source {
        case .id: row.id.description
        case .version: String(row.version)
        case .createdAt: row.createdAt.text
        case .modifiedAt: row.modifiedAt.text
        case .stored: row.fields.text(at: column)
        }
    }
}
