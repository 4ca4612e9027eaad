/// The query options of a request, resolved against a table.
struct DataverseQuery {
    /// Columns and annotations of the answer.
    let projection: DataverseProjection
    /// The filter.
    let filter: DataverseFilter?
    /// What to order by; the greatest first where `isDescending`.
    let order: [(operand: DataverseOperand, isDescending: Bool)]
    /// The options as read.
    let options: QueryOptions
    /// The query as sent, part by part.
    private let parts: [Substring]

    /// Reads a query.
    init(
        _ query: String,
        preferences: [String: String],
        table: DataverseTable,
        schema: DataverseSchema
    ) throws(DataverseError) {
        parts = query.split(separator: "&")
        // The filter is read apart: it may use functions that only this service knows.
        let isFilter = { (part: Substring) in Self.name(of: part) == "$filter" }
        do { options = try QueryOptions(query: parts.filter { !isFilter($0) }.joined(separator: "&")) } catch {
            throw .syntax(error.message)
        }
        try Self.refuseUnsupported(options)
        var projection = try DataverseProjection.selected(options.select, table)
        projection.annotations = DataverseAnnotations(preferences["odata.include-annotations"])
        self.projection = projection
        let text = parts.first(where: isFilter).flatMap { part in
            FormDecoding.query(part.drop { $0 != "=" }.dropFirst())
        }
        if let text, !text.allSatisfy({ $0 == " " }) {
            filter = try DataverseFilterParser.filter(text, table: table, schema: schema)
        } else {
            filter = nil
        }
        var order: [(operand: DataverseOperand, isDescending: Bool)] = []
        for part in options.orderBy {
            order.append(
                (try DataverseFilterParser.operand(part.name, table: table, schema: schema), part.isDescending)
            )
        }
        self.order = order
    }

    /// The query as sent without the named options.
    func raw(without names: Set<String>) -> String {
        parts.filter { !names.contains(Self.name(of: $0)) }.joined(separator: "&")
    }

    private static func name(of part: Substring) -> String {
        let name = part.prefix { $0 != "=" }
        return FormDecoding.query(name) ?? String(name)
    }

    private static func refuseUnsupported(_ options: QueryOptions) throws(DataverseError) {
        if options.skip != nil { throw .unsupported("Skip Clause is not supported in CRM") }
        if options.expand != nil { throw .unsupported("The query option '$expand' is not supported by this stand-in.") }
        for name in options.others.keys.sorted() {
            if name.hasPrefix("$") { throw .syntax("The query parameter '\(name)' is not supported.") }
            if ["fetchXml", "savedQuery", "userQuery", "sql"].contains(name) {
                throw .unsupported("The query parameter '\(name)' is not supported by this stand-in.")
            }
        }
    }
}
