/// Who writes, and what they asked for besides.
struct DataverseAuthor: Sendable {
    /// The user in whose name it is written.
    var user: SandboxGUID
    /// The application that does so for the user; nil where it writes in its own name.
    var delegate: SandboxGUID?
    /// Whether duplicates are to be refused.
    var detectsDuplicates = false
}

/// Making, changing and deleting single records, whatever asked for it.
extension DataverseSandbox {
    /// Makes a record, and what its body nests.
    /// - Parameters:
    ///   - members: the body.
    ///   - found: the table, and what an address says of the record.
    ///   - call: the request.
    ///   - author: who writes.
    /// - Returns: the identifier.
    /// - Throws: what is wrong with the body, or in the way of the record.
    mutating func insert(
        _ members: [SandboxJSON.Member],
        _ found: Found,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) -> SandboxGUID {
        let table = found.table
        try permit(.create, "Create", table)
        var body = try body(members, table, isCreate: true, call)
        // What the body says of a key's columns wins over the address.
        body.values.merge(found.values) { said, _ in said }
        guard body.isDeep else { return try insert(body, found, call, author) }
        return try atomically { (sandbox) throws(DataverseError) in
            for parent in body.parents {
                let made = Found(table: parent.table, id: nil, values: [:])
                let id = try sandbox.insert(parent.members, made, call, author)
                body.values[parent.position] = DataverseEncoding.guid(id)
            }
            let id = try sandbox.insert(body, found, call, author)
            for (collection, elements) in body.children {
                for element in elements { try sandbox.add(element, to: collection, of: id, call, author) }
            }
            return id
        }
    }

    private mutating func insert(
        _ body: DataverseWriteBody,
        _ found: Found,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) -> SandboxGUID {
        let table = found.table
        let id = found.id ?? body.key ?? desk.generator.guid()
        if store.exists(table.name, id) { throw .duplicateKey }
        try check(body.references)
        try write(body.values, table, id, old: nil, call, author)
        return id
    }

    /// Changes a record that is there.
    mutating func change(
        _ members: [SandboxJSON.Member],
        _ table: DataverseTable,
        _ place: Int,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        try permit(.update, "Update", table)
        let body = try body(members, table, isCreate: false, call)
        try check(body.references)
        try write(body.values, table, store[table.name].ids[place], old: place, call, author)
    }

    /// A record of a navigation property with many values: made and related, or only related.
    private mutating func add(
        _ element: DataverseWriteBody.Element,
        to collection: DataverseCollection,
        of id: SandboxGUID,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        guard let table = store.schema.table(collection.table) else { throw .unknownSegment(collection.table) }
        switch element {
        case .existing(let other): try relate(id, other, collection, call, author)
        case .new(let members):
            var made = Found(table: table, id: nil, values: [:])
            if case .referencing(_, let attribute) = collection, let position = table.position(attribute) {
                made = Found(table: table, id: nil, values: [position: DataverseEncoding.guid(id)])
            }
            let other = try insert(members, made, call, author)
            if case .associated = collection { try relate(id, other, collection, call, author) }
        }
    }

    /// Writes values, and what follows from them.
    mutating func write(
        _ values: [Int: [UInt8]?],
        _ table: DataverseTable,
        _ id: SandboxGUID,
        old place: Int?,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        let old = place.map { store[table.name].rows[$0] }
        var draft = DataverseRecordDraft(table: table, id: id, old: old, changes: values)
        if old == nil { draft.setInitialValues() }
        try draft.checkState()
        try draft.settleStatus()
        try draft.settleOwner(store, author)
        draft.settleMoney(store)
        draft.settleFullName()
        draft.stamp(call.now, author)
        if author.detectsDuplicates { try checkDuplicates(draft) }
        if table.name == "transactioncurrency" { try checkCurrency(draft) }
        if !table.head.keys.isEmpty { try checkKeys(table, id, draft.row) }
        save(draft, at: place)
        if old == nil { try addBaseUnit(to: draft, id, call, author) }
    }

    private func check(_ references: [(table: String, id: SandboxGUID)]) throws(DataverseError) {
        for (table, id) in references where !store.exists(table, id) { throw .missing(table, id.description) }
    }

    /// Does several writes, or none of them.
    mutating func atomically<Result>(
        _ work: (inout DataverseSandbox) throws(DataverseError) -> Result
    ) throws(DataverseError) -> Result {
        // Inside another such piece of work the outer one takes back what was done.
        if store.isRemembering { return try work(&self) }
        store.begin()
        do {
            let result = try work(&self)
            store.commit()
            return result
        } catch {
            store.rollBack()
            throw error
        }
    }

    /// Refuses what callers may not do with a table.
    func permit(
        _ permission: DataversePermissions,
        _ verb: String,
        _ table: DataverseTable
    ) throws(DataverseError) {
        guard !table.permissions.contains(permission) else { return }
        throw .forbidden(
            "Principal user (Id=\(store.caller)) is missing prv\(verb) privilege for entity '\(table.name)'."
        )
    }
}
