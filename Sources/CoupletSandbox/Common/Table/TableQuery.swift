/// A read of one table: filter, order, and a window of rows.
package struct TableQuery: Sendable {
    /// The rows wanted; all where nil.
    package var filter: CompiledFilter?
    /// Columns to order by before the order of reading; for each whether the greatest comes first.
    package var order: [(column: Int, isDescending: Bool)] = []
    /// That many rows less at the beginning.
    package var skip = 0
    /// At most that many rows.
    package var limit: Int
    /// Only rows after that one, as a former page's `continuation` gave it.
    package var continuation: String?
    /// Whether all rows of the filter are counted.
    package var isCounted = false

    /// Makes a query of the first `limit` rows.
    package init(limit: Int) { self.limit = limit }
}

/// What a query found.
package struct TableResult: Sendable {
    /// The rows in order.
    package var rows: [SandboxRow] = []
    /// Where the next rows begin; nil where there are none.
    package var continuation: String?
    /// Rows of the filter regardless of window, where asked for.
    package var total: Int?
}

extension SandboxTable {
    /// Answers a query.
    ///
    /// Pages continue after the last row's key, so rows that others write in between are neither lost nor repeated.
    /// - Throws: `QueryError` where the continuation is not one of ours.
    package mutating func run(_ query: TableQuery) throws(QueryError) -> TableResult {
        keyOrder.settle(slots, schema)
        if case .values(let column, _) = query.filter?.candidates, count > 512 { indexes.prepare(column, slots) }
        let after = try query.continuation.map { (token) throws(QueryError) in try position(token, query) }
        var result = TableResult()
        if query.isCounted { result.total = total(query.filter) }
        guard query.limit > 0 else { return result }
        if query.order.isEmpty {
            readInKeyOrder(query, after, &result)
        } else {
            readSorted(query, after, &result)
        }
        return result
    }

    /// The number of rows of a filter.
    package func total(_ filter: CompiledFilter?) -> Int {
        guard let filter else { return count }
        if case .values(let column, let texts) = filter.candidates,
            let found = indexes.slots(column, texts, limit: max(1_024, slots.count / 8))
        {
            return Set(found).count { slots[$0].map(filter.matches) ?? false }
        }
        return slots.count { $0.map(filter.matches) ?? false }
    }

    private func readInKeyOrder(_ query: TableQuery, _ after: SortKey?, _ result: inout TableResult) {
        let order = candidates(query.filter)
        var index =
            after.map { key in
                order.partitioningIndex { slot in slots[slot].map { key.precedes(sortKey($0, [])) } ?? false }
            } ?? 0
        var skipped = after == nil ? query.skip : 0
        while index < order.count {
            defer { index += 1 }
            guard let row = slots[order[index]], query.filter?.matches(row) ?? true else { continue }
            if skipped > 0 {
                skipped -= 1
                continue
            }
            if result.rows.count == query.limit {
                result.continuation = result.rows.last.map { sortKey($0, []).token }
                return
            }
            result.rows.append(row)
        }
    }

    private func readSorted(_ query: TableQuery, _ after: SortKey?, _ result: inout TableResult) {
        let skip = after == nil ? min(query.skip, slots.count) : 0
        let limit = min(query.limit, slots.count)
        // One more than the window has tells whether there is more.
        var first = Foremost<(key: SortKey, slot: Int)>(skip + limit + 1) { $0.key.precedes($1.key) }
        for slot in candidates(query.filter) {
            guard let row = slots[slot], query.filter?.matches(row) ?? true else { continue }
            let key = sortKey(row, query.order)
            if let after, !after.precedes(key) { continue }
            first.insert((key, slot))
        }
        let keyed = first.sorted()
        let window = keyed.dropFirst(skip).prefix(limit)
        result.rows = window.compactMap { slots[$0.slot] }
        if skip + window.count < keyed.count { result.continuation = window.last?.key.token }
    }

    /// The slots worth testing, in the order of reading.
    private func candidates(_ filter: CompiledFilter?) -> [Int] {
        var found: [Int]
        switch filter?.candidates ?? .all {
        case .all: return keyOrder.sorted
        case .ids(let ids): found = Set(ids).compactMap(slot(id:))
        case .naturalKeys(let keys): found = Set(keys).compactMap(slot(naturalKey:))
        case .parent(let parent): found = slots(parent: parent)
        case .values(let column, let texts):
            guard let some = indexes.slots(column, texts, limit: max(1_024, slots.count / 8)) else {
                return keyOrder.sorted
            }
            found = Array(Set(some))
        case .modifiedSince(let instant):
            guard isLogOrderedByTime else { return keyOrder.sorted }
            let start = log.partitioningIndex { $0.modifiedAt >= instant }
            guard (log.count - start) * 4 < keyOrder.sorted.count else { return keyOrder.sorted }
            found = log[start...].filter { slots[$0.slot]?.version == $0.version }.map(\.slot)
        }
        found.sort { KeyOrder.precedes(slots[$0], slots[$1], schema) }
        return found
    }
}
