/// The stored values of a row in one buffer: for each column the length as a variable-length number, then UTF-8;
/// length 0 is absent.
package struct EncodedFields: Sendable, Equatable {
    private let bytes: [UInt8]

    /// Encodes one text a column; empty text is an absent value.
    package init(texts: [String]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(texts.count) { $0 + $1.utf8.count + ($1.utf8.count > 127 ? 2 : 0) })
        for text in texts {
            var length = text.utf8.count
            while length > 127 {
                bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
                length >>= 7
            }
            bytes.append(UInt8(length))
            bytes.append(contentsOf: text.utf8)
        }
        self.bytes = bytes
    }

    /// The values as text in the order of the columns.
    package var texts: [String] {
        var texts: [String] = []
        visit { texts.append(String(decoding: $0, as: UTF8.self)) }
        return texts
    }

    /// The value of one column as text, empty where absent.
    package func text(at column: Int) -> String { withBytes(at: column) { String(decoding: $0, as: UTF8.self) } }

    /// Gives the bytes of one column.
    package func withBytes<Result>(at column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            for _ in 0..<column { position = Self.next(buffer, position).upperBound }
            return body(UnsafeBufferPointer(rebasing: buffer[Self.next(buffer, position)]))
        }
    }

    /// Gives the bytes of each column in order.
    package func visit(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let range = Self.next(buffer, position)
                body(UnsafeBufferPointer(rebasing: buffer[range]))
                position = range.upperBound
            }
        }
    }

    private static func next(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int) -> Range<Int> {
        var (position, length, shift) = (start, 0, 0)
        while buffer[position] & 0x80 != 0 {
            length |= Int(buffer[position] & 0x7F) << shift
            shift += 7
            position += 1
        }
        length |= Int(buffer[position]) << shift
        return position + 1..<position + 1 + length
    }
}

/// One record of a table.
package struct SandboxRow: Sendable {
    /// The record's id.
    package let id: SandboxGUID
    /// The number of the write that made it as it is.
    package internal(set) var version: Int64
    /// When it was created.
    package let createdAt: SandboxInstant
    /// When it was last written.
    package internal(set) var modifiedAt: SandboxInstant
    /// The values of the stored columns; columns kept elsewhere are absent.
    package internal(set) var fields: EncodedFields

    /// The same record after a write.
    func written(fields: EncodedFields, version: Int64, modifiedAt: SandboxInstant) -> SandboxRow {
        var row = self
        (row.fields, row.version, row.modifiedAt) = (fields, version, modifiedAt)
        return row
    }
}
