/// Which records a page of a query has.
extension DataverseSandbox {
    /// The places of a page, and where the next one begins; nil where this one is the last.
    struct Page {
        var places: [Int]
        var next: Int?
    }

    /// A page in the order of creation: the records from a place on that satisfy the filter.
    func pageInPlace(_ table: DataverseTable, _ query: DataverseQuery, from start: Int, limit: Int) -> Page {
        let records = store[table.name]
        var page = Page(places: [], next: nil)
        if let ids = query.filter?.onlyIDs {
            let places = ids.compactMap { records.place(of: $0) }.filter { $0 >= start }.sorted()
            for place in places where matches(query.filter, table, records, place) {
                if page.places.count == limit {
                    page.next = place
                    break
                }
                page.places.append(place)
            }
            return page
        }
        var place = start
        while place < records.ids.count {
            if records.present[place], matches(query.filter, table, records, place) {
                if page.places.count == limit {
                    page.next = place
                    break
                }
                page.places.append(place)
            }
            place += 1
        }
        return page
    }

    /// A page of an ordered query: so many records after the first ones.
    ///
    /// Without a value comes before any value.
    func orderedPage(_ table: DataverseTable, _ query: DataverseQuery, skipping: Int, limit: Int) -> Page {
        let records = store[table.name]
        var keyed: [(keys: [DataverseValue], place: Int)] = []
        for place in records.ids.indices where records.present[place] {
            guard matches(query.filter, table, records, place) else { continue }
            keyed.append((query.order.map { value(of: $0.operand, table, records, place) }, place))
        }
        keyed.sort { left, right in
            for (index, order) in query.order.enumerated() {
                let (one, two) = (left.keys[index], right.keys[index])
                if one.equals(two) { continue }
                let isBefore = one == .null || (two != .null && one.precedes(two) == true)
                return isBefore != order.isDescending
            }
            return left.place < right.place
        }
        let end = min(keyed.count, skipping + limit)
        guard skipping < end else { return Page(places: [], next: nil) }
        return Page(places: keyed[skipping..<end].map(\.place), next: end < keyed.count ? end : nil)
    }

    /// How many records satisfy a filter.
    func count(_ table: DataverseTable, _ filter: DataverseFilter?) -> Int {
        let records = store[table.name]
        guard let filter else { return records.count }
        return records.ids.indices.count { records.present[$0] && matches(filter, table, records, $0) }
    }

    private func matches(
        _ filter: DataverseFilter?,
        _ table: DataverseTable,
        _ records: DataverseRows,
        _ place: Int
    ) -> Bool {
        guard let filter else { return true }
        return filter.matches { value(of: $0, table, records, place) }
    }

    private func value(
        of operand: DataverseOperand,
        _ table: DataverseTable,
        _ records: DataverseRows,
        _ place: Int
    ) -> DataverseValue {
        let own = value(at: operand.position, table, records, place)
        guard let related = operand.related else { return own }
        guard case .guid(let id) = own, let target = DataverseStore.tables[related.table],
            let other = store[related.table].place(of: id)
        else { return .null }
        return value(at: related.position, target, store[related.table], other)
    }

    private func value(
        at position: Int,
        _ table: DataverseTable,
        _ records: DataverseRows,
        _ place: Int
    ) -> DataverseValue {
        if position == 0 { return .guid(records.ids[place]) }
        let column = table.columns[position]
        if column.attribute == "versionnumber" { return .number(Double(records.versions[place])) }
        return DataverseValue(json: records.rows[place].value(position), type: column.type)
    }
}
