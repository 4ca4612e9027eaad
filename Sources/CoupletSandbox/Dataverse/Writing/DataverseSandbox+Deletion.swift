/// Deleting a record, and what becomes of those that refer to it.
extension DataverseSandbox {
    /// Deletes a record that is there.
    ///
    /// Records that belong to it go with it, others lose the reference, and where a
    /// relationship restricts it, nothing is deleted.
    mutating func erase(
        _ table: DataverseTable,
        _ place: Int,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        let id = store[table.name].ids[place]
        guard store.isReferenced(id) else {
            erase(table, place)
            return
        }
        try atomically { (sandbox) throws(DataverseError) in
            sandbox.erase(table, place)
            try sandbox.settleReferences(to: id, in: table.name, call, author)
        }
    }

    /// Takes away a record and nothing else.
    mutating func erase(_ table: DataverseTable, _ place: Int) {
        let records = store[table.name]
        noteKeys(table, records.ids[place], from: records.rows[place], to: nil)
        erasePlace(table.name, place)
    }

    /// The rows must be in nobody else's hands here: a copy would cost as much as the table is large.
    private mutating func erasePlace(_ table: String, _ place: Int) {
        store[table].delete(place, version: desk.nextVersion())
    }

    private mutating func settleReferences(
        to id: SandboxGUID,
        in target: String,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        let json = DataverseEncoding.guid(id)
        for (table, position) in store.schema.referencing(target) where table.columns[position].access != .never {
            let rule = table.columns[position].type.targets.first { $0.table == target }?.deletion ?? .removeLink
            let places = places(in: table.name, where: position, is: json)
            guard !places.isEmpty else { continue }
            switch rule {
            case .restrict: throw .cannotDelete(target)
            case .cascade: for place in places { try erase(table, place, call, author) }
            case .removeLink:
                for place in places {
                    var draft = draft(table, place, [position: nil])
                    draft.stamp(call.now, author)
                    save(draft, at: place)
                }
            }
        }
        for relationship in store.schema.manyToMany { erasePairs(of: id, in: target, relationship) }
    }

    private mutating func erasePairs(of id: SandboxGUID, in target: String, _ relationship: DataverseManyToMany) {
        guard let table = store.schema.table(relationship.intersect) else { return }
        let json = DataverseEncoding.guid(id)
        for end in relationship.ends where end.table == target {
            guard let position = table.position(end.attribute) else { continue }
            for place in places(in: table.name, where: position, is: json) { erase(table, place) }
        }
    }

    /// The records that have a value in a column.
    func places(in table: String, where position: Int, is json: [UInt8]) -> [Int] {
        let records = store[table]
        return records.ids.indices.filter { place in
            records.present[place] && records.rows[place].value(position)?.elementsEqual(json) ?? false
        }
    }
}
