/// Brings text into the form in which it is compared: lower case, without accents, in words and numbers.
enum TextFolding {
    /// A separator that may stand inside initials, as in "A/S" and "S.A.".
    private static let inner: UInt8 = 0x01
    private static let blank: UInt8 = 0x20

    /// What the letters from U+00C0 to U+017F are without their accents; a blank where there is no letter.
    private static let latin: [[UInt8]] = {
        let upper = "a a a a a a ae c e e e e i i i i d n o o o o o . o u u u u y th ss"
        let lower = "a a a a a a ae c e e e e i i i i d n o o o o o . o u u u u y th y"
        let extended =
            "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i"
            + " i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s"
            + " s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s"
        return "\(upper) \(lower) \(extended)".split(separator: " ").map { $0 == "." ? [blank] : Array($0.utf8) }
    }()

    /// The text's words and numbers, in order: runs of letters and runs of digits.
    static func tokens(_ text: some Collection<UInt8>) -> [[UInt8]] {
        let folded = fold(text)
        var tokens: [[UInt8]] = []
        var isInitials = false
        var index = 0
        while index < folded.count {
            let first = folded[index]
            guard first != blank, first != inner else {
                if first == blank { isInitials = false }
                index += 1
                continue
            }
            let digits = isDigit(first)
            var end = index + 1
            while end < folded.count, folded[end] != blank, folded[end] != inner, isDigit(folded[end]) == digits {
                end += 1
            }
            let isSingle = end - index == 1 && !digits
            if isSingle, isInitials, index > 0, folded[index - 1] == inner {
                tokens[tokens.count - 1].append(first)
            } else {
                tokens.append(Array(folded[index..<end]))
            }
            isInitials = isSingle
            index = end
        }
        return tokens
    }

    /// Lower-case letters without accents, digits, and blanks for everything else.
    static func fold(_ text: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        if text.allSatisfy({ $0 < 0x80 }) {
            for byte in text { append(ascii: byte, to: &result) }
            return result
        }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case ..<0x80: append(ascii: UInt8(scalar.value), to: &result)
            case 0xC0...0x17F: result += latin[Int(scalar.value) - 0xC0]
            case 0x300...0x36F, 0x2019, 0xB4: continue
            default:
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    result += Array(scalar.properties.lowercaseMapping.utf8)
                } else {
                    result.append(blank)
                }
            }
        }
        return result
    }

    private static func append(ascii byte: UInt8, to result: inout [UInt8]) {
        switch byte {
        case 0x41...0x5A: result.append(byte | 0x20)
        case 0x61...0x7A, 0x30...0x39: result.append(byte)
        case 0x27, 0x60: return
        case 0x2E, 0x2F: result.append(inner)
        default: result.append(blank)
        }
    }

    /// Whether a byte is a digit.
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The consonants of a word as they sound, behind its first letter: words that are spelled differently and sound
    /// alike have the same.
    static func sound(_ word: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for (offset, byte) in word.enumerated() {
            let letter: UInt8
            switch byte {
            case UInt8(ascii: "c"), UInt8(ascii: "q"), UInt8(ascii: "g"), UInt8(ascii: "k"), UInt8(ascii: "x"):
                letter = UInt8(ascii: "k")
            case UInt8(ascii: "z"): letter = UInt8(ascii: "s")
            case UInt8(ascii: "w"), UInt8(ascii: "f"), UInt8(ascii: "p"): letter = UInt8(ascii: "v")
            case UInt8(ascii: "d"): letter = UInt8(ascii: "t")
            case UInt8(ascii: "h"): continue
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
                UInt8(ascii: "y"), UInt8(ascii: "j"):
                if offset > 0 { continue }
                letter = UInt8(ascii: "a")
            default: letter = byte
            }
            if result.last != letter { result.append(letter) }
        }
        return result
    }
}
