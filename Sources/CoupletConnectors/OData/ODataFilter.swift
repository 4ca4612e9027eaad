package import CoupletCore

/// A record filter as far as a remote can evaluate it.
package struct ODataFilter: Sendable, Hashable {
    /// The text for `$filter`; nil when nothing can be asked for.
    package var text: String?
    /// Whether the text says the whole filter; otherwise more records come back than pass it.
    package var isComplete: Bool

    /// Renders a filter; what the dialect cannot say is left out, so that never fewer records come back.
    package init(_ filter: RecordFilter, _ dialect: ODataDialect) {
        let rendered = Rendering(dialect: dialect).render(filter, negated: false)
        text = rendered.text
        isComplete = rendered.isComplete
    }
}

private struct Rendering {
    /// A part of a filter; without text it lets everything pass.
    struct Part {
        var text: String?
        var isComplete: Bool
        var isJoined = false

        static let unknown = Part(text: nil, isComplete: false)
        var isEverything: Bool { text == nil && isComplete }
        var inParentheses: String? { isJoined ? text.map { "(\($0))" } : text }
    }

    let dialect: ODataDialect

    /// Negation is carried to the leaves: `not` is not documented for Business Central, and where nulls exist it means
    /// something else than the opposite comparison.
    func render(_ filter: RecordFilter, negated: Bool) -> Part {
        switch filter {
        case .everything: return negated ? .unknown : Part(text: nil, isComplete: true)
        // What a service says about a value cannot be asked for.
        case .compare(let field, _, _) where field.isAnnotation: return .unknown
        case .blank(let field) where field.isAnnotation: return .unknown
        // The day is put in before anything is asked; see `RecordFilter.resolved(at:)`.
        case .relative: return .unknown
        case .compare(let field, let comparison, let value): return compare(field, comparison, value, negated)
        case .blank(let field):
            let literal = dialect == .businessCentral ? "''" : "null"
            return Part(text: "\(field) \(negated ? "ne" : "eq") \(literal)", isComplete: true)
        case .like(let field, let pattern): return like(field, pattern, negated)
        case .not(let part): return render(part, negated: !negated)
        case .all(let parts): return negated ? join(any: parts, negated) : join(all: parts, negated)
        case .any(let parts): return negated ? join(all: parts, negated) : join(any: parts, negated)
        }
    }

    private func join(all parts: [RecordFilter], _ negated: Bool) -> Part {
        let rendered = parts.map { render($0, negated: negated) }
        let texts = rendered.filter { $0.text != nil }
        let isComplete = rendered.allSatisfy(\.isComplete)
        guard texts.count > 1 else {
            return Part(text: texts.first?.text, isComplete: isComplete, isJoined: texts.first?.isJoined ?? false)
        }
        let text = texts.compactMap(\.inParentheses).joined(separator: " and ")
        return Part(text: text, isComplete: isComplete, isJoined: true)
    }

    private func join(any parts: [RecordFilter], _ negated: Bool) -> Part {
        let rendered = parts.map { render($0, negated: negated) }
        if rendered.contains(where: \.isEverything) { return Part(text: nil, isComplete: true) }
        let fields = Set(parts.flatMap(\.fields))
        if dialect == .businessCentral && fields.count > 1 { return .unknown }
        let texts = rendered.compactMap(\.inParentheses)
        guard !texts.isEmpty, texts.count == parts.count else { return .unknown }
        return Part(
            text: texts.joined(separator: " or "),
            isComplete: rendered.allSatisfy(\.isComplete),
            isJoined: texts.count > 1 || rendered[0].isJoined
        )
    }

    /// A pattern as the functions of OData that say the same or let more through.
    ///
    /// Business Central is not asked, for case may matter there. Denied patterns are left out: `not` lets fewer through
    /// where a field is null. So are texts with characters that a database could take for wildcards of its own.
    private func like(_ field: String, _ pattern: TextPattern, _ negated: Bool) -> Part {
        let texts = pattern.pieces.compactMap { piece in
            if case .text(let text) = piece { text } else { nil }
        }
        guard dialect == .dataverse, !negated, texts.allSatisfy({ !$0.contains(where: "[]%_^".contains) }) else {
            return .unknown
        }
        func call(_ function: String, _ text: String, isComplete: Bool) -> Part {
            let literal = text.replacing("'", with: "''")
            return Part(text: "\(function)(\(field),'\(literal)')", isComplete: isComplete)
        }
        let pieces = pattern.pieces
        guard let longest = texts.max(by: { $0.utf8.count < $1.utf8.count }) else { return .unknown }
        if case .text(let text) = pieces[0] {
            return call("startswith", text, isComplete: pieces.dropFirst() == [.anyText])
        }
        if pieces == [.anyText, .text(longest)] { return call("endswith", longest, isComplete: true) }
        let isComplete = pieces == [.anyText, .text(longest), .anyText]
        return call("contains", longest, isComplete: isComplete)
    }

    private func compare(
        _ field: String,
        _ comparison: RecordFilter.Comparison,
        _ value: Value,
        _ negated: Bool
    ) -> Part {
        let literal = ODataLiteral.text(value, dialect)
        let operation = negated ? comparison.opposite : comparison
        let text = "\(field) \(operation.word) \(literal)"
        // A null is neither less nor more, so "not less" also holds for it; only Dataverse has nulls.
        let needsNull = negated && operation.isOrdering && dialect == .dataverse
        guard needsNull else { return Part(text: text, isComplete: true) }
        return Part(text: "\(text) or \(field) eq null", isComplete: true, isJoined: true)
    }
}

extension RecordFilter.Comparison {
    fileprivate var word: String {
        switch self {
        case .equal: "eq"
        case .notEqual: "ne"
        case .less: "lt"
        case .lessOrEqual: "le"
        case .greater: "gt"
        case .greaterOrEqual: "ge"
        }
    }

    fileprivate var opposite: RecordFilter.Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }

    fileprivate var isOrdering: Bool {
        switch self {
        case .equal, .notEqual: false
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        }
    }
}
