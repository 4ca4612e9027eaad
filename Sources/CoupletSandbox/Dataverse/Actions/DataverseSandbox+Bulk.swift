/// Actions on a set that write many records at once.
///
/// On a standard table they do everything or nothing. On an elastic table each record stands for itself: what can be
/// written is, and the refusal lists the others.
extension DataverseSandbox {
    mutating func performBulk(
        _ action: String,
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        guard let kind = DataverseBulk(rawValue: action) else {
            throw .unknownSegment("Microsoft.Dynamics.CRM.\(action)")
        }
        if kind == .delete, !table.head.isElastic { throw .deleteMultiple }
        let author = try author(of: call)
        let targets = try targets(call, table)
        var ids: [SandboxGUID] = []
        if table.head.isElastic {
            ids = try writeEach(targets, kind, table, call, author)
        } else {
            ids = try atomically { (sandbox) throws(DataverseError) in
                try targets.map { (target) throws(DataverseError) in
                    try sandbox.write(target, kind, table, call, author)
                }
            }
        }
        guard kind == .create else { return DataverseAnswer(status: 204) }
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse"),
            "Ids": .array(ids.map { .string($0.description) }),
        ])
        return .json(200, body.bytes)
    }

    /// The records that the body lists; each has to say what it is, as any table's records could be meant.
    private func targets(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> [[SandboxJSON.Member]] {
        guard let list = try members(call, table.name).first(where: { $0.name == "Targets" })?.value.array else {
            throw .payload(table.name, "Microsoft.OData.ODataException: The parameter 'Targets' was expected.")
        }
        return try list.map { (json) throws(DataverseError) in
            guard let members = json.object else {
                throw .unconvertible("Targets", table.name, type: "Microsoft.Dynamics.CRM.crmbaseentity")
            }
            let type = json["@odata.type"]?.string?.drop { $0 == "#" }
            guard type == "Microsoft.Dynamics.CRM.\(table.name)" else {
                throw .targetType(String(type ?? ""), table.name)
            }
            return members
        }
    }

    private mutating func writeEach(
        _ targets: [[SandboxJSON.Member]],
        _ kind: DataverseBulk,
        _ table: DataverseTable,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) -> [SandboxGUID] {
        var ids: [SandboxGUID] = []
        var failures: [(index: Int, id: String, error: DataverseError)] = []
        for (index, target) in targets.enumerated() {
            do { ids.append(try write(target, kind, table, call, author)) } catch {
                let id = target.first { $0.name == table.key }?.value.string ?? ""
                failures.append((index, id, error))
            }
        }
        guard let first = failures.first else { return ids }
        var error = first.error
        let details = failures.map { failure in
            SandboxJSON.members([
                "RequestIndex": .number(String(failure.index)), "Id": .string(failure.id),
                "StatusCode": .number(String(failure.error.status)),
            ])
        }
        error.details = [
            "Plugin.BulkApiErrorDetails": String(decoding: SandboxJSON.array(details).bytes, as: UTF8.self)
        ]
        throw error
    }

    private mutating func write(
        _ members: [SandboxJSON.Member],
        _ kind: DataverseBulk,
        _ table: DataverseTable,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) -> SandboxGUID {
        if kind == .create { return try insert(members, Found(table: table, id: nil, values: [:]), call, author) }
        let found = try found(members, table)
        let place = found.id.flatMap { store[table.name].place(of: $0) }
        switch (kind, place, found.id) {
        case (.delete, .some(let place), .some(let id)):
            try permit(.delete, "Delete", table)
            try erase(table, place, call, author)
            return id
        case (.update, .some(let place), .some(let id)), (.upsert, .some(let place), .some(let id)):
            try change(members, table, place, call, author)
            return id
        case (.upsert, _, _): return try insert(members, found, call, author)
        default: throw found.id.map { .missing(table.name, $0.description) } ?? .missingKey(table.name)
        }
    }

    /// The record that one of the listed objects is about: by `@odata.id`, by its primary key, or by the columns of an
    /// alternate key.
    private mutating func found(
        _ members: [SandboxJSON.Member],
        _ table: DataverseTable
    ) throws(DataverseError) -> Found {
        if let address = members.first(where: { $0.name == "@odata.id" })?.value.string {
            guard let segment = ODataPath.segments(address)?.last, segment.name == table.set, let key = segment.key
            else { throw .invalidKey(table.name) }
            return try find(key, table)
        }
        if let text = members.first(where: { $0.name == table.key })?.value.string {
            guard let id = SandboxGUID(text) else {
                throw .unconvertible(table.key, table.name, type: "Edm.Guid")
            }
            return Found(table: table, id: id, values: [:])
        }
        for key in table.head.keys {
            let parts = key.attributes.compactMap { attribute in members.first { $0.name == attribute } }
            guard parts.count == key.attributes.count else { continue }
            return try find(parts.map { DataverseKeyPredicate.Part(name: $0.name, value: $0.value) }, table)
        }
        throw .invalidKey(table.name)
    }
}

/// The actions that write many records.
enum DataverseBulk: String {
    case create = "CreateMultiple"
    case update = "UpdateMultiple"
    case upsert = "UpsertMultiple"
    case delete = "DeleteMultiple"
}
