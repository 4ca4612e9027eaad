/// What a filter or an order takes from a record: a column of its own, or one of a record that it refers to.
struct DataverseOperand: Sendable, Hashable {
    /// A step to a record referred to: its table, and the position of a column there.
    struct Step: Sendable, Hashable {
        let table: String
        let position: Int
    }

    /// The column's position in the record's table.
    let position: Int
    /// For a path: the steps from there on.
    var steps: [Step] = []

    /// Whether this is the record's own primary key.
    var isPrimaryKey: Bool { position == 0 && steps.isEmpty }

    /// Reads a column of the table, or `navigation/column` of a table it refers to, or further on.
    init(_ name: String, table: DataverseTable, schema: DataverseSchema) throws(DataverseError) {
        if let position = table.byProperty[name] {
            self.position = position
            return
        }
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let navigation = table.byNavigation[parts[0]] else {
            throw .unknownProperty(name, table.name)
        }
        position = navigation.position
        let targets = navigation.table.map { [$0] } ?? table.columns[navigation.position].type.targets.map(\.table)
        let tables = targets.compactMap { schema.table($0) }
        // The key of the record referred to is the reference itself.
        if targets.count == 1, tables.first?.key == parts[1] { return }
        for target in tables {
            guard let inner = try? DataverseOperand(parts[1], table: target, schema: schema) else { continue }
            steps = [Step(table: target.name, position: inner.position)] + inner.steps
            return
        }
        throw .unknownProperty(parts[1], targets.first ?? table.name)
    }

    /// A column of the record itself.
    init(position: Int) { self.position = position }

    /// What the column holds.
    func type(in table: DataverseTable, _ schema: DataverseSchema) -> DataverseColumnType {
        guard let last = steps.last, let target = schema.table(last.table) else { return table.columns[position].type }
        return target.columns[last.position].type
    }
}
