extension BusinessCentralSandbox {
    /// What the rows below a record have in common.
    struct Scope: Sendable {
        /// Properties and their values in the form rows keep; a property that is the row's id has it as text.
        let conditions: [(column: Int, text: String)]

        /// Whether a row belongs here.
        func holds(_ row: SandboxRow, _ table: SandboxTable) -> Bool {
            conditions.allSatisfy { table.text(of: row, at: $0.column).utf8.elementsEqual($0.text.utf8) }
        }

        /// The conditions as a filter.
        func filter(_ schema: TableSchema) -> FilterExpression? {
            var filter: FilterExpression?
            for (index, text) in conditions {
                let column = schema.columns[index]
                let literal =
                    column.kind == .guid
                    ? FilterExpression.Literal.guid(SandboxGUID(text) ?? .zero) : .string(text)
                let next = FilterExpression.compare(.property(column.name), .eq, .literal(literal))
                filter = filter.map { .and($0, next) } ?? next
            }
            return filter
        }
    }
}

extension BusinessCentralSandbox.Route {
    /// The route of what a row leads to.
    func inner(_ link: BusinessCentralLink, of row: SandboxRow) -> Self {
        var route = self
        route.key = nil
        switch link {
        case .record(let property, let target):
            route.entity = target
            let text = SandboxTable(schema: entity.schema).text(of: row, at: property)
            let id = target.schema.columns.firstIndex { $0.source == .id } ?? 0
            route.scope = .init(conditions: [(id, text.isEmpty ? SandboxGUID.zero.description : text)])
        case .children(let children, let target):
            route.entity = target
            var conditions: [(column: Int, text: String)] = []
            if let parent = target.schema.index(of: children.parent) { conditions.append((parent, row.id.description)) }
            if let kind = children.kind, let column = target.schema.index(of: kind.property) {
                conditions.append((column, kind.value))
            }
            route.scope = .init(conditions: conditions)
        }
        return route
    }
}
