import CoupletCore

/// Reads a filter as people write it: `blocked = '' and (city = 'Lund' or city = 'Malmö')`.
struct FilterReader {
    /// What is wrong with a filter, and where.
    struct Problem: Error {
        /// What was found instead of what had to stand there; blank at the end.
        var found: String
        /// What had to stand there, as a code of the catalogues.
        var expected: String
    }

    private enum Token: Equatable {
        case word(String)
        case quoted(String)
        case sign(String)

        var text: String {
            switch self {
            case .word(let text), .sign(let text): text
            case .quoted(let text): "'\(text)'"
            }
        }
    }

    private var tokens: ArraySlice<Token> = []

    /// Reads a filter.
    /// - Parameter text: The filter; blank for every record.
    /// - Returns: The filter.
    /// - Throws: What is wrong with it.
    static func filter(_ text: String) throws(Problem) -> RecordFilter {
        var reader = FilterReader()
        reader.tokens = try tokens(text)[...]
        guard !reader.tokens.isEmpty else { return .everything }
        let filter = try reader.alternatives()
        if let rest = reader.tokens.first { throw Problem(found: rest.text, expected: "filter.expected.end") }
        return filter
    }

    private mutating func alternatives() throws(Problem) -> RecordFilter {
        var parts = [try conjunction()]
        while takes("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Problem) -> RecordFilter {
        var parts = [try part()]
        while takes("and") { parts.append(try part()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func part() throws(Problem) -> RecordFilter {
        if takes("not") { return .not(try part()) }
        if tokens.first == .sign("(") {
            tokens.removeFirst()
            let inner = try alternatives()
            guard tokens.first == .sign(")") else { throw wrong("filter.expected.parenthesis") }
            tokens.removeFirst()
            return inner
        }
        guard case .word(let field)? = tokens.first else { throw wrong("filter.expected.field") }
        tokens.removeFirst()
        guard case .sign(let sign)? = tokens.first, let comparison = Self.comparisons[sign] else {
            throw wrong("filter.expected.comparison")
        }
        tokens.removeFirst()
        guard let value = tokens.first.flatMap(Self.value) else { throw wrong("filter.expected.value") }
        tokens.removeFirst()
        switch (comparison, value) {
        case (.equal, .text("")): return .blank(field: field)
        case (.notEqual, .text("")): return .not(.blank(field: field))
        default: return .compare(field: field, comparison, value)
        }
    }

    private static let comparisons: [String: RecordFilter.Comparison] = [
        "=": .equal, "<>": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual,
    ]

    private static func value(_ token: Token) -> Value? {
        switch token {
        case .quoted(let text): return .text(text)
        case .sign: return nil
        case .word("null"): return .null
        case .word("true"): return .boolean(true)
        case .word("false"): return .boolean(false)
        case .word(let word): return DecimalNumber(word) == nil ? nil : .number(word)
        }
    }

    private mutating func takes(_ word: String) -> Bool {
        guard case .word(let next)? = tokens.first, next.lowercased() == word else { return false }
        tokens.removeFirst()
        return true
    }

    private func wrong(_ expected: String) -> Problem { Problem(found: tokens.first?.text ?? "", expected: expected) }

    private static func tokens(_ text: String) throws(Problem) -> [Token] {
        var rest = text[...]
        var tokens: [Token] = []
        while let character = rest.first {
            if character.isWhitespace {
                rest.removeFirst()
            } else if character == "'" {
                tokens.append(.quoted(try quoted(&rest)))
            } else if "<>=()".contains(character) {
                let sign = ["<>", "<=", ">="].first { rest.hasPrefix($0) } ?? String(character)
                rest.removeFirst(sign.count)
                tokens.append(.sign(sign))
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"<>=()'".contains($0) }
                rest.removeFirst(word.count)
                tokens.append(.word(String(word)))
            }
        }
        return tokens
    }

    /// Text between quotes, in which a doubled quote stands for one.
    private static func quoted(_ rest: inout Substring) throws(Problem) -> String {
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character != "'" {
                text.append(character)
            } else if rest.first == "'" {
                text.append(rest.removeFirst())
            } else {
                return text
            }
        }
        throw Problem(found: "", expected: "filter.expected.quote")
    }
}
