/// A regular expression that cannot run away: the effort grows with the text and the expression, never with the ways in
/// which they could fit.
///
/// Understood are literal text, `.`, sets such as `[a-z]`, the classes `\d`, `\w` and `\s` and their opposites, `^`, `$`,
/// `\b`, groups, alternatives by `|`, and the quantifiers `*`, `+`, `?` and `{2,5}`, reluctant with a `?` behind. What
/// would need to go back in the text is not: references to groups, and looking ahead or behind. Case never matters.
struct TextExpression: Sendable {
    /// One instruction of the compiled expression.
    enum Instruction: Sendable {
        /// Goes on where the next character passes.
        case take(CharacterTest)
        /// Goes on where the place is of a kind.
        case require(Place)
        /// Goes on at both; the first is preferred.
        case fork(Int, Int)
        case jump(Int)
        /// Notes the place.
        case note(Int)
        case found
    }

    /// A place between characters.
    enum Place: Sendable { case start, end, wordBoundary, noWordBoundary }

    /// The most steps of one search: some tenths of a second.
    static let maximumSteps = 20_000_000

    let instructions: [Instruction]
    /// The number of groups, the whole one not counted.
    let groupCount: Int

    /// Compiles an expression; nil when it is none, or larger than anybody writes.
    init?(_ spelling: String) {
        var parser = TextExpressionParser(spelling)
        guard let node = parser.expression() else { return nil }
        var compiler = TextExpressionCompiler()
        compiler.add(.group(node, 0))
        guard compiler.isSmall else { return nil }
        instructions = compiler.instructions + [.found]
        groupCount = parser.groupCount
    }

    /// All matches from the beginning on, none overlapping another: for each the ranges of the whole and of the groups.
    /// - Returns: The matches; nil when the search is given up for its cost.
    func matches(in text: [Character]) -> [[Range<Int>?]]? {
        var search = TextExpressionSearch(expression: self, text: text)
        var matches: [[Range<Int>?]] = []
        var place = 0
        while place <= text.count {
            guard let match = search.match(from: place) else { break }
            matches.append(match)
            let whole = match[0] ?? place..<place
            place = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        }
        return search.isGivenUp ? nil : matches
    }
}

/// What a character must be.
indirect enum CharacterTest: Sendable {
    /// The same, whatever its case.
    case same(String)
    case range(ClosedRange<Character>)
    case digit, word, space
    /// Anything but the end of a line.
    case any
    case either([CharacterTest])
    case not(CharacterTest)

    /// Whether a character passes.
    func passes(_ character: Character) -> Bool {
        switch self {
        case .same(let folded): character.lowercased().utf8.elementsEqual(folded.utf8)
        case .range(let range):
            range.contains(character) || character.lowercased().first.map(range.contains) == true
                || character.uppercased().first.map(range.contains) == true
        case .digit: character.isWholeNumber
        case .word: character.isPartOfWord
        case .space: character.isWhitespace
        case .any: !character.isNewline
        case .either(let tests): tests.contains { $0.passes(character) }
        case .not(let test): !test.passes(character)
        }
    }
}

extension Character {
    /// Whether the character is a letter, a digit or an underscore.
    var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
