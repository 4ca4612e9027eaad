extension BusinessCentralSandbox {
    mutating func readOne(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        let query = try query(route)
        let row = try existingRow(route)
        return try single(row, route, query, status: 200)
    }

    mutating func readSet(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        let query = try query(route)
        let (pageSize, applied) = try pageSize(route.request)
        var window = try window(query, route, limit: pageSize)
        var remaining = query.top
        if let token = query.skipToken {
            let parts = token.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw .badAddress }
            remaining = Int(parts[0])
            window.continuation = String(parts[1])
        }
        if let remaining { window.limit = min(pageSize, remaining) }
        var result = try run(window, route)
        if let left = remaining, left <= result.rows.count { result.continuation = nil }
        let next = result.continuation.map { token in
            nextLink(route, query.options, "\(remaining.map { String($0 - result.rows.count) } ?? "")-\(token)")
        }
        var response = try page(route, result, query, next)
        if applied { response.headers["Preference-Applied"] = "odata.maxpagesize=\(pageSize)" }
        return response
    }

    mutating func countRows(_ route: Route) throws(BusinessCentralError) -> SandboxResponse {
        var window = try window(try query(route), route, limit: 0)
        window.isCounted = true
        let total = try run(window, route).total ?? 0
        var response = answer(200, Array(String(total).utf8))
        response.headers["Content-Type"] = "text/plain"
        return response
    }

    /// An answer of one record with its tag.
    mutating func single(
        _ row: SandboxRow,
        _ route: Route,
        _ query: BusinessCentralQuery,
        status: Int
    ) throws(BusinessCentralError) -> SandboxResponse {
        var writer = JSONWriter(capacity: 2_048)
        writer.beginObject()
        writer.name("@odata.context")
        writer.string(route.context + "/$entity")
        try write(row, try table(route).schema, route, query, &writer)
        writer.endObject()
        var response = answer(status, writer.bytes)
        if route.entity.hasTag { response.headers["ETag"] = BusinessCentralETag.text(version: row.version) }
        return response
    }

    private mutating func page(
        _ route: Route,
        _ result: TableResult,
        _ query: BusinessCentralQuery,
        _ next: String?
    ) throws(BusinessCentralError) -> SandboxResponse {
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
        for row in result.rows {
            writer.beginObject()
            try write(row, route.entity.schema, route, query, &writer)
            writer.endObject()
        }
        writer.endArray()
        if let next {
            writer.name("@odata.nextLink")
            writer.string(next)
        }
        writer.endObject()
        return answer(200, writer.bytes)
    }

    private func nextLink(_ route: Route, _ options: QueryOptions, _ token: String) -> String {
        let kept = options.rawQuery(without: ["$skiptoken", "$skip", "aid"])
        return "\(route.request.address)?\(kept)\(kept.isEmpty ? "" : "&")aid=FIN&$skiptoken=\(token)"
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
