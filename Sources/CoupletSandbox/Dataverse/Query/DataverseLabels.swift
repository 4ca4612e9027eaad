/// What people see instead of values: labels, names, amounts with their currency.
struct DataverseLabels {
    let store: DataverseStore
    let table: DataverseTable
    /// Which of them are wanted.
    let wanted: DataverseAnnotations

    /// Appends the annotations that a value has, each followed by a comma.
    func append(
        _ column: DataverseColumn,
        _ json: ArraySlice<UInt8>,
        _ row: DataverseRow,
        named name: String? = nil,
        to bytes: inout [UInt8]
    ) {
        let property = name ?? column.property
        func annotate(_ name: String, _ text: String) {
            bytes.append(contentsOf: "\"\(property)@\(name)\":".utf8)
            bytes.append(contentsOf: SandboxJSON.string(text).bytes)
            bytes.append(UInt8(ascii: ","))
        }
        if column.isLookup, wanted.navigationProperty || wanted.lookupLogicalName,
            let target = store.target(of: column, json)
        {
            if wanted.navigationProperty {
                annotate("Microsoft.Dynamics.CRM.associatednavigationproperty", target.navigation)
            }
            if wanted.lookupLogicalName { annotate("Microsoft.Dynamics.CRM.lookuplogicalname", target.table) }
        }
        if wanted.formattedValue, let text = label(column, json, row) {
            annotate("OData.Community.Display.V1.FormattedValue", text)
        }
    }

    private func label(_ column: DataverseColumn, _ json: ArraySlice<UInt8>, _ row: DataverseRow) -> String? {
        let text = String(decoding: json, as: UTF8.self)
        switch column.type {
        case .choice(let options), .state(let options), .status(let options, _):
            return options.first { String($0.value) == text }?.label
        case .boolean: return text == "true" ? "Yes" : "No"
        case .integer, .bigInteger: return Self.grouped(text)
        case .double: return Self.grouped(Self.padded(text, decimals: 2))
        case .decimal(let decimals): return Self.grouped(Self.padded(text, decimals: min(decimals, 10)))
        case .money: return symbol(row) + Self.grouped(Self.padded(text, decimals: 2))
        case .dateTime: return SandboxInstant(text: DataverseValue.text(json)).map(Self.moment)
        case .date: return SandboxInstant(text: DataverseValue.text(json)).map(Self.day)
        case .lookup: return name(column, json)
        case .choices(let options):
            let values = DataverseValue.text(json).split(separator: ",")
            let labels = values.compactMap { value in options.first { String($0.value) == value }?.label }
            return labels.joined(separator: "; ")
        case .guid, .text, .memo, .tableName: return nil
        }
    }

    /// The name of the record referred to.
    private func name(_ column: DataverseColumn, _ json: ArraySlice<UInt8>) -> String? {
        guard let target = store.target(of: column, json), let table = store.schema.table(target.table),
            let id = SandboxGUID(DataverseValue.text(json)), let name = store.value(table.name, id, table.nameAttribute)
        else { return nil }
        return DataverseValue.text(name)
    }

    private func symbol(_ row: DataverseRow) -> String {
        guard let position = table.position("transactioncurrencyid"), let json = row.value(position),
            let id = SandboxGUID(DataverseValue.text(json)),
            let symbol = store.value("transactioncurrency", id, "currencysymbol")
        else { return "" }
        return DataverseValue.text(symbol)
    }

    private static func padded(_ text: String, decimals: Int) -> String {
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1].prefix(decimals)) : ""
        return parts[0] + "." + fraction + String(repeating: "0", count: decimals - fraction.utf8.count)
    }

    /// The number with commas between its thousands.
    private static func grouped(_ text: String) -> String {
        let digits = text.prefix { $0 != "." }
        let sign = digits.hasPrefix("-") ? "-" : ""
        var result = ""
        for (index, digit) in digits.dropFirst(sign.count).reversed().enumerated() {
            if index > 0, index % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return sign + String(result.reversed()) + text.dropFirst(digits.count)
    }

    /// `4/7/2023`.
    private static func day(_ instant: SandboxInstant) -> String {
        let parts = instant.parts
        return "\(parts.month)/\(parts.day)/\(parts.year)"
    }

    /// `4/7/2023 2:59 PM`, in UTC.
    private static func moment(_ instant: SandboxInstant) -> String {
        let parts = instant.parts
        let hour = parts.hour % 12 == 0 ? 12 : parts.hour % 12
        let minute = parts.minute < 10 ? "0\(parts.minute)" : "\(parts.minute)"
        return "\(parts.month)/\(parts.day)/\(parts.year) \(hour):\(minute) \(parts.hour < 12 ? "AM" : "PM")"
    }
}
