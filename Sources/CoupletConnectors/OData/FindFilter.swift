import CoupletCore
import CoupletPorts

/// Looking records up by the values of fields.
enum FindFilter {
    /// The comparisons for a filter.
    static func texts(
        _ values: [WritePart.Field],
        _ dialect: ODataDialect,
        client: ODataClient,
        table: String
    ) throws(ConnectorError) -> [String] {
        var texts: [String] = []
        for field in values {
            guard let literal = ODataLiteral.text(field.value, as: field.field.type, dialect) else {
                let detail = "the field \(field.field.name) cannot be compared with \(field.value.text)"
                throw client.wrong(.protocolViolation, table, detail)
            }
            texts.append("\(field.field.name) eq \(literal)")
        }
        return texts
    }

    /// Takes over the rows that do have the values: the remote's comparison knows wildcards.
    static func append(_ rows: RowPage, to found: inout RowPage, where values: [WritePart.Field]) {
        let wanted = values.compactMap { field in
            rows.layout.position(of: field.field.name).map { ($0, normal(field.value)) }
        }
        for index in 0..<rows.count where rows.kind(at: index) == .present {
            let passes = rows.withRow(at: index) { view in
                wanted.allSatisfy { position, value in
                    guard let held = view.value(at: position) else { return true }
                    return isNumeric(held) || normal(held).utf8.elementsEqual(value.utf8)
                }
            }
            guard passes else { continue }
            found.append(
                id: rows.ids[index],
                version: Array(rows.version(at: index).utf8),
                kind: .present,
                row: rows.row(at: index).bytes
            )
        }
    }

    /// The remote compares numbers as such, whatever their digits.
    private static func isNumeric(_ value: Value) -> Bool {
        if case .number = value { return true }
        return false
    }

    private static func normal(_ value: Value) -> String {
        let text = value.text.lowercased()
        return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
