/// The words of an SQL text, taken one by one.
struct DataverseSQLWords {
    /// A word, a constant or a mark.
    enum Token: Equatable {
        case word(String)
        case string(String)
        case number(String)
        case mark(String)
    }

    private var tokens: [Token] = []
    private var position = 0

    /// Cuts a text.
    init(_ text: String) throws(DataverseError) {
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let (byte, start) = (bytes[index], index)
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ";"):
                index += 1
            case UInt8(ascii: "'"):
                var content: [UInt8] = []
                index += 1
                while index < bytes.count {
                    if bytes[index] == byte {
                        guard index + 1 < bytes.count, bytes[index + 1] == byte else { break }
                        index += 1
                    }
                    content.append(bytes[index])
                    index += 1
                }
                guard index < bytes.count else { throw Self.error("An unclosed quotation mark was found.") }
                index += 1
                tokens.append(.string(String(decoding: content, as: UTF8.self)))
            case UInt8(ascii: "["):
                guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) else {
                    throw Self.error("An unclosed bracket was found.")
                }
                tokens.append(.word(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
                index = end + 1
            case 0x30...0x39:
                while index < bytes.count, (0x30...0x39).contains(bytes[index]) || bytes[index] == UInt8(ascii: ".") {
                    index += 1
                }
                tokens.append(.number(String(decoding: bytes[start..<index], as: UTF8.self)))
            case _ where Self.isWord(byte):
                while index < bytes.count, Self.isWord(bytes[index]) || (0x30...0x39).contains(bytes[index]) {
                    index += 1
                }
                tokens.append(.word(String(decoding: bytes[start..<index], as: UTF8.self)))
            default:
                let two = String(decoding: bytes[index..<min(index + 2, bytes.count)], as: UTF8.self)
                let mark = ["<=", ">=", "<>", "!="].contains(two) ? two : String(UnicodeScalar(byte))
                tokens.append(.mark(mark))
                index += mark.utf8.count
            }
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
    }

    /// A refusal.
    static func error(_ message: String) -> DataverseError { DataverseError(400, "0x80040216", message) }

    /// The text cannot be read from here on.
    func error() -> DataverseError {
        guard position < tokens.count else { return Self.error("Incorrect syntax at the end of the statement.") }
        switch tokens[position] {
        case .word(let text), .string(let text), .number(let text), .mark(let text):
            return Self.error("Incorrect syntax near '\(text)'.")
        }
    }

    /// Whether everything was taken.
    var isAtEnd: Bool { position == tokens.count }

    /// A word or mark that comes later.
    func peek(_ offset: Int) -> Token? {
        position + offset < tokens.count ? tokens[position + offset] : nil
    }

    /// Takes a word of the language, whatever its case.
    mutating func takeWord(_ word: String) -> Bool {
        guard case .word(let text)? = peek(0), text.lowercased() == word else { return false }
        position += 1
        return true
    }

    /// Takes a mark.
    mutating func takeMark(_ mark: String) -> Bool {
        guard peek(0) == .mark(mark) else { return false }
        position += 1
        return true
    }

    /// Takes one of several marks.
    mutating func takeMark(of marks: [String]) -> String? {
        for mark in marks where takeMark(mark) { return mark }
        return nil
    }

    /// Takes a name.
    mutating func name() throws(DataverseError) -> String {
        guard case .word(let text)? = peek(0) else { throw error() }
        position += 1
        return text
    }

    /// Takes a number without a fraction.
    mutating func number() throws(DataverseError) -> Int {
        guard case .number(let text)? = peek(0), let number = Int(text), number <= 1_000_000 else { throw error() }
        position += 1
        return number
    }

    /// Takes a constant as text.
    mutating func constant() throws(DataverseError) -> String {
        let isNegative = takeMark("-")
        switch peek(0) {
        case .number(let text):
            position += 1
            return isNegative ? "-\(text)" : text
        case .string(let text) where !isNegative:
            position += 1
            return text
        default: throw error()
        }
    }

    private static let reserved: Set<String> = [
        "as", "on", "from", "where", "join", "inner", "left", "outer", "group", "order", "offset", "fetch", "and", "or",
        "asc", "desc",
    ]

    /// Takes another name for what stands before, with or without `AS`.
    mutating func alias() throws(DataverseError) -> String? {
        if takeWord("as") { return try name() }
        guard case .word(let text)? = peek(0), !Self.reserved.contains(text.lowercased()) else { return nil }
        position += 1
        return text
    }
}
