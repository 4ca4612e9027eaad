/// A filter with its names resolved against a table.
indirect enum DataverseFilter: Sendable {
    /// Compares a column with a constant.
    case compare(DataverseOperand, FilterExpression.Comparison, DataverseValue)
    /// Compares two columns.
    case compareColumns(DataverseOperand, FilterExpression.Comparison, DataverseOperand)
    /// Tests text for a pattern.
    case like(DataverseOperand, DataversePattern)
    /// Whether the value is one of several.
    case isOneOf(DataverseOperand, Set<DataverseValue>)
    case and(DataverseFilter, DataverseFilter)
    case or(DataverseFilter, DataverseFilter)
    case not(DataverseFilter)

    /// The only records that can satisfy the filter, where it names them by primary key.
    var onlyIDs: Set<SandboxGUID>? {
        switch self {
        case .compare(let operand, .eq, .guid(let id)) where operand.isPrimaryKey: [id]
        case .isOneOf(let operand, let values) where operand.isPrimaryKey:
            Set(values.compactMap { if case .guid(let id) = $0 { id } else { nil } })
        case .and(let left, let right): left.onlyIDs ?? right.onlyIDs
        case .or(let left, let right):
            if let one = left.onlyIDs, let two = right.onlyIDs { one.union(two) } else { nil }
        case .compare, .compareColumns, .like, .isOneOf, .not: nil
        }
    }

    /// Whether the record at a place satisfies the filter.
    func matches(_ scan: DataverseScan, _ place: Int) -> Bool {
        switch self {
        case .compare(let operand, let comparison, let constant):
            Self.holds(scan.value(of: operand, place), comparison, constant)
        case .compareColumns(let left, let comparison, let right):
            Self.holds(scan.value(of: left, place), comparison, scan.value(of: right, place))
        case .like(let operand, let pattern):
            if case .text(let text) = scan.value(of: operand, place) { pattern.matches(text) } else { false }
        case .isOneOf(let operand, let values): values.contains(scan.value(of: operand, place))
        case .and(let left, let right): left.matches(scan, place) && right.matches(scan, place)
        case .or(let left, let right): left.matches(scan, place) || right.matches(scan, place)
        case .not(let inner): !inner.matches(scan, place)
        }
    }

    /// A missing value is unequal to every value, equal to null, and neither greater nor smaller than anything.
    private static func holds(
        _ left: DataverseValue,
        _ comparison: FilterExpression.Comparison,
        _ right: DataverseValue
    ) -> Bool {
        switch comparison {
        case .eq: left.equals(right)
        case .ne: !left.equals(right)
        case .lt: left.precedes(right) ?? false
        case .gt: right.precedes(left) ?? false
        case .le: left.precedes(right).map { $0 || left.equals(right) } ?? false
        case .ge: right.precedes(left).map { $0 || left.equals(right) } ?? false
        }
    }
}

/// What a filter or an order takes from a record: a column of its own, or one of a record that it refers to.
struct DataverseOperand: Sendable, Hashable {
    /// The column's position in the record's table.
    let position: Int
    /// For a path: the table referred to and the position there.
    let related: Related?

    struct Related: Sendable, Hashable {
        let table: String
        let position: Int
    }

    /// Whether this is the record's own primary key.
    var isPrimaryKey: Bool { position == 0 && related == nil }
}

/// A pattern of text in lower case: `%` stands for any text and `_` for any one character.
struct DataversePattern: Sendable {
    private let pattern: [Unicode.Scalar]

    init(_ test: FilterExpression.TextTest, _ text: String) {
        let scalars = Array(text.lowercased().unicodeScalars)
        switch test {
        case .contains: pattern = ["%"] + scalars + ["%"]
        case .startswith: pattern = scalars + ["%"]
        case .endswith: pattern = ["%"] + scalars
        }
    }

    func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var (inText, inPattern) = (0, 0)
        var lastPercent: (pattern: Int, text: Int)?
        while inText < text.count {
            if inPattern < pattern.count, pattern[inPattern] == "%" {
                lastPercent = (inPattern, inText)
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == "_" || pattern[inPattern] == text[inText] {
                inText += 1
                inPattern += 1
            } else if let last = lastPercent {
                lastPercent = (last.pattern, last.text + 1)
                (inText, inPattern) = (last.text + 1, last.pattern + 1)
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "%" }
    }
}
