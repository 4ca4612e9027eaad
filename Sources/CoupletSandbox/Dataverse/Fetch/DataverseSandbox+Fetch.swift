/// Queries in FetchXML, in SQL, and by the views that keep FetchXML.
extension DataverseSandbox {
    /// Answers `fetchXml`, `savedQuery`, `userQuery`, `sql` or `$apply`; nil where the query has none of them.
    mutating func query(
        _ call: DataverseCall,
        _ table: DataverseTable,
        otherThan options: [(name: String, value: String)]
    ) throws(DataverseError) -> DataverseAnswer? {
        for (name, value) in options {
            switch name {
            case "fetchXml": return try fetch(call, table, try DataverseFetch(xml: Self.plain(value)))
            case "savedQuery": return try fetch(call, table, try view("savedquery", value, options))
            case "userQuery": return try fetch(call, table, try view("userquery", value, options))
            case "$apply": return try apply(call, table, value, options)
            case "sql": return try sql(call, table, value, options)
            default: break
            }
        }
        return nil
    }

    private mutating func apply(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ value: String,
        _ options: [(name: String, value: String)]
    ) throws(DataverseError) -> DataverseAnswer {
        var text = DataverseQueryText()
        for (name, value) in options { try text.take(name, value) }
        var apply = try DataverseApply(try text.resolved(value), table: table)
        if let order = text.order { apply.order(by: try text.resolved(order)) }
        apply.fetch.top = text.top
        var filter: DataverseFilter?
        for written in [apply.filter, text.filter] {
            guard let written else { continue }
            let resolved = try text.resolved(written)
            let parsed = try DataverseFilterParser.filter(
                resolved,
                table: table,
                schema: store.schema,
                moment: moment(call)
            )
            filter = DataverseFilter.both(filter, parsed)
        }
        return try fetch(call, table, apply.fetch, filter: filter)
    }

    /// FetchXML as sent: clients escape it once or twice.
    private static func plain(_ text: String) -> String {
        text.hasPrefix("%3C") || text.hasPrefix("%3c") ? FormDecoding.path(text) ?? text : text
    }

    /// The FetchXML of a view.
    private func view(
        _ table: String,
        _ value: String,
        _ options: [(name: String, value: String)]
    ) throws(DataverseError) -> DataverseFetch {
        guard let id = SandboxGUID(value) else { throw .invalidKey(table) }
        guard let xml = store.value(table, id, "fetchxml") else { throw .missing(table, id.description) }
        return try DataverseFetch(xml: DataverseValue.text(xml))
    }

    private mutating func sql(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ text: String,
        _ options: [(name: String, value: String)]
    ) throws(DataverseError) -> DataverseAnswer {
        var fetch = try DataverseFetch(sql: text)
        if let token = options.first(where: { $0.name == "$skiptoken" })?.value {
            guard let cookie = PagingCookie(token) else { throw .syntax("Malformed XML in the paging cookie.") }
            fetch.page = cookie.page
        }
        return try self.fetch(call, table, fetch, isSQL: true)
    }

    /// Answers a query.
    mutating func fetch(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ fetch: DataverseFetch,
        isSQL: Bool = false,
        filter: DataverseFilter? = nil
    ) throws(DataverseError) -> DataverseAnswer {
        guard fetch.root.table == table.name else {
            throw DataverseError(
                400,
                "0x80060888",
                "The entity name '\(fetch.root.table)' of the query does not match the resource '\(table.set)'."
            )
        }
        let plan = try DataverseFetchPlan(fetch, schema: store.schema, moment: moment(call), filter: filter)
        store.prepare(plan.tables[0].filter, plan.tables[0].table)
        let rows = DataverseFetchRows(plan, store)
        let annotations = DataverseAnnotations(call.preferences["odata.include-annotations"])
        if fetch.isAggregate { return try aggregate(call, table, fetch, rows) }
        let size = min(fetch.count ?? options.largestPage, options.largestPage)
        // No table has so many rows that a page beyond the limit differs from one at it.
        let first = fetch.offset ?? (min(max(1, fetch.page), 1_000_000_000) - 1) * size
        let isWhole = fetch.isDistinct || !plan.orders.isEmpty || annotations.totals && fetch.hasTotal
        // One row more than the page has tells whether there is another page.
        var all = rows.ordered(rows.rows(limit: isWhole ? .max : first + size + 1))
        let writer = DataverseFetchWriter(rows, fetch, store, annotations)
        if fetch.isDistinct {
            var seen: Set<[UInt8]> = []
            all.removeAll { !seen.insert(writer.content($0)).inserted }
        }
        let total = all.count
        if let top = fetch.top { all = Array(all.prefix(top)) }
        let start = min(all.count, first)
        let page = all[start..<min(all.count, start + size)]
        let hasMore = fetch.offset == nil && page.endIndex < all.count
        var body = DataverseFetchBody(call: call, table: table, context: writer.context)
        if annotations.totals { body.total = fetch.hasTotal ? min(total, Self.largestCount) : -1 }
        if hasMore {
            let ids = store[table.name].ids
            let ends = [page.first, page.last].map { row in row.map { ids[Int($0[0])] } }
            let cookie = PagingCookie(page: fetch.page + 1)
            if annotations.pagingCookie {
                body.cookie = cookie.annotation(key: table.key, first: ends[0], last: ends[1])
            }
            if isSQL {
                let kept = call.query.split(separator: "&").filter { part in
                    FormDecoding.query(part.prefix { $0 != "=" }) != "$skiptoken"
                }
                let token = cookie.encoded(key: table.key, first: ends[0], last: ends[1])
                body.nextLink = "\(call.root)\(call.path)?\(kept.joined(separator: "&"))&$skiptoken=\(token)"
            }
        }
        if annotations.moreRecords { body.moreRecords = hasMore }
        return .json(
            200,
            body.bytes { bytes in
                for (index, row) in page.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    writer.append(row, to: &bytes)
                }
            },
            headers: appliedHeader(call, isPaged: false)
        )
    }

    private func aggregate(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ fetch: DataverseFetch,
        _ rows: DataverseFetchRows
    ) throws(DataverseError) -> DataverseAnswer {
        var groups = try DataverseFetchGroups(rows: rows).groups(rows.rows())
        if let offset = fetch.offset { groups = Array(groups.dropFirst(offset)) }
        groups = Array(groups.prefix(fetch.top ?? fetch.count ?? options.largestPage))
        let body = DataverseFetchBody(call: call, table: table, context: rows.plan.columns.map(\.name))
        return .json(
            200,
            body.bytes { bytes in
                for (index, group) in groups.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    bytes.append(contentsOf: group.bytes)
                }
            },
            headers: appliedHeader(call, isPaged: false)
        )
    }
}
