/// Reads `$filter` against a table.
struct DataverseFilterParser {
    private let text: String
    private let tokens: [FilterToken]
    private let table: DataverseTable
    private let schema: DataverseSchema
    private var position = 0
    private var depth = 0

    /// Reads a decoded filter.
    static func filter(
        _ text: String,
        table: DataverseTable,
        schema: DataverseSchema
    ) throws(DataverseError) -> DataverseFilter {
        let tokens: [FilterToken]
        do { tokens = try FilterToken.tokens(of: text) } catch { throw .syntax(error.message) }
        var parser = DataverseFilterParser(text: text, tokens: tokens, table: table, schema: schema)
        let filter = try parser.alternative()
        guard parser.position == tokens.count else { throw parser.error() }
        return filter
    }

    private init(text: String, tokens: [FilterToken], table: DataverseTable, schema: DataverseSchema) {
        self.text = text
        self.tokens = tokens
        self.table = table
        self.schema = schema
    }

    /// A column of the table, or `navigation/column` of a table it refers to.
    static func operand(
        _ name: String,
        table: DataverseTable,
        schema: DataverseSchema
    ) throws(DataverseError) -> DataverseOperand {
        if let position = table.byProperty[name] { return DataverseOperand(position: position, related: nil) }
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let navigation = table.byNavigation[parts[0]] else {
            throw .unknownProperty(name, table.name)
        }
        let targets = navigation.table.map { [$0] } ?? table.columns[navigation.position].type.targets.map(\.table)
        let tables = targets.compactMap { schema.table($0) }
        // The key of the record referred to is the reference itself.
        if targets.count == 1, tables.first?.key == parts[1] {
            return DataverseOperand(position: navigation.position, related: nil)
        }
        guard let target = tables.first(where: { $0.byProperty[parts[1]] != nil }),
            let position = target.byProperty[parts[1]]
        else { throw .unknownProperty(parts[1], targets.first ?? table.name) }
        return DataverseOperand(
            position: navigation.position,
            related: .init(table: target.name, position: position)
        )
    }

    private mutating func alternative() throws(DataverseError) -> DataverseFilter {
        var filter = try conjunction()
        while takeWord("or") { filter = .or(filter, try conjunction()) }
        return filter
    }

    private mutating func conjunction() throws(DataverseError) -> DataverseFilter {
        var filter = try condition()
        while takeWord("and") { filter = .and(filter, try condition()) }
        return filter
    }

    private mutating func condition() throws(DataverseError) -> DataverseFilter {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw .syntax("The filter is nested too deeply.") }
        if takeWord("not") { return .not(try condition()) }
        if take(.open) {
            let inner = try alternative()
            guard take(.close) else { throw error() }
            return inner
        }
        if case .word(let word)? = peek, position + 1 < tokens.count, tokens[position + 1].kind == .open {
            position += 2
            if let test = FilterExpression.TextTest(rawValue: word) { return try textTest(test) }
            if word == "Microsoft.Dynamics.CRM.In" { return try membership() }
            throw .syntax("An unknown function with name '\(word)' was found.")
        }
        return try comparison()
    }

    private mutating func textTest(_ test: FilterExpression.TextTest) throws(DataverseError) -> DataverseFilter {
        let operand = try operand()
        guard take(.comma), case .literal(.string(let text))? = peek else { throw error() }
        position += 1
        guard take(.close) else { throw error() }
        guard type(of: operand).isText else { throw incompatible() }
        return .like(operand, DataversePattern(test, text))
    }

    /// `In(PropertyName='x',PropertyValues=['a','b'])`, after the parenthesis is open.
    private mutating func membership() throws(DataverseError) -> DataverseFilter {
        guard takeWord("PropertyName="), case .literal(.string(let name))? = peek else { throw error() }
        position += 1
        guard take(.comma), takeWord("PropertyValues=[") else { throw error() }
        let operand = try Self.operand(name, table: table, schema: schema)
        var values: Set<DataverseValue> = []
        while case .literal(let literal)? = peek {
            position += 1
            guard let value = DataverseValue(literal, type: type(of: operand)) else { throw incompatible() }
            values.insert(value)
            if !take(.comma) { break }
        }
        guard takeWord("]"), take(.close) else { throw error() }
        return .isOneOf(operand, values)
    }

    private mutating func comparison() throws(DataverseError) -> DataverseFilter {
        if case .literal(let literal)? = peek {
            position += 1
            let comparison = try comparisonWord()
            let operand = try operand()
            return try compare(operand, comparison.mirrored, literal)
        }
        let left = try operand()
        let comparison = try comparisonWord()
        if case .literal(let literal)? = peek {
            position += 1
            return try compare(left, comparison, literal)
        }
        return .compareColumns(left, comparison, try operand())
    }

    private func compare(
        _ operand: DataverseOperand,
        _ comparison: FilterExpression.Comparison,
        _ literal: FilterExpression.Literal
    ) throws(DataverseError) -> DataverseFilter {
        guard let value = DataverseValue(literal, type: type(of: operand)) else { throw incompatible() }
        return .compare(operand, comparison, value)
    }

    private mutating func comparisonWord() throws(DataverseError) -> FilterExpression.Comparison {
        guard case .word(let word)? = peek, let comparison = FilterExpression.Comparison(rawValue: word) else {
            throw error()
        }
        position += 1
        return comparison
    }

    private mutating func operand() throws(DataverseError) -> DataverseOperand {
        guard case .word(let word)? = peek else { throw error() }
        position += 1
        return try Self.operand(word, table: table, schema: schema)
    }

    private func type(of operand: DataverseOperand) -> DataverseColumnType {
        guard let related = operand.related, let target = schema.table(related.table) else {
            return table.columns[operand.position].type
        }
        return target.columns[related.position].type
    }

    private var peek: FilterToken.Kind? { position < tokens.count ? tokens[position].kind : nil }

    private mutating func take(_ kind: FilterToken.Kind) -> Bool {
        guard peek == kind else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool { take(.word(word)) }

    private func error() -> DataverseError {
        let offset = position < tokens.count ? tokens[position].offset : text.utf8.count
        return .syntax("Syntax error at position \(offset) in '\(text)'.")
    }

    private func incompatible() -> DataverseError {
        .syntax("A binary operator with incompatible types was detected.")
    }
}
