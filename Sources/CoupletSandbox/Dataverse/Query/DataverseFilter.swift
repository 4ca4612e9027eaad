/// A filter with its names resolved against a table.
indirect enum DataverseFilter: Sendable {
    /// The same for every record.
    case constant(Bool)
    /// Compares a column with a constant.
    case compare(DataverseOperand, FilterExpression.Comparison, DataverseValue)
    /// Compares two columns.
    case compareColumns(DataverseOperand, FilterExpression.Comparison, DataverseOperand)
    /// Tests text for a pattern.
    case like(DataverseOperand, DataversePattern)
    /// Whether the value is one of several.
    case isOneOf(DataverseOperand, Set<DataverseValue>)
    /// Whether a choice of several has one of these options.
    case hasOption(DataverseOperand, Set<String>)
    /// Whether a record of a collection satisfies a filter.
    case any(DataverseCollection, DataverseFilter)
    /// Whether every record of a collection satisfies a filter.
    case all(DataverseCollection, DataverseFilter)
    case and(DataverseFilter, DataverseFilter)
    case or(DataverseFilter, DataverseFilter)
    case not(DataverseFilter)

    /// Both, where either may be missing.
    static func both(_ left: DataverseFilter?, _ right: DataverseFilter?) -> DataverseFilter? {
        guard let left, let right else { return left ?? right }
        return .and(left, right)
    }

    /// Whether the record at a place satisfies the filter.
    func matches(_ scan: DataverseScan, _ place: Int) -> Bool {
        switch self {
        case .constant(let value): value
        case .compare(let operand, let comparison, let constant):
            Self.holds(scan.value(of: operand, place), comparison, constant)
        case .compareColumns(let left, let comparison, let right):
            Self.holds(scan.value(of: left, place), comparison, scan.value(of: right, place))
        case .like(let operand, let pattern):
            if case .text(let text) = scan.value(of: operand, place) { pattern.matches(text) } else { false }
        case .isOneOf(let operand, let values): values.contains(scan.value(of: operand, place))
        case .hasOption(let operand, let options):
            if case .text(let text) = scan.value(of: operand, place) {
                text.split(separator: ",").contains { options.contains(String($0)) }
            } else {
                false
            }
        case .any(let collection, let inner):
            scan.members(of: collection, at: place).contains { inner.matches(scan.scan(of: collection), $0) }
        case .all(let collection, let inner):
            scan.members(of: collection, at: place).allSatisfy { inner.matches(scan.scan(of: collection), $0) }
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
