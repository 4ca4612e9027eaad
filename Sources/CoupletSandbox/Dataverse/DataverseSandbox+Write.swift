/// Writing: create, update, delete, each under its conditions.
extension DataverseSandbox {
    /// `POST set`: makes a record, under its own primary key if it has one.
    mutating func create(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        try permit(.create, "Create", table)
        let payload = try payload(call, table, isCreate: true)
        let id = payload.key ?? desk.generator.guid()
        if store.exists(table.name, id) { throw .duplicateKey }
        let projection = try projection(call, table)
        try write(payload, table, id, old: nil, call)
        return written(call, table, id, projection, isNew: true)
    }

    /// `PATCH set(id)`: changes a record, or makes it where the conditions do not say otherwise.
    mutating func update(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID
    ) throws(DataverseError) -> DataverseAnswer {
        let place = store[table.name].place(of: id)
        if let condition = call.condition("if-match") {
            guard let place else { throw .missing(table.name, id.description) }
            if condition != "*", DataverseCall.version(ofTag: condition) != store[table.name].versions[place] {
                throw .versionMismatch
            }
        }
        if call.condition("if-none-match") == "*", place != nil { throw .alreadyExists }
        try permit(place == nil ? .create : .update, place == nil ? "Create" : "Update", table)
        let payload = try payload(call, table, isCreate: place == nil)
        let projection = try projection(call, table)
        try write(payload, table, id, old: place, call)
        return written(call, table, id, projection, isNew: place == nil)
    }

    /// `DELETE set(id)`.
    mutating func delete(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID
    ) throws(DataverseError) -> DataverseAnswer {
        try permit(.delete, "Delete", table)
        guard let place = store[table.name].place(of: id) else { throw .missing(table.name, id.description) }
        if let condition = call.condition("if-match"), condition != "*",
            DataverseCall.version(ofTag: condition) != store[table.name].versions[place]
        {
            throw .versionMismatch
        }
        store[table.name].delete(place, version: desk.nextVersion())
        clearReferences(to: id, in: table.name, call)
        return DataverseAnswer(status: 204)
    }

    /// `PUT set(id)/column` with `{"value":…}`, and `DELETE set(id)/column`.
    mutating func updateColumn(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        column: String
    ) throws(DataverseError) -> DataverseAnswer {
        guard table.byProperty[column] != nil else { throw .unknownSegment(column) }
        var value = SandboxJSON.null
        if call.method == "PUT" {
            guard let body = try? SandboxJSON(bytes: Array(call.body)), let given = body["value"] else {
                throw .payload(table.name, "Microsoft.OData.ODataException: A 'value' was expected.")
            }
            value = given
        }
        var call = call
        call.body = SandboxJSON.object([.init(name: column, value: value)]).bytes[...]
        call.headers["If-Match"] = call.condition("if-match") ?? "*"
        call.headers["Prefer"] = nil
        var answer = try update(call, table, id)
        answer.headers = []
        answer.entity = nil
        return answer
    }

    private func permit(
        _ permission: DataversePermissions,
        _ verb: String,
        _ table: DataverseTable
    ) throws(DataverseError) {
        guard !table.permissions.contains(permission) else { return }
        throw .forbidden(
            "Principal user (Id=\(store.caller)) is missing prv\(verb) privilege for entity '\(table.name)'."
        )
    }

    private func projection(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseProjection {
        try DataverseQuery(call.query, preferences: call.preferences, table: table, schema: store.schema).projection
    }

    private func payload(
        _ call: DataverseCall,
        _ table: DataverseTable,
        isCreate: Bool
    ) throws(DataverseError) -> DataversePayload {
        let payload = try DataversePayload(call.body, table: table, schema: store.schema, isCreate: isCreate) {
            (address) throws(DataverseError) in
            try Self.reference(address, call)
        }
        for (table, id) in payload.references where !store.exists(table, id) {
            throw .missing(table, id.description)
        }
        return payload
    }

    /// Finds the record that the value of `x@odata.bind` names: relative with or without a slash, absolute, or `$n`.
    static func reference(
        _ address: String,
        _ call: DataverseCall
    ) throws(DataverseError) -> (set: String, id: SandboxGUID) {
        var text = address[...]
        if text.hasPrefix("$") {
            guard let entity = call.references?[String(text.dropFirst())] else { throw .unknownReference(address) }
            text = entity[...]
        }
        let last = text.split(separator: "/").last ?? ""
        guard let segment = ODataPath.segments(last)?.first, let key = segment.key, let id = SandboxGUID(key) else {
            throw .payload("entity", "Microsoft.OData.ODataException: '\(address)' is not the address of a record.")
        }
        return (segment.name, id)
    }

    private mutating func write(
        _ payload: DataversePayload,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        old place: Int?,
        _ call: DataverseCall
    ) throws(DataverseError) {
        let old = place.map { store[table.name].rows[$0] }
        var draft = DataverseRecordDraft(table: table, id: id, old: old, changes: payload.values)
        if old == nil { draft.setInitialValues() }
        try draft.settleStatus()
        try draft.settleOwner(store)
        draft.settleMoney(store)
        draft.settleFullName()
        draft.stamp(call.now, caller: store.caller)
        save(draft, at: place)
    }

    /// The answer to a successful write.
    private func written(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ projection: DataverseProjection,
        isNew: Bool
    ) -> DataverseAnswer {
        let entity = "\(table.set)(\(id))"
        guard call.wantsRepresentation, let place = store[table.name].place(of: id) else {
            return DataverseAnswer(status: 204, headers: [("OData-EntityId", call.root + entity)], entity: entity)
        }
        var answer = representation(call, table, place, projection, status: isNew ? 201 : 200)
        answer.entity = entity
        return answer
    }

    /// Records that refer to a deleted one lose the reference, as the service does for its own relationships.
    private mutating func clearReferences(to id: SandboxGUID, in target: String, _ call: DataverseCall) {
        guard store.referenced.contains(id) else { return }
        let json = DataverseEncoding.guid(id)
        for table in store.schema.tables {
            for (position, column) in table.columns.enumerated() where column.access == .always {
                guard column.type.targets.contains(where: { $0.table == target }) else { continue }
                let records = store[table.name]
                for place in records.ids.indices where records.present[place] {
                    guard let value = records.rows[place].value(position), value.elementsEqual(json) else { continue }
                    var draft = DataverseRecordDraft(
                        table: table,
                        id: records.ids[place],
                        old: records.rows[place],
                        changes: [position: nil]
                    )
                    draft.stamp(call.now, caller: store.caller)
                    save(draft, at: place)
                }
            }
        }
    }
}
