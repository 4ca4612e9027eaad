import CoupletSandbox

/// Damages requests that are right.
struct FuzzMutator {
    var random: SandboxGenerator
    /// Pieces that are put in at any place.
    let pieces: [String]

    private mutating func number(_ limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

    /// The text with one to five changes.
    mutating func damaged(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...number(5) { damage(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = number(bytes.count + 1)
        let end = min(bytes.count, place + number(12))
        switch number(9) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        case 2: bytes.insert(contentsOf: Array(pieces[number(pieces.count)].utf8), at: place)
        case 3: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
        case 4: bytes.removeSubrange(place...)
        case 5: bytes.insert(UInt8(truncatingIfNeeded: number(128)), at: place)
        case 6: bytes.replaceSubrange(place..<end, with: Array(pieces[number(pieces.count)].utf8))
        case 7:
            let other = number(bytes.count + 1)
            bytes.insert(
                contentsOf: bytes[min(place, other)..<min(max(place, other), min(place, other) + 200)],
                at: other
            )
        default: if let digit = bytes.firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 }) { bytes[digit] = 0x39 }
        }
        if bytes.count > 20_000 { bytes.removeLast(bytes.count - 20_000) }
    }
}
