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
        guard store.referrers.has(id) else {
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
        noteKeys(table, store[table.name].ids[place], from: store[table.name].rows[place], to: nil)
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
        for (name, place) in store.referrers.places(of: id) {
            guard let table = store.schema.table(name) else { continue }
            for position in table.references where refers(name, place, position, json) {
                let column = table.columns[position]
                if table.head.isIntersect {
                    erase(table, place)
                } else if let rule = column.type.targets.first(where: { $0.table == target })?.deletion {
                    try settle(rule, table, place, position, call, author)
                }
            }
        }
    }

    /// Whether a record is there and has that value in a column.
    func refers(_ table: String, _ place: Int, _ position: Int, _ json: [UInt8]) -> Bool {
        let records = store[table]
        guard place < records.ids.count, records.present[place] else { return false }
        return records.rows[place].value(position)?.elementsEqual(json) ?? false
    }

    private mutating func settle(
        _ rule: DataverseDeletion,
        _ table: DataverseTable,
        _ place: Int,
        _ position: Int,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        switch rule {
        case .restrict: throw .cannotDelete
        case .cascade: try erase(table, place, call, author)
        case .removeLink:
            var draft = draft(table, place, [position: nil])
            draft.stamp(call.now, author)
            save(draft, at: place)
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
