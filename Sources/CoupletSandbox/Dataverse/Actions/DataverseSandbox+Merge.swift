/// `Merge`: one of two records of a table stays, and what belonged to the other becomes its own.
extension DataverseSandbox {
    /// Merges two accounts, contacts or leads.
    ///
    /// The subordinate is deactivated and names its master, every reference to
    /// it leads to the master, and the master takes over the values that the request lists.
    mutating func merge(
        _ body: SandboxJSON,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        let target = try record(body["Target"], "Target", call)
        let subordinate = try record(body["Subordinate"], "Subordinate", call)
        guard target.table.name == subordinate.table.name, target.table.position("masterid") != nil else {
            throw .mergeTables
        }
        guard target.place != subordinate.place else { throw .mergeItself }
        let table = target.table
        for place in [target.place, subordinate.place] {
            let draft = draft(table, place)
            if draft.number("statecode") != 0 { throw .mergeInactive }
        }
        try atomically { (sandbox) throws(DataverseError) in
            let master = sandbox.store[table.name].ids[target.place]
            let other = sandbox.store[table.name].ids[subordinate.place]
            if let content = body["UpdateContent"]?.object {
                let kept = content.filter { $0.name != table.key && !$0.name.hasPrefix("@") }
                try sandbox.change(kept, table, target.place, call, author)
            }
            try sandbox.lead(from: other, to: master, in: table.name, call, author)
            var draft = sandbox.draft(table, subordinate.place)
            draft.set("statecode", Array("1".utf8))
            try draft.settleStatus()
            draft.set("merged", Array("true".utf8))
            draft.set("masterid", DataverseEncoding.guid(master))
            draft.stamp(call.now, author)
            sandbox.save(draft, at: subordinate.place)
        }
    }

    /// The record at a place, ready to be changed.
    func draft(_ table: DataverseTable, _ place: Int, _ changes: [Int: [UInt8]?] = [:]) -> DataverseRecordDraft {
        let records = store[table.name]
        return DataverseRecordDraft(
            table: table,
            id: records.ids[place],
            old: records.rows[place],
            changes: changes
        )
    }

    /// Lets every reference to one record lead to another, save those that a record cannot have to itself.
    private mutating func lead(
        from old: SandboxGUID,
        to new: SandboxGUID,
        in target: String,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        let (before, after) = (DataverseEncoding.guid(old), DataverseEncoding.guid(new))
        for (name, place) in store.referrers.places(of: old) {
            guard let table = store.schema.table(name), !table.head.isIntersect else { continue }
            for position in table.references where refers(name, place, position, before) {
                let isItself = name == target && store[name].ids[place] == new
                var draft = draft(table, place, [position: isItself ? nil : after])
                draft.stamp(call.now, author)
                save(draft, at: place)
            }
        }
    }
}
