extension RecordFilter {
    /// Whether a row passes.
    ///
    /// A field that the row lacks counts as null. Null equals empty text; beyond that a comparison with null holds only
    /// for `notEqual`, as in OData. Text is compared without regard to case, numbers by value, points in time by value
    /// when both are ISO 8601 in UTC, and no comes before yes. Values of kinds that cannot be compared are not equal,
    /// and neither is less. A field is blank when it is null, or text of nothing but spaces.
    public func matches(_ row: RowView, layout: RowLayout) -> Bool {
        switch self {
        case .everything: true
        case .compare(let field, let comparison, let value):
            comparison.holds(RecordFilter.value(of: field, row, layout), value)
        case .blank(let field):
            RecordFilter.value(of: field, row, layout).isSpaces
        case .like(let field, let pattern):
            pattern.matches(RecordFilter.value(of: field, row, layout).text)
        // Nobody said what day it is.
        case .relative: false
        case .all(let parts): parts.allSatisfy { $0.matches(row, layout: layout) }
        case .any(let parts): parts.contains { $0.matches(row, layout: layout) }
        case .not(let part): !part.matches(row, layout: layout)
        }
    }

    private static func value(of field: String, _ row: RowView, _ layout: RowLayout) -> Value {
        layout.position(of: field).flatMap(row.value) ?? .null
    }
}

extension RecordFilter.Comparison {
    /// Whether a record's value stands in this relation to the filter's.
    func holds(_ value: Value, _ wanted: Value) -> Bool {
        if value.isBlank && wanted.isBlank { return self != .notEqual && self != .less && self != .greater }
        guard let order = Order(value, wanted) else { return self == .notEqual }
        return switch self {
        case .equal: order == .same
        case .notEqual: order != .same
        case .less: order == .before
        case .lessOrEqual: order != .after
        case .greater: order == .after
        case .greaterOrEqual: order != .before
        }
    }

    private enum Order {
        case before, same, after

        /// Nil when the two cannot be compared.
        init?(_ left: Value, _ right: Value) {
            switch (left, right) {
            case (.null, _), (_, .null), (.unkept, _), (_, .unkept): return nil
            case (.boolean(let one), .boolean(let two)): self.init(one ? 1 : 0, two ? 1 : 0)
            case (.boolean(let one), _): self.init(folded: one ? "true" : "false", right.text.lowercased())
            case (_, .boolean(let two)): self.init(folded: left.text.lowercased(), two ? "true" : "false")
            case (.number, _), (_, .number):
                guard let one = DecimalNumber(left.text), let two = DecimalNumber(right.text) else { return nil }
                self.init(one, two)
            case (.text(let one), .text(let two)):
                if let early = Instant(iso8601: one), let late = Instant(iso8601: two) {
                    self.init(early, late)
                } else {
                    self.init(folded: one.lowercased(), two.lowercased())
                }
            }
        }

        private init<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) {
            self = left == right ? .same : left < right ? .before : .after
        }

        private init(folded left: String, _ right: String) {
            self =
                left.utf8.elementsEqual(right.utf8)
                ? .same : left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
        }
    }
}

extension Value {
    fileprivate var isSpaces: Bool {
        switch self {
        case .null: true
        case .text(let text): text.utf8.allSatisfy { $0 == 0x20 }
        case .boolean, .number, .unkept: false
        }
    }
}
