/// The verbs on records, each under its conditions.
extension DataverseSandbox {
    /// `POST set`: makes a record, under its own primary key if it has one.
    mutating func create(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        try create(call, Found(table: table, id: nil, values: [:]))
    }

    /// `POST set(id)/collection`: makes a record that is related to another.
    mutating func createRelated(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ collection: DataverseCollection
    ) throws(DataverseError) -> DataverseAnswer {
        guard store.exists(table.name, id) else { throw .missing(table.name, id.description) }
        guard let target = store.schema.table(collection.table) else { throw .unknownSegment(collection.table) }
        switch collection {
        case .referencing(_, let attribute):
            let values = target.position(attribute).map { [$0: DataverseEncoding.guid(id)] } ?? [:]
            return try create(call, Found(table: target, id: nil, values: values))
        case .associated:
            let author = try author(of: call)
            return try atomically { (sandbox) throws(DataverseError) in
                let members = try sandbox.members(call, target.name)
                let other = try sandbox.insert(members, Found(table: target, id: nil, values: [:]), call, author)
                try sandbox.relate(id, other, collection, call, author)
                return try sandbox.written(call, target, other, isNew: true)
            }
        }
    }

    /// `PUT set(id)/collection` with all parties of an activity: those of before are no more.
    mutating func replaceParties(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ collection: DataverseCollection
    ) throws(DataverseError) -> DataverseAnswer {
        guard case .referencing("activityparty", let attribute) = collection,
            let parties = store.schema.table("activityparty"), let position = parties.position(attribute)
        else { throw .methodNotAllowed(call.method) }
        guard store.exists(table.name, id) else { throw .missing(table.name, id.description) }
        guard let list = try members(call, parties.name).first(where: { $0.name == "value" })?.value.array else {
            throw .payload(parties.name, "Microsoft.OData.ODataException: A 'value' was expected.")
        }
        let author = try author(of: call)
        let json = DataverseEncoding.guid(id)
        return try atomically { (sandbox) throws(DataverseError) in
            for place in sandbox.places(in: parties.name, where: position, is: json) { sandbox.erase(parties, place) }
            for party in list {
                let made = Found(table: parties, id: nil, values: [position: json])
                _ = try sandbox.insert(party.object ?? [], made, call, author)
            }
            return DataverseAnswer(status: 204)
        }
    }

    private mutating func create(_ call: DataverseCall, _ found: Found) throws(DataverseError) -> DataverseAnswer {
        try checkQuery(call, found.table)
        let author = try author(of: call)
        let id = try insert(try members(call, found.table.name), found, call, author)
        return try written(call, found.table, id, isNew: true)
    }

    /// `PATCH set(key)`: changes a record, or makes it where the conditions do not say otherwise.
    mutating func update(_ call: DataverseCall, _ found: Found) throws(DataverseError) -> DataverseAnswer {
        let table = found.table
        let place = found.id.flatMap { store[table.name].place(of: $0) }
        try checkConditions(call, found, place)
        try checkQuery(call, table)
        let author = try author(of: call)
        let members = try members(call, table.name)
        var answer: DataverseAnswer
        if let place, let id = found.id {
            try change(members, table, place, call, author)
            answer = try written(call, table, id, isNew: false)
        } else {
            answer = try written(call, table, try insert(members, found, call, author), isNew: true)
        }
        // What was addressed by an alternate key is named so in the answer.
        if !found.values.isEmpty { answer.rename(to: call.path, root: call.root) }
        return answer
    }

    /// `DELETE set(key)`.
    mutating func delete(_ call: DataverseCall, _ found: Found) throws(DataverseError) -> DataverseAnswer {
        let table = found.table
        try permit(.delete, "Delete", table)
        guard let id = found.id else { throw .missingKey(table.name) }
        guard let place = store[table.name].place(of: id) else { throw .missing(table.name, id.description) }
        try checkConditions(call, found, place)
        let author = try author(of: call)
        try erase(table, place, call, author)
        return DataverseAnswer(status: 204)
    }

    /// `PUT set(key)/column` with `{"value":…}`, and `DELETE set(key)/column`.
    mutating func updateColumn(
        _ call: DataverseCall,
        _ found: Found,
        column: String
    ) throws(DataverseError) -> DataverseAnswer {
        let table = found.table
        guard table.byProperty[column] != nil else { throw .unknownSegment(column) }
        var value = SandboxJSON.null
        if call.method == "PUT" {
            guard let given = try members(call, table.name).first(where: { $0.name == "value" })?.value else {
                throw .payload(table.name, "Microsoft.OData.ODataException: A 'value' was expected.")
            }
            value = given
        }
        guard let id = found.id else { throw .missingKey(table.name) }
        guard let place = store[table.name].place(of: id) else { throw .missing(table.name, id.description) }
        try checkConditions(call, found, place)
        try change([.init(name: column, value: value)], table, place, call, try author(of: call))
        return DataverseAnswer(status: 204)
    }

    /// Refuses what `If-Match` and `If-None-Match` do not allow.
    private func checkConditions(_ call: DataverseCall, _ found: Found, _ place: Int?) throws(DataverseError) {
        if let condition = call.condition("if-match") {
            guard let place else {
                throw found.id.map { .missing(found.table.name, $0.description) } ?? .missingKey(found.table.name)
            }
            if condition != "*", DataverseCall.version(ofTag: condition) != store[found.table.name].versions[place] {
                throw .versionMismatch
            }
        }
        if call.condition("if-none-match") == "*", place != nil { throw .alreadyExists }
    }

    /// Refuses a query that the answer could not follow, before anything is written.
    private func checkQuery(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) {
        if !call.query.isEmpty { _ = try query(call, table) }
    }

    /// The answer to a successful write.
    private mutating func written(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        isNew: Bool
    ) throws(DataverseError) -> DataverseAnswer {
        let entity = "\(table.set)(\(id))"
        guard call.wantsRepresentation, let place = store[table.name].place(of: id) else {
            return DataverseAnswer(status: 204, headers: [("OData-EntityId", call.root + entity)], entity: entity)
        }
        var answer = representation(call, table, place, try query(call, table).projection, status: isNew ? 201 : 200)
        answer.entity = entity
        return answer
    }
}

extension DataverseAnswer {
    /// Names the record by the address that the caller used.
    mutating func rename(to path: String, root: String) {
        entity = path
        if let index = headers.firstIndex(where: { $0.name == "OData-EntityId" }) {
            headers[index] = ("OData-EntityId", root + path)
        }
    }
}
