/// Text with places that stand for any text or for any one character.
public struct TextPattern: Hashable, Sendable {
    /// A part of a pattern.
    public enum Piece: Hashable, Sendable {
        /// This text, whatever its case.
        case text(String)
        /// Any text, also none.
        case anyText
        /// Any one character.
        case anyCharacter
    }

    /// The pattern's spelling, kept as a value so that patterns are equal when their bytes are.
    private let stored: Value

    /// The pattern in one text: `*` for any text, `?` for any character, a backslash before either and before itself
    /// where it is meant plainly.
    public var spelling: String { stored.text }

    /// Creates a pattern of pieces; neighbours that say the same are joined.
    public init(pieces: [Piece]) {
        var spelling = ""
        var previous: Piece?
        for piece in pieces where piece != .text("") {
            switch piece {
            case .text(let text):
                for scalar in text.unicodeScalars {
                    if "*?\\".unicodeScalars.contains(scalar) { spelling.unicodeScalars.append("\\") }
                    spelling.unicodeScalars.append(scalar)
                }
            case .anyText: if previous != .anyText { spelling.unicodeScalars.append("*") }
            case .anyCharacter: spelling.unicodeScalars.append("?")
            }
            previous = piece
        }
        stored = .text(spelling)
    }

    /// Reads a spelling.
    public init(spelling: String) {
        var pieces: [Piece] = []
        var text = String.UnicodeScalarView()
        var isPlain = false
        func end() {
            if !text.isEmpty { pieces.append(.text(String(text))) }
            text = String.UnicodeScalarView()
        }
        for scalar in spelling.unicodeScalars {
            switch scalar {
            case _ where isPlain:
                text.append(scalar)
                isPlain = false
            case "\\": isPlain = true
            case "*":
                end()
                pieces.append(.anyText)
            case "?":
                end()
                pieces.append(.anyCharacter)
            default: text.append(scalar)
            }
        }
        end()
        self.init(pieces: pieces)
    }

    /// The parts, in order.
    public var pieces: [Piece] {
        var result: [Piece] = []
        var text = String.UnicodeScalarView()
        for symbol in symbols {
            switch symbol {
            case .scalar(let scalar): text.append(scalar)
            case .anyText, .anyCharacter:
                if !text.isEmpty { result.append(.text(String(text))) }
                text = String.UnicodeScalarView()
                result.append(symbol == .anyText ? .anyText : .anyCharacter)
            }
        }
        if !text.isEmpty { result.append(.text(String(text))) }
        return result
    }

    private enum Symbol: Equatable {
        case scalar(Unicode.Scalar)
        case anyText, anyCharacter
    }

    private var symbols: [Symbol] { TextPattern.symbols(spelling) }

    private static func symbols(_ spelling: String) -> [Symbol] {
        var result: [Symbol] = []
        var isPlain = false
        for scalar in spelling.unicodeScalars {
            switch scalar {
            case _ where isPlain:
                result.append(.scalar(scalar))
                isPlain = false
            case "\\": isPlain = true
            case "*": result.append(.anyText)
            case "?": result.append(.anyCharacter)
            default: result.append(.scalar(scalar))
            }
        }
        return result
    }

    /// Whether a text fits, whatever its case.
    public func matches(_ text: String) -> Bool {
        let text = Array(text.lowercased().unicodeScalars)
        let symbols = TextPattern.symbols(spelling.lowercased())
        var (place, symbol) = (0, 0)
        // Where the last `*` stands, and up to where it has taken text: on a mismatch it takes one character more.
        var star: (symbol: Int, place: Int)?
        while place < text.count {
            if symbol < symbols.count, symbols[symbol] == .anyText {
                star = (symbol, place)
                symbol += 1
            } else if symbol < symbols.count,
                symbols[symbol] == .anyCharacter || symbols[symbol] == .scalar(text[place])
            {
                place += 1
                symbol += 1
            } else if let last = star {
                star = (last.symbol, last.place + 1)
                place = last.place + 1
                symbol = last.symbol + 1
            } else {
                return false
            }
        }
        return symbols[symbol...].allSatisfy { $0 == .anyText }
    }
}

extension TextPattern: Codable {
    /// Decodes a spelling.
    public init(from decoder: any Decoder) throws {
        self.init(spelling: try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the spelling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(spelling)
    }
}
