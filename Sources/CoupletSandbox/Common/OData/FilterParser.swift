/// Reads a filter: `or` below `and` below `not` below comparisons, functions and parentheses.
struct FilterParser {
    private let text: String
    private var tokens: [FilterToken]
    private var position = 0
    private var depth = 0

    init(text: String) throws(QueryError) {
        self.text = text
        tokens = try FilterToken.tokens(of: text)
    }

    mutating func parse() throws(QueryError) -> FilterExpression {
        let expression = try alternative()
        guard position == tokens.count else { throw error() }
        return expression
    }

    private func error() -> QueryError {
        let place = position < tokens.count ? tokens[position].offset : text.utf8.count
        return QueryError(.syntax, "Syntax error at position \(place) in '\(text)'.")
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard position < tokens.count, tokens[position].kind == .word(word) else { return false }
        position += 1
        return true
    }

    private mutating func take(_ kind: FilterToken.Kind) throws(QueryError) {
        guard position < tokens.count, tokens[position].kind == kind else { throw error() }
        position += 1
    }

    private mutating func alternative() throws(QueryError) -> FilterExpression {
        var expression = try conjunction()
        while takeWord("or") { expression = .or(expression, try conjunction()) }
        return expression
    }

    private mutating func conjunction() throws(QueryError) -> FilterExpression {
        var expression = try condition()
        while takeWord("and") { expression = .and(expression, try condition()) }
        return expression
    }

    private mutating func condition() throws(QueryError) -> FilterExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw QueryError(.unsupported, "The filter is nested too deeply.") }
        if takeWord("not") { return .not(try condition()) }
        if position < tokens.count, tokens[position].kind == .open {
            position += 1
            let inner = try alternative()
            try take(.close)
            return inner
        }
        if let test = textTest() {
            let (left, right) = try twoArguments()
            return .test(test, left, right)
        }
        let left = try operand()
        guard position < tokens.count, case .word(let word) = tokens[position].kind,
            let comparison = FilterExpression.Comparison(rawValue: word)
        else { throw error() }
        position += 1
        return .compare(left, comparison, try operand())
    }

    private mutating func textTest() -> FilterExpression.TextTest? {
        guard position + 1 < tokens.count, case .word(let word) = tokens[position].kind,
            tokens[position + 1].kind == .open, let test = FilterExpression.TextTest(rawValue: word)
        else { return nil }
        position += 2
        return test
    }

    private mutating func twoArguments() throws(QueryError) -> (FilterExpression.Operand, FilterExpression.Operand) {
        let left = try operand()
        try take(.comma)
        let right = try operand()
        try take(.close)
        return (left, right)
    }

    private mutating func operand() throws(QueryError) -> FilterExpression.Operand {
        guard position < tokens.count else { throw error() }
        switch tokens[position].kind {
        case .literal(let literal):
            position += 1
            return .literal(literal)
        case .word(let word):
            guard position + 1 < tokens.count, tokens[position + 1].kind == .open else {
                position += 1
                return .property(word)
            }
            guard ["tolower", "toupper", "trim"].contains(word) else {
                throw QueryError(.unsupported, "An unknown function with name '\(word)' was found.")
            }
            position += 2
            let inner = try operand()
            try take(.close)
            return .call(word, inner)
        case .open, .close, .comma: throw error()
        }
    }
}
