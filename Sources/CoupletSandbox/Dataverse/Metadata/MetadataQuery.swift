/// The query options that definitions understand: columns, related definitions, and equality of names and flags.
struct MetadataQuery {
    /// A related definition that is wanted.
    struct Expansion {
        /// The member that has it.
        let name: String
        /// Its own options.
        let query: MetadataQuery
    }

    private let select: [String]?
    private let filter: FilterExpression?
    /// The related definitions that are wanted, with their own options.
    let expansions: [Expansion]

    /// Reads a query.
    init(_ query: String) throws(DataverseError) {
        var text = DataverseQueryText()
        for (name, value) in FormDecoding.pairs(query) { try text.take(name, value) }
        try self.init(text, depth: 0)
    }

    private init(_ text: DataverseQueryText, depth: Int) throws(DataverseError) {
        guard depth < 5 else { throw .syntax("$expand is nested too deeply.") }
        select = text.select
        if let written = text.filter {
            let resolved = try text.resolved(written)
            do { filter = try FilterExpression(parsing: resolved) } catch { throw .syntax(error.message) }
            if let filter, Self.hasTest(filter) {
                throw .unsupported("Functions of text cannot be used to filter definitions.")
            }
        } else {
            filter = nil
        }
        var expansions: [Expansion] = []
        for piece in DataverseQueryText.pieces(text.expand ?? "", ",") where !piece.isEmpty {
            let name = MultipartReader.trimmed(piece.prefix { $0 != "(" })
            var inner = DataverseQueryText()
            for option in DataverseQueryText.pieces(String(piece.dropFirst(name.count + 1).dropLast()), ";") {
                let parts = option.split(separator: "=", maxSplits: 1).map { MultipartReader.trimmed($0) }
                guard parts.count == 2 else { throw .syntax("Syntax error in the $expand option '\(option)'.") }
                try inner.take(parts[0], parts[1])
            }
            expansions.append(Expansion(name: name, query: try MetadataQuery(inner, depth: depth + 1)))
        }
        self.expansions = expansions
    }

    /// `(LogicalName,OptionSet,OptionSet(Options))` behind a context address; empty where everything is wanted.
    var contextSuffix: String {
        let names = (select ?? []) + expansions.map(\.name)
        let inner = expansions.map { $0.name + $0.query.contextSuffix }.filter { $0.hasSuffix(")") }
        return names.isEmpty ? "" : "(\((names + inner).joined(separator: ",")))"
    }

    /// The members asked for; the identifier comes along.
    /// - Parameters:
    ///   - json: a definition with everything that may be asked for.
    ///   - context: the address of the definition's metadata, for those of its members that are definitions.
    /// - Returns: the definition with those members alone.
    func project(_ json: SandboxJSON, context: String? = nil) -> SandboxJSON {
        guard let members = json.object else { return json }
        let kept = select.map { Set($0 + ["MetadataId", "@odata.type"]) }
        var result: [SandboxJSON.Member] = []
        for member in members {
            guard let expansion = expansions.first(where: { $0.name == member.name }) else {
                let isRelated = Self.related.contains(member.name)
                if kept?.contains(member.name) ?? !isRelated { result.append(member) }
                continue
            }
            if let context, !member.value.isNull, member.value.array == nil {
                let address = "\(context)/\(member.name)\(expansion.query.contextSuffix)/$entity"
                result.append(.init(name: "\(member.name)@odata.context", value: .string(address)))
            }
            let query = expansion.query
            guard let list = member.value.array else {
                result.append(.init(name: member.name, value: query.project(member.value)))
                continue
            }
            let projected = list.filter { query.matches($0) }.map { query.project($0) }
            result.append(.init(name: member.name, value: .array(projected)))
        }
        return .object(result)
    }

    /// Members that come only where they are asked for.
    private static let related: Set<String> = [
        "OptionSet", "GlobalOptionSet", "Attributes", "Keys", "OneToManyRelationships", "ManyToOneRelationships",
        "ManyToManyRelationships",
    ]

    /// Whether a definition satisfies the filter.
    func matches(_ json: SandboxJSON) -> Bool {
        guard let filter else { return true }
        return Self.matches(json, filter)
    }

    private static func hasTest(_ filter: FilterExpression) -> Bool {
        switch filter {
        case .test: true
        case .compare: false
        case .and(let left, let right), .or(let left, let right): hasTest(left) || hasTest(right)
        case .not(let inner): hasTest(inner)
        }
    }

    private static func matches(_ json: SandboxJSON, _ filter: FilterExpression) -> Bool {
        switch filter {
        case .and(let left, let right): matches(json, left) && matches(json, right)
        case .or(let left, let right): matches(json, left) || matches(json, right)
        case .not(let inner): !matches(json, inner)
        case .test: false
        case .compare(let left, let comparison, let right):
            (text(json, left) == text(json, right)) == (comparison == .eq)
        }
    }

    private static func text(_ json: SandboxJSON, _ operand: FilterExpression.Operand) -> String? {
        switch operand {
        case .property(let path):
            var value: SandboxJSON? = json
            for name in path.split(separator: "/") { value = value?[String(name)] }
            return value.flatMap { $0.string ?? $0.boolean.map(String.init) ?? $0.number }
        case .literal(.string(let text)), .literal(.number(let text)): return text
        case .literal(.boolean(let value)): return String(value)
        case .literal(.guid(let guid)): return guid.description
        case .literal(.null), .literal(.dateTime), .literal(.date): return nil
        case .call(_, let inner): return text(json, inner)
        }
    }
}
