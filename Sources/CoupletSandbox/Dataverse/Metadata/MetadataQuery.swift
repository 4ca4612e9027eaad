/// The query options that definitions understand: columns, and equality of names and flags.
struct MetadataQuery {
    private let select: [String]?
    private let filter: FilterExpression?
    /// Whether the options of choices are wanted.
    let expandsOptions: Bool

    /// Reads a query.
    init(_ query: String) throws(DataverseError) {
        do {
            let options = try QueryOptions(query: query)
            select = options.select
            filter = options.filter
            expandsOptions = options.expand?.contains("OptionSet") ?? false
        } catch {
            throw .syntax(error.message)
        }
    }

    /// The members asked for; the identifier comes along.
    func project(_ json: SandboxJSON) -> SandboxJSON {
        guard let select, let members = json.object else { return json }
        let kept = Set(select + ["MetadataId", "OptionSet", "GlobalOptionSet", "@odata.type"])
        return .object(members.filter { kept.contains($0.name) })
    }

    /// Whether a definition satisfies the filter.
    func matches(_ json: SandboxJSON) -> Bool {
        guard let filter else { return true }
        return Self.matches(json, filter)
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
        case .property(let name): json[name].flatMap { $0.string ?? $0.boolean.map(String.init) }
        case .literal(.string(let text)): text
        case .literal(.boolean(let value)): String(value)
        case .literal(.guid(let guid)): guid.description
        case .literal(.null), .literal(.number), .literal(.dateTime), .literal(.date): nil
        case .call(_, let inner): text(json, inner)
        }
    }
}
