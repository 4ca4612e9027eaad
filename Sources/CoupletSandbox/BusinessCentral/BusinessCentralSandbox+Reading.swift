extension BusinessCentralSandbox {
    mutating func readOne(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        let id = try id(route)
        let options = try queryOptions(route)
        let selected = try selection(options, route.entity)
        guard let table = try table(route), let row = table[id] else { throw .notFound(route.entity.table, id) }
        return single(row, table, route, selected, status: 200)
    }

    mutating func readSet(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        let options = try queryOptions(route)
        let selected = try selection(options, route.entity)
        let (pageSize, applied) = try pageSize(route.request)
        var query = TableQuery(limit: pageSize)
        query.filter = try compiled(options.filter, route.entity)
        query.order = try order(options, route.entity)
        query.skip = options.skip ?? 0
        query.isCounted = options.count
        var remaining = options.top
        if let token = options.skipToken {
            let parts = token.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw .badAddress }
            remaining = Int(parts[0])
            query.continuation = String(parts[1])
        }
        if let remaining { query.limit = min(pageSize, remaining) }
        var result = try run(query, route)
        if let left = remaining, left <= result.rows.count { result.continuation = nil }
        let next = result.continuation.map { token in
            nextLink(route, options, "\(remaining.map { String($0 - result.rows.count) } ?? "")-\(token)")
        }
        var response = page(route, try table(route), result, selected, next)
        if applied { response.headers["Preference-Applied"] = "odata.maxpagesize=\(pageSize)" }
        return response
    }

    func countRows(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        let filter = try compiled(try queryOptions(route).filter, route.entity)
        let total = try table(route)?.total(filter) ?? 0
        var response = answer(200, Array(String(total).utf8))
        response.headers["Content-Type"] = "text/plain"
        return response
    }

    /// An answer of one record with its tag.
    func single(
        _ row: SandboxRow,
        _ table: SandboxTable,
        _ route: Route,
        _ selected: [Bool]?,
        status: Int
    ) -> SandboxResponse {
        var writer = JSONWriter(capacity: 2_048)
        writer.beginObject()
        writer.name("@odata.context")
        writer.string(route.context + "/$entity")
        write(row, table, route.entity, selected, &writer)
        writer.endObject()
        var response = answer(status, writer.bytes)
        if !route.entity.isReadOnly { response.headers["ETag"] = BusinessCentralETag.text(version: row.version) }
        return response
    }

    private func page(
        _ route: Route,
        _ table: SandboxTable?,
        _ result: TableResult,
        _ selected: [Bool]?,
        _ next: String?
    ) -> SandboxResponse {
        var writer = JSONWriter(capacity: result.rows.count * 512 + 512)
        writer.beginObject()
        writer.name("@odata.context")
        writer.string(route.context)
        if let total = result.total {
            writer.name("@odata.count")
            writer.integer(total)
        }
        writer.name("value")
        writer.beginArray()
        if let table {
            for row in result.rows {
                writer.beginObject()
                write(row, table, route.entity, selected, &writer)
                writer.endObject()
            }
        }
        writer.endArray()
        if let next {
            writer.name("@odata.nextLink")
            writer.string(next)
        }
        writer.endObject()
        return answer(200, writer.bytes)
    }

    private func write(
        _ row: SandboxRow,
        _ table: SandboxTable,
        _ entity: BusinessCentralEntity,
        _ selected: [Bool]?,
        _ writer: inout JSONWriter
    ) {
        if !entity.isReadOnly {
            writer.name("@odata.etag")
            writer.raw(BusinessCentralETag.json(version: row.version))
        }
        table.write(row, selected: selected, into: &writer)
    }

    private func nextLink(_ route: Route, _ options: QueryOptions, _ token: String) -> String {
        let kept = options.rawQuery(without: ["$skiptoken", "$skip", "aid"])
        return "\(route.request.address)?\(kept)\(kept.isEmpty ? "" : "&")aid=FIN&$skiptoken=\(token)"
    }
}

extension BusinessCentralSandbox {
    /// The rows of a route; nil where the company has none.
    func table(_ route: Route) throws(BusinessCentralError) -> SandboxTable? {
        route.company == nil ? companies : tables[try place(route)]
    }

    private mutating func run(_ query: TableQuery, _ route: Route) throws(BusinessCentralError) -> TableResult {
        do throws(QueryError) {
            if route.company == nil { return try companies.run(query) }
        } catch {
            throw .query(error, route.entity.schema.entityName)
        }
        let place = try place(route)
        do throws(QueryError) {
            return try tables[place].run(query)
        } catch {
            throw .query(error, route.entity.schema.entityName)
        }
    }

    func queryOptions(_ route: Route) throws(BusinessCentralError) -> QueryOptions {
        do throws(QueryError) {
            let options = try QueryOptions(query: route.request.query)
            if let expand = options.expand, !expand.isEmpty {
                let name = String(expand.prefix { $0 != "(" && $0 != "," })
                throw QueryError(.unknownProperty(name), "")
            }
            return options
        } catch {
            throw .query(error, route.entity.schema.entityName)
        }
    }

    func selection(_ options: QueryOptions, _ entity: BusinessCentralEntity) throws(BusinessCentralError) -> [Bool]? {
        guard let names = options.select else { return nil }
        var selected = [Bool](repeating: false, count: entity.schema.columns.count)
        for name in names {
            guard let index = entity.schema.index(of: name) else {
                throw .query(QueryError(.unknownProperty(name), ""), entity.schema.entityName)
            }
            selected[index] = true
        }
        return selected
    }

    private func order(
        _ options: QueryOptions,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> [(column: Int, isDescending: Bool)] {
        var order: [(column: Int, isDescending: Bool)] = []
        for term in options.orderBy {
            guard let index = entity.schema.index(of: term.name) else {
                throw .query(QueryError(.unknownProperty(term.name), ""), entity.schema.entityName)
            }
            order.append((index, term.isDescending))
        }
        return order
    }

    private func pageSize(_ request: SandboxRequest) throws(BusinessCentralError) -> (size: Int, isAsked: Bool) {
        let preferences = request.headers.preferences
        guard let text = preferences["odata.maxpagesize"] ?? preferences["maxpagesize"] else {
            return (options.largestPage, false)
        }
        guard let size = Int(text), size > 0 else { return (options.largestPage, false) }
        guard size <= options.largestPage else {
            let text = "The page size \(size) exceeds the maximum of \(options.largestPage) entities per page."
            throw BusinessCentralError(413, "BadRequest_RequestEntityTooLarge", text)
        }
        return (size, true)
    }
}
