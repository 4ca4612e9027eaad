/// Reads SQL word by word.
struct DataverseSQLReader {
    private var words: DataverseSQLWords
    private var depth = 0
    /// Which table each joined one is joined to, by alias; nothing for the first table.
    private var parents: [String: String] = [:]

    /// A column, and what stands before its point.
    private struct Column {
        var table: String?
        var name: String
    }

    init(_ text: String) throws(DataverseError) { words = try DataverseSQLWords(text) }

    /// Reads a whole statement.
    mutating func query() throws(DataverseError) -> DataverseFetch {
        guard words.takeWord("select") else { throw words.error() }
        var fetch = DataverseFetch(root: DataverseFetch.Node(table: ""))
        fetch.hasPlainNames = true
        fetch.isDistinct = words.takeWord("distinct")
        if words.takeWord("top") { fetch.top = try words.number() }
        var columns: [(table: String?, attribute: DataverseFetch.Attribute)] = []
        repeat { columns.append(try column()) } while words.takeMark(",")
        guard words.takeWord("from") else { throw words.error() }
        fetch.root.table = try words.name().lowercased()
        fetch.root.alias = try words.alias()
        var joins: [DataverseFetch.Node] = []
        while let join = try self.join(fetch.root) { joins.append(join) }
        if words.takeWord("where") { fetch.root.filter = try alternative(fetch.root) }
        try group(&fetch, &columns)
        try order(&fetch)
        guard words.isAtEnd else { throw words.error() }
        for (table, attribute) in columns {
            try Self.place(attribute, table, &fetch.root, &joins)
        }
        fetch.root.links = nested(joins, below: nil)
        return fetch
    }

    private mutating func column() throws(DataverseError) -> (String?, DataverseFetch.Attribute) {
        if words.takeMark("*") { throw DataverseSQLWords.error("SELECT * is not supported.") }
        if case .word(let word)? = words.peek(0), case .mark("(")? = words.peek(1) {
            _ = try words.name()
            _ = words.takeMark("(")
            guard var aggregate = DataverseFetch.Aggregate(rawValue: word.lowercased()) else {
                throw DataverseSQLWords.error("The function '\(word)' is not supported.")
            }
            var attribute = DataverseFetch.Attribute(name: "*")
            var table: String?
            if !words.takeMark("*") {
                attribute.isDistinct = words.takeWord("distinct")
                let column = try reference()
                (table, attribute.name) = (column.table, column.name)
                if aggregate == .count { aggregate = .countcolumn }
            }
            guard words.takeMark(")") else { throw words.error() }
            attribute.aggregate = aggregate
            attribute.alias = try words.alias() ?? word.lowercased()
            return (table, attribute)
        }
        let column = try reference()
        var attribute = DataverseFetch.Attribute(name: column.name)
        attribute.alias = try words.alias()
        return (column.table, attribute)
    }

    private mutating func join(_ root: DataverseFetch.Node) throws(DataverseError) -> DataverseFetch.Node? {
        var kind = DataverseFetch.Kind.inner
        if words.takeWord("left") {
            _ = words.takeWord("outer")
            kind = .outer
        } else {
            _ = words.takeWord("inner")
        }
        guard words.takeWord("join") else {
            if kind == .outer { throw words.error() }
            return nil
        }
        var node = DataverseFetch.Node(table: try words.name().lowercased())
        node.alias = try words.alias() ?? node.table
        guard words.takeWord("on") else { throw words.error() }
        let left = try reference()
        guard words.takeMark("=") else { throw words.error() }
        let right = try reference()
        let (own, other) = left.table == node.alias || left.table == node.table ? (left, right) : (right, left)
        node.join = (own.name, other.name, kind)
        if let alias = node.alias { parents[alias] = Self.other(other.table, root) }
        return node
    }

    private mutating func group(
        _ fetch: inout DataverseFetch,
        _ columns: inout [(table: String?, attribute: DataverseFetch.Attribute)]
    ) throws(DataverseError) {
        var keys: [Column] = []
        if words.takeWord("group") {
            guard words.takeWord("by") else { throw words.error() }
            repeat { keys.append(try reference()) } while words.takeMark(",")
        }
        guard !keys.isEmpty || columns.contains(where: { $0.attribute.aggregate != nil }) else { return }
        fetch.isAggregate = true
        for index in columns.indices where columns[index].attribute.aggregate == nil {
            let column = columns[index]
            guard keys.contains(where: { $0.name == column.attribute.name }) else {
                throw DataverseSQLWords.error(
                    "Column '\(column.attribute.name)' is invalid in the select list because it is not contained in either "
                        + "an aggregate function or the GROUP BY clause."
                )
            }
            columns[index].attribute.isGroup = true
            columns[index].attribute.alias = column.attribute.alias ?? column.attribute.name
        }
    }

