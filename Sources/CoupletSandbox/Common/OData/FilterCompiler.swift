/// Resolves names and checks types of a filter.
struct FilterCompiler {
    typealias Node = CompiledFilter.Node
    typealias Operand = FilterExpression.Operand

    let schema: TableSchema
    let rule: CompiledFilter.TextRule

    func node(_ expression: FilterExpression) throws(QueryError) -> Node {
        switch expression {
        case .and(let left, let right): return .and(try node(left), try node(right))
        case .or(let left, let right): return .or(try node(left), try node(right))
        case .not(let inner): return .not(try node(inner))
        case .test(let test, let left, let right):
            let (column, calls) = try column(left)
            guard case .literal(.string(let text)) = plain(right), isText(column) else { throw incompatible() }
            return .test(test, column, calls, rule == .caseless ? text.lowercased() : text)
        case .compare(let left, let comparison, let right): return try comparisonNode(left, comparison, right)
        }
    }

    private func comparisonNode(
        _ left: Operand,
        _ comparison: FilterExpression.Comparison,
        _ right: Operand
    ) throws(QueryError) -> Node {
        if case .literal(let literal) = plain(left) {
            guard case .literal(let other) = plain(right) else {
                return try comparisonNode(right, comparison.mirrored, left)
            }
            return .constant((literal == other) == (comparison != .ne))
        }
        let (column, calls) = try column(left)
        guard case .literal(let literal) = plain(right) else {
            return .compareColumns(column, comparison, try self.column(right).index)
        }
        return try literalNode(column, calls, comparison, literal)
    }

    private func literalNode(
        _ column: Int,
        _ calls: [FilterExpression.TextFunction],
        _ comparison: FilterExpression.Comparison,
        _ literal: FilterExpression.Literal
    ) throws(QueryError) -> Node {
        let kind = schema.columns[column].kind
        switch (literal, kind) {
        case (.null, _):
            guard comparison == .eq || comparison == .ne else { return .constant(false) }
            return comparison == .eq ? .isBlank(column) : .not(.isBlank(column))
        case (.string(let text), .text), (.string(let text), .code), (.string(let text), .option):
            return .compareText(column, calls, comparison, rule == .caseless ? text.lowercased() : text)
        case (.guid(let guid), .guid): return .compareText(column, [], comparison, guid.description)
        case (.guid(let guid), .text), (.guid(let guid), .code):
            return .compareText(column, calls, comparison, guid.description)
        case (.boolean(let value), .boolean): return .compareText(column, [], comparison, value ? "true" : "false")
        case (.number(let digits), .integer), (.number(let digits), .decimal):
            return .compareNumber(column, comparison, Double(digits) ?? 0)
        case (.dateTime(let instant), .dateTime): return .compareInstant(column, comparison, instant)
        case (.date(let text), .date): return .compareText(column, [], comparison, text)
        case (.date(let text), .dateTime):
            guard let instant = SandboxInstant(text: text) else { throw incompatible() }
            return .compareInstant(column, comparison, instant)
        case (.dateTime(let instant), .date):
            return .compareText(column, [], comparison, String(instant.text.prefix(10)))
        default: throw incompatible()
        }
    }

    private func isText(_ column: Int) -> Bool {
        switch schema.columns[column].kind {
        case .text, .code, .option: true
        case .guid, .boolean, .integer, .decimal, .dateTime, .date: false
        }
    }

    private func incompatible() -> QueryError {
        QueryError(.incompatibleTypes, "A binary operator with incompatible types was detected.")
    }

    private func column(_ operand: Operand) throws(QueryError) -> (index: Int, calls: [FilterExpression.TextFunction]) {
        switch operand {
        case .property(let name):
            guard let index = schema.index(of: name) else {
                throw QueryError(.unknownProperty(name), "Could not find a property named '\(name)'.")
            }
            return (index, [])
        case .call(let function, let inner):
            let (index, calls) = try column(inner)
            guard isText(index) else { throw incompatible() }
            return (index, calls + [function])
        case .literal: throw incompatible()
        }
    }

    /// The operand with functions of constants worked out.
    private func plain(_ operand: Operand) -> Operand {
        guard case .call(let function, let inner) = operand, case .literal(.string(let text)) = plain(inner) else {
            return operand
        }
        return .literal(.string(CompiledFilter.apply(function, text)))
    }
}

extension FilterCompiler {
    /// Which rows can satisfy the filter at all.
    func candidates(_ expression: FilterExpression) -> CompiledFilter.Candidates {
        switch expression {
        case .compare(let left, let comparison, let right):
            if case .literal = left { return comparisonCandidates(right, comparison.mirrored, left) }
            return comparisonCandidates(left, comparison, right)
        case .and(let left, let right):
            let (one, two) = (candidates(left), candidates(right))
            return one.rank >= two.rank ? one : two
        case .or(let left, let right):
            switch (candidates(left), candidates(right)) {
            case (.ids(let one), .ids(let two)): return .ids(one + two)
            case (.naturalKeys(let one), .naturalKeys(let two)): return .naturalKeys(one + two)
            case (.values(let column, let one), .values(let other, let two)) where column == other:
                return .values(column, one + two)
            default: return .all
            }
        case .test, .not: return .all
        }
    }

    /// Whether rows are found by the column's texts: not by those that many rows have.
    private func isFound(_ column: Int) -> Bool {
        switch schema.columns[column].kind {
        case .text, .code: schema.columns[column].blankText.isEmpty
        case .guid, .boolean, .integer, .decimal, .dateTime, .date, .option: false
        }
    }

    private func comparisonCandidates(
        _ left: Operand,
        _ comparison: FilterExpression.Comparison,
        _ right: Operand
    ) -> CompiledFilter.Candidates {
        guard case .property(let name) = left, let index = schema.index(of: name), case .literal(let literal) = right
        else { return .all }
        switch (schema.columns[index].source, comparison, literal) {
        case (.id, .eq, .guid(let guid)): return .ids([guid])
        case (.stored, .eq, .string(let text)) where index == schema.naturalKey && rule == .exact:
            return .naturalKeys([text])
        case (.stored, .eq, .guid(let guid)) where index == schema.parentKey && guid != .zero:
            return .parent(guid.description)
        case (.stored, .eq, .string(let text)) where !text.isEmpty && isFound(index) && rule == .exact:
            return .values(index, [text])
        case (.stored, .eq, .guid(let guid)) where guid != .zero && schema.columns[index].kind == .guid:
            return .values(index, [guid.description])
        case (.modifiedAt, .eq, .dateTime(let instant)), (.modifiedAt, .ge, .dateTime(let instant)),
            (.modifiedAt, .gt, .dateTime(let instant)):
            return .modifiedSince(instant)
        default: return .all
        }
    }
}

extension CompiledFilter.Candidates {
    /// Greater where fewer rows are left.
    fileprivate var rank: Int {
        switch self {
        case .all: 0
        case .modifiedSince: 1
        case .values: 2
        case .parent: 3
        case .naturalKeys: 4
        case .ids: 5
        }
    }
}

extension FilterExpression.Comparison {
    /// The comparison with its sides exchanged.
    var mirrored: Self {
        switch self {
        case .eq, .ne: self
        case .gt: .lt
        case .ge: .le
        case .lt: .gt
        case .le: .ge
        }
    }
}
