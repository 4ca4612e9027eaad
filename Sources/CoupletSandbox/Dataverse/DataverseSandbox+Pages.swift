/// Which records a page of a query has.
extension DataverseSandbox {
    /// The places of a page, and where the next one begins; nil where this one is the last.
    struct Page {
        var places: [Int]
        var next: Int?
    }

    /// A page in the order of creation: the records from a place on that satisfy the filter.
    func pageInPlace(
        _ table: DataverseTable,
        _ query: DataverseQuery,
        from start: Int,
        limit: Int,
        among members: [Int]? = nil
    ) -> Page {
        let scan = DataverseScan(store, table)
        let (records, filter) = (scan.records, query.filter)
        var page = Page(places: [], next: nil)
        if let some = members ?? filter?.onlyIDs.map({ $0.compactMap { records.place(of: $0) } }) {
            for place in some.sorted() where place >= start && filter?.matches(scan, place) ?? true {
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
    func orderedPage(
        _ table: DataverseTable,
        _ query: DataverseQuery,
        skipping: Int,
        limit: Int,
        among members: [Int]? = nil
    ) -> Page {
        let scan = DataverseScan(store, table)
        let (records, filter) = (scan.records, query.filter)
        var keyed: [(keys: [DataverseValue], place: Int)] = []
        for place in members ?? Array(records.ids.indices) where records.present[place] {
            guard filter?.matches(scan, place) ?? true else { continue }
            keyed.append((query.order.map { scan.value(of: $0.operand, place) }, place))
        }
        Self.sort(&keyed, by: query.order)
        let end = min(keyed.count, skipping + limit)
        guard skipping < end else { return Page(places: [], next: nil) }
        return Page(places: keyed[skipping..<end].map(\.place), next: end < keyed.count ? end : nil)
    }

    /// Places in the order asked for; without one, as they are.
    static func ordered(_ places: [Int], by order: [DataverseQuery.Order], _ scan: DataverseScan) -> [Int] {
        guard !order.isEmpty else { return places }
        var keyed = places.map { place in (keys: order.map { scan.value(of: $0.operand, place) }, place: place) }
        sort(&keyed, by: order)
        return keyed.map(\.place)
    }

    private static func sort(_ keyed: inout [(keys: [DataverseValue], place: Int)], by order: [DataverseQuery.Order]) {
        keyed.sort { left, right in
            for (index, order) in order.enumerated() {
                let (one, two) = (left.keys[index], right.keys[index])
                if one.equals(two) { continue }
                let isBefore = one == .null || (two != .null && one.precedes(two) == true)
                return isBefore != order.isDescending
            }
            return left.place < right.place
        }
    }

    /// How many records satisfy a filter.
    func count(_ table: DataverseTable, _ filter: DataverseFilter?, among members: [Int]? = nil) -> Int {
        let scan = DataverseScan(store, table)
        if let members { return members.count { filter?.matches(scan, $0) ?? true } }
        guard let filter else { return scan.records.count }
        return scan.records.ids.indices.count { scan.records.present[$0] && filter.matches(scan, $0) }
    }
}
