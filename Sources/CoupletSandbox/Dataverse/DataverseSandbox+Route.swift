/// Which resource a call is about, and what it wants of it.
extension DataverseSandbox {
    mutating func route(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let first = call.segments.first else { return try serviceDocument(call) }
        if first.name == "WhoAmI" { return try whoAmI(call) }
        if call.method != "GET" { return try routeWrite(call) }
        if first.name == "EntityDefinitions" { return try metadata(call) }
        guard let table = store.schema.table(set: first.name) else { throw .unknownSegment(first.name) }
        if call.method == "GET" { return try get(call, table) }
        guard let key = first.key else { return try routeSet(call, table) }
        guard let id = try find(key, table, aliases: Self.aliases(call)).id else { throw .missingKey(table.name) }
        guard call.segments.count > 1 else { return try read(call, table, id) }
        guard call.segments.count == 2 else { throw .unknownSegment(call.segments[2].name) }
        return try routeColumn(call, table, id, call.segments[1].name)
    }

    private mutating func routeSet(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        if call.segments.count == 2, call.segments[1].name == "$count" { return try countSegment(call, table) }
        guard call.segments.count == 1 else { throw .unknownSegment(call.segments[1].name) }
        return try list(call, table)
    }

    private mutating func routeColumn(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ name: String
    ) throws(DataverseError) -> DataverseAnswer {
        guard let position = table.byProperty[name] else { throw .unknownSegment(name) }
        let records = store[table.name]
        guard let place = records.place(of: id) else { throw .missing(table.name, id.description) }
        guard let value = records.rows[place].value(position) else { return DataverseAnswer(status: 204) }
        let context = SandboxJSON.string("\(call.root)$metadata#\(table.set)(\(id))/\(name)").bytes
        return .json(200, Array("{\"@odata.context\":".utf8) + context + Array(",\"value\":".utf8) + value + [0x7D])
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
