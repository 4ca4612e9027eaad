/// One borrowed field of a row: its tag and its bytes, valid only as long as the row's memory.
public struct RawField {
    /// The kind of value.
    public let tag: FieldTag
    /// The bytes of a number or text, empty for the other kinds.
    public let bytes: UnsafeRawBufferPointer

    /// Creates a field of a tag and its bytes.
    @inlinable
    public init(tag: FieldTag, bytes: UnsafeRawBufferPointer) {
        self.tag = tag
        self.bytes = bytes
    }

    /// Whether two fields hold the same kind and the same bytes.
    @inlinable
    public func hasSameBytes(as other: RawField) -> Bool {
        tag == other.tag && bytes.hasSameBytes(as: other.bytes)
    }

    /// The field as a value; nil when it is absent, or stands for the other half of a base.
    public var value: Value? {
        switch tag {
        case .absent, .same: nil
        case .null: .null
        case .no: .boolean(false)
        case .yes: .boolean(true)
        case .number: .number(String(decoding: bytes, as: UTF8.self))
        case .text: .text(String(decoding: bytes, as: UTF8.self))
        case .unkept: .unkept(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension RowView {
    /// One field of the row.
    @inlinable
    public func field(at position: Int) -> RawField {
        RawField(tag: tag(at: position), bytes: fieldBytes(at: position))
    }
}

extension Value {
    /// Calls a function with the value in the form of a row's field, valid during the call only.
    func withRawField<Result>(_ body: (RawField) -> Result) -> Result {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        switch self {
        case .null: return body(RawField(tag: .null, bytes: empty))
        case .boolean(let boolean): return body(RawField(tag: boolean ? .yes : .no, bytes: empty))
        case .number(let text), .text(let text), .unkept(let text):
            let tag: FieldTag =
                switch self {
                case .number: .number
                case .unkept: .unkept
                case .null, .boolean, .text: .text
                }
            var copy = text
            return copy.withUTF8 { body(RawField(tag: tag, bytes: UnsafeRawBufferPointer($0))) }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether two pieces of memory hold the same bytes, compared eight at a time.
    @inlinable
    public func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let one = baseAddress, let two = other.baseAddress else { return true }
        guard count >= 8 else { return hasSameFewBytes(one, two) }
        var offset = 0
        let last = count &- 8
        while offset < last {
            let left = one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard left == two.loadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
            offset &+= 8
        }
        // The last eight bytes may overlap those already compared.
        return one.loadUnaligned(fromByteOffset: last, as: UInt64.self)
            == two.loadUnaligned(fromByteOffset: last, as: UInt64.self)
    }

    @inlinable
    func hasSameFewBytes(_ one: UnsafeRawPointer, _ two: UnsafeRawPointer) -> Bool {
        for offset in 0..<count {
            guard
                one.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
                    == two.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
            else { return false }
        }
        return true
    }
}

extension String {
    /// Whether both texts are the same bytes: canonical equivalents that `==` takes for the same are not.
    func hasSameBytes(as other: String) -> Bool {
        // Most that differ do so in length, and that is known without looking at them.
        guard utf8.count == other.utf8.count else { return false }
        let answer = utf8.withContiguousStorageIfAvailable { one in
            other.utf8.withContiguousStorageIfAvailable { two in
                UnsafeRawBufferPointer(one).hasSameBytes(as: UnsafeRawBufferPointer(two))
            }
        }
        return answer.flatMap(\.self) ?? utf8.elementsEqual(other.utf8)
    }
}
