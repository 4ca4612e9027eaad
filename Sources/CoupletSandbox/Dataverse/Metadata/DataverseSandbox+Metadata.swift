/// `EntityDefinitions`: what tables and columns there are, for clients that ask before they write.
extension DataverseSandbox {
    func metadata(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard call.method == "GET" else { throw .methodNotAllowed(call.method) }
        let query = try MetadataQuery(call.query)
        guard let key = call.segments[0].key else {
            guard call.segments.count == 1 else { throw .unknownSegment(call.segments[1].name) }
            let all = store.schema.tables.enumerated().map { DataverseMetadata.definition($1, number: $0) }
            return Self.list(all, "EntityDefinitions", query, call)
        }
        let name = key.split(separator: "'", omittingEmptySubsequences: false)
        guard key.hasPrefix("LogicalName='"), name.count == 3,
            let number = store.schema.tables.firstIndex(where: { $0.name == name[1] })
        else { throw DataverseError(404, "0x80060891", "Could not find an entity with the key '\(key)'.") }
        let table = store.schema.tables[number]
        guard call.segments.count > 1 else {
            let definition = query.project(DataverseMetadata.definition(table, number: number))
            let context = SandboxJSON.Member(
                name: "@odata.context",
                value: .string("\(call.root)$metadata#EntityDefinitions/$entity")
            )
            return .json(200, SandboxJSON.object([context] + (definition.object ?? [])).bytes)
        }
        return try attributes(call, query, table, number)
    }

    /// `Attributes`, one of them, or those of one type: `Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`.
    private func attributes(
        _ call: DataverseCall,
        _ query: MetadataQuery,
        _ table: DataverseTable,
        _ number: Int
    ) throws(DataverseError) -> DataverseAnswer {
        guard call.segments[1].name == "Attributes", call.segments.count <= 3 else {
            throw .unknownSegment(call.segments[1].name)
        }
        let cast = call.segments.count == 3 ? call.segments[2].name.split(separator: ".").last.map(String.init) : nil
        let columns = table.columns.enumerated().filter { _, column in
            cast == nil || DataverseMetadata.typeName(column) == cast
        }
        let all = columns.map { position, column in
            DataverseMetadata.attribute(
                column,
                table,
                tableNumber: number,
                number: position,
                hasOptions: query.expandsOptions
            )
        }
        guard let key = call.segments[1].key else {
            return Self.list(all, "EntityDefinitions('\(table.name)')/Attributes", query, call)
        }
        let one = all.first { key == "LogicalName='\($0["LogicalName"]?.string ?? "")'" }
        guard let one else {
            throw DataverseError(404, "0x80060891", "Could not find an attribute with the key '\(key)'.")
        }
        return .json(200, query.project(one).bytes)
    }

    private static func list(
        _ all: [SandboxJSON],
        _ context: String,
        _ query: MetadataQuery,
        _ call: DataverseCall
    ) -> DataverseAnswer {
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#\(context)"),
            "value": .array(all.filter(query.matches).map(query.project)),
        ])
        return .json(200, body.bytes)
    }
}

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
        let kept = Set(select + ["MetadataId", "OptionSet", "@odata.type"])
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
