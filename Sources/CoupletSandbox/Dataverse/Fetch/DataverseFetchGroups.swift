/// Groups rows and makes one value of many.
struct DataverseFetchGroups {
    let rows: DataverseFetchRows

    /// The most rows that are grouped.
    static let limit = 50_000

    /// One object for each group, ordered as asked.
    func groups(_ all: [DataverseFetchRows.Row]) throws(DataverseError) -> [SandboxJSON] {
        guard all.count <= Self.limit else {
            throw DataverseError(
                400,
                "0x8004e023",
                "The maximum record limit is exceeded. Reduce the number of records."
            )
        }
        let columns = rows.plan.columns
        let keys = columns.filter(\.attribute.isGroup)
        var members: [[DataverseValue]: [DataverseFetchRows.Row]] = [:]
        var order: [[DataverseValue]] = []
        for row in all {
            let key = keys.map { part(of: value($0, row), $0.attribute.dateGrouping) }
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(row)
        }
        if keys.isEmpty, order.isEmpty { (order, members) = ([[]], [[]: []]) }
        var groups = order.map { key in
            let group = members[key] ?? []
            let values = columns.map { column in
                column.attribute.isGroup ? json(column, group.first) : aggregate(column, group)
            }
            return zip(columns, values).map { SandboxJSON.Member(name: $0.name, value: $1) }
        }
        for wanted in rows.plan.orders.reversed() {
            guard let index = columns.firstIndex(where: { $0.name == wanted.alias }) else { continue }
            groups = stable(groups) { left, right in
                let (one, two) = (Self.comparable(left[index].value), Self.comparable(right[index].value))
                return one.equals(two) ? nil : one.comesBefore(two) != wanted.isDescending
            }
        }
        return groups.map { .object($0) }
    }

    private func stable(
        _ groups: [[SandboxJSON.Member]],
        _ isBefore: ([SandboxJSON.Member], [SandboxJSON.Member]) -> Bool?
    ) -> [[SandboxJSON.Member]] {
        groups.enumerated().sorted { isBefore($0.element, $1.element) ?? ($0.offset < $1.offset) }.map(\.element)
    }

    private static func comparable(_ json: SandboxJSON) -> DataverseValue {
        switch json {
        case .number(let digits): Double(digits).map { .number($0) } ?? .null
        case .string(let text): .text(text.lowercased())
        case .boolean(let value): .boolean(value)
        case .null, .array, .object: .null
        }
    }

    private func value(_ column: DataverseFetchPlan.Column, _ row: DataverseFetchRows.Row) -> DataverseValue {
        guard let position = column.position, row[column.table] >= 0 else { return .null }
        return rows.scans[column.table].value(of: DataverseOperand(position: position), Int(row[column.table]))
    }

    private func part(of value: DataverseValue, _ grouping: String?) -> DataverseValue {
        guard let grouping, case .instant(let instant) = value else { return value }
        let parts = instant.parts
        switch grouping {
        case "year", "fiscal-year": return .number(Double(parts.year))
        case "quarter", "fiscal-period": return .number(Double((parts.month + 2) / 3))
        case "month": return .number(Double(parts.month))
        case "day": return .number(Double(parts.day))
        case "week":
            let first = SandboxInstant(SandboxInstant.Parts(year: parts.year))
            let days = (instant.milliseconds - first.milliseconds) / 86_400_000
            return .number(Double((Int(days) + first.parts.weekday) / 7 + 1))
        default: return value
        }
    }

    private func json(_ column: DataverseFetchPlan.Column, _ row: DataverseFetchRows.Row?) -> SandboxJSON {
        guard let row, let position = column.position, row[column.table] >= 0 else { return .null }
        if column.attribute.dateGrouping != nil {
            guard case .number(let number) = part(of: value(column, row), column.attribute.dateGrouping) else {
                return .null
            }
            return .number(String(Int(number)))
        }
        let records = rows.scans[column.table].records
        if position == 0 { return .string(records.ids[Int(row[column.table])].description) }
        let json = records.rows[Int(row[column.table])].value(position)
        return json.flatMap { try? SandboxJSON(bytes: Array($0)) } ?? .null
    }

    private func aggregate(_ column: DataverseFetchPlan.Column, _ group: [DataverseFetchRows.Row]) -> SandboxJSON {
        guard let aggregate = column.attribute.aggregate else { return .null }
        if aggregate == .count { return .number(String(group.count)) }
        var values = group.map { value(column, $0) }.filter { $0 != .null }
        if column.attribute.isDistinct { values = Array(Set(values)) }
        switch aggregate {
        case .count, .countcolumn: return .number(String(values.count))
        case .min, .max:
            let best = group.filter { value(column, $0) != .null }.min { left, right in
                let (one, two) = (value(column, left), value(column, right))
                return aggregate == .min ? one.comesBefore(two) : two.comesBefore(one)
            }
            return best.map { json(column, $0) } ?? .null
        case .sum, .avg:
            var sum = 0.0
            for case .number(let number) in values { sum += number }
            if values.isEmpty { return .null }
            let result = aggregate == .sum ? sum : sum / Double(values.count)
            return .number(text(result, column))
        }
    }

    private func text(_ number: Double, _ column: DataverseFetchPlan.Column) -> String {
        guard let position = column.position else { return String(Int64(number)) }
        switch rows.plan.tables[column.table].table.columns[position].type {
        case .integer, .bigInteger, .choice, .state, .status:
            return abs(number) < 9e18 ? String(Int64(number)) : "0"
        case .decimal(let decimals):
            return String(decoding: DataverseEncoding.decimal("\(number)", number, decimals: decimals), as: UTF8.self)
        default: return String(decoding: DataverseEncoding.decimal("\(number)", number, decimals: 4), as: UTF8.self)
        }
    }
}
