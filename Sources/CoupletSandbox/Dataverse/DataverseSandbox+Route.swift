/// Which resource a call is about, and what it wants of it.
extension DataverseSandbox {
    mutating func route(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let first = call.segments.first else { return try serviceDocument(call) }
        if first.name == "WhoAmI" { return try whoAmI(call) }
        if call.method != "GET" { return try routeWrite(call) }
        if ["EntityDefinitions", "RelationshipDefinitions", "GlobalOptionSetDefinitions"].contains(first.name) {
            return try metadata(call)
        }
        if first.name == "$metadata" { return metadataDocument() }
        if first.name == "RetrieveMetadataChanges" { return try metadataChanges(call) }
        if first.name == "InitializeFrom", let key = first.key { return try initializeFrom(call, key) }
        guard let table = store.schema.table(set: first.name) else { throw .unknownSegment(first.name) }
        return try get(call, table)
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
