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
        if let some = members?.sorted() ?? records.places(filter, table) {
            for place in some where place >= start && filter?.matches(scan, place) ?? true {
                if page.places.count == limit {
                    page.next = place
                    break
                }
                page.places.append(place)
            }
            return page
        }
        var place = max(0, start)
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
        let order = query.order
        let skipping = min(max(0, skipping), records.ids.count)
        // One more than the page has tells whether there is another page.
        var first = Foremost<Keyed>(skipping + limit + 1) { Self.precedes($0, $1, order) }
        func take(_ place: Int) {
            guard records.present[place], filter?.matches(scan, place) ?? true else { return }
            first.insert((order.map { scan.value(of: $0.operand, place) }, place))
        }
        if let some = members ?? records.places(filter, table) {
            for place in some { take(place) }
        } else {
            for place in records.ids.indices { take(place) }
        }
        let keyed = first.sorted()
        let end = min(keyed.count, skipping + limit)
        guard skipping < end else { return Page(places: [], next: nil) }
        return Page(places: keyed[skipping..<end].map(\.place), next: end < keyed.count ? end : nil)
    }

    /// A record and what it is ordered by.
    private typealias Keyed = (keys: [DataverseValue], place: Int)

    /// Places in the order asked for; without one, as they are.
    static func ordered(_ places: [Int], by order: [DataverseQuery.Order], _ scan: DataverseScan) -> [Int] {
        guard !order.isEmpty else { return places }
        let keyed = places.map { place in (keys: order.map { scan.value(of: $0.operand, place) }, place: place) }
        return keyed.sorted { precedes($0, $1, order) }.map(\.place)
    }

    private static func precedes(_ left: Keyed, _ right: Keyed, _ orders: [DataverseQuery.Order]) -> Bool {
        for (index, order) in orders.enumerated() {
            let (one, two) = (left.keys[index], right.keys[index])
            if one.equals(two) { continue }
            let isBefore = one == .null || (two != .null && one.precedes(two) == true)
            return isBefore != order.isDescending
        }
        return left.place < right.place
    }

    /// How many records satisfy a filter.
    func count(_ table: DataverseTable, _ filter: DataverseFilter?, among members: [Int]? = nil) -> Int {
        let scan = DataverseScan(store, table)
        if let members { return members.count { filter?.matches(scan, $0) ?? true } }
        guard let filter else { return scan.records.count }
        if let some = scan.records.places(filter, table) { return some.count { filter.matches(scan, $0) } }
        return scan.records.ids.indices.count { scan.records.present[$0] && filter.matches(scan, $0) }
    }
}
