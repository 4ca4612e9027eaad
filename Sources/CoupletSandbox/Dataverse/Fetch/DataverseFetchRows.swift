/// Goes through the tables of a query and joins them.
struct DataverseFetchRows {
    /// For each table of the query the place of a record, or -1 where there is none.
    typealias Row = [Int32]

    let plan: DataverseFetchPlan
    let scans: [DataverseScan]

    /// Prepares to go through the tables.
    init(_ plan: DataverseFetchPlan, _ store: DataverseStore) {
        self.plan = plan
        scans = plan.tables.map { DataverseScan(store, $0.table) }
    }

    /// The rows that satisfy the query, in the order of the first table's records; those of one table can be the first
    /// ones only.
    func rows(limit: Int = .max) -> [Row] {
        var rows: [Row] = []
        let (records, filter) = (scans[0].records, plan.tables[0].filter)
        let most = plan.tables.count == 1 && plan.conditions.isEmpty ? limit : .max
        let candidates = records.places(filter, plan.tables[0].table)
        for place in candidates ?? Array(records.ids.indices) where records.present[place] {
            if rows.count == most { break }
            if let filter, !filter.matches(scans[0], place) { continue }
            rows.append([Int32(place)])
        }
        for index in plan.tables.indices.dropFirst() { rows = joined(rows, index) }
        if !plan.conditions.isEmpty {
            rows.removeAll { row in !plan.conditions.allSatisfy { holds($0, row) } }
        }
        return rows
    }

    private func joined(_ rows: [Row], _ index: Int) -> [Row] {
        let table = plan.tables[index]
        guard let join = table.join else { return rows }
        let scan = scans[index]
        var places: [DataverseValue: [Int32]] = [:]
        for place in scan.records.ids.indices where scan.records.present[place] {
            if let filter = table.filter, !filter.matches(scan, place) { continue }
            let value = scan.value(of: join.from, place)
            if value != .null { places[value, default: []].append(Int32(place)) }
        }
        var result: [Row] = []
        result.reserveCapacity(rows.count)
        for row in rows {
            let parent = Int(row[join.parent])
            let found = parent < 0 ? [] : places[scans[join.parent].value(of: join.to, parent)] ?? []
            switch join.kind {
            case .inner: for place in found { result.append(row + [place]) }
            case .outer: for place in found.isEmpty ? [-1] : found { result.append(row + [place]) }
            case .exists, .any: if !found.isEmpty { result.append(row + [-1]) }
            case .notAny: if found.isEmpty { result.append(row + [-1]) }
            }
        }
        return result
    }

    private func holds(_ condition: DataverseFetchPlan.Condition, _ row: Row) -> Bool {
        switch condition {
        case .leaf(let index, let filter):
            // A record that an outer join did not find has no values.
            if row[index] < 0 { return filter.holdsForNothing }
            return filter.matches(scans[index], Int(row[index]))
        case .and(let parts): return parts.allSatisfy { holds($0, row) }
        case .or(let parts): return parts.isEmpty || parts.contains { holds($0, row) }
        case .not(let inner): return !holds(inner, row)
        }
    }

    /// The rows in the order asked for.
    func ordered(_ rows: [Row]) -> [Row] {
        let orders = plan.orders.compactMap { order -> (table: Int, operand: DataverseOperand, isDescending: Bool)? in
            if let column = order.column { return (column.table, column.operand, order.isDescending) }
            guard let column = plan.columns.first(where: { $0.name == order.alias }), let position = column.position
            else { return nil }
            return (column.table, DataverseOperand(position: position), order.isDescending)
        }
        guard !orders.isEmpty else { return rows }
        var keyed = rows.enumerated().map { index, row in
            let keys = orders.map { order in
                row[order.table] < 0
                    ? DataverseValue.null : scans[order.table].value(of: order.operand, Int(row[order.table]))
            }
            return (keys: keys, index: index)
        }
        keyed.sort { left, right in
            for (index, order) in orders.enumerated() {
                let (one, two) = (left.keys[index], right.keys[index])
                if one.equals(two) { continue }
                return one.comesBefore(two) != order.isDescending
            }
            return left.index < right.index
        }
        return keyed.map { rows[$0.index] }
    }
}

extension DataverseValue {
    /// Whether the value stands before another one in an order; no value comes first.
    func comesBefore(_ other: DataverseValue) -> Bool {
        self == .null ? other != .null : other != .null && precedes(other) == true
    }
}

extension DataverseFilter {
    /// Whether the filter holds for a record without any value.
    var holdsForNothing: Bool {
        switch self {
        case .constant(let value): value
        case .compare(_, .eq, let value): value == .null
        case .compare(_, .ne, let value): value != .null
        case .compare, .like, .isOneOf, .hasOption, .any: false
        case .compareColumns(_, let comparison, _): comparison == .eq
        case .all: true
        case .and(let left, let right): left.holdsForNothing && right.holdsForNothing
        case .or(let left, let right): left.holdsForNothing || right.holdsForNothing
        case .not(let inner): !inner.holdsForNothing
        }
    }
}
