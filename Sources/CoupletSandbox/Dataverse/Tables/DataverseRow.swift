/// The values of one record: for each column that has one, its position, a length and the value as JSON.
///
/// Answers copy these bytes; nothing is parsed or escaped to write a page. The primary key and the version are not here
/// but in columns of their own in ``DataverseRows``.
struct DataverseRow: Sendable {
    /// Entries in the order of the columns: one byte of position, three of length (low byte first), the JSON.
    private(set) var bytes: [UInt8]

    /// A row without values.
    init() { bytes = [] }

    /// A row of the given values; `nil` and missing positions have none.
    init(_ values: [Int: [UInt8]?]) {
        bytes = []
        for (position, value) in values.sorted(by: { $0.key < $1.key }) {
            if let value { Self.append(position, value[...], to: &bytes) }
        }
    }

    /// The JSON of a column; nil where the column has no value.
    func value(_ position: Int) -> ArraySlice<UInt8>? {
        var index = 0
        while index < bytes.count {
            let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
            if bytes[index] == UInt8(position) { return bytes[(index + 4)..<(index + 4 + length)] }
            if bytes[index] > UInt8(position) { return nil }
            index += 4 + length
        }
        return nil
    }

    /// Gives the JSON of a column to a body, without copying; empty where the column has no value.
    func withValue<Result>(_ position: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count, bytes[index] <= UInt8(position) {
                let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
                if bytes[index] == UInt8(position) {
                    return body(UnsafeBufferPointer(rebasing: bytes[(index + 4)..<(index + 4 + length)]))
                }
                index += 4 + length
            }
            return body(UnsafeBufferPointer(rebasing: bytes[0..<0]))
        }
    }

    /// Puts in `ranges` where the JSON of each column lies; columns without a value get an empty range.
    func locate(in ranges: inout [Range<Int>]) {
        for position in ranges.indices { ranges[position] = 0..<0 }
        var index = 0
        while index < bytes.count {
            let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
            ranges[Int(bytes[index])] = (index + 4)..<(index + 4 + length)
            index += 4 + length
        }
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
        result.bytes.reserveCapacity(bytes.count + 32)
        var pending = changes.sorted { $0.key < $1.key }[...]
        var index = 0
        while index < bytes.count {
            let position = Int(bytes[index])
            let length = Int(bytes[index + 1]) | Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) << 16
            while let change = pending.first, change.key < position {
                if let value = change.value { Self.append(change.key, value[...], to: &result.bytes) }
                pending.removeFirst()
            }
            if let change = pending.first, change.key == position {
                if let value = change.value { Self.append(position, value[...], to: &result.bytes) }
                pending.removeFirst()
            } else {
                result.bytes.append(contentsOf: bytes[index..<(index + 4 + length)])
            }
            index += 4 + length
        }
        for change in pending {
            if let value = change.value { Self.append(change.key, value[...], to: &result.bytes) }
        }
        return result
    }

    private static func append(_ position: Int, _ json: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(position))
        bytes.append(UInt8(truncatingIfNeeded: json.count))
        bytes.append(UInt8(truncatingIfNeeded: json.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: json.count >> 16))
        bytes.append(contentsOf: json)
    }
}
