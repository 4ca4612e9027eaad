/// `RetrieveMetadataChanges`: definitions of tables and columns in one answer, reduced to what a query wants.
///
/// The stand-in keeps no history of definitions: it gives what is there now, whatever stamp a client has from before.
extension DataverseSandbox {
    func metadataChanges(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        let written = call.segments[0].key.flatMap { key -> String? in
            key.hasPrefix("Query=") ? String(key.dropFirst("Query=".utf8.count)) : nil
        }
        guard let written else { throw .missingParameter("Query") }
        let text = written.hasPrefix("@") ? Self.aliases(call)[written] ?? "" : written
        guard let query = try? SandboxJSON(bytes: Array(text.utf8)) else {
            throw .syntax("The parameter 'Query' is no object.")
        }
        let wanted = DataverseDefinitionQuery(query)
        let columns = query["AttributeQuery"].map { DataverseDefinitionQuery($0) }
        var tables: [SandboxJSON] = []
        for table in store.schema.tables {
            let definition = DataverseMetadata.definition(table)
            guard wanted.matches(definition) else { continue }
            var members = wanted.project(definition)
            if wanted.wants("Attributes") {
                let attributes = table.columns.map { DataverseMetadata.attribute($0, table, hasOptions: true) }
                let found = columns.map { columns in attributes.filter { columns.matches($0) } } ?? attributes
                let list = found.map { json in SandboxJSON.object(columns?.project(json) ?? json.object ?? []) }
                members.append(.init(name: "Attributes", value: .array(list)))
            }
            tables.append(.object(members))
        }
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.RetrieveMetadataChangesResponse"),
            "ServerVersionStamp": .string("\(desk.version)!\(call.now.wholeSeconds.text)"),
            "DeletedMetadata": .null, "EntityMetadata": .array(tables),
        ])
        return .json(200, body.bytes)
    }
}

/// The criteria and the properties that a query of definitions names.
struct DataverseDefinitionQuery {
    private let properties: Set<String>?
    private let criteria: SandboxJSON?

    /// Reads a query; without properties all are wanted.
    init(_ json: SandboxJSON) {
        let names = json["Properties"]?["PropertyNames"]?.array?.compactMap(\.string)
        let isAll = json["Properties"]?["AllProperties"]?.boolean ?? false
        properties = isAll ? nil : names.map { Set($0) }
        criteria = json["Criteria"]
    }

    /// Whether a property is wanted.
    func wants(_ name: String) -> Bool { properties?.contains(name) ?? true }

    /// The wanted members; the identifier comes along.
    func project(_ json: SandboxJSON) -> [SandboxJSON.Member] {
        let members = json.object ?? []
        guard let properties else { return members }
        return members.filter { properties.contains($0.name) || ["MetadataId", "@odata.type"].contains($0.name) }
    }

    /// Whether a definition satisfies the criteria.
    func matches(_ json: SandboxJSON) -> Bool { criteria.map { Self.matches(json, $0) } ?? true }

    private static func matches(_ json: SandboxJSON, _ filter: SandboxJSON) -> Bool {
        var results = (filter["Conditions"]?.array ?? []).map { holds(json, $0) }
        results += (filter["Filters"]?.array ?? []).map { matches(json, $0) }
        let isAny = filter["FilterOperator"]?.string == "Or"
        return isAny ? results.isEmpty || results.contains(true) : results.allSatisfy { $0 }
    }

    private static func holds(_ json: SandboxJSON, _ condition: SandboxJSON) -> Bool {
        let given = json[condition["PropertyName"]?.string ?? ""].flatMap(text)
        let value = condition["Value"]
        let wanted =
            (value?["Value"] ?? value).map { value in value.array?.compactMap(text) ?? [text(value) ?? ""] } ?? []
        let isEqual = given.map { wanted.contains($0) } ?? false
        switch condition["ConditionOperator"]?.string {
        case "NotEquals", "NotIn": return !isEqual
        default: return isEqual
        }
    }

    private static func text(_ json: SandboxJSON) -> String? {
        json.string ?? json.boolean.map(String.init) ?? json.number
    }
}
