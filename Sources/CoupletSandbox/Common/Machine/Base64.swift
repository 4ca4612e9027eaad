/// Encodes bytes as Base64 with padding.
func encodeBase64(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let bytes = Array(bytes)
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        bits <<= UInt32(8 * (3 - group.count))
        for place in 0..<4 {
            let digit = digits[Int(bits >> UInt32(18 - 6 * place)) & 63]
            encoded.append(place <= group.count ? digit : UInt8(ascii: "="))
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Decodes Base64 text that holds UTF-8; nil for anything else.
func decodeBase64(_ text: String) -> String? {
    var (bytes, bits, held): ([UInt8], UInt32, UInt32) = ([], 0, 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") && byte != UInt8(ascii: " ") {
        let value: UInt8
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
        default: return nil
        }
        (bits, held) = (bits << 6 | UInt32(value), held + 6)
        if held >= 8 {
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> held))
        }
    }
    return String(validating: bytes, as: UTF8.self)
}
