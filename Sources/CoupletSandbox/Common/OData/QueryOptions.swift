/// A query option that cannot be understood.
package struct QueryError: Error, Sendable, Equatable {
    /// What kind of mistake it is, so that each sandbox can answer in its own words.
    package enum Kind: Sendable, Equatable {
        /// A value cannot be read.
        case syntax
        /// A property does not exist.
        case unknownProperty(String)
        /// Two sides of a comparison do not fit.
        case incompatibleTypes
        /// Something OData knows and this server does not.
        case unsupported
    }

    /// What kind of mistake it is.
    package let kind: Kind
    /// The message in plain words.
    package let message: String

    /// Makes an error.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// The system query options of one request.
package struct QueryOptions: Sendable {
    /// One property to order by.
    package struct Order: Sendable, Equatable {
        /// The property.
        package let name: String
        /// Whether the greatest comes first.
        package let isDescending: Bool
    }

    /// The properties asked for; nil for all.
    package private(set) var select: [String]?
    /// The filter; nil without one.
    package private(set) var filter: FilterExpression?
    /// The order asked for.
    package private(set) var orderBy: [Order] = []
    /// At most that many rows.
    package private(set) var top: Int?
    /// That many rows less.
    package private(set) var skip: Int?
    /// Whether the number of rows is asked for.
    package private(set) var count = false
    /// The text of `$expand`, decoded.
    package private(set) var expand: String?
    /// The text of `$skiptoken`, decoded.
    package private(set) var skipToken: String?
    /// The text of `$deltatoken`, decoded.
    package private(set) var deltaToken: String?
    /// Everything else, decoded, by name.
    package private(set) var others: [String: String] = [:]
    /// The raw name and value pairs as sent, in order.
    package let raw: [Substring]

    /// Reads a raw query; names of system options may lack their dollar sign's plain form (`%24select`).
    /// - Throws: `QueryError` for a value that cannot be read.
    package init(query: String) throws(QueryError) {
        raw = query.split(separator: "&")
        for (name, value) in FormDecoding.pairs(query) { try take(name, value) }
    }

    /// Reads the options within the parentheses of `$expand`, decoded and parted by semicolons.
    /// - Throws: `QueryError` for a value that cannot be read.
    package init(nested: String) throws(QueryError) {
        raw = []
        for part in nested.splitOutsideParentheses(";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw QueryError(.syntax, "Syntax error in '\(part)'.") }
            try take(String(pair[0]), String(pair[1]))
        }
    }

    /// The query as sent without the named options.
    package func rawQuery(without names: Set<String>) -> String {
        raw.filter { part in
            let name = part.prefix { $0 != "=" }
            return !names.contains(FormDecoding.query(name) ?? String(name))
        }.joined(separator: "&")
    }

    private mutating func take(_ name: String, _ value: String) throws(QueryError) {
        switch name.lowercased() {
        case "$select": select = Self.list(value)
        case "$filter": filter = value.allSatisfy { $0 == " " } ? nil : try FilterExpression(parsing: value)
        case "$orderby": orderBy = try Self.orders(value)
        case "$top": top = try Self.number(name, value)
        case "$skip": skip = try Self.number(name, value)
        case "$count": count = value == "true"
        case "$expand": expand = value
        case "$skiptoken": skipToken = value
        case "$deltatoken": deltaToken = value
        default: others[name] = value
        }
    }

    private static func list(_ value: String) -> [String]? {
        let names = value.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        return names.isEmpty || names == ["*"] ? nil : names
    }

    private static func number(_ name: String, _ value: String) throws(QueryError) -> Int {
        guard let number = Int(value), number >= 0 else {
            throw QueryError(.syntax, "Invalid value '\(value)' for \(name) query option found.")
        }
        return number
    }

    private static func orders(_ value: String) throws(QueryError) -> [Order] {
        var orders: [Order] = []
        for part in value.split(separator: ",") {
            let words = part.split(separator: " ")
            guard let name = words.first, words.count < 3, words.count == 1 || ["asc", "desc"].contains(words[1]) else {
                throw QueryError(.syntax, "Syntax error in the $orderby expression '\(value)'.")
            }
            orders.append(Order(name: String(name), isDescending: words.count == 2 && words[1] == "desc"))
        }
        return orders
    }
}

extension String {
    /// The parts between separators that are neither in parentheses nor in quotes, without blanks around them.
    func splitOutsideParentheses(_ separator: Character) -> [String] {
        var (depth, isQuoted) = (0, false)
        let parts = split { character in
            switch character {
            case "'": isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted: depth -= 1
            default: break
            }
            return character == separator && depth == 0 && !isQuoted
        }
        return parts.map { CompiledFilter.apply(.trim, String($0)) }.filter { !$0.isEmpty }
    }
}
