/// Reading: one record, a set, a count.
extension DataverseSandbox {
    /// The most records that are counted.
    static let largestCount = 5_000

    /// Reads one record; 304 where the caller has its version already.
    func read(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID
    ) throws(DataverseError) -> DataverseAnswer {
        let query = try DataverseQuery(call.query, preferences: call.preferences, table: table, schema: store.schema)
        let records = store[table.name]
        guard let place = records.place(of: id) else { throw .missing(table.name, id.description) }
        let tag = "W/\"\(records.versions[place])\""
        // An answer with annotations depends on more than the record's version.
        if call.condition("if-none-match") == tag, !query.projection.annotations.hasAny {
            return DataverseAnswer(status: 304, headers: [("ETag", tag)])
        }
        return representation(call, table, place, query.projection, status: 200)
    }

    /// An answer with one record.
    func representation(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ place: Int,
        _ projection: DataverseProjection,
        status: Int
    ) -> DataverseAnswer {
        let records = store[table.name]
        var writer = DataverseRowWriter(table: table, projection: projection, store: store)
        var body: [UInt8] = []
        let context = "\(call.root)$metadata#\(table.set)\(projection.contextSuffix)/$entity"
        writer.append(records, place, to: &body, context: context)
        var headers = [("ETag", "W/\"\(records.versions[place])\"")]
        let applied = applied(call, isPaged: false, isTracked: false)
        if !applied.isEmpty { headers.append(("Preference-Applied", applied)) }
        return .json(status, body, headers: headers)
    }

    /// Reads a page of a set.
    func list(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        let query = try DataverseQuery(call.query, preferences: call.preferences, table: table, schema: store.schema)
        let cookie = try cookie(of: query)
        let isTracked = call.preferences["odata.track-changes"] != nil || cookie?.token != nil
        if isTracked || query.options.deltaToken != nil {
            return try changes(call, table, query, cookie)
        }
        let asked = call.preferences["odata.maxpagesize"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let size = min(asked ?? options.largestPage, options.largestPage)
        // Where a page size is given, the service takes no notice of $top.
        let top = asked == nil ? query.options.top : nil
        var page =
            query.order.isEmpty
            ? pageInPlace(table, query, from: Int(cookie?.position ?? 0), limit: min(size, top ?? size))
            : orderedPage(table, query, skipping: Int(cookie?.position ?? 0), limit: min(size, top ?? size))
        if let top, top <= size { page.next = nil }
        var body = DataverseSetBody(call: call, table: table, projection: query.projection)
        if query.options.count { body.count = min(count(table, query.filter), Self.largestCount) }
        body.hasTotals = query.projection.annotations.totals
        if let next = page.next {
            let records = store[table.name]
            let following = PagingCookie(page: (cookie?.page ?? 1) + 1, position: Int64(next))
            let encoded = following.encoded(
                key: table.key,
                first: page.places.first.map { records.ids[$0] },
                last: page.places.last.map { records.ids[$0] }
            )
            body.nextLink = link(call, query, "$skiptoken=\(encoded)")
        }
        return .json(200, body.bytes(page.places, store), headers: appliedHeader(call, isPaged: asked != nil))
    }

    /// The number of records of a set, as text behind a byte order mark.
    func countSegment(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        let query = try DataverseQuery(call.query, preferences: call.preferences, table: table, schema: store.schema)
        let number: Int
        if let text = query.options.deltaToken {
            let token = try token(text, call)
            number = store[table.name].changes(above: token.version, through: desk.version).count
        } else {
            number = min(count(table, query.filter), Self.largestCount)
        }
        let body = [0xEF, 0xBB, 0xBF] + Array(String(number).utf8)
        return DataverseAnswer(status: 200, headers: [("Content-Type", "text/plain")], body: body)
    }

    /// The address of the same query with another part at its end.
    func link(_ call: DataverseCall, _ query: DataverseQuery, _ last: String) -> String {
        let kept = query.raw(without: ["$skiptoken", "$deltatoken"])
        return "\(call.root)\(call.path)?\(kept.isEmpty ? "" : kept + "&")\(last)"
    }

    /// The cookie of a query; an error where it is none of ours.
    private func cookie(of query: DataverseQuery) throws(DataverseError) -> PagingCookie? {
        guard let text = query.options.skipToken else { return nil }
        guard let cookie = PagingCookie(text) else { throw .syntax("Malformed XML in the paging cookie.") }
        return cookie
    }

    /// The preferences that were obeyed, as the answer repeats them.
    func applied(_ call: DataverseCall, isPaged: Bool, isTracked: Bool) -> String {
        var applied: [String] = []
        let preferences = call.preferences
        if call.method != "GET", call.wantsRepresentation { applied.append("return=representation") }
        if isTracked { applied.append("odata.track-changes") }
        if isPaged, let size = preferences["odata.maxpagesize"] { applied.append("odata.maxpagesize=\(size)") }
        if let names = preferences["odata.include-annotations"] {
            applied.append("odata.include-annotations=\"\(names)\"")
        }
        return applied.joined(separator: ", ")
    }

    func appliedHeader(
        _ call: DataverseCall,
        isPaged: Bool,
        isTracked: Bool = false
    ) -> [(name: String, value: String)] {
        let applied = applied(call, isPaged: isPaged, isTracked: isTracked)
        return applied.isEmpty ? [] : [("Preference-Applied", applied)]
    }
}
