/// Relating records to each other, and taking that back.
extension DataverseSandbox {
    /// Relates two records: the lookup of the one leads to the other, or they become a pair.
    mutating func relate(
        _ id: SandboxGUID,
        _ other: SandboxGUID,
        _ collection: DataverseCollection,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        switch collection {
        case .referencing(let name, let attribute):
            try lead(name, attribute, of: other, to: id, call, author)
        case .associated(let relationship, let here, let there):
            guard let table = store.schema.table(relationship.intersect) else { throw .unknownSegment(here.navigation) }
            guard store.exists(there.table, other) else { throw .missing(there.table, other.description) }
            if pair(id, other, relationship, here: here) != nil { throw .duplicateKey }
            var values: [Int: [UInt8]?] = [:]
            // A relationship of a table with itself has two ends with the same key.
            for (end, value) in [(here, id), (there, other)] {
                if let position = table.position(end.attribute) { values[position] = DataverseEncoding.guid(value) }
            }
            let draft = DataverseRecordDraft(table: table, id: desk.generator.guid(), old: nil, changes: values)
            save(draft, at: nil)
        }
    }

    /// Takes back that two records are related; nothing happens where they are not.
    mutating func unrelate(
        _ id: SandboxGUID,
        _ other: SandboxGUID,
        _ collection: DataverseCollection,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        switch collection {
        case .referencing(let name, let attribute):
            guard let table = store.schema.table(name), let position = table.position(attribute) else { return }
            guard let place = store[name].place(of: other) else { throw .missing(name, other.description) }
            guard store[name].rows[place].value(position)?.elementsEqual(DataverseEncoding.guid(id)) ?? false else {
                return
            }
            try write([position: nil], table, other, old: place, call, author)
        case .associated(let relationship, let here, _):
            guard let place = pair(id, other, relationship, here: here) else { return }
            guard let table = store.schema.table(relationship.intersect) else { return }
            erase(table, place)
        }
    }

    private mutating func lead(
        _ name: String,
        _ attribute: String,
        of other: SandboxGUID,
        to id: SandboxGUID,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        guard let table = store.schema.table(name), let position = table.position(attribute) else {
            throw .unknownSegment(name)
        }
        guard let place = store[name].place(of: other) else { throw .missing(name, other.description) }
        try write([position: DataverseEncoding.guid(id)], table, other, old: place, call, author)
    }

    /// The place of a pair among the pairs of a relationship.
    private func pair(
        _ id: SandboxGUID,
        _ other: SandboxGUID,
        _ relationship: DataverseManyToMany,
        here: DataverseManyToMany.End
    ) -> Int? {
        guard let table = store.schema.table(relationship.intersect),
            let there = relationship.ends.first(where: { $0.attribute != here.attribute }),
            let first = table.position(here.attribute), let second = table.position(there.attribute)
        else { return nil }
        let (one, two) = (DataverseEncoding.guid(id), DataverseEncoding.guid(other))
        let records = store[relationship.intersect]
        return records.ids.indices.first { place in
            records.present[place] && records.rows[place].value(first)?.elementsEqual(one) ?? false
                && records.rows[place].value(second)?.elementsEqual(two) ?? false
        }
    }
}

/// Addresses that end in `$ref`.
extension DataverseSandbox {
    /// `POST`, `PUT` and `DELETE` of a relationship between a record and another.
    mutating func writeReference(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ segment: ODataSegment
    ) throws(DataverseError) -> DataverseAnswer {
        let author = try author(of: call)
        guard let place = store[table.name].place(of: id) else { throw .missing(table.name, id.description) }
        if let collection = store.schema.collections(of: table.name)[segment.name] {
            switch call.method {
            case "POST":
                let other = try referred(call, to: collection.table)
                try relate(id, other, collection, call, author)
            case "DELETE":
                let other = try referred(call, to: collection.table, key: segment.key)
                try unrelate(id, other, collection, call, author)
            default: throw .methodNotAllowed(call.method)
            }
            return DataverseAnswer(status: 204)
        }
        guard let navigation = table.byNavigation[segment.name] else { throw .unknownSegment(segment.name) }
        let value: [UInt8]?
        switch call.method {
        case "PUT": value = DataverseEncoding.guid(try referred(call, to: navigation, table))
        case "DELETE": value = nil
        default: throw .methodNotAllowed(call.method)
        }
        try permit(.update, "Update", table)
        guard table.columns[navigation.position].access == .always else { throw .readOnly(segment.name, table.name) }
        try write([navigation.position: value], table, id, old: place, call, author)
        return DataverseAnswer(status: 204)
    }

    private mutating func referred(
        _ call: DataverseCall,
        to navigation: DataverseNavigation,
        _ table: DataverseTable
    ) throws(DataverseError) -> SandboxGUID {
        let found = try reference(try address(in: call), call)
        let allowed = navigation.table.map { [$0] } ?? table.columns[navigation.position].type.targets.map(\.table)
        guard allowed.contains(found.table.name) else {
            throw .wrongReference(found.table.set, call.segments[1].name, table.name)
        }
        guard store.exists(found.table.name, found.id) else {
            throw .missing(found.table.name, found.id.description)
        }
        return found.id
    }

    /// The record at the other end: in the parentheses, in `$id`, or in the body.
    private mutating func referred(
        _ call: DataverseCall,
        to target: String,
        key: String? = nil
    ) throws(DataverseError) -> SandboxGUID {
        guard let table = store.schema.table(target) else { throw .unknownSegment(target) }
        if let key {
            guard let id = try find(key, table).id else { throw .missingKey(target) }
            return id
        }
        let found = try reference(try address(in: call), call)
        guard found.table.name == target else {
            throw .wrongReference(found.table.set, call.segments[1].name, table.name)
        }
        return found.id
    }

    private func address(in call: DataverseCall) throws(DataverseError) -> String {
        if call.method == "DELETE" {
            let pairs = FormDecoding.pairs(call.query)
            guard let address = pairs.first(where: { $0.name == "$id" })?.value else {
                throw .syntax("The query parameter '$id' is missing: it names the record to disassociate.")
            }
            return address
        }
        let members = try members(call, "entity reference")
        guard let address = members.first(where: { $0.name == "@odata.id" })?.value.string else {
            throw .payload("entity reference", "Microsoft.OData.ODataException: '@odata.id' was expected.")
        }
        return address
    }
}
