/// Reading what an address names: a set, a record, or something of a record.
extension DataverseSandbox {
    /// Reads what follows the name of a set.
    mutating func get(_ call: DataverseCall, _ table: DataverseTable) throws(DataverseError) -> DataverseAnswer {
        let rest = call.segments.dropFirst()
        guard let key = call.segments[0].key else {
            guard let second = rest.first else { return try listOrQuery(call, table) }
            guard second.name == "$count", rest.count == 1 else { throw .unknownSegment(second.name) }
            return try countSegment(call, table)
        }
        guard let id = try find(key, table, aliases: Self.aliases(call)).id else { throw .missingKey(table.name) }
        guard let second = rest.first else { return try read(call, table, id) }
        guard let place = store[table.name].place(of: id) else { throw .missing(table.name, id.description) }
        let after = rest.dropFirst()
        if let position = table.byProperty[second.name] {
            return try column(call, table, place, position, after.first?.name)
        }
        if let navigation = table.byNavigation[second.name] {
            return try follow(call, table, place, navigation, after)
        }
        if let collection = store.schema.collections(of: table.name)[second.name],
            let target = store.schema.table(collection.table)
        {
            return try members(call, collection, target, of: id, second.key, after)
        }
        if second.name.hasPrefix("Microsoft.Dynamics.CRM.") { return try boundFunction(call, table, id, second) }
        throw .unknownSegment(second.name)
    }

    /// One column: as JSON, or as plain text behind `$value`.
    private func column(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ place: Int,
        _ position: Int,
        _ last: String?
    ) throws(DataverseError) -> DataverseAnswer {
        let records = store[table.name]
        let value: [UInt8]?
        if position == 0 {
            value = DataverseEncoding.guid(records.ids[place])
        } else if position == table.versionPosition {
            value = Array(String(records.versions[place]).utf8)
        } else {
            value = records.rows[place].value(position).map { Array($0) }
        }
        if let last, last != "$value" { throw .unknownSegment(last) }
        guard let value else { return DataverseAnswer(status: 204) }
        if last != nil {
            let text = value.first == UInt8(ascii: "\"") ? Array(DataverseValue.text(value).utf8) : value
            return DataverseAnswer(status: 200, headers: [("Content-Type", "text/plain")], body: text)
        }
        let name = table.columns[position].property
        let address = "\(call.root)$metadata#\(table.set)(\(records.ids[place]))/\(name)"
        let context = SandboxJSON.string(address).bytes
        return .json(200, Array("{\"@odata.context\":".utf8) + context + Array(",\"value\":".utf8) + value + [0x7D])
    }

    /// The record that a lookup names, or its address.
    private mutating func follow(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ place: Int,
        _ navigation: DataverseNavigation,
        _ after: ArraySlice<ODataSegment>
    ) throws(DataverseError) -> DataverseAnswer {
        let column = table.columns[navigation.position]
        guard let json = store[table.name].rows[place].value(navigation.position),
            let target = store.target(of: column, json), navigation.table == nil || navigation.table == target.table,
            let found = store.schema.table(target.table), let id = SandboxGUID(DataverseValue.text(json))
        else { return DataverseAnswer(status: 204) }
        guard let last = after.first else {
            // What is asked about the way to a record says nothing about the record's version.
            var call = call
            call.headers["If-None-Match"] = nil
            return try read(call, found, id)
        }
        guard last.name == "$ref", after.count == 1 else {
            var call = call
            call.segments = [ODataSegment(name: found.set, key: id.description)] + after
            return try get(call, found)
        }
        let body = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#$ref"),
            "@odata.id": .string("\(call.root)\(found.set)(\(id))"),
        ])
        return .json(200, body.bytes)
    }

    /// The records of a collection, their number, their addresses, or one of them.
    private mutating func members(
        _ call: DataverseCall,
        _ collection: DataverseCollection,
        _ table: DataverseTable,
        of id: SandboxGUID,
        _ key: String?,
        _ after: ArraySlice<ODataSegment>
    ) throws(DataverseError) -> DataverseAnswer {
        let places = store.members(of: collection, of: id)
        if let key {
            let member = try find(key, table, aliases: Self.aliases(call)).id
            guard let member, let place = store[table.name].place(of: member), places.contains(place) else {
                throw .missing(table.name, member?.description ?? key)
            }
            var call = call
            call.segments = [ODataSegment(name: table.set, key: key)] + after
            return try get(call, table)
        }
        guard let last = after.first else { return try list(call, table, among: places) }
        guard after.count == 1 else { throw .unknownSegment(after.last?.name ?? "") }
        switch last.name {
        case "$count": return try countSegment(call, table, among: places)
        case "$ref":
            let ids = store[table.name].ids
            let list = places.map { place in
                SandboxJSON.members(["@odata.id": .string("\(call.root)\(table.set)(\(ids[place]))")])
            }
            let body = SandboxJSON.members([
                "@odata.context": .string("\(call.root)$metadata#Collection($ref)"), "value": .array(list),
            ])
            return .json(200, body.bytes)
        default: throw .unknownSegment(last.name)
        }
    }

    /// A set by the options of OData, or by one of the other languages for queries.
    private mutating func listOrQuery(
        _ call: DataverseCall,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseAnswer {
        if let answer = try query(call, table, otherThan: FormDecoding.pairs(call.query)) { return answer }
        return try list(call, table)
    }
}
