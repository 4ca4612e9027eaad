/// A seeded source of numbers, identifiers and tokens: the same seed gives the same ones in the same order.
package struct SandboxGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits (SplitMix64).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next identifier, in the form of a random one (version 4).
    package mutating func guid() -> SandboxGUID {
        let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x0000_0000_0000_4000
        let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return SandboxGUID(high: high, low: low)
    }

    /// The next opaque token of 32 hexadecimal digits.
    package mutating func token() -> String { guid().description.filter { $0 != "-" } }

    /// The next number from 0 up to, not including, 1.
    package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
