/// Writes small JSON documents; numbers go out with the digits they are given.
package struct JSONWriter {
    /// The document so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Starts an empty document.
    package init() {}

    /// Opens an object or an array with its bracket.
    package mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    /// Closes an object or an array with its bracket.
    package mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    /// Writes a property's name.
    package mutating func name(_ text: String) {
        separate()
        quote(text)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes text.
    package mutating func text(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    /// Writes something that is JSON already: a number's digits, `true`, `null`, a document.
    package mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes += [hex(byte >> 4), hex(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}

/// Whether text is a number as JSON writes them.
package func isJSONNumber(_ text: String) -> Bool {
    var rest = Substring(text)[...]
    if rest.first == "-" { rest.removeFirst() }
    func takeDigits() -> Int {
        let digits = rest.prefix { ("0"..."9").contains($0) && $0.isASCII }
        rest.removeFirst(digits.count)
        return digits.count
    }
    let leadsWithZero = rest.first == "0"
    let whole = takeDigits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == "." {
        rest.removeFirst()
        guard takeDigits() > 0 else { return false }
    }
    if rest.first == "e" || rest.first == "E" {
        rest.removeFirst()
        if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
        guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
}
