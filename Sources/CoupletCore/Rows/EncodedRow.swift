/// What kind of value a field of an encoded row holds.
public enum FieldTag: UInt8, Sendable {
    /// The field was not in the answer.
    case absent = 0
    /// JSON null.
    case null = 1
    /// JSON false.
    case no = 2
    /// JSON true.
    case yes = 3
    /// A number; the bytes are its digits as received.
    case number = 4
    /// Text; the bytes are UTF-8 as received, unescaped.
    case text = 5
    /// Only in the CRM half of a base: equal to the ERP half's field.
    case same = 6
    /// A value that is not kept; the bytes are the text of `Value.unkept`.
    case unkept = 7
}

/// One row in one piece of memory: an entry per field (tag and end offset), then the bytes of all fields.
///
/// An entry is 32 bits little-endian: the tag in the upper 4 bits, the field's end offset within the bytes that follow
/// the entries in the lower 28, so a row holds at most 256 MiB. Rows of one layout with equal bytes hold equal values.
public struct EncodedRow: Sendable, Hashable {
    /// The entries and the fields' bytes.
    public let bytes: [UInt8]

    /// Wraps bytes that were encoded before, for example by a store.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Encodes values in the order of a layout; nil means absent.
    public init(_ values: [Value?]) {
        var builder = RowBuilder(fieldCount: values.count)
        for value in values { builder.append(value) }
        self.init(bytes: builder.finish())
    }

    /// Calls a function with a view of the row, valid during the call only.
    public func withView<Result>(fieldCount: Int, _ body: (RowView) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(RowView(bytes: $0, fieldCount: fieldCount)) }
    }

    /// All values in the order of the layout; nil means absent.
    public func values(fieldCount: Int) -> [Value?] {
        withView(fieldCount: fieldCount) { view in (0..<fieldCount).map { view.value(at: $0) } }
    }
}

/// A borrowed row: valid only inside the call that handed it out.
public struct RowView {
    /// The entries and the fields' bytes.
    public let bytes: UnsafeRawBufferPointer
    /// How many fields the row has.
    public let fieldCount: Int

    /// Looks at encoded bytes of a layout with that many fields.
    @inlinable
    public init(bytes: UnsafeRawBufferPointer, fieldCount: Int) {
        self.bytes = bytes
        self.fieldCount = fieldCount
    }

    /// The tag and end offset of a field as stored.
    @inlinable
    public func entry(at field: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: field &* 4, as: UInt32.self))
    }

    /// The kind of value a field holds.
    @inlinable
    public func tag(at field: Int) -> FieldTag {
        FieldTag(rawValue: UInt8(truncatingIfNeeded: entry(at: field) >> 28)) ?? .absent
    }

    /// The bytes of a field's number or text, empty for the other kinds.
    @inlinable
    public func fieldBytes(at field: Int) -> UnsafeRawBufferPointer {
        let start = field == 0 ? 0 : Int(entry(at: field &- 1) & 0x0FFF_FFFF)
        let end = Int(entry(at: field) & 0x0FFF_FFFF)
        let first = fieldCount &* 4
        return UnsafeRawBufferPointer(rebasing: bytes[(first &+ start)..<(first &+ end)])
    }

    /// The value of a field; nil when it is absent.
    public func value(at field: Int) -> Value? {
        switch tag(at: field) {
        case .absent, .same: nil
        case .null: .null
        case .no: .boolean(false)
        case .yes: .boolean(true)
        case .number: .number(String(decoding: fieldBytes(at: field), as: UTF8.self))
        case .text: .text(String(decoding: fieldBytes(at: field), as: UTF8.self))
        case .unkept: .unkept(String(decoding: fieldBytes(at: field), as: UTF8.self))
        }
    }

    /// A copy of the row's bytes.
    public func copy() -> EncodedRow { EncodedRow(bytes: [UInt8](bytes)) }
}

/// Builds the bytes of one row, field by field in the order of its layout.
public struct RowBuilder: Sendable {
    private var entries: [UInt32] = []
    private var content: [UInt8] = []
    private let fieldCount: Int

    /// Starts a row of that many fields.
    public init(fieldCount: Int) {
        self.fieldCount = fieldCount
        entries.reserveCapacity(fieldCount)
    }

    /// Appends a field without bytes.
    public mutating func append(tag: FieldTag) {
        entries.append(UInt32(tag.rawValue) << 28 | UInt32(content.count))
    }

    /// Appends a number or text.
    public mutating func append(tag: FieldTag, bytes: some Sequence<UInt8>) {
        content.append(contentsOf: bytes)
        append(tag: tag)
    }

    /// Appends a value; nil means absent.
    public mutating func append(_ value: Value?) {
        switch value {
        case nil: append(tag: .absent)
        case .null: append(tag: .null)
        case .boolean(let boolean): append(tag: boolean ? .yes : .no)
        case .number(let digits): append(tag: .number, bytes: digits.utf8)
        case .text(let text): append(tag: .text, bytes: text.utf8)
        case .unkept(let text): append(tag: .unkept, bytes: text.utf8)
        }
    }

    /// The row's bytes; fields that were not appended are absent.
    public mutating func finish() -> [UInt8] {
        while entries.count < fieldCount { append(tag: .absent) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(fieldCount * 4 + content.count)
        for entry in entries { withUnsafeBytes(of: entry.littleEndian) { bytes.append(contentsOf: $0) } }
        bytes.append(contentsOf: content)
        return bytes
    }
}
