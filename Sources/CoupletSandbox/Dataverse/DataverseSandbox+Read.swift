/// Reading: one record, a set, a count.
extension DataverseSandbox {
    /// The most records that are counted.
    static let largestCount = 5_000

    /// Reads the query of a call.
    func query(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseQuery {
        try DataverseQuery(
            call.query,
            preferences: call.preferences,
            table: table,
            schema: store.schema,
            moment: moment(call)
        )
    }

    /// Who asks and when.
    func moment(_ call: DataverseCall) -> DataverseMoment {
        DataverseMoment(now: call.now, caller: store.caller, businessUnit: store.businessUnit)
    }

    /// Reads one record; 304 where the caller has its version already.
    func read(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID
    ) throws(DataverseError) -> DataverseAnswer {
        let query = try query(call, table)
        let records = store[table.name]
        guard let place = records.place(of: id) else { throw .missing(table.name, id.description) }
        let tag = "W/\"\(records.versions[place])\""
        // An answer with annotations depends on more than the record's version.
        if call.condition("if-none-match") == tag, !query.projection.annotations.hasAny,
            !query.hasExpansions
        {
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
        let applied = applied(call, isPaged: call.method == "GET", isTracked: false)
        if !applied.isEmpty { headers.append(("Preference-Applied", applied)) }
        return .json(status, body, headers: headers)
    }

    /// Reads a page of a set, or of those of its records that are named.
    mutating func list(
        _ call: DataverseCall,
        _ table: DataverseTable,
        among members: [Int]? = nil
    ) throws(DataverseError) -> DataverseAnswer {
        let query = try query(call, table)
        if members == nil { store.prepare(query.filter, table) }
        let cookie = try cookie(of: query)
        let isTracked = call.preferences["odata.track-changes"] != nil || cookie?.token != nil
        if members == nil, isTracked || query.deltaToken != nil { return try changes(call, table, query, cookie) }
        var asked = call.preferences["odata.maxpagesize"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let size = min(asked ?? options.largestPage, options.largestPage)
        // Of the two sizes the smaller one counts: the service takes no notice of a $top beyond the page.
        let top = query.top.flatMap { $0 <= size || asked == nil ? $0 : nil }
        if top != nil { asked = nil }
        let limit = min(size, top ?? size)
        let isOrdered = !query.order.isEmpty
        let start = position(of: cookie, table, isOrdered: isOrdered)
        var page =
            isOrdered
            ? orderedPage(table, query, skipping: start, limit: limit, among: members)
            : pageInPlace(table, query, from: start, limit: limit, among: members)
        if let top, top <= size { page.next = nil }
        var body = DataverseSetBody(call: call, table: table, projection: query.projection)
        if query.count { body.count = min(count(table, query.filter, among: members), Self.largestCount) }
        body.hasTotals = query.projection.annotations.totals
        if let next = page.next {
            let ids = store[table.name].ids
            let following = PagingCookie(page: (cookie?.page ?? 1) + 1, position: isOrdered ? Int64(next) : nil)
            let encoded = following.encoded(
                key: table.key,
                first: page.places.first.map { ids[$0] },
                last: page.places.last.map { ids[$0] }
            )
            body.nextLink = link(call, query, "$skiptoken=\(encoded)")
        }
        return .json(200, body.bytes(page.places, store), headers: appliedHeader(call, isPaged: asked != nil))
    }

    /// Where a page begins.
    private func position(of cookie: PagingCookie?, _ table: DataverseTable, isOrdered: Bool) -> Int {
        if let position = cookie?.position { return Int(clamping: position) }
        guard !isOrdered, let last = cookie?.last, let place = store[table.name].lastPlace(of: last) else { return 0 }
        return place + 1
    }

    /// The number of records of a set, as text behind a byte order mark.
    mutating func countSegment(
        _ call: DataverseCall,
        _ table: DataverseTable,
        among members: [Int]? = nil
    ) throws(DataverseError) -> DataverseAnswer {
        let query = try query(call, table)
        if members == nil { store.prepare(query.filter, table) }
        let number: Int
        if let text = query.deltaToken {
            let token = try token(text, call)
            number = store[table.name].changes(above: token.version, through: desk.version).count
        } else {
            number = min(count(table, query.filter, among: members), Self.largestCount)
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
        guard let text = query.skipToken else { return nil }
        guard let cookie = PagingCookie(text) else { throw .syntax("Malformed XML in the paging cookie.") }
        return cookie
    }

    /// The preferences that were obeyed, as the answer repeats them.
    func applied(_ call: DataverseCall, isPaged: Bool, isTracked: Bool) -> String {
        var applied: [String] = []
        let preferences = call.preferences
        if call.method != "GET", call.wantsRepresentation { applied.append("return=representation") }
        if isTracked { applied.append("odata.track-changes") }
        if let names = preferences["odata.include-annotations"] {
            applied.append("odata.include-annotations=\"\(names)\"")
        }
        if isPaged, let size = preferences["odata.maxpagesize"] { applied.append("odata.maxpagesize=\(size)") }
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
