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
        if skipsLambda() { return .compare(.literal(.boolean(true)), .eq, .literal(.boolean(true))) }
        let left = try operand()
        if takeWord("in") { return try membership(left) }
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
            position += 2
            return try call(word)
        case .open, .close, .comma: throw error()
        }
    }

    private mutating func call(_ name: String) throws(QueryError) -> FilterExpression.Operand {
        guard ["tolower", "toupper", "trim", "substring"].contains(name) else {
            throw QueryError(.unsupported, "An unknown function with name '\(name)' was found.")
        }
        let inner = try operand()
        var numbers: [Int] = []
        while position < tokens.count, tokens[position].kind == .comma, name == "substring" {
            position += 1
            guard position < tokens.count, case .literal(.number(let digits)) = tokens[position].kind,
                let number = Int(digits), number >= 0
            else { throw error() }
            position += 1
            numbers.append(number)
        }
        try take(.close)
        switch (name, numbers.count) {
        case ("tolower", _): return .call(.tolower, inner)
        case ("toupper", _): return .call(.toupper, inner)
        case ("trim", _): return .call(.trim, inner)
        case (_, 1): return .call(.substring(numbers[0], nil), inner)
        case (_, 2): return .call(.substring(numbers[0], numbers[1]), inner)
        case _: throw error()
        }
    }

    /// A list of constants, one of which the operand has to equal.
    private mutating func membership(_ operand: FilterExpression.Operand) throws(QueryError) -> FilterExpression {
        try take(.open)
        var expression: FilterExpression?
        repeat {
            if expression != nil { position += 1 }
            guard position < tokens.count, case .literal(let literal) = tokens[position].kind else { throw error() }
            position += 1
            let next = FilterExpression.compare(operand, .eq, .literal(literal))
            expression = expression.map { .or($0, next) } ?? next
        } while position < tokens.count && tokens[position].kind == .comma
        try take(.close)
        guard let expression else { throw error() }
        return expression
    }

    /// Passes over `name/any(…)` and `name/all(…)`, which filter nothing.
    private mutating func skipsLambda() -> Bool {
        guard position + 1 < tokens.count, case .word(let word) = tokens[position].kind,
            word.hasSuffix("/any") || word.hasSuffix("/all"), tokens[position + 1].kind == .open
        else { return false }
        var depth = 0
        repeat {
            position += 1
            guard position < tokens.count else { return true }
            if tokens[position].kind == .open { depth += 1 }
            if tokens[position].kind == .close { depth -= 1 }
        } while depth > 0
        position += 1
        return true
    }
}
