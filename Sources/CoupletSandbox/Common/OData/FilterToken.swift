/// A word, constant or mark of a filter.
struct FilterToken {
    enum Kind: Equatable {
        case word(String)
        case literal(FilterExpression.Literal)
        case open
        case close
        case comma
    }

    let kind: Kind
    /// Where it begins, in bytes.
    let offset: Int

    static func tokens(of text: String) throws(QueryError) -> [FilterToken] {
        let bytes = Array(text.utf8)
        var (tokens, position): ([FilterToken], Int) = ([], 0)
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                position += 1
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
                let kind: Kind =
                    bytes[position] == UInt8(ascii: "(")
                    ? .open : bytes[position] == UInt8(ascii: ")") ? .close : .comma
                tokens.append(FilterToken(kind: kind, offset: start))
                position += 1
            case UInt8(ascii: "'"):
                let string = try quoted(bytes, &position, text)
                tokens.append(FilterToken(kind: .literal(.string(string)), offset: start))
            default:
                while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
                let word = String(decoding: bytes[start..<position], as: UTF8.self)
                guard start < position else { throw unreadable(start, text) }
                tokens.append(FilterToken(kind: kind(of: word), offset: start))
            }
        }
        return tokens
    }

    private static func endsWord(_ byte: UInt8) -> Bool { " \t(),'".utf8.contains(byte) }

    private static func unreadable(_ offset: Int, _ text: String) -> QueryError {
        QueryError(.syntax, "Syntax error at position \(offset) in '\(text)'.")
    }

    /// Text in quotes; a doubled quote is one quote.
    private static func quoted(_ bytes: [UInt8], _ position: inout Int, _ text: String) throws(QueryError) -> String {
        let start = position
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "'") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "'") else {
                    position += 1
                    return String(decoding: content, as: UTF8.self)
                }
                position += 1
            }
            content.append(bytes[position])
            position += 1
        }
        throw QueryError(.syntax, "There is an unterminated string literal at position \(start) in '\(text)'.")
    }

    private static func kind(of word: String) -> Kind {
        switch word {
        case "null": return .literal(.null)
        case "true", "false": return .literal(.boolean(word == "true"))
        default: break
        }
        if let guid = SandboxGUID(word) { return .literal(.guid(guid)) }
        guard let first = word.utf8.first, (0x30...0x39).contains(first) || first == UInt8(ascii: "-") else {
            return .word(word)
        }
        if word.utf8.count == 10, SandboxInstant(text: word) != nil { return .literal(.date(word)) }
        if let instant = SandboxInstant(text: word) { return .literal(.dateTime(instant)) }
        return Double(word) != nil ? .literal(.number(word)) : .word(word)
    }
}
