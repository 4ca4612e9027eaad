/// Change tracking: the first pass over a table, and what changed since.
///
/// A pass takes note of the version at its beginning and gives that out at its end, so that a record written while the
/// pages are read is among the next changes, whether a page had it or not. Changes of several pages are bounded above in
/// the same way. A token is refused after seven days, and after the tables were set up anew: 400, code 0x80044352.
extension DataverseSandbox {
    func changes(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ query: DataverseQuery,
        _ cookie: PagingCookie?
    ) throws(DataverseError) -> DataverseAnswer {
        if query.filter != nil { throw .notTracked("$filter") }
        if !query.order.isEmpty { throw .notTracked("$orderby") }
        if query.hasExpansions { throw .notTracked("$expand") }
        if query.top != nil { throw .notTracked("$top") }
        let asked = call.preferences["odata.maxpagesize"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let size = min(asked ?? options.largestPage, options.largestPage)
        let end = cookie?.token ?? DeltaToken(version: desk.version, issued: call.now)
        var body = DataverseSetBody(call: call, table: table, projection: query.projection)
        let places: [Int]
        let following: PagingCookie?
        if let text = query.deltaToken {
            let window = Window(after: try token(text, call), through: end, size: size)
            (places, following) = delta(table, window, cookie, &body)
        } else {
            if cookie?.token.map({ isStale($0, call) }) ?? false { throw .expiredToken }
            let page = pageInPlace(table, query, from: Int(clamping: cookie?.position ?? 0), limit: size)
            places = page.places
            following = page.next.map { next in
                PagingCookie(page: (cookie?.page ?? 1) + 1, position: Int64(next), token: end)
            }
        }
        if let following {
            let ids = store[table.name].ids
            let encoded = following.encoded(
                key: table.key,
                first: places.first.map { ids[$0] },
                last: places.last.map { ids[$0] }
            )
            // The token of the pass stays in the address, so that the next page belongs to the same changes.
            let token = query.deltaToken.flatMap { DeltaToken($0) }.map { "$deltatoken=\($0.encoded)&" } ?? ""
            body.nextLink = link(call, query, "\(token)$skiptoken=\(encoded)")
        } else {
            body.deltaLink = link(call, query, "$deltatoken=\(end.encoded)")
        }
        let headers = appliedHeader(call, isPaged: asked != nil, isTracked: query.deltaToken == nil)
        return .json(200, body.bytes(places, store), headers: headers)
    }

    /// Reads a token that is still valid.
    func token(_ text: String, _ call: DataverseCall) throws(DataverseError) -> DeltaToken {
        guard let token = DeltaToken(text) else {
            throw .syntax("The delta token '\(text)' is not valid.")
        }
        if isStale(token, call) { throw .expiredToken }
        return token
    }

    private func isStale(_ token: DeltaToken, _ call: DataverseCall) -> Bool {
        call.isDeltaTokenStale || token.version < firstTrackedVersion || token.version > desk.version
            || call.now.milliseconds - token.issued.milliseconds > DeltaToken.lifetime
    }

    private struct Window {
        let after: DeltaToken
        let through: DeltaToken
        let size: Int
    }

    /// One page of changes: records that are there first, then deletions, each in the order of their versions.
    private func delta(
        _ table: DataverseTable,
        _ window: Window,
        _ cookie: PagingCookie?,
        _ body: inout DataverseSetBody
    ) -> ([Int], PagingCookie?) {
        body.contextEnd = "/$delta"
        let records = store[table.name]
        let isInDeletions = cookie?.isInDeletions ?? false
        let start = cookie?.position ?? window.after.version
        let all = records.changes(above: window.after.version, through: window.through.version)
        let changed =
            isInDeletions
            ? [] : all.filter { records.present[$0] && records.versions[$0] > start }
        let deletedAbove = isInDeletions ? start : window.after.version
        let deleted = all.filter { !records.present[$0] && records.versions[$0] > deletedAbove }
        let places = Array(changed.prefix(window.size))
        let gone = Array(deleted.prefix(window.size - places.count))
        body.deleted = gone.map { records.ids[$0] }
        let page = (cookie?.page ?? 1) + 1
        if places.count < changed.count, let last = places.last {
            return (places, PagingCookie(page: page, position: records.versions[last], token: window.through))
        }
        guard gone.count < deleted.count else { return (places, nil) }
        let position = gone.last.map { records.versions[$0] } ?? window.after.version
        return (
            places, PagingCookie(page: page, position: position, isInDeletions: true, token: window.through)
        )
    }
}
