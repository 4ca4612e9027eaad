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
                let detail = Detail.text("detail.notComparable", field.field.name, field.value.text)
                throw client.wrong(.protocolViolation, table, detail)
            }
            texts.append("\(field.field.name) eq \(literal)")
        }
        return texts
    }

    /// Takes over the rows that do have the values: the remote's comparison of text knows wildcards.
    static func append(_ rows: RowPage, to found: inout RowPage, where values: [WritePart.Field]) {
        let wanted = values.compactMap { field -> (Int, String)? in
            guard field.field.type.isText else { return nil }
            return rows.layout.position(of: field.field.name).map { ($0, normal(field.value)) }
        }
        for index in 0..<rows.count where rows.kind(at: index) == .present {
            let passes = rows.withRow(at: index) { view in
                wanted.allSatisfy { position, value in
                    guard let held = view.value(at: position) else { return true }
                    return normal(held).utf8.elementsEqual(value.utf8)
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

    private static func normal(_ value: Value) -> String {
        let text = value.text.lowercased()
        return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension FieldType {
    /// Whether values are compared as text, without regard to case and surrounding blanks.
    fileprivate var isText: Bool {
        switch self {
        case .text, .code, .personName: true
        case .decimal, .integer, .boolean, .date, .dateTime, .guid, .option, .reference: false
        }
    }
}
