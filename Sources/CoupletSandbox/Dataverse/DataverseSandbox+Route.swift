/// Which resource a call is about, and what it wants of it.
extension DataverseSandbox {
    mutating func route(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let first = call.segments.first else { return try serviceDocument(call) }
        if first.name == "WhoAmI" { return try whoAmI(call) }
        if first.name == "EntityDefinitions" { return try metadata(call) }
        guard let table = store.schema.table(set: first.name) else { throw .unknownSegment(first.name) }
        guard let key = first.key else { return try routeSet(call, table) }
        let id = try Self.key(key, table)
        guard call.segments.count > 1 else {
            switch call.method {
            case "GET": return try read(call, table, id)
            case "PATCH": return try update(call, table, id)
            case "DELETE": return try delete(call, table, id)
            default: throw .methodNotAllowed(call.method)
            }
        }
        guard call.segments.count == 2 else { throw .unknownSegment(call.segments[2].name) }
        return try routeColumn(call, table, id, call.segments[1].name)
    }

    private mutating func routeSet(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        if call.segments.count == 2, call.segments[1].name == "$count" {
            guard call.method == "GET" else { throw .methodNotAllowed(call.method) }
            return try countSegment(call, table)
        }
        guard call.segments.count == 1 else { throw .unknownSegment(call.segments[1].name) }
        switch call.method {
        case "GET": return try list(call, table)
        case "POST": return try create(call, table)
        default: throw .methodNotAllowed(call.method)
        }
    }

    private mutating func routeColumn(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ name: String
    ) throws(DataverseError) -> DataverseAnswer {
        switch call.method {
        case "PUT", "DELETE": return try updateColumn(call, table, id, column: name)
        case "GET":
            guard let position = table.byProperty[name] else { throw .unknownSegment(name) }
            let records = store[table.name]
            guard let place = records.place(of: id) else { throw .missing(table.name, id.description) }
            guard let value = records.rows[place].value(position) else { return DataverseAnswer(status: 204) }
            let context = SandboxJSON.string("\(call.root)$metadata#\(table.set)(\(id))/\(name)").bytes
            return .json(200, Array("{\"@odata.context\":".utf8) + context + Array(",\"value\":".utf8) + value + [0x7D])
        default: throw .methodNotAllowed(call.method)
        }
    }

    /// The identifier in a key: `guid` or `primarykey=guid`.
    static func key(_ text: String, _ table: DataverseTable) throws(DataverseError) -> SandboxGUID {
        let prefix = "\(table.key)="
        let value = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
        guard let id = SandboxGUID(value) else { throw .invalidKey(table.name) }
        return id
    }

    private func whoAmI(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard call.method == "GET" else {
            throw DataverseError(
                404,
                "",
                "No HTTP resource was found that matches the request URI '\(call.root)\(call.path)'."
            )
        }
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"),
            "BusinessUnitId": .string(store.businessUnit.description), "UserId": .string(store.caller.description),
            "OrganizationId": .string(store.organization.description),
        ])
        return .json(200, body.bytes)
    }

    private func serviceDocument(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard call.method == "GET" else { throw .methodNotAllowed(call.method) }
        let sets = store.schema.tables.map(\.set).sorted().map { set in
            SandboxJSON.members(["name": .string(set), "kind": .string("EntitySet"), "url": .string(set)])
        }
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata"), "value": .array(sets),
        ])
        return .json(200, body.bytes)
    }
}
