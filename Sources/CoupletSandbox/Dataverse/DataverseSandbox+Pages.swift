/// Which records a page of a query has.
extension DataverseSandbox {
    /// The places of a page, and where the next one begins; nil where this one is the last.
    struct Page {
        var places: [Int]
        var next: Int?
    }

    /// A page in the order of creation: the records from a place on that satisfy the filter.
    func pageInPlace(_ table: DataverseTable, _ query: DataverseQuery, from start: Int, limit: Int) -> Page {
        let scan = DataverseScan(store, table)
        let (records, filter) = (scan.records, query.filter)
        var page = Page(places: [], next: nil)
        if let ids = filter?.onlyIDs {
            let places = ids.compactMap { records.place(of: $0) }.filter { $0 >= start }.sorted()
            for place in places where filter?.matches(scan, place) ?? true {
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
            if records.present[place], filter?.matches(scan, place) ?? true {
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
        let scan = DataverseScan(store, table)
        let (records, filter) = (scan.records, query.filter)
        var keyed: [(keys: [DataverseValue], place: Int)] = []
        for place in records.ids.indices where records.present[place] {
            guard filter?.matches(scan, place) ?? true else { continue }
            keyed.append((query.order.map { scan.value(of: $0.operand, place) }, place))
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
        let scan = DataverseScan(store, table)
        guard let filter else { return scan.records.count }
        return scan.records.ids.indices.count { scan.records.present[$0] && filter.matches(scan, $0) }
    }
}
