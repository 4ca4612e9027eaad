extension RecordFilter {
    /// Reads a filter from text.
    ///
    /// Clauses are joined by `and`, `or`, `not` and parentheses. A clause is a field and what its value must be: `=` and
    /// a value, a list `A|B`, a range `A..B`, `A..` or `..B`, or comparisons `<>`, `<`, `<=`, `>`, `>=`, joined by `|`
    /// and `&` (`&` binds closer) and parentheses. `''` is a blank value, `null` no value. In text, `*` stands for any
    /// text and `?` for any character; a leading `@` is allowed and says nothing, for case never matters. Single quotes
    /// make a value plain, double quotes a field's name. `today`, `today-30d` or `today+1m` are days counted from the one
    /// on which the filter is evaluated, in days, weeks, months or years. No text at all is every record, `nothing` is none.
    /// - Parameters:
    ///   - text: The filter.
    ///   - context: The table's fields, and how numbers and days are written.
    /// - Throws: A `filter.` error with the status `wrongUse` that says what is wrong and where.
    public init(parsing text: String, in context: FilterContext) throws(CoupletError) {
        var parser = FilterParser(text, context)
        self = try parser.filter().normalized
    }
}

/// Reads a filter by recursive descent; deeper nesting than anybody writes is refused.
private struct FilterParser {
    private static let maximumDepth = 64

    private var scanner: FilterScanner
    private let context: FilterContext
    private var depth = 0

    init(_ text: String, _ context: FilterContext) {
        scanner = FilterScanner(text)
        self.context = context
    }

    mutating func filter() throws(CoupletError) -> RecordFilter {
        scanner.skipBlanks()
        if scanner.isAtEnd { return .everything }
        let result = try either()
        guard scanner.isAtEnd else { throw scanner.unexpected() }
        return result
    }

    private mutating func descend() throws(CoupletError) {
        depth += 1
        if depth > FilterParser.maximumDepth {
            throw CoupletError("filter.tooDeep", ["maximum": String(FilterParser.maximumDepth)], status: .wrongUse)
        }
    }

    // MARK: Clauses

    private mutating func either() throws(CoupletError) -> RecordFilter {
        var parts = [try both()]
        while scanner.take(word: "or") { parts.append(try both()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both() throws(CoupletError) -> RecordFilter {
        var parts = [try denied()]
        while scanner.take(word: "and") { parts.append(try denied()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func denied() throws(CoupletError) -> RecordFilter {
        scanner.skipBlanks()
        try descend()
        defer { depth -= 1 }
        if scanner.take(word: "not") { return .not(try denied()) }
        guard scanner.take("(") else { return try clause() }
        let inner = try either()
        guard scanner.take(")") else { throw scanner.unexpected() }
        scanner.skipBlanks()
        return inner
    }

    private mutating func clause() throws(CoupletError) -> RecordFilter {
        if scanner.take(word: "nothing") {
            scanner.skipBlanks()
            return .nothing
        }
        guard !scanner.isAt(word: "and"), !scanner.isAt(word: "or"), let field = try scanner.takeName() else {
            throw scanner.unexpected()
        }
        scanner.skipBlanks()
        if !scanner.take(":") && !scanner.take("=") {
            let ahead = scanner
            guard scanner.takeComparison() != nil else { throw scanner.unexpected() }
            scanner = ahead
        }
        return try list(field)
    }

    // MARK: Values of one field

    private mutating func list(_ field: String) throws(CoupletError) -> RecordFilter {
        var parts = [try joined(field)]
        while scanner.take("|") { parts.append(try joined(field)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func joined(_ field: String) throws(CoupletError) -> RecordFilter {
        var parts = [try value(field)]
        while scanner.take("&") { parts.append(try value(field)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func value(_ field: String) throws(CoupletError) -> RecordFilter {
        scanner.skipBlanks()
        try descend()
        defer {
            depth -= 1
            scanner.skipBlanks()
        }
        if scanner.take("(") {
            let inner = try list(field)
            guard scanner.take(")") else { throw scanner.unexpected() }
            return inner
        }
        if let comparison = scanner.takeComparison() {
            scanner.skipBlanks()
            guard let term = try scanner.takeTerm() else { throw scanner.unexpected() }
            return try compare(field, comparison, term)
        }
        let low = try scanner.takeTerm()
        guard scanner.take("..") else {
            guard let low else { throw scanner.unexpected() }
            return try compare(field, .equal, low)
        }
        scanner.skipBlanks()
        let bounds = (low, try scanner.takeTerm())
        var parts: [RecordFilter] = []
        if let low = bounds.0 { parts.append(try compare(field, .greaterOrEqual, low)) }
        if let high = bounds.1 { parts.append(try compare(field, .lessOrEqual, high)) }
        guard !parts.isEmpty else { throw scanner.unexpected() }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private func compare(
        _ field: String,
        _ comparison: RecordFilter.Comparison,
        _ term: FilterTerm
    ) throws(CoupletError) -> RecordFilter {
        switch try context.operand(term, field: field) {
        case .value(let value): return .compare(field: field, comparison, value)
        case .relative(let day): return .relative(field: field, comparison, day)
        case .pattern(let pattern):
            switch comparison {
            case .equal: return .like(field: field, pattern)
            case .notEqual: return .not(.like(field: field, pattern))
            case .less, .lessOrEqual, .greater, .greaterOrEqual:
                throw CoupletError("filter.noPattern", ["field": field, "value": term.text], status: .wrongUse)
            }
        case .day(let start, let end):
            let day = RecordFilter.all([
                .compare(field: field, .greaterOrEqual, start), .compare(field: field, .less, end),
            ])
            switch comparison {
            case .equal: return day
            case .notEqual: return .not(day)
            case .less: return .compare(field: field, .less, start)
            case .lessOrEqual: return .compare(field: field, .less, end)
            case .greater: return .compare(field: field, .greaterOrEqual, end)
            case .greaterOrEqual: return .compare(field: field, .greaterOrEqual, start)
            }
        case .blank:
            switch comparison {
            case .equal: return .blank(field: field)
            case .notEqual: return .not(.blank(field: field))
            case .less, .lessOrEqual, .greater, .greaterOrEqual: return .compare(field: field, comparison, .text(""))
            }
        }
    }
}
