/// Reads `$apply`: `filter(…)`, `aggregate(…)` and `groupby((…),aggregate(…))`, one after the other.
struct DataverseApply {
    /// What it asks for, as the other languages for queries ask for it.
    var fetch: DataverseFetch
    /// The text of the filters.
    private(set) var filter: String?

    /// Reads a decoded option.
    /// - Throws: what is wrong with it.
    init(_ text: String, table: DataverseTable) throws(DataverseError) {
        fetch = DataverseFetch(root: DataverseFetch.Node(table: table.name))
        fetch.isAggregate = true
        for step in DataverseQueryText.pieces(text, "/") {
            guard let (name, inner) = Self.call(step) else { throw Self.error(text) }
            switch name {
            case "filter": filter = filter.map { "(\($0)) and (\(inner))" } ?? inner
            case "aggregate": try aggregate(inner, table)
            case "groupby":
                let parts = DataverseQueryText.pieces(inner, ",")
                guard let keys = parts.first, keys.hasPrefix("("), keys.hasSuffix(")"), parts.count <= 2 else {
                    throw Self.error(text)
                }
                for key in DataverseQueryText.pieces(String(keys.dropFirst().dropLast()), ",") {
                    var attribute = DataverseFetch.Attribute(name: try Self.attribute(key, table), alias: key)
                    attribute.isGroup = true
                    fetch.root.attributes.append(attribute)
                }
                if parts.count == 2 {
                    guard let (name, inner) = Self.call(parts[1]), name == "aggregate" else { throw Self.error(text) }
                    try aggregate(inner, table)
                }
            default: throw Self.error(text)
            }
        }
        guard !fetch.root.attributes.isEmpty else { throw Self.error(text) }
    }

    /// Adds `$orderby`, by columns of the answer.
    mutating func order(by text: String) {
        for part in DataverseQueryText.pieces(text, ",") {
            let words = part.split(separator: " ").map(String.init)
            guard let name = words.first else { continue }
            fetch.root.orders.append(.init(name: name, isDescending: words.dropFirst().first == "desc"))
        }
    }

    private mutating func aggregate(_ text: String, _ table: DataverseTable) throws(DataverseError) {
        for piece in DataverseQueryText.pieces(text, ",") {
            let words = piece.split(separator: " ").map(String.init)
            if words.count == 3, words[0] == "$count", words[1] == "as" {
                fetch.root.attributes.append(.init(name: "*", alias: words[2], aggregate: .count))
                continue
            }
            guard words.count == 5, words[1] == "with", words[3] == "as" else { throw Self.error(text) }
            let methods: [String: DataverseFetch.Aggregate] = [
                "sum": .sum, "min": .min, "max": .max, "average": .avg, "countdistinct": .countcolumn,
            ]
            guard let method = methods[words[2]] else { throw Self.error(text) }
            var attribute = DataverseFetch.Attribute(name: try Self.attribute(words[0], table), alias: words[4])
            attribute.aggregate = method
            attribute.isDistinct = words[2] == "countdistinct"
            fetch.root.attributes.append(attribute)
        }
    }

    private static func attribute(_ name: String, _ table: DataverseTable) throws(DataverseError) -> String {
        guard let position = table.byProperty[name] else { throw .unknownProperty(name, table.name) }
        return table.columns[position].attribute
    }

    private static func call(_ text: String) -> (name: String, inner: String)? {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
        return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
    }

    private static func error(_ text: String) -> DataverseError {
        .syntax("Syntax error in the $apply expression '\(text)'.")
    }
}
