/// A navigation property whose records come along.
struct DataverseExpansion: Sendable {
    /// Where the navigation property leads.
    enum Kind: Sendable {
        /// To the record that a lookup names.
        case single(position: Int)
        /// To many records.
        case collection(DataverseCollection)
    }

    /// The navigation property.
    let name: String
    /// Where it leads.
    let kind: Kind
    /// The columns of the records it leads to, by table; several only for a lookup that may lead to several.
    let targets: [(table: DataverseTable, query: DataverseQuery)]
    /// The options as sent, for the address that reads on.
    let options: String

    /// Reads `$expand`.
    static func expansions(
        _ text: String,
        table: DataverseTable,
        schema: DataverseSchema,
        moment: DataverseMoment,
        depth: Int
    ) throws(DataverseError) -> [DataverseExpansion] {
        guard depth < 10 else { throw .syntax("$expand is nested too deeply.") }
        var expansions: [DataverseExpansion] = []
        for piece in DataverseQueryText.pieces(text, ",") where !piece.isEmpty {
            let name = MultipartReader.trimmed(piece.prefix { $0 != "(" })
            var options = ""
            if let open = piece.firstIndex(of: "(") {
                guard piece.hasSuffix(")") else { throw .syntax("Syntax error in the $expand expression '\(text)'.") }
                options = String(piece[piece.index(after: open)...].dropLast())
            }
            let expansion = try DataverseExpansion(name, options, table, schema, moment, depth: depth)
            expansions.append(expansion)
        }
        return expansions
    }

    private init(
        _ name: String,
        _ options: String,
        _ table: DataverseTable,
        _ schema: DataverseSchema,
        _ moment: DataverseMoment,
        depth: Int
    ) throws(DataverseError) {
        var text = DataverseQueryText()
        for option in DataverseQueryText.pieces(options, ";") {
            let parts = option.split(separator: "=", maxSplits: 1).map { MultipartReader.trimmed($0) }
            guard parts.count == 2 else { throw .syntax("Syntax error in the $expand option '\(option)'.") }
            try text.take(parts[0], parts[1])
        }
        if let other = text.others.keys.min() { throw .syntax("The query option '\(other)' cannot be nested.") }
        var names: [String]
        if let navigation = table.byNavigation[name] {
            kind = .single(position: navigation.position)
            names = navigation.table.map { [$0] } ?? table.columns[navigation.position].type.targets.map(\.table)
        } else if let collection = schema.collections(of: table.name)[name] {
            kind = .collection(collection)
            names = [collection.table]
        } else {
            throw .unknownProperty(name, table.name)
        }
        var targets: [(table: DataverseTable, query: DataverseQuery)] = []
        names = names.filter { schema.table($0) != nil }
        for name in names {
            guard let target = schema.table(name) else { continue }
            do throws(DataverseError) {
                targets.append(
                    (target, try DataverseQuery(text, table: target, schema: schema, moment: moment, depth: depth + 1))
                )
            } catch {
                // A column that only another of the tables has.
                if names.count == 1 || (targets.isEmpty && name == names.last) { throw error }
            }
        }
        self.name = name
        self.targets = targets
        self.options = DataverseQueryText.pieces(options, ";").joined(separator: "&")
    }
}
