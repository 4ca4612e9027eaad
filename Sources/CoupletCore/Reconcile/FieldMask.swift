/// A set of fields of one mapping by their position, without memory of its own.
public struct FieldMask: Hashable, Sendable {
    /// The most fields that a mapping may have.
    public static let capacity = 256

    private var words = SIMD4<UInt64>()

    /// Creates an empty set.
    @inlinable
    public init() {}

    /// The set of the first positions.
    public init(first count: Int) {
        for position in 0..<count { insert(position) }
    }

    /// Whether no field is in the set.
    public var isEmpty: Bool { words == SIMD4() }

    /// Adds a position from 0 to 255.
    public mutating func insert(_ position: Int) { words[position >> 6] |= 1 << UInt64(position & 63) }

    /// Whether a position is in the set.
    public func contains(_ position: Int) -> Bool { words[position >> 6] >> UInt64(position & 63) & 1 == 1 }

    /// Adds the positions of another set.
    public mutating func formUnion(_ other: FieldMask) { words |= other.words }

    /// The positions in ascending order.
    public var positions: [Int] {
        var result: [Int] = []
        for index in 0..<4 {
            var word = words[index]
            while word != 0 {
                result.append(index * 64 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return result
    }
}
