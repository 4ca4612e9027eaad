import CoupletCore

/// Shows a filter as people read it.
struct FilterText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// The filter as text; a sentence where it lets every record through.
    func text(_ filter: RecordFilter) -> String {
        filter == .everything ? console.text("filter.everything") : Self.technical(filter)
    }

    /// The filter in the words of a formula; empty where it lets every record through.
    static func technical(_ filter: RecordFilter) -> String {
        switch filter {
        case .everything: ""
        case .compare(let field, let comparison, let value): "\(field) \(sign(comparison)) \(literal(value))"
        case .blank(let field): "\(field) = ''"
        case .all(let parts): parts.map(technical).joined(separator: " and ")
        case .any(let parts): "(" + parts.map(technical).joined(separator: " or ") + ")"
        case .not(let part): "not (\(technical(part)))"
        }
    }

    private static func sign(_ comparison: RecordFilter.Comparison) -> String {
        switch comparison {
        case .equal: "="
        case .notEqual: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }

    private static func literal(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .boolean, .number: value.text
        case .text(let text): "'\(text.replacing("'", with: "''"))'"
        }
    }
}
