/// What a regular expression is made of.
indirect enum TextExpressionNode {
    case nothing
    case character(CharacterTest)
    case place(TextExpression.Place)
    case sequence([TextExpressionNode])
    case alternatives([TextExpressionNode])
    /// A group with its number.
    case group(TextExpressionNode, Int)
    case repeated(TextExpressionNode, least: Int, most: Int?, isReluctant: Bool)
}

/// Reads a regular expression by recursive descent.
struct TextExpressionParser {
    private static let maximumDepth = 50
    private static let maximumCount = 1000

    private let signs: [Character]
    private var position = 0
    private var depth = 0
    /// The groups read so far.
    private(set) var groupCount = 0

    init(_ spelling: String) { signs = Array(spelling) }

    /// The whole expression; nil when it is none.
    mutating func expression() -> TextExpressionNode? {
        guard let node = alternatives(), position == signs.count else { return nil }
        return node
    }

    private var next: Character? { position < signs.count ? signs[position] : nil }

    private mutating func take(_ sign: Character) -> Bool {
        guard next == sign else { return false }
        position += 1
        return true
    }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text)
        guard signs[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func alternatives() -> TextExpressionNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth, var first = sequence() else { return nil }
        var all = [first]
        while take("|") {
            guard let other = sequence() else { return nil }
            all.append(other)
        }
        if all.count > 1 { first = .alternatives(all) }
        return first
    }

    private mutating func sequence() -> TextExpressionNode? {
        var parts: [TextExpressionNode] = []
        while let next, next != "|", next != ")" {
            guard let atom = atom(), let part = quantified(atom) else { return nil }
            parts.append(part)
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .nothing : .sequence(parts)
    }

    private mutating func quantified(_ atom: TextExpressionNode) -> TextExpressionNode? {
        let count: (least: Int, most: Int?)
        switch next {
        case "*": count = (0, nil)
        case "+": count = (1, nil)
        case "?": count = (0, 1)
        case "{":
            let start = position
            guard let braces = braces() else {
                position = start
                return atom
            }
            position -= 1
            count = braces
        default: return atom
        }
        position += 1
        guard count.least <= Self.maximumCount, (count.most ?? 0) <= Self.maximumCount,
            count.least <= count.most ?? Int.max
        else { return nil }
        let isReluctant = take("?")
        if let next, "*+?".contains(next) { return nil }
        if case .place = atom { return nil }
        return .repeated(atom, least: count.least, most: count.most, isReluctant: isReluctant)
    }

    /// A count in braces; nil where the brace is a plain one.
    private mutating func braces() -> (least: Int, most: Int?)? {
        guard take("{"), let least = number() else { return nil }
        if take("}") { return (least, least) }
        guard take(",") else { return nil }
        if take("}") { return (least, nil) }
        guard let most = number(), take("}") else { return nil }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let digits = signs[position...].prefix { $0.isASCII && $0.isNumber }.prefix(6)
        position += digits.count
        return Int(String(digits))
    }

    private mutating func atom() -> TextExpressionNode? {
        guard let sign = next else { return nil }
        position += 1
        switch sign {
        case "(": return group()
        case "[": return set().map(TextExpressionNode.character)
        case ".": return .character(.any)
        case "^": return .place(.start)
        case "$": return .place(.end)
        case "*", "+", "?": return nil
        case "\\": return escape()
        default: return .character(.same(sign.lowercased()))
        }
    }

    private mutating func group() -> TextExpressionNode? {
        var index: Int?
        if take("?:") {
            index = nil
        } else if take("?<") {
            let name = signs[position...].prefix { $0.isPartOfWord }
            position += name.count
            guard !name.isEmpty, take(">") else { return nil }
            groupCount += 1
            index = groupCount
        } else if next == "?" {
            return nil
        } else {
            groupCount += 1
            index = groupCount
        }
        guard let inner = alternatives(), take(")") else { return nil }
        return index.map { .group(inner, $0) } ?? inner
    }

    private mutating func escape() -> TextExpressionNode? {
        switch next {
        case "b", "B":
            let isOpposite = next == "B"
            position += 1
            return .place(isOpposite ? .noWordBoundary : .wordBoundary)
        case "A":
            position += 1
            return .place(.start)
        case "z":
            position += 1
            return .place(.end)
        default: return escapedTest().map(TextExpressionNode.character)
        }
    }

    /// What stands behind a backslash, in a set or outside of one.
    private mutating func escapedTest() -> CharacterTest? {
        guard let sign = next else { return nil }
        position += 1
        switch sign {
        case "d": return .digit
        case "D": return .not(.digit)
        case "w": return .word
        case "W": return .not(.word)
        case "s": return .space
        case "S": return .not(.space)
        case "t": return .same("\t")
        case "n": return .same("\n")
        case "r": return .same("\r")
        case "x": return hexadecimal(2)
        case "u": return hexadecimal(4)
        default: return sign.isPartOfWord ? nil : .same(sign.lowercased())
        }
    }

    private mutating func hexadecimal(_ width: Int) -> CharacterTest? {
        let digits = signs[position...].prefix(width)
        guard digits.count == width, let code = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(code)
        else { return nil }
        position += width
        return .same(Character(scalar).lowercased())
    }

    private mutating func set() -> CharacterTest? {
        let isNegated = take("^")
        var tests: [CharacterTest] = []
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            guard let test = setMember() else { return nil }
            tests.append(test)
        }
        position += 1
        return isNegated ? .not(.either(tests)) : .either(tests)
    }

    private mutating func setMember() -> CharacterTest? {
        guard let sign = next else { return nil }
        position += 1
        if sign == "\\" { return escapedTest() }
        guard next == "-", position + 1 < signs.count, signs[position + 1] != "]" else {
            return .same(sign.lowercased())
        }
        position += 1
        guard let end = next, end != "\\", sign <= end else { return nil }
        position += 1
        return .range(sign...end)
    }
}
