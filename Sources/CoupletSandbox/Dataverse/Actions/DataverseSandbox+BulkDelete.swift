/// `BulkDelete`: a job that deletes what queries find.
extension DataverseSandbox {
    /// Starts a job.
    ///
    /// It runs before anything else is asked of the environment, so that a caller never sees half of it.
    mutating func bulkDelete(
        _ body: SandboxJSON,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) -> DataverseAnswer {
        guard let queries = body["QuerySet"]?.array, !queries.isEmpty else { throw .missingParameter("QuerySet") }
        var found: [(table: DataverseTable, ids: [SandboxGUID])] = []
        for query in queries {
            guard let table = query["EntityName"]?.string.flatMap({ store.schema.table($0) }) else {
                throw .unknownTable(query["EntityName"]?.string ?? "")
            }
            try permit(.delete, "Delete", table)
            let condition = try DataverseQueryCondition(query["Criteria"] ?? .null, table)
            let records = store[table.name]
            let places = records.ids.indices.filter { records.present[$0] && condition.matches(records, $0) }
            found.append((table, places.map { records.ids[$0] }))
        }
        var (deleted, failed) = (0, 0)
        for (table, ids) in found {
            for id in ids {
                guard let place = store[table.name].place(of: id) else { continue }
                do {
                    try erase(table, place, call, author)
                    deleted += 1
                } catch {
                    failed += 1
                }
            }
        }
        let id = note(job: body["JobName"]?.string ?? "Bulk delete", deleted: deleted, failed: failed, call, author)
        let answer = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.BulkDeleteResponse"),
            "JobId": .string(id.description),
        ])
        return .json(200, answer.bytes)
    }

    /// Keeps what became of a job, where callers look for it.
    private mutating func note(
        job name: String,
        deleted: Int,
        failed: Int,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) -> SandboxGUID {
        let id = desk.generator.guid()
        guard let table = store.schema.table("asyncoperation") else { return id }
        var draft = DataverseRecordDraft(table: table, id: id, old: nil, changes: [:])
        draft.setInitialValues()
        draft.set("name", SandboxJSON.string(name).bytes)
        draft.set("operationtype", Array("13".utf8))
        draft.set("statecode", Array("3".utf8))
        draft.set("statuscode", Array((failed == 0 ? "30" : "31").utf8))
        draft.set("message", SandboxJSON.string("\(deleted) deleted, \(failed) failed").bytes)
        for column in ["startedon", "completedon"] { draft.set(column, DataverseEncoding.instant(call.now)) }
        draft.setIfMissing("ownerid", DataverseEncoding.guid(author.user))
        draft.stamp(call.now, author)
        save(draft, at: nil)
        return id
    }
}

/// The criteria of a query given as an object.
indirect enum DataverseQueryCondition {
    case all([DataverseQueryCondition])
    case any([DataverseQueryCondition])
    case isOneOf(position: Int, Set<[UInt8]>, isNegated: Bool)
    case isNull(position: Int, isNegated: Bool)

    /// Reads a filter expression.
    init(_ json: SandboxJSON, _ table: DataverseTable) throws(DataverseError) {
        var parts: [DataverseQueryCondition] = []
        for condition in json["Conditions"]?.array ?? [] { parts.append(try Self.condition(condition, table)) }
        for filter in json["Filters"]?.array ?? [] { parts.append(try DataverseQueryCondition(filter, table)) }
        self = json["FilterOperator"]?.string == "Or" ? .any(parts) : .all(parts)
    }

    private static func condition(
        _ json: SandboxJSON,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseQueryCondition {
        let name = json["AttributeName"]?.string ?? ""
        guard let position = table.position(name) else { throw .unknownAttribute(name, table.name) }
        let column = table.columns[position]
        var values: Set<[UInt8]> = []
        for value in json["Values"]?.array ?? [] {
            let given = value["Value"] ?? value
            if let bytes = try DataverseEncoding.json(given, column: column, table: table.name) { values.insert(bytes) }
        }
        switch json["Operator"]?.string {
        case "Equal", "In": return .isOneOf(position: position, values, isNegated: false)
        case "NotEqual", "NotIn": return .isOneOf(position: position, values, isNegated: true)
        case "Null": return .isNull(position: position, isNegated: false)
        case "NotNull": return .isNull(position: position, isNegated: true)
        case .some(let other): throw .unsupported("The condition operator '\(other)' is not supported here.")
        case nil: throw .missingParameter("Operator")
        }
    }

    /// Whether a record satisfies it.
    func matches(_ records: DataverseRows, _ place: Int) -> Bool {
        switch self {
        case .all(let parts): return parts.allSatisfy { $0.matches(records, place) }
        case .any(let parts): return parts.isEmpty || parts.contains { $0.matches(records, place) }
        case .isNull(let position, let isNegated):
            return (position != 0 && records.rows[place].value(position) == nil) != isNegated
        case .isOneOf(let position, let values, let isNegated):
            if position == 0 { return values.contains(DataverseEncoding.guid(records.ids[place])) != isNegated }
            guard let value = records.rows[place].value(position) else { return isNegated }
            return values.contains(Array(value)) != isNegated
        }
    }
}
