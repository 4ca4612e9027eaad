package import CoupletCore
import CoupletPorts
import Synchronization

/// Random numbers that follow from a seed alone, so that a run can be repeated.
package struct SimulationGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence of a seed.
    package init(seed: UInt64) { state = seed }

    /// The next number of the sequence (SplitMix64).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, the bound.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// Yes once in so many times.
    package mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    /// One of the elements; nil when there are none.
    package mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// An id in the form of a random one (version 4).
    package mutating func id() -> RecordID {
        let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x0000_0000_0000_4000
        return RecordID(high: high, low: next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}

/// Ids that follow from a seed alone.
package final class SeededIDs: IDSource {
    private let generator: Mutex<SimulationGenerator>

    /// Starts the sequence of a seed.
    package init(seed: UInt64) { generator = Mutex(SimulationGenerator(seed: seed)) }

    package func next() -> RecordID { generator.withLock { $0.id() } }

    /// How far the sequence has come.
    var state: SimulationGenerator { generator.withLock { $0 } }

    /// Puts the sequence back.
    func restore(_ state: SimulationGenerator) { generator.withLock { $0 = state } }
}

/// Seals nothing: a simulated secret needs no protection.
package struct PlainSealer: SecretSealer {
    /// Creates a sealer.
    package init() {}

    package func seal(_ secret: String) throws -> [UInt8] { Array(secret.utf8) }
    package func open(_ sealed: [UInt8]) throws -> String { String(decoding: sealed, as: UTF8.self) }
    package func digest() throws -> ValueDigest {
        { bytes in
            let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            return Array(String(hash, radix: 16).utf8)
        }
    }
}
