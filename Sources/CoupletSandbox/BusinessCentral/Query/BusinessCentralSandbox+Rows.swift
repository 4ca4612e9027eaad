/// The rows of a route.
extension BusinessCentralSandbox {
    func query(_ route: Route) throws(BusinessCentralError) -> BusinessCentralQuery {
        try query(route.request.query, route.entity)
    }

    /// The table of a route; rows that are worked out from others are worked out now.
    func table(_ route: Route) throws(BusinessCentralError) -> SandboxTable {
        guard let company = route.company else { return companies }
        if let view = view(route.entity, company, route.scope) { return view }
        return tables[try place(route)]
    }

    /// The row a key names, or the only one of its scope.
    func existingRow(_ route: Route) throws(BusinessCentralError) -> SandboxRow {
        var table = try table(route)
        guard let key = route.key else {
            guard let scope = route.scope, let row = try single(&table, scope, route.entity) else {
                throw .notFound(route.entity.table, .zero)
            }
            return row
        }
        let id = try id(key)
        guard let row = row(id, in: table, route.scope) else { throw .notFound(route.entity.table, id) }
        return row
    }

    /// The row a key means: most are known by the row's id, some by an id that is only their own within the scope.
    private func row(_ id: SandboxGUID, in table: SandboxTable, _ scope: Scope?) -> SandboxRow? {
        guard let own = table.schema.index(of: "id"), table.schema.columns[own].source == .stored else {
            return table[id].flatMap { scope?.holds($0, table) ?? true ? $0 : nil }
        }
        return table.existing.first { row in
            table.text(of: row, at: own) == id.description && scope?.holds(row, table) ?? true
        }
    }

    private func single(
        _ table: inout SandboxTable,
        _ scope: Scope,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> SandboxRow? {
        var query = TableQuery(limit: 1)
        query.filter = try compiled(nil, entity, scope)
        do throws(QueryError) {
            return try table.run(query).rows.first
        } catch {
            throw .query(error, entity.schema.entityName)
        }
    }

    /// What a query reads of a route's table.
    func window(
        _ query: BusinessCentralQuery,
        _ route: Route,
        limit: Int
    ) throws(BusinessCentralError) -> TableQuery {
        var window = TableQuery(limit: limit)
        window.filter = try compiled(query.filter, route.entity, route.scope)
        (window.order, window.skip, window.isCounted) = (query.order, query.skip, query.isCounted)
        return window
    }

    mutating func run(_ query: TableQuery, _ route: Route) throws(BusinessCentralError) -> TableResult {
        do throws(QueryError) {
            if route.company == nil { return try companies.run(query) }
        } catch {
            throw .query(error, route.entity.schema.entityName)
        }
        let place = try place(route)
        do throws(QueryError) {
            guard let company = route.company, var view = view(route.entity, company, route.scope) else {
                return try tables[place].run(query)
            }
            return try view.run(query)
        } catch {
            throw .query(error, route.entity.schema.entityName)
        }
    }

    /// Writes a row and what was asked to be inside it into an object that is open.
    mutating func write(
        _ row: SandboxRow,
        _ schema: TableSchema,
        _ route: Route,
        _ query: BusinessCentralQuery,
        _ writer: inout JSONWriter
    ) throws(BusinessCentralError) {
        if route.entity.hasTag {
            writer.name("@odata.etag")
            writer.raw(BusinessCentralETag.json(version: row.version))
        }
        SandboxTable(schema: schema).write(row, selected: query.selected, into: &writer)
        if query.selected == nil { writeStreams(row, route, &writer) }
        for expansion in query.expansions { try write(expansion, of: row, route, &writer) }
    }

    private mutating func write(
        _ expansion: BusinessCentralQuery.Expansion,
        of row: SandboxRow,
        _ route: Route,
        _ writer: inout JSONWriter
    ) throws(BusinessCentralError) {
        writer.name(expansion.name)
        let inner = route.inner(expansion.link, of: row)
        var window = try window(expansion.query, inner, limit: expansion.query.top ?? options.largestPage)
        switch expansion.link {
        case .children(let children, _) where !children.isSingle:
            let result = try run(window, inner)
            writer.beginArray()
            for row in result.rows {
                writer.beginObject()
                try write(row, inner.entity.schema, inner, expansion.query, &writer)
                writer.endObject()
            }
            writer.endArray()
        case .children, .record:
            window.limit = 1
            guard let row = try run(window, inner).rows.first else { return writer.raw("null".utf8) }
            writer.beginObject()
            try write(row, inner.entity.schema, inner, expansion.query, &writer)
            writer.endObject()
        }
    }
}
