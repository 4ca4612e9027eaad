/// Walks over the text of a filter: blanks, marks, words, names and values.
///
/// By Unicode scalars, so that a combining mark behind a sign never hides the sign.
struct FilterScanner {
    private let scalars: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var isAtEnd: Bool { position >= scalars.count }

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        let index = position + offset
        return index < scalars.count ? scalars[index] : nil
    }

    mutating func skipBlanks() {
        while let next = scalar(), next.properties.isWhitespace { position += 1 }
    }

    /// Takes a mark; no when something else follows.
    mutating func take(_ mark: String) -> Bool {
        let wanted = Array(mark.unicodeScalars)
        guard position + wanted.count <= scalars.count,
            scalars[position..<(position + wanted.count)].elementsEqual(wanted)
        else { return false }
        position += wanted.count
        return true
    }

    /// Takes a whole word, whatever its case.
    mutating func take(word: String) -> Bool {
        guard isAt(word: word) else { return false }
        position += word.unicodeScalars.count
        return true
    }

    func isAt(word: String) -> Bool {
        let wanted = Array(word.unicodeScalars)
        guard position + wanted.count <= scalars.count else { return false }
        for (offset, letter) in wanted.enumerated() {
            guard scalars[position + offset].properties.lowercaseMapping == String(letter) else { return false }
        }
        guard let next = scalar(wanted.count) else { return true }
        return !FilterScanner.isNamePart(next)
    }

    /// Takes a comparison's sign.
    mutating func takeComparison() -> RecordFilter.Comparison? {
        for (sign, comparison) in FilterScanner.signs where take(sign) { return comparison }
        return nil
    }

    private static let signs: [(String, RecordFilter.Comparison)] = [
        ("<>", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", .equal),
    ]

    /// Takes a field's name: a word, or anything in double quotes; nil when neither follows.
    mutating func takeName() throws(CoupletError) -> String? {
        if scalar() == "\"" { return try takeQuoted("\"") }
        var name = String.UnicodeScalarView()
        while let next = scalar(), FilterScanner.isNamePart(next) {
            name.append(next)
            position += 1
        }
        return name.isEmpty ? nil : String(name)
    }

    static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Takes a value; nil when none follows.
    mutating func takeTerm() throws(CoupletError) -> FilterTerm? {
        var pieces: [TextPattern.Piece] = []
        var bare = String.UnicodeScalarView()
        var (isQuoted, isStarted) = (false, false)
        func flush(_ text: String, into pieces: inout [TextPattern.Piece]) {
            if !text.isEmpty { pieces.append(.text(text)) }
        }
        if take("@") { isStarted = true }
        while let next = scalar() {
            if FilterScanner.isEnd(next) || (next == "." && scalar(1) == ".") || isAtWordOfFilter { break }
            isStarted = true
            switch next {
            case "'":
                flush(String(bare), into: &pieces)
                bare = String.UnicodeScalarView()
                isQuoted = true
                flush(try takeQuoted("'"), into: &pieces)
            case "*", "?":
                flush(String(bare), into: &pieces)
                bare = String.UnicodeScalarView()
                pieces.append(next == "*" ? .anyText : .anyCharacter)
                position += 1
            default:
                bare.append(next)
                position += 1
            }
        }
        while bare.last?.properties.isWhitespace == true { bare.removeLast() }
        flush(String(bare), into: &pieces)
        return isStarted && (isQuoted || !pieces.isEmpty) ? FilterTerm(pieces: pieces, isQuoted: isQuoted) : nil
    }

    private static func isEnd(_ scalar: Unicode.Scalar) -> Bool { "|&()<>=\"".unicodeScalars.contains(scalar) }

    /// Whether a blank lies behind and a word that joins clauses ahead.
    private var isAtWordOfFilter: Bool {
        guard position > 0, scalars[position - 1].properties.isWhitespace else { return false }
        return isAt(word: "and") || isAt(word: "or")
    }

    /// Takes quoted text; the quote itself is written twice.
    private mutating func takeQuoted(_ quote: Unicode.Scalar) throws(CoupletError) -> String {
        let start = position
        position += 1
        var text = String.UnicodeScalarView()
        while let next = scalar() {
            position += 1
            guard next == quote else {
                text.append(next)
                continue
            }
            guard scalar() == quote else { return String(text) }
            text.append(quote)
            position += 1
        }
        throw CoupletError("filter.unclosed", ["position": String(start + 1)], status: .wrongUse)
    }

    /// The refusal of what follows.
    func unexpected() -> CoupletError {
        let rest = String(String.UnicodeScalarView(scalars[min(position, scalars.count)...].prefix(20)))
        let code = isAtEnd ? "filter.incomplete" : "filter.unexpected"
        return CoupletError(code, ["position": String(position + 1), "text": rest], status: .wrongUse)
    }
}
