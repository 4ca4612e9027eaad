/// Where the rows with a text in a column are, for the columns that were asked for.
struct ColumnIndexes: Sendable {
    private struct Entry: Sendable {
        let column: Int
        var places: PlaceIndex
    }

    /// No table is asked by more columns than that.
    private static let most = 24

    private var entries: [Entry] = []

    /// Makes the index of a column if there is none.
    mutating func prepare(_ column: Int, _ slots: [SandboxRow?]) {
        if let index = entries.firstIndex(where: { $0.column == column }) {
            guard entries[index].places.isCrowded else { return }
            entries.remove(at: index)
        }
        guard entries.count < Self.most else { return }
        var places = PlaceIndex(places: slots.count)
        for (slot, row) in slots.enumerated() {
            if let row { places.add(slot, Self.hash(row, column)) }
        }
        entries.append(Entry(column: column, places: places))
    }

    /// Notes that a row has changed; nil for no row.
    mutating func move(_ slot: Int, from old: SandboxRow?, to new: SandboxRow?) {
        for index in entries.indices {
            let column = entries[index].column
            let (before, after) = (old.map { Self.hash($0, column) }, new.map { Self.hash($0, column) })
            if before == after { continue }
            if let before { entries[index].places.remove(slot, before) }
            if let after { entries[index].places.add(slot, after) }
        }
    }

    /// The slots that may have one of some texts, in no order; nil where there is no index, or where these are more
    /// than so many.
    func slots(_ column: Int, _ texts: [String], limit: Int) -> [Int]? {
        guard let entry = entries.first(where: { $0.column == column }) else { return nil }
        var found: [Int] = []
        for text in texts {
            guard let some = entry.places.places(StableHash.hash(text.utf8), limit: limit - found.count) else {
                return nil
            }
            found += some
        }
        return found
    }

    private static func hash(_ row: SandboxRow, _ column: Int) -> UInt64 {
        row.fields.withBytes(at: column) { StableHash.hash($0) }
    }
}
