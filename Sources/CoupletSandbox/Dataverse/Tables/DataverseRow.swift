/// The values of one record: for each column that has one, its position, a length and the value as JSON.
///
/// Answers copy these bytes; nothing is parsed or escaped to write a page. The primary key and the version are not here
/// but in columns of their own in ``DataverseRows``. Values that many records have alike may be kept once for all.
struct DataverseRow: Sendable {
    /// Values that several rows have together.
    final class Shared: Sendable {
        fileprivate let bytes: [UInt8]

        fileprivate init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    /// Where the value of a column lies.
    struct Location: Sendable {
        /// Whether it is among the shared ones.
        let isShared: Bool
        /// The place of the JSON; empty for no value.
        let range: Range<Int>

        /// The location of a column without a value.
        static let none = Location(isShared: false, range: 0..<0)

        /// Whether there is no value.
        var isEmpty: Bool { range.isEmpty }
    }

    /// Entries in the order of the columns: one byte of position, three of length (low byte first), the JSON.
    private var bytes: [UInt8]
    /// Entries of other columns, in the same form.
    private var shared: Shared?

    /// A row without values.
    init() { bytes = [] }

    /// A row of the given values; `nil` and missing positions have none.
    init(_ values: [Int: [UInt8]?]) {
        bytes = []
        for (position, value) in values.sorted(by: { $0.key < $1.key }) {
            if let value { Self.append(position, value[...], to: &bytes) }
        }
    }

    /// Whether no column has a value.
    var isEmpty: Bool { bytes.isEmpty && shared == nil }

    /// The JSON of a column; nil where the column has no value.
    func value(_ position: Int) -> ArraySlice<UInt8>? {
        if let range = Self.range(of: position, in: bytes) { return bytes[range] }
        guard let shared, let range = Self.range(of: position, in: shared.bytes) else { return nil }
        return shared.bytes[range]
    }

    /// Gives the JSON of a column to a body, without copying; empty where the column has no value.
    func withValue<Result>(_ position: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let range = Self.range(of: position, in: bytes) {
            return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
        }
        let range = shared.flatMap { Self.range(of: position, in: $0.bytes) } ?? 0..<0
        return (shared?.bytes ?? bytes).withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Puts in `locations` where the JSON of each column lies.
    func locate(in locations: inout [Location]) {
        for position in locations.indices { locations[position] = .none }
        for (part, isShared) in [(bytes, false), (shared?.bytes ?? [], true)] {
            var index = 0
            while index < part.count {
                let entry = Self.entry(part, index)
                locations[entry.position] = Location(isShared: isShared, range: entry.range)
                index = entry.range.upperBound
            }
        }
    }

    /// The JSON at a location.
    func json(_ location: Location) -> ArraySlice<UInt8> {
        location.isShared ? shared?.bytes[location.range] ?? [] : bytes[location.range]
    }

    /// The most columns that a table can have.
    static let mostColumns = 250

    /// The row with its values at other positions; values whose position is not named are left out.
    func rearranged(_ positions: [Int: Int]) -> DataverseRow {
        var values: [Int: [UInt8]?] = [:]
        for (old, new) in positions { values[new] = value(old).map { Array($0) } }
        return DataverseRow(values)
    }

    /// The row with some values replaced; a value of nil takes the column's value away.
    func replacing(_ changes: [Int: [UInt8]?]) -> DataverseRow {
        var result = DataverseRow()
        result.bytes.reserveCapacity(bytes.count + (shared?.bytes.count ?? 0) + 32)
        var pending = changes.sorted { $0.key < $1.key }[...]
        visit { position, entry in
            while let change = pending.first, change.key < position {
                if let value = change.value { Self.append(change.key, value[...], to: &result.bytes) }
                pending.removeFirst()
            }
            if let change = pending.first, change.key == position {
                if let value = change.value { Self.append(position, value[...], to: &result.bytes) }
                pending.removeFirst()
            } else {
                result.bytes.append(contentsOf: entry)
            }
        }
        for change in pending {
            if let value = change.value { Self.append(change.key, value[...], to: &result.bytes) }
        }
        return result
    }
}

extension DataverseRow {
    /// The row with the values of some columns kept together with other rows that have the same ones.
    /// - Parameters:
    ///   - positions: whether the column at a position is one of them.
    ///   - pool: what rows have together so far.
    /// - Returns: a row with the same values.
    func sharing(_ positions: [Bool], _ pool: inout [[UInt8]: Shared]) -> DataverseRow {
        var (row, together): (DataverseRow, [UInt8]) = (DataverseRow(), [])
        visit { position, entry in
            if positions[position] {
                together.append(contentsOf: entry)
            } else {
                row.bytes.append(contentsOf: entry)
            }
        }
        guard !together.isEmpty else { return self }
        // Room that was left for growth would cost as much as sharing saves.
        row.bytes = Array(row.bytes[...])
        row.shared = pool[together]
        if row.shared == nil {
            // Where hardly two rows are alike, it does not help to remember them all.
            if pool.count >= 4_096 { pool = [:] }
            let values = Shared(together)
            pool[together] = values
            row.shared = values
        }
        return row
    }

    /// Gives the entries of all columns that have a value, in the order of the columns.
    private func visit(_ body: (Int, ArraySlice<UInt8>) -> Void) {
        let others = shared?.bytes ?? []
        var (index, other) = (0, 0)
        while index < bytes.count || other < others.count {
            if other == others.count || index < bytes.count && bytes[index] < others[other] {
                let entry = Self.entry(bytes, index)
                body(entry.position, bytes[index..<entry.range.upperBound])
                index = entry.range.upperBound
            } else {
                let entry = Self.entry(others, other)
                body(entry.position, others[other..<entry.range.upperBound])
                other = entry.range.upperBound
            }
        }
    }

    private static func entry(_ bytes: [UInt8], _ index: Int) -> (position: Int, range: Range<Int>) {
        let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
        return (Int(bytes[index]), (index + 4)..<(index + 4 + length))
    }

    private static func range(of position: Int, in bytes: [UInt8]) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count, bytes[index] <= UInt8(position) {
                let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
                if bytes[index] == UInt8(position) { return (index + 4)..<(index + 4 + length) }
                index += 4 + length
            }
            return nil
        }
    }

    private static func append(_ position: Int, _ json: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(position))
        bytes.append(UInt8(truncatingIfNeeded: json.count))
        bytes.append(UInt8(truncatingIfNeeded: json.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: json.count >> 16))
        bytes.append(contentsOf: json)
    }
}
