/// Pieces of text under numbers, with how many values hold each.
struct Lexicon: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var numbers: [UInt64: UInt32] = [:]
    /// How often each piece was noted.
    private(set) var counts: [UInt32] = []

    /// How many different pieces there are.
    var count: Int { ends.count }

    /// The number of a piece, which counts once more.
    mutating func note(_ piece: some Collection<UInt8>) -> UInt32 {
        let hash = Lexicon.hash(piece)
        if let number = numbers[hash] {
            counts[Int(number)] += 1
            return number
        }
        let number = UInt32(ends.count)
        numbers[hash] = number
        bytes.append(contentsOf: piece)
        ends.append(UInt32(bytes.count))
        counts.append(1)
        return number
    }

    /// Lets go of what only noting needs.
    mutating func close() { numbers = [:] }

    /// Calls a function with the bytes of a piece.
    @inline(__always)
    func with<Result>(_ number: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = number == 0 ? 0 : Int(ends[Int(number) - 1])
        let end = Int(ends[Int(number)])
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
    }

    /// A copy of a piece.
    func piece(_ number: UInt32) -> ArraySlice<UInt8> {
        let start = number == 0 ? 0 : Int(ends[Int(number) - 1])
        return bytes[start..<Int(ends[Int(number)])]
    }

    /// A number that differs for different bytes, as far as 64 bits go.
    static func hash(_ bytes: some Sequence<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ mixed(seed)
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mixed(hash)
    }

    /// A number whose bits all depend on all bits of another.
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
