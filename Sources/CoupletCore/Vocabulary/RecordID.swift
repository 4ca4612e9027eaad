/// The primary key of a remote record: 128 bits, written as a lower-case GUID.
public struct RecordID: Hashable, Sendable, Comparable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// Creates an id from its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The id that Business Central's API uses for "no record".
    public static let zero = RecordID(high: 0, low: 0)

    /// The first half of every id that stands for a choice.
    private static let choices: UInt64 = 0x6F70_7469_6F6E_8000

    /// The id that stands for a choice of a column, which has a number only, so that choices can be coupled like
    /// records.
    public init(choice number: Int64) {
        self.init(high: RecordID.choices, low: UInt64(bitPattern: number))
    }

    /// The number of the choice that the id stands for; nil for the id of a record.
    public var choice: Int64? { high == RecordID.choices ? Int64(bitPattern: low) : nil }

    /// Orders ids as their text is ordered.
    public static func < (left: RecordID, right: RecordID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    /// The sixteen bytes in text order.
    public var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> UInt64(56 - 8 * ($0 & 7))) }
    }

    /// Reads sixteen bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (position, byte) in bytes.enumerated() {
            if position < 8 {
                halves.0 = halves.0 << 8 | UInt64(byte)
            } else {
                halves.1 = halves.1 << 8 | UInt64(byte)
            }
        }
        self.init(high: halves.0, low: halves.1)
    }

    /// Reads GUID text of either case, with or without braces; nil when it is none.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        let parsed: RecordID?? = copy.withUTF8 { RecordID(utf8: UnsafeRawBufferPointer($0)) }
        guard let id = parsed ?? nil else { return nil }
        self = id
    }

    /// Reads GUID text from UTF-8 bytes; nil when it is none.
    public init?(utf8: UnsafeRawBufferPointer) {
        var halves: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for byte in utf8 {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            case 0x2D, 0x7B, 0x7D: continue
            default: return nil
            }
            guard digits < 32 else { return nil }
            if digits < 16 {
                halves.0 = halves.0 << 4 | UInt64(digit)
            } else {
                halves.1 = halves.1 << 4 | UInt64(digit)
            }
            digits += 1
        }
        guard digits == 32 else { return nil }
        self.init(high: halves.0, low: halves.1)
    }
}

extension RecordID: CustomStringConvertible {
    /// The GUID in lower case with hyphens.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            let digits: StaticString = "0123456789abcdef"
            var position = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    buffer[position] = 0x2D
                    position += 1
                }
                let half = digit < 16 ? high : low
                let nibble = Int(half >> UInt64(60 - 4 * (digit & 15)) & 15)
                buffer[position] = digits.utf8Start[nibble]
                position += 1
            }
            return 36
        }
    }
}

extension RecordID: Codable {
    /// Decodes GUID text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = RecordID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a GUID: \(text)")
        }
        self = id
    }

    /// Encodes GUID text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
