/// A filter checked against a table's schema and ready to test rows.
package struct CompiledFilter: Sendable {
    /// Which rows can satisfy a filter at all, so that not every row is tested.
    package enum Candidates: Sendable, Equatable {
        /// Any row.
        case all
        /// Only rows of these ids.
        case ids([SandboxGUID])
        /// Only rows of these natural keys.
        case naturalKeys([String])
        /// Only rows that belong to the record of that id.
        case parent(String)
        /// Only rows that have one of these texts in the column of that place.
        case values(Int, [String])
        /// Only rows written at that time or later.
        case modifiedSince(SandboxInstant)
    }

    /// How text compares.
    package enum TextRule: Sendable {
        /// By bytes.
        case exact
        /// Without regard to case.
        case caseless
    }

    indirect enum Node: Sendable {
        case compareInstant(Int, FilterExpression.Comparison, SandboxInstant)
        case compareNumber(Int, FilterExpression.Comparison, Double)
        case compareText(Int, [FilterExpression.TextFunction], FilterExpression.Comparison, String)
        case compareColumns(Int, FilterExpression.Comparison, Int)
        case isBlank(Int)
        case test(FilterExpression.TextTest, Int, [FilterExpression.TextFunction], String)
        case and(Node, Node)
        case or(Node, Node)
        case not(Node)
        case constant(Bool)
    }

    /// Which rows are worth testing.
    package let candidates: Candidates
    let root: Node
    let rule: TextRule
    let schema: TableSchema

    /// Checks a filter.
    /// - Parameters:
    ///   - expression: the filter as parsed.
    ///   - schema: the table it is for.
    ///   - rule: how text compares.
    /// - Throws: `QueryError` for unknown properties and comparisons of different types.
    package init(_ expression: FilterExpression, schema: TableSchema, rule: TextRule) throws(QueryError) {
        let compiler = FilterCompiler(schema: schema, rule: rule)
        root = try compiler.node(expression)
        candidates = compiler.candidates(expression)
        self.rule = rule
        self.schema = schema
    }
}
