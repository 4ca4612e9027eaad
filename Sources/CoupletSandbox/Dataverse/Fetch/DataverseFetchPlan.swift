/// A query with its names resolved: the tables in the order they are joined, their conditions and their columns.
struct DataverseFetchPlan {
    /// A table of the query.
    struct Table {
        let table: DataverseTable
        /// What the query calls it; nil for the first one.
        let alias: String?
        /// For a joined table: the place of the other table, the two columns and how they are joined.
        let join: (parent: Int, from: DataverseOperand, to: DataverseOperand, kind: DataverseFetch.Kind)?
        /// The conditions on its columns alone.
        let filter: DataverseFilter?
    }

    /// Conditions on columns of several tables.
    indirect enum Condition {
        case leaf(Int, DataverseFilter)
        case and([Condition])
        case or([Condition])
        case not(Condition)
    }

    /// A column of the answer.
    struct Column {
        /// The place of its table.
        let table: Int
        /// Its position there; nil where rows are counted.
        let position: Int?
        /// What the answer calls it.
        let name: String
        let attribute: DataverseFetch.Attribute
    }

    /// What rows are ordered by: a column of a table or of the answer.
    struct Order {
        let column: (table: Int, operand: DataverseOperand)?
        let alias: String?
        let isDescending: Bool
    }

    /// The tables, the first one first.
    private(set) var tables: [Table] = []
    /// Conditions that are not those of one table alone.
    private(set) var conditions: [Condition] = []
    /// The columns asked for.
    private(set) var columns: [Column] = []
    /// The order.
    private(set) var orders: [Order] = []

    private let fetch: DataverseFetch
    private let schema: DataverseSchema
    private let resolver: DataverseConditions
    /// Conditions on the first table that the query does not have itself.
    private let rootFilter: DataverseFilter?
    private var pending: [(table: Int, node: DataverseFetch.Node)] = []

    /// Resolves a query.
    /// - Throws: the first name that is not there.
    init(
        _ fetch: DataverseFetch,
        schema: DataverseSchema,
        moment: DataverseMoment,
        filter: DataverseFilter? = nil
    ) throws(DataverseError) {
        rootFilter = filter
        self.fetch = fetch
        self.schema = schema
        resolver = DataverseConditions(moment: moment)
        try add(fetch.root, parent: nil)
        for (index, node) in pending { try addColumns(node, index) }
        for (index, node) in pending {
            if let filter = node.filter, !Self.isOwn(filter, tables[index].alias) {
                conditions.append(try condition(filter, index))
            }
            for order in node.orders { orders.append(try resolve(order, index)) }
        }
        pending = []
    }

    private mutating func add(_ node: DataverseFetch.Node, parent: Int?) throws(DataverseError) {
        guard let table = schema.table(node.table) else {
            throw DataverseError(
                400,
                "0x80041102",
                "The entity with a name = '\(node.table)' was not found in the MetadataCache."
            )
        }
        guard tables.count < 50 else { throw .syntax("The query joins too many tables.") }
        let index = tables.count
        var join: (parent: Int, from: DataverseOperand, to: DataverseOperand, kind: DataverseFetch.Kind)?
        if let wanted = node.join, let parent {
            let from = try Self.operand(wanted.from, table)
            let to = try Self.operand(wanted.to, tables[parent].table)
            join = (parent, from, to, wanted.kind)
        }
        let alias = parent == nil ? node.alias : node.alias ?? "\(node.table)\(index)"
        var filter: DataverseFilter?
        if let conditions = node.filter, Self.isOwn(conditions, alias) { filter = try self.filter(conditions, table) }
        if parent == nil { filter = DataverseFilter.both(filter, rootFilter) }
        tables.append(Table(table: table, alias: alias, join: join, filter: filter))
        pending.append((index, node))
        for link in node.links { try add(link, parent: index) }
    }

    private static func operand(_ name: String, _ table: DataverseTable) throws(DataverseError) -> DataverseOperand {
        guard let position = table.position(name) ?? table.byProperty[name] else {
            throw DataverseError(
                400,
                "0x80041103",
                "'\(table.name)' entity doesn't contain attribute with Name = '\(name)' and NameMapping = 'Logical'."
            )
        }
        return DataverseOperand(position: position)
    }

