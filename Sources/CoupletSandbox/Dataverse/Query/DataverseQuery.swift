/// The query options of a request, resolved against a table.
struct DataverseQuery: Sendable {
    /// What an answer is ordered by.
    struct Order: Sendable {
        let operand: DataverseOperand
        /// Whether the greatest comes first.
        let isDescending: Bool
    }

    /// Columns, expanded records and annotations of the answer.
    private(set) var projection: DataverseProjection
    /// The filter.
    let filter: DataverseFilter?
    /// What to order by.
    let order: [Order]
    /// At most that many records.
    let top: Int?
    /// Whether the number of records is asked for.
    let count: Bool
    /// The decoded `$skiptoken`.
    let skipToken: String?
    /// The decoded `$deltatoken`.
    let deltaToken: String?
    /// Whether records are expanded.
    var hasExpansions: Bool { !projection.expansions.isEmpty }
    /// The query as sent, part by part.
    private var parts: [Substring] = []

    /// Reads a query.
    init(
        _ query: String,
        preferences: [String: String],
        table: DataverseTable,
        schema: DataverseSchema,
        moment: DataverseMoment = DataverseMoment()
    ) throws(DataverseError) {
        var text = DataverseQueryText()
        for (name, value) in FormDecoding.pairs(query) { try text.take(name, value) }
        try Self.refuseUnsupported(text)
        try self.init(text, table: table, schema: schema, moment: moment, depth: 0)
        projection.setAnnotations(DataverseAnnotations(preferences["odata.include-annotations"]))
        parts = query.split(separator: "&")
    }

    /// Resolves the options of a request or of an expanded navigation property.
    init(
        _ text: DataverseQueryText,
        table: DataverseTable,
        schema: DataverseSchema,
        moment: DataverseMoment,
        depth: Int
    ) throws(DataverseError) {
        projection = try DataverseProjection.selected(text.select, table)
        if let expand = text.expand {
            projection.expansions = try DataverseExpansion.expansions(
                expand,
                table: table,
                schema: schema,
                moment: moment,
                depth: depth
            )
        }
        if let filter = text.filter {
            let resolved = try text.resolved(filter)
            self.filter = try DataverseFilterParser.filter(resolved, table: table, schema: schema, moment: moment)
        } else {
            filter = nil
        }
        order = try Self.orders(text, table, schema)
        top = text.top
        count = text.count
        skipToken = text.others["$skiptoken"]
        deltaToken = text.others["$deltatoken"]
    }

    private static func orders(
        _ text: DataverseQueryText,
        _ table: DataverseTable,
        _ schema: DataverseSchema
    ) throws(DataverseError) -> [Order] {
        guard let order = text.order else { return [] }
        var orders: [Order] = []
        for part in try text.resolved(order).split(separator: ",") {
            let words = part.split(separator: " ")
            guard let name = words.first, words.count < 3, words.count == 1 || ["asc", "desc"].contains(words[1]) else {
                throw .syntax("Syntax error in the $orderby expression '\(order)'.")
            }
            let operand = try DataverseOperand(String(name), table: table, schema: schema)
            orders.append(Order(operand: operand, isDescending: words.count == 2 && words[1] == "desc"))
        }
        return orders
    }

    /// The query as sent without the named options.
    func raw(without names: Set<String>) -> String {
        parts.filter { part in
            let name = part.prefix { $0 != "=" }
            return !names.contains(FormDecoding.query(name) ?? String(name))
        }.joined(separator: "&")
    }

    private static func refuseUnsupported(_ text: DataverseQueryText) throws(DataverseError) {
        if text.others["$skip"] != nil { throw .unsupported("Skip Clause is not supported in CRM") }
        let known: Set<String> = ["$skiptoken", "$deltatoken", "$format"]
        for name in text.others.keys.sorted() where name.hasPrefix("$") && !known.contains(name) {
            throw .syntax("The query parameter '\(name)' is not supported.")
        }
    }
}