    private mutating func order(_ fetch: inout DataverseFetch) throws(DataverseError) {
        if words.takeWord("order") {
            guard words.takeWord("by") else { throw words.error() }
            repeat {
                let column = try reference()
                var order = DataverseFetch.Order(table: Self.other(column.table, fetch.root), name: column.name)
                order.isDescending = words.takeWord("desc")
                if !order.isDescending { _ = words.takeWord("asc") }
                fetch.root.orders.append(order)
            } while words.takeMark(",")
        }
        guard words.takeWord("offset") else { return }
        fetch.offset = try words.number()
        guard words.takeWord("rows") || words.takeWord("row") else { throw words.error() }
        guard words.takeWord("fetch") else { return }
        guard words.takeWord("next") || words.takeWord("first") else { throw words.error() }
        fetch.count = try words.number()
        guard words.takeWord("rows") || words.takeWord("row"), words.takeWord("only") else { throw words.error() }
    }

    private static func other(_ alias: String?, _ root: DataverseFetch.Node) -> String? {
        alias == root.alias || alias == root.table ? nil : alias
    }

    private static func place(
        _ attribute: DataverseFetch.Attribute,
        _ table: String?,
        _ root: inout DataverseFetch.Node,
        _ joins: inout [DataverseFetch.Node]
    ) throws(DataverseError) {
        guard let table = other(table, root) else {
            root.attributes.append(attribute)
            return
        }
        guard let index = joins.firstIndex(where: { $0.alias == table || $0.table == table }) else {
            throw DataverseSQLWords.error("The multi-part identifier '\(table).\(attribute.name)' could not be bound.")
        }
        joins[index].attributes.append(attribute)
    }

    /// The joined tables below those that they are joined to.
    private func nested(_ joins: [DataverseFetch.Node], below alias: String?) -> [DataverseFetch.Node] {
        joins.filter { $0.alias.flatMap { parents[$0] } == alias }.map { node in
            var node = node
            node.links = nested(joins, below: node.alias)
            return node
        }
    }
    private mutating func reference() throws(DataverseError) -> Column {
        let first = try words.name()
        guard words.takeMark(".") else { return Column(table: nil, name: first.lowercased()) }
        return Column(table: first, name: try words.name().lowercased())
    }

    private mutating func alternative(_ root: DataverseFetch.Node) throws(DataverseError) -> DataverseFetch.Filter {
        var parts = [try conjunction(root)]
        while words.takeWord("or") { parts.append(try conjunction(root)) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction(_ root: DataverseFetch.Node) throws(DataverseError) -> DataverseFetch.Filter {
        var parts = [try condition(root)]
        while words.takeWord("and") { parts.append(try condition(root)) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func condition(_ root: DataverseFetch.Node) throws(DataverseError) -> DataverseFetch.Filter {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw DataverseSQLWords.error("The statement is nested too deeply.") }
        if words.takeWord("not") { return .not(try condition(root)) }
        if words.takeMark("(") {
            let inner = try alternative(root)
            guard words.takeMark(")") else { throw words.error() }
            return inner
        }
        let column = try reference()
        var condition = DataverseFetch.Condition(
            table: Self.other(column.table, root),
            attribute: column.name,
            name: "eq"
        )
        if words.takeWord("is") {
            condition.name = words.takeWord("not") ? "not-null" : "null"
            guard words.takeWord("null") else { throw words.error() }
            return .condition(condition)
        }
        let isNegative = words.takeWord("not")
        if words.takeWord("like") {
            (condition.name, condition.values) = ("like", [try words.constant()])
        } else if words.takeWord("in") {
            guard words.takeMark("(") else { throw words.error() }
            condition.name = "in"
            repeat { condition.values.append(try words.constant()) } while words.takeMark(",")
            guard words.takeMark(")") else { throw words.error() }
        } else if words.takeWord("between") {
            (condition.name, condition.values) = ("between", [try words.constant()])
            guard words.takeWord("and") else { throw words.error() }
            condition.values.append(try words.constant())
        } else {
            let marks = ["=": "eq", "<>": "ne", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"]
            guard !isNegative, let mark = words.takeMark(of: marks.keys.sorted()), let name = marks[mark] else {
                throw words.error()
            }
            condition.name = name
            if case .word? = words.peek(0) {
                condition.valueOf = try reference().name
            } else {
                condition.values = [try words.constant()]
            }
        }
        if isNegative { condition.name = "not-\(condition.name)" }
        return .condition(condition)
    }
}