    /// Whether conditions are about one table alone.
    private static func isOwn(_ filter: DataverseFetch.Filter, _ alias: String?) -> Bool {
        switch filter {
        case .condition(let condition): condition.table == nil || condition.table == alias
        case .and(let parts), .or(let parts): parts.allSatisfy { isOwn($0, alias) }
        case .not(let inner): isOwn(inner, alias)
        }
    }

    private func filter(
        _ filter: DataverseFetch.Filter,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseFilter {
        switch filter {
        case .condition(let condition): return try leaf(condition, table)
        case .and(let parts):
            var result = DataverseFilter.constant(true)
            for part in parts { result = .and(result, try self.filter(part, table)) }
            return result
        case .or(let parts):
            guard !parts.isEmpty else { return .constant(true) }
            var result = DataverseFilter.constant(false)
            for part in parts { result = .or(result, try self.filter(part, table)) }
            return result
        case .not(let inner): return .not(try self.filter(inner, table))
        }
    }

    private func condition(_ filter: DataverseFetch.Filter, _ index: Int) throws(DataverseError) -> Condition {
        switch filter {
        case .condition(let condition):
            let place = try place(of: condition.table, default: index)
            return .leaf(place, try leaf(condition, tables[place].table))
        case .and(let parts), .or(let parts):
            var conditions: [Condition] = []
            for part in parts { conditions.append(try condition(part, index)) }
            if case .and = filter { return .and(conditions) }
            return .or(conditions)
        case .not(let inner): return .not(try condition(inner, index))
        }
    }

    private func leaf(
        _ condition: DataverseFetch.Condition,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseFilter {
        let operand = try Self.operand(condition.attribute, table)
        if let other = condition.valueOf {
            guard let comparison = FilterExpression.Comparison(rawValue: condition.name) else {
                throw .syntax("The condition operator '\(condition.name)' does not compare columns.")
            }
            return .compareColumns(operand, comparison, try Self.operand(other, table))
        }
        return try resolver.filter(condition.name, operand, table.columns[operand.position].type, condition.values)
    }

    private func place(of alias: String?, default index: Int) throws(DataverseError) -> Int {
        guard let alias else { return index }
        let place = tables.firstIndex { $0.alias == alias } ?? tables.firstIndex { $0.table.name == alias }
        guard let place else {
            throw DataverseError(400, "0x80041103", "The query has no table with the alias '\(alias)'.")
        }
        return place
    }

    private mutating func addColumns(_ node: DataverseFetch.Node, _ index: Int) throws(DataverseError) {
        let table = tables[index].table
        var attributes = node.attributes
        if node.hasAll { attributes = table.columns.map { DataverseFetch.Attribute(name: $0.attribute) } }
        for attribute in attributes {
            if attribute.name == "*" {
                let name = attribute.alias ?? "count"
                columns.append(Column(table: index, position: nil, name: name, attribute: attribute))
                continue
            }
            let position = try Self.operand(attribute.name, table).position
            if fetch.isAggregate, attribute.aggregate == nil, !attribute.isGroup {
                throw DataverseError(
                    400,
                    "0x80041129",
                    "An attribute can not be requested when an aggregate operation has been specified and its neither "
                        + "groupby not aggregate. NodeXml : \(attribute.name)"
                )
            }
            if fetch.isAggregate, attribute.alias == nil {
                throw DataverseError(400, "0x80041129", "The attribute '\(attribute.name)' needs an alias.")
            }
            let own = table.columns[position]
            let prefix = tables[index].alias ?? table.name
            let usual = index == 0 || fetch.hasPlainNames ? own.property : "\(prefix).\(own.attribute)"
            columns.append(
                Column(table: index, position: position, name: attribute.alias ?? usual, attribute: attribute)
            )
        }
    }

    private func resolve(_ order: DataverseFetch.Order, _ index: Int) throws(DataverseError) -> Order {
        if columns.contains(where: { $0.attribute.alias == order.name }) {
            return Order(column: nil, alias: order.name, isDescending: order.isDescending)
        }
        let place = try place(of: order.table, default: index)
        let operand = try Self.operand(order.name, tables[place].table)
        return Order(column: (place, operand), alias: nil, isDescending: order.isDescending)
    }
}
