/// Decodes the escapes of addresses.
package enum FormDecoding {
    /// A query part: `+` is a blank, `%XX` a byte; nil where an escape is broken or the result is not UTF-8.
    package static func query(_ text: some StringProtocol) -> String? { decode(text, isPlusBlank: true) }

    /// A path segment: `%XX` is a byte; nil where an escape is broken or the result is not UTF-8.
    package static func path(_ text: some StringProtocol) -> String? { decode(text, isPlusBlank: false) }

    /// The names and values of a form or a query, decoded, in order; broken ones as they are.
    package static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count > 1 ? pair[1] : ""
            return (query(pair[0]) ?? String(pair[0]), query(value) ?? String(value))
        }
    }

    /// Escapes everything but letters, digits and `-._~`.
    package static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let capitals = Array("0123456789ABCDEF".utf8)
                bytes.append(contentsOf: [UInt8(ascii: "%"), capitals[Int(byte >> 4)], capitals[Int(byte & 15)]])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode(_ text: some StringProtocol, isPlusBlank: Bool) -> String? {
        var decoded: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = iterator.next().flatMap(hexadecimalValue),
                    let low = iterator.next().flatMap(hexadecimalValue)
                else { return nil }
                decoded.append(high << 4 | low)
            } else {
                decoded.append(isPlusBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
