/// Which records of a table a mapping concerns: pushed down to enumerate, evaluated locally on incremental reads.
public indirect enum RecordFilter: Codable, Sendable, Hashable {
    /// How a field is compared with a value.
    public enum Comparison: String, Codable, Sendable, Hashable, CaseIterable {
        /// Equal; text without regard to case, as both remotes compare.
        case equal
        /// Not equal.
        case notEqual
        /// Less.
        case less
        /// Less or equal.
        case lessOrEqual
        /// Greater.
        case greater
        /// Greater or equal.
        case greaterOrEqual
    }

    /// Every record.
    case everything
    /// A field compared with a value.
    case compare(field: String, Comparison, Value)
    /// A field that is null or empty.
    case blank(field: String)
    /// A field whose text fits a pattern, whatever its case; null is empty text.
    case like(field: String, TextPattern)
    /// A field compared with a day counted from today; see `resolved(at:)`.
    case relative(field: String, Comparison, RelativeDay)
    /// All of these.
    case all([RecordFilter])
    /// At least one of these.
    case any([RecordFilter])
    /// Not this.
    case not(RecordFilter)

    /// The fields the filter looks at, in order of first use.
    public var fields: [String] {
        switch self {
        case .everything: []
        case .compare(let field, _, _), .blank(let field), .like(let field, _), .relative(let field, _, _): [field]
        case .all(let parts), .any(let parts):
            parts.flatMap(\.fields).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .not(let part): part.fields
        }
    }
}
