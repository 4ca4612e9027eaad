/// Which places of a table may hold a value: chains of places by the hash of what they hold.
///
/// What it finds has to be looked at, for different values may share a chain. It costs 8 bytes a place, and as much
/// again for the heads of the chains.
struct PlaceIndex: Sendable {
    /// The end of a chain.
    private static let end: Int32 = -1
    /// Where a place is in no chain.
    private static let absent: Int32 = -2

    /// The first place of each chain.
    private var heads: [Int32]
    /// The next place of the same chain.
    private var next: [Int32] = []
    /// The place before in the same chain.
    private var previous: [Int32] = []

    /// Makes an index for about so many places.
    init(places: Int) {
        var size = 1_024
        while size < places { size *= 2 }
        heads = Array(repeating: Self.end, count: size)
        next.reserveCapacity(places)
        previous.reserveCapacity(places)
    }

    /// Whether the chains have grown so long that a new index is due.
    var isCrowded: Bool { next.count > 8 * heads.count }

    /// Puts a place that is in no chain into the one of a hash.
    mutating func add(_ place: Int, _ hash: UInt64) {
        while next.count <= place {
            next.append(Self.absent)
            previous.append(Self.absent)
        }
        let head = chain(hash)
        let first = heads[head]
        (next[place], previous[place]) = (first, Self.end)
        if first >= 0 { previous[Int(first)] = Int32(place) }
        heads[head] = Int32(place)
    }

    /// Takes a place out of the chain of a hash; does nothing where it is in none.
    mutating func remove(_ place: Int, _ hash: UInt64) {
        guard place < next.count, next[place] != Self.absent else { return }
        let (before, after) = (previous[place], next[place])
        if before >= 0 { next[Int(before)] = after } else { heads[chain(hash)] = after }
        if after >= 0 { previous[Int(after)] = before }
        (next[place], previous[place]) = (Self.absent, Self.absent)
    }

    /// The places in the chain of a hash; nil where there are more than so many.
    func places(_ hash: UInt64, limit: Int) -> [Int]? {
        var (found, place): ([Int], Int32) = ([], heads[chain(hash)])
        while place >= 0 {
            if found.count == limit { return nil }
            found.append(Int(place))
            place = next[Int(place)]
        }
        return found
    }

    private func chain(_ hash: UInt64) -> Int { Int((hash ^ hash >> 32) & UInt64(heads.count - 1)) }
}

/// A hash of bytes that is the same in every run.
struct StableHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Takes a byte.
    mutating func combine(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// The hash of bytes.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = StableHash()
        for byte in bytes { hash.combine(byte) }
        return hash.value
    }
}
