extension RecordFilter {
    /// No record: the opposite of `everything`.
    public static let nothing = RecordFilter.not(.everything)

    /// The same filter in the one form in which equal filters mostly look alike, and which its text brings back.
    ///
    /// Groups within a group of the same kind are joined, groups of one are that one, a filter denied twice is itself,
    /// numbers have no exponents, and equality with empty text is equality with null.
    public var normalized: RecordFilter {
        switch self {
        case .everything, .blank, .relative: return self
        case .compare(let field, let comparison, let value):
            return .compare(field: field, comparison, comparison.normalized(value))
        case .like(let field, let pattern):
            switch pattern.pieces.first {
            case nil: return .compare(field: field, .equal, .null)
            case .text(let text) where pattern.pieces.count == 1:
                return .compare(field: field, .equal, .text(text))
            default: return self
            }
        case .not(let part):
            let inner = part.normalized
            if case .not(let again) = inner { return again }
            return .not(inner)
        case .all(let parts):
            let flat = parts.map(\.normalized).flatMap(\.conjuncts).filter { $0 != .everything }
            return flat.contains(.nothing)
                ? .nothing : flat.count == 1 ? flat[0] : flat.isEmpty ? .everything : .all(flat)
        case .any(let parts):
            let flat = parts.map(\.normalized).flatMap(\.disjuncts).filter { $0 != .nothing }
            if flat.contains(.everything) { return .everything }
            return flat.count == 1 ? flat[0] : flat.isEmpty ? .nothing : .any(flat)
        }
    }

    private var conjuncts: [RecordFilter] {
        if case .all(let parts) = self { parts } else { [self] }
    }

    private var disjuncts: [RecordFilter] {
        if case .any(let parts) = self { parts } else { [self] }
    }
}

extension RecordFilter.Comparison {
    fileprivate func normalized(_ value: Value) -> Value {
        switch (self, value) {
        case (.equal, .text("")), (.notEqual, .text("")): .null
        case (_, .number(let digits)): DecimalNumber.plain(digits).map(Value.number) ?? value
        default: value
        }
    }
}
