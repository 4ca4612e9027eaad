/// What a feed said about one record.
public enum RowKind: UInt8, Sendable {
    /// The record with its fields.
    case present = 0
    /// A tombstone: the remote says that the record was deleted.
    case tombstone = 1
}

/// Many rows of one layout in one buffer, with each row's record id and version.
public struct RowPage: Sendable {
    /// The layout of every row.
    public let layout: RowLayout
    /// The record ids, in the order received.
    public private(set) var ids: [RecordID] = []
    private var kinds: [RowKind] = []
    private var buffer: [UInt8] = []
    private var rowEnds: [Int] = []
    private var versionBuffer: [UInt8] = []
    private var versionEnds: [Int] = []

    /// Creates an empty page.
    public init(layout: RowLayout) { self.layout = layout }

    /// Creates a page from columns that a decoder filled, without going through the rows one by one.
    ///
    /// The columns agree: `kinds`, `rowEnds` and `versionEnds` have an element per id, and the ends do not fall.
    /// - Parameters:
    ///   - layout: The layout of every row.
    ///   - ids: The record ids.
    ///   - kinds: What each row is.
    ///   - rows: The encoded rows, one after another.
    ///   - rowEnds: Where each row ends in `rows`.
    ///   - versions: The versions' UTF-8, one after another.
    ///   - versionEnds: Where each version ends in `versions`.
    public init(
        layout: RowLayout,
        ids: [RecordID],
        kinds: [RowKind],
        rows: [UInt8],
        rowEnds: [Int],
        versions: [UInt8],
        versionEnds: [Int]
    ) {
        precondition(kinds.count == ids.count && rowEnds.count == ids.count && versionEnds.count == ids.count)
        precondition((rowEnds.last ?? 0) == rows.count && (versionEnds.last ?? 0) == versions.count)
        self.layout = layout
        self.ids = ids
        self.kinds = kinds
        buffer = rows
        self.rowEnds = rowEnds
        versionBuffer = versions
        self.versionEnds = versionEnds
    }

    /// How many rows the page holds.
    public var count: Int { ids.count }
    /// How many bytes the rows take.
    public var byteCount: Int { buffer.count }

    /// Reserves memory for a page whose size is known or guessed.
    public mutating func reserve(rows: Int, bytes: Int) {
        ids.reserveCapacity(rows)
        kinds.reserveCapacity(rows)
        rowEnds.reserveCapacity(rows)
        versionEnds.reserveCapacity(rows)
        buffer.reserveCapacity(bytes)
    }

    /// Appends a row; the version is the remote's own text, empty when it gave none.
    public mutating func append(
        id: RecordID,
        version: some Collection<UInt8>,
        kind: RowKind,
        row: some Collection<UInt8>
    ) {
        ids.append(id)
        kinds.append(kind)
        buffer.append(contentsOf: row)
        rowEnds.append(buffer.count)
        versionBuffer.append(contentsOf: version)
        versionEnds.append(versionBuffer.count)
    }

    /// Whether a row is a record or a tombstone.
    public func kind(at index: Int) -> RowKind { kinds[index] }

    /// The version of a row, empty when the remote gave none.
    public func version(at index: Int) -> String {
        let start = index == 0 ? 0 : versionEnds[index - 1]
        return String(decoding: versionBuffer[start..<versionEnds[index]], as: UTF8.self)
    }

    /// Calls a function with a view of a row, valid during the call only.
    public func withRow<Result>(at index: Int, _ body: (RowView) throws -> Result) rethrows -> Result {
        let start = index == 0 ? 0 : rowEnds[index - 1]
        return try buffer.withUnsafeBytes { bytes in
            let row = UnsafeRawBufferPointer(rebasing: bytes[start..<rowEnds[index]])
            return try body(RowView(bytes: row, fieldCount: layout.fields.count))
        }
    }

    /// A copy of a row.
    public func row(at index: Int) -> EncodedRow { withRow(at: index) { $0.copy() } }

    /// Calls a function with the memory of all rows: the bytes and each row's end offset.
    public func withRows<Result>(
        _ body: (UnsafeRawBufferPointer, UnsafeBufferPointer<Int>) throws -> Result
    ) rethrows -> Result {
        try buffer.withUnsafeBytes { bytes in try rowEnds.withUnsafeBufferPointer { try body(bytes, $0) } }
    }
}
