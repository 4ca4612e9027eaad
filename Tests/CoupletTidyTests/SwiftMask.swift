/// Swift source with the contents of comments, string literals and raw identifiers replaced by blanks, byte for byte, so
/// that braces and words can be looked for in code alone.
struct SwiftMask {
    /// The code that is left; as long as the source.
    private(set) var code: [UInt8]
    /// For every byte, whether it belongs to a comment.
    private(set) var isComment: [Bool]

    private let source: [UInt8]
    private var position = 0

    /// Masks a source text.
    init(_ text: String) {
        source = Array(text.utf8)
        code = source
        isComment = Array(repeating: false, count: source.count)
        scanCode(untilClosingParenthesis: false)
    }

    /// The lines of the masked code.
    var lines: [String] {
        code.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    private func matches(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= source.count else { return false }
        return (0..<count).allSatisfy { source[index + $0] == text.utf8Start[$0] }
    }

    private mutating func blank(_ count: Int = 1, comment: Bool = false) {
        for index in position..<min(position + count, source.count) {
            if source[index] != 0x0A { code[index] = 0x20 }
            isComment[index] = comment
        }
        position += count
    }

    /// Goes through code; within an interpolation until the parenthesis that ends it.
    private mutating func scanCode(untilClosingParenthesis nested: Bool) {
        var depth = 0
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "/") where matches("//", at: position):
                while position < source.count, source[position] != 0x0A { blank(comment: true) }
            case UInt8(ascii: "/") where matches("/*", at: position):
                scanBlockComment()
            case UInt8(ascii: "`"):
                scanRawIdentifier()
            case UInt8(ascii: "\""):
                scanString(hashes: 0)
            case UInt8(ascii: "#"):
                if let hashes = hashesBeforeQuote() { scanString(hashes: hashes) } else { position += 1 }
            case UInt8(ascii: "("):
                depth += 1
                position += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if nested, depth < 0 { return }
                position += 1
            default:
                position += 1
            }
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if matches("/*", at: position) {
                depth += 1
                blank(2, comment: true)
            } else if matches("*/", at: position) {
                depth -= 1
                blank(2, comment: true)
            } else {
                blank(comment: true)
            }
        } while depth > 0 && position < source.count
    }

    private mutating func scanRawIdentifier() {
        position += 1
        while position < source.count, source[position] != UInt8(ascii: "`"), source[position] != 0x0A {
            if Self.isWord(source[position]) { position += 1 } else { blank() }
        }
        position += 1
    }

    /// How many number signs stand here before a quotation mark; nil when no string literal begins here.
    private func hashesBeforeQuote() -> Int? {
        var index = position
        while index < source.count, source[index] == UInt8(ascii: "#") { index += 1 }
        return index < source.count && source[index] == UInt8(ascii: "\"") ? index - position : nil
    }

    private mutating func scanString(hashes: Int) {
        position += hashes
        let isMultiline = matches("\"\"\"", at: position)
        position += isMultiline ? 3 : 1
        while position < source.count {
            if isDelimiter(UInt8(ascii: "\\"), hashes: hashes) {
                blank(1 + hashes)
                if position < source.count, source[position] == UInt8(ascii: "(") {
                    position += 1
                    scanCode(untilClosingParenthesis: true)
                    position += 1
                } else {
                    blank()
                }
            } else if isMultiline ? matches("\"\"\"", at: position) : isDelimiter(UInt8(ascii: "\""), hashes: hashes) {
                position += (isMultiline ? 3 : 1) + hashes
                return
            } else if !isMultiline, source[position] == 0x0A {
                return
            } else {
                blank()
            }
        }
    }

    private func isDelimiter(_ byte: UInt8, hashes: Int) -> Bool {
        guard source[position] == byte, position + hashes < source.count else { return false }
        return (0..<hashes).allSatisfy { source[position + 1 + $0] == UInt8(ascii: "#") }
    }

    /// Whether a byte can be part of an identifier.
    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: false
        }
    }
}
