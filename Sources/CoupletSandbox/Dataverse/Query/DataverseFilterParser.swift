/// Reads `$filter` against a table.
struct DataverseFilterParser {
    private let text: String
    private let tokens: [FilterToken]
    private let schema: DataverseSchema
    private let conditions: DataverseConditions
    /// The table that names belong to now, and how a lambda calls its records.
    private var scope: (table: DataverseTable, variable: String?)
    private var position = 0
    private var depth = 0

    /// Reads a decoded filter.
    static func filter(
        _ text: String,
        table: DataverseTable,
        schema: DataverseSchema,
        moment: DataverseMoment
    ) throws(DataverseError) -> DataverseFilter {
        let tokens: [FilterToken]
        do { tokens = try FilterToken.tokens(of: text) } catch { throw .syntax(error.message) }
        var parser = DataverseFilterParser(text, tokens, table, schema, moment)
        let filter = try parser.alternative()
        guard parser.position == tokens.count else { throw parser.error() }
        return filter
    }

    private init(
        _ text: String,
        _ tokens: [FilterToken],
        _ table: DataverseTable,
        _ schema: DataverseSchema,
        _ moment: DataverseMoment
    ) {
        self.text = text
        self.tokens = tokens
        self.schema = schema
        conditions = DataverseConditions(moment: moment)
        scope = (table, nil)
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
            pending = nil
            if word.hasPrefix("Microsoft.Dynamics.CRM.") { return try function(String(word.dropFirst(23))) }
            position += 2
            if let test = FilterExpression.TextTest(rawValue: word) { return try textTest(test) }
            for (ending, isAny) in [("/any", true), ("/all", false)] where word.hasSuffix(ending) {
                return try lambda(String(word.dropLast(4)), isAny: isAny)
            }
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

    /// `collection/any(o:o/column eq 1)`, after the parenthesis is open.
    private mutating func lambda(_ path: String, isAny: Bool) throws(DataverseError) -> DataverseFilter {
        let name = withoutVariable(path)
        guard let collection = schema.collections(of: scope.table.name)[name],
            let table = schema.table(collection.table)
        else { throw .unknownProperty(name, scope.table.name) }
        if isAny, take(.close) { return .any(collection, .constant(true)) }
        guard case .word(let word)? = peek, let colon = word.firstIndex(of: ":") else { throw error() }
        let variable = String(word[..<colon])
        let rest = String(word[word.index(after: colon)...])
        let outer = scope
        scope = (table, variable)
        defer { scope = outer }
        if rest.isEmpty { position += 1 } else { pending = rest }
        let inner = try alternative()
        guard take(.close) else { throw error() }
        return isAny ? .any(collection, inner) : .all(collection, inner)
    }

    /// What follows the colon of a lambda in the same word.
    private var pending: String?

    /// `Microsoft.Dynamics.CRM.Name(PropertyName='x',PropertyValues=['a','b'])`.
    private mutating func function(_ name: String) throws(DataverseError) -> DataverseFilter {
        let call = try DataverseFunctionCall(text, from: tokens[position + 1].offset)
        while position < tokens.count, tokens[position].offset < call.end { position += 1 }
        guard let property = call.arguments["PropertyName"]?.first else {
            throw .syntax("The function '\(name)' needs a PropertyName.")
        }
        let values =
            call.arguments["PropertyValues"]
            ?? ["PropertyValue", "PropertyValue1", "PropertyValue2"]
            .flatMap { call.arguments[$0] ?? [] }
        let operand = try DataverseOperand(withoutVariable(property), table: scope.table, schema: schema)
        let condition = DataverseConditions.name(ofFunction: name)
        do { return try conditions.filter(condition, operand, type(of: operand), values) } catch {
            guard error.message.contains("condition operator '\(condition)' is not valid") else { throw error }
            throw .syntax("An unknown function with name 'Microsoft.Dynamics.CRM.\(name)' was found.")
        }
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
        pending = nil
        return try DataverseOperand(withoutVariable(word), table: scope.table, schema: schema)
    }

    private func withoutVariable(_ name: String) -> String {
        guard let variable = scope.variable, name.hasPrefix("\(variable)/") else { return name }
        return String(name.dropFirst(variable.count + 1))
    }

    private func type(of operand: DataverseOperand) -> DataverseColumnType { operand.type(in: scope.table, schema) }

    private var peek: FilterToken.Kind? {
        if let pending { return .word(pending) }
        return position < tokens.count ? tokens[position].kind : nil
    }

    private mutating func take(_ kind: FilterToken.Kind) -> Bool {
        guard peek == kind else { return false }
        pending = nil
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
