/// A filter as written.
package indirect enum FilterExpression: Sendable, Equatable {
    /// How two values are compared.
    package enum Comparison: String, Sendable {
        case eq
        case ne
        case gt
        case ge
        case lt
        case le
    }

    /// A function of text that is true or false.
    package enum TextTest: String, Sendable {
        case contains
        case startswith
        case endswith
    }

    /// A function of text that is text.
    package enum TextFunction: Sendable, Equatable {
        case tolower
        case toupper
        case trim
        /// From a place on, counted from 0, and at most so many characters.
        case substring(Int, Int?)
    }

    /// One side of a comparison.
    package indirect enum Operand: Sendable, Equatable {
        /// A property.
        case property(String)
        /// A constant.
        case literal(Literal)
        /// A function of an operand.
        case call(TextFunction, Operand)
    }

    /// A constant.
    package enum Literal: Sendable, Equatable {
        case null
        case boolean(Bool)
        case string(String)
        case number(String)
        case guid(SandboxGUID)
        case dateTime(SandboxInstant)
        case date(String)
    }

    case compare(Operand, Comparison, Operand)
    case test(TextTest, Operand, Operand)
    case and(FilterExpression, FilterExpression)
    case or(FilterExpression, FilterExpression)
    case not(FilterExpression)

    /// Reads a decoded filter.
    /// - Throws: `QueryError` with the place of the mistake.
    package init(parsing text: String) throws(QueryError) {
        var parser = try FilterParser(text: text)
        self = try parser.parse()
    }

    /// The properties the filter names.
    package var properties: Set<String> {
        switch self {
        case .compare(let left, _, let right), .test(_, let left, let right): left.properties.union(right.properties)
        case .and(let left, let right), .or(let left, let right): left.properties.union(right.properties)
        case .not(let inner): inner.properties
        }
    }

    /// Whether some `or` joins conditions on different properties.
    package var hasOrAcrossProperties: Bool {
        switch self {
        case .compare, .test: false
        case .and(let left, let right): left.hasOrAcrossProperties || right.hasOrAcrossProperties
        case .or: properties.count > 1
        case .not(let inner): inner.hasOrAcrossProperties
        }
    }
}

extension FilterExpression.Operand {
    /// The properties the operand names.
    package var properties: Set<String> {
        switch self {
        case .property(let name): [name]
        case .literal: []
        case .call(_, let inner): inner.properties
        }
    }
}
