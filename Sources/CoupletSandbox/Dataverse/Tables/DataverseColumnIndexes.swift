/// Where records with a value in a column are found, for the columns that were asked for.
struct DataverseColumnIndexes: Sendable {
    private struct Entry: Sendable {
        let position: Int
        let type: DataverseColumnType
        var places: PlaceIndex
    }

    /// No table is asked by more columns than that.
    private static let most = 24

    private var entries: [Entry] = []

    /// Makes the index of a column if there is none.
    mutating func prepare(_ position: Int, _ type: DataverseColumnType, _ rows: [DataverseRow]) {
        guard type.isFound else { return }
        if let index = entries.firstIndex(where: { $0.position == position }) {
            guard entries[index].places.isCrowded else { return }
            entries.remove(at: index)
        }
        guard entries.count < Self.most else { return }
        var places = PlaceIndex(places: rows.count)
        for (place, row) in rows.enumerated() {
            if let hash = Self.hash(row, position, type) { places.add(place, hash) }
        }
        entries.append(Entry(position: position, type: type, places: places))
    }

    /// Notes that the values at a place have changed; nil for no record.
    mutating func move(_ place: Int, from old: DataverseRow?, to new: DataverseRow?) {
        for index in entries.indices {
            let (position, type) = (entries[index].position, entries[index].type)
            let before = old.flatMap { Self.hash($0, position, type) }
            let after = new.flatMap { Self.hash($0, position, type) }
            if before == after { continue }
            if let before { entries[index].places.remove(place, before) }
            if let after { entries[index].places.add(place, after) }
        }
    }

    /// The places that may have one of some values, in no order; nil where there is no index, or where these are more
    /// than so many.
    func places(_ position: Int, _ values: some Collection<DataverseValue>, limit: Int) -> [Int]? {
        guard let entry = entries.first(where: { $0.position == position }) else { return nil }
        var found: [Int] = []
        for value in values {
            guard let hash = value.stableHash, let some = entry.places.places(hash, limit: limit - found.count) else {
                return nil
            }
            found += some
        }
        return found
    }

    private static func hash(_ row: DataverseRow, _ position: Int, _ type: DataverseColumnType) -> UInt64? {
        row.withValue(position) { json in
            if json.isEmpty { return nil }
            guard type.isText, json.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) else {
                return DataverseValue(json: json, type: type).stableHash
            }
            var hash = StableHash()
            for byte in json.dropFirst().dropLast() {
                hash.combine(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
            }
            return hash.value
        }
    }
}

extension DataverseColumnType {
    /// Whether records are found by their values: not by those that many records share, and not by moments.
    fileprivate var isFound: Bool {
        switch self {
        case .text, .guid, .lookup, .integer, .bigInteger, .decimal, .double, .money: true
        case .memo, .boolean, .choice, .choices, .state, .status, .tableName, .dateTime, .date: false
        }
    }
}

extension DataverseValue {
    /// A hash that equal values have, the same in every run; nil for values that nobody is found by.
    fileprivate var stableHash: UInt64? {
        switch self {
        case .text(let text): StableHash.hash(text.utf8)
        case .number(let number): (number == 0 ? 0 : number.bitPattern) &* 0x9E37_79B9_7F4A_7C15
        case .guid(let id): (id.high ^ id.low) &* 0x9E37_79B9_7F4A_7C15
        case .null, .boolean, .instant: nil
        }
    }
}
