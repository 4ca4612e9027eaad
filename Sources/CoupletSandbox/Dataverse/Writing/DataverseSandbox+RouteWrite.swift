/// Which resource a call that is no `GET` is about, and what it wants of it.
extension DataverseSandbox {
    mutating func routeWrite(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let first = call.segments.first else { throw .methodNotAllowed(call.method) }
        if let table = store.schema.table(set: first.name) {
            guard let key = first.key else { return try writeSet(call, table) }
            let found = try find(key, table, aliases: Self.aliases(call))
            return try writeRecord(call, found)
        }
        if let answer = try writeDefinition(call, first) { return answer }
        if let answer = try perform(call, first) { return answer }
        throw .unknownSegment(first.name)
    }

    private mutating func writeSet(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        guard call.segments.count > 1 else {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            return try create(call, table)
        }
        guard call.segments.count == 2, let action = Self.action(call.segments[1]) else {
            throw .unknownSegment(call.segments[1].name)
        }
        guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
        return try performBulk(action, call, table)
    }

    private mutating func writeRecord(_ call: DataverseCall, _ found: Found) throws(DataverseError) -> DataverseAnswer {
        guard call.segments.count > 1 else {
            switch call.method {
            case "PATCH": return try update(call, found)
            case "DELETE": return try delete(call, found)
            default: throw .methodNotAllowed(call.method)
            }
        }
        let second = call.segments[1]
        guard let id = found.id else { throw .missingKey(found.table.name) }
        if call.segments.count == 3, call.segments[2].name == "$ref" {
            return try writeReference(call, found.table, id, second)
        }
        guard call.segments.count == 2 else { throw .unknownSegment(call.segments[2].name) }
        if let action = Self.action(second) {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            return try performBound(action, call, found.table, id)
        }
        if let collection = store.schema.collections(of: found.table.name)[second.name] {
            switch call.method {
            case "POST": return try createRelated(call, found.table, id, collection)
            case "PUT": return try replaceParties(call, found.table, id, collection)
            default: throw .methodNotAllowed(call.method)
            }
        }
        switch call.method {
        case "PUT", "DELETE": return try updateColumn(call, found, column: second.name)
        default: throw .methodNotAllowed(call.method)
        }
    }

    /// The name of an action that is bound to a resource.
    private static func action(_ segment: ODataSegment) -> String? {
        let prefix = "Microsoft.Dynamics.CRM."
        return segment.name.hasPrefix(prefix) ? String(segment.name.dropFirst(prefix.count)) : nil
    }

    /// What the query says of names such as `@p1`.
    static func aliases(_ call: DataverseCall) -> [String: String] {
        guard call.query.utf8.contains(UInt8(ascii: "@")) || call.query.contains("%40") else { return [:] }
        var aliases: [String: String] = [:]
        for pair in FormDecoding.pairs(call.query) where pair.name.hasPrefix("@") { aliases[pair.name] = pair.value }
        return aliases
    }
}
