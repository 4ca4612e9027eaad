extension CompiledFilter {
    /// Whether a row satisfies the filter.
    package func matches(_ row: SandboxRow) -> Bool { matches(row, root) }

    static func apply(_ function: FilterExpression.TextFunction, _ text: String) -> String {
        switch function {
        case .tolower: text.lowercased()
        case .toupper: text.uppercased()
        case .trim: String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        case .substring(let start, let length): String(text.dropFirst(start).prefix(length ?? Int.max))
        }
    }

    private func matches(_ row: SandboxRow, _ node: Node) -> Bool {
        switch node {
        case .and(let left, let right): return matches(row, left) && matches(row, right)
        case .or(let left, let right): return matches(row, left) || matches(row, right)
        case .not(let inner): return !matches(row, inner)
        case .constant(let value): return value
        case .isBlank(let column): return isBlank(row, column)
        case .compareInstant(let column, let comparison, let instant):
            guard let value = self.instant(row, column) else { return comparison == .ne }
            return comparison.holds(value.milliseconds, instant.milliseconds)
        case .compareNumber(let column, let comparison, let number):
            guard let value = self.number(row, column) else { return comparison == .ne }
            return comparison.holds(value, number)
        case .compareText(let column, let calls, let comparison, let text):
            return compareText(row, column, calls, comparison, text)
        case .compareColumns(let left, let comparison, let right):
            return comparison.holds(folded(text(row, left)), folded(text(row, right)))
        case .test(let test, let column, let calls, let text):
            return self.test(test, folded(calls.reduce(self.text(row, column)) { Self.apply($1, $0) }), text)
        }
    }

    private func test(_ test: FilterExpression.TextTest, _ value: String, _ text: String) -> Bool {
        let (value, text) = (Array(value.utf8), Array(text.utf8))
        switch test {
        case .startswith: return value.starts(with: text)
        case .endswith: return value.reversed().starts(with: text.reversed())
        case .contains:
            guard text.count <= value.count else { return false }
            return (0...(value.count - text.count)).contains { value[$0...].starts(with: text) }
        }
    }

    private func compareText(
        _ row: SandboxRow,
        _ column: Int,
        _ calls: [FilterExpression.TextFunction],
        _ comparison: FilterExpression.Comparison,
        _ text: String
    ) -> Bool {
        if isNullBlank(column), isBlank(row, column) { return comparison == .ne }
        guard calls.isEmpty, rule == .exact, comparison == .eq || comparison == .ne,
            schema.columns[column].source == .stored
        else {
            return comparison.holds(folded(calls.reduce(self.text(row, column)) { Self.apply($1, $0) }), text)
        }
        let isEqual = row.fields.withBytes(at: column) { bytes in
            bytes.isEmpty ? schema.columns[column].blankText == text : bytes.elementsEqual(text.utf8)
        }
        return isEqual == (comparison == .eq)
    }

    private func folded(_ text: String) -> String { rule == .caseless ? text.lowercased() : text }

    /// Whether an absent value of the column is null, so that it is unequal to everything.
    private func isNullBlank(_ column: Int) -> Bool { schema.columns[column].blank.elementsEqual("null".utf8) }

    private func isBlank(_ row: SandboxRow, _ column: Int) -> Bool {
        guard schema.columns[column].source == .stored else { return false }
        return row.fields.withBytes(at: column) { $0.isEmpty }
    }

    private func text(_ row: SandboxRow, _ column: Int) -> String {
        switch schema.columns[column].source {
        case .id: return row.id.description
        case .version: return String(row.version)
        case .createdAt: return row.createdAt.text
        case .modifiedAt: return row.modifiedAt.text
        case .stored:
            let text = row.fields.text(at: column)
            return text.isEmpty && !isNullBlank(column) ? schema.columns[column].blankText : text
        }
    }

    private func instant(_ row: SandboxRow, _ column: Int) -> SandboxInstant? {
        switch schema.columns[column].source {
        case .createdAt: row.createdAt
        case .modifiedAt: row.modifiedAt
        case .id, .version, .stored: SandboxInstant(text: text(row, column))
        }
    }

    private func number(_ row: SandboxRow, _ column: Int) -> Double? {
        schema.columns[column].source == .version ? Double(row.version) : Double(text(row, column))
    }
}

extension FilterExpression.Comparison {
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .eq: left == right
        case .ne: left != right
        case .gt: left > right
        case .ge: left >= right
        case .lt: left < right
        case .le: left <= right
        }
    }

    /// Compares by bytes; `String` would ignore Unicode normalization.
    func holds(_ left: String, _ right: String) -> Bool {
        let isEqual = left.utf8.elementsEqual(right.utf8)
        let isLess = left.utf8.lexicographicallyPrecedes(right.utf8)
        switch self {
        case .eq: return isEqual
        case .ne: return !isEqual
        case .gt: return !isEqual && !isLess
        case .ge: return !isLess
        case .lt: return isLess
        case .le: return isLess || isEqual
        }
    }
}
