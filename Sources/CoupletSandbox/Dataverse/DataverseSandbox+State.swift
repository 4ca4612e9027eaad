/// Records as state, past the rules of the API: seeds, and edits of a person who works in the system.
extension DataverseSandbox {
    package mutating func records(entitySet: String) -> [UInt8]? {
        guard let table = store.schema.table(set: entitySet) else { return nil }
        let records = store[table.name]
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        var writer = DataverseRowWriter(table: table, projection: .all(table))
        for place in records.ids.indices where records.present[place] {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            writer.append(records, place, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    package func records(entitySet: String, writtenAfter version: Int64) -> [SandboxJSON] {
        guard let table = store.schema.table(set: entitySet) else { return [] }
        let records = store[table.name]
        var writer = DataverseRowWriter(table: table, projection: .all(table))
        return records.changes(above: version, through: desk.version).compactMap { place in
            guard records.present[place] else { return nil }
            var bytes: [UInt8] = []
            writer.append(records, place, to: &bytes)
            return try? SandboxJSON(bytes: bytes)
        }
    }

    package func keyName(entitySet: String) -> String? { store.schema.table(set: entitySet)?.key }

    package mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]? {
        guard let table = store.schema.table(set: entitySet) else { return nil }
        var warnings: Set<String> = []
        for row in rows { put(row, table: table, at: now, warnings: &warnings) }
        return warnings.sorted()
    }

    package mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int? {
        guard let table = store.schema.table(set: entitySet) else { return nil }
        var count = 0
        for id in ids {
            guard let place = store[table.name].place(of: id) else { continue }
            erase(table, place)
            count += 1
        }
        return count
    }

    /// Writes one record as state: read-only properties and references to anything are taken as they are, values that
    /// do not fit are left out with a warning, and what a new record always has is filled in.
    mutating func put(
        _ json: SandboxJSON,
        table: DataverseTable,
        at now: SandboxInstant,
        warnings: inout Set<String>
    ) {
        let id = json[table.key]?.string.flatMap { SandboxGUID($0) } ?? desk.generator.guid()
        let place = store[table.name].place(of: id)
        var values: [Int: [UInt8]?] = [:]
        for member in json.object ?? [] where !member.name.utf8.contains(UInt8(ascii: "@")) {
            guard let position = table.byProperty[member.name] else {
                warnings.insert("\(table.set): there is no property '\(member.name)'.")
                continue
            }
            let column = table.columns[position]
            if position == 0 || column.attribute == "versionnumber" { continue }
            do {
                values[position] = .some(try DataverseEncoding.json(member.value, column: column, table: table.name))
            } catch {
                warnings.insert("\(table.set): \(error.message)")
            }
        }
        let given = values
        let old = place.map { store[table.name].rows[$0] }
        var draft = DataverseRecordDraft(table: table, id: id, old: old, changes: values)
        if old == nil { draft.setInitialValues() }
        draft.settleFullName()
        draft.settleMoney(store)
        if old == nil { draft.setIfMissing("ownerid", DataverseEncoding.guid(store.caller)) }
        if draft.changes("ownerid"), let owner = draft.guid("ownerid") { draft.setOwnerColumns(owner, store) }
        draft.setIfMissing("businessunitid", DataverseEncoding.guid(store.businessUnit))
        if (try? draft.settleStatus()) == nil {
            warnings.insert("\(table.set): the status does not belong to the state.")
        }
        draft.stamp(now, DataverseAuthor(user: store.caller))
        draft.override(given)
        save(draft, at: place)
    }

    /// Stores a draft with a new version.
    mutating func save(_ draft: DataverseRecordDraft, at place: Int?) {
        let version = desk.nextVersion()
        let row = draft.row
        noteKeys(draft.table, draft.id, from: draft.old, to: row)
        if let place {
            store[draft.table.name].update(place, row, version: version, in: draft.table)
        } else {
            store[draft.table.name].insert(draft.id, row, version: version, in: draft.table)
        }
        let references = draft.changedReferences
        if references.isEmpty { return }
        guard let place = place ?? store[draft.table.name].place(of: draft.id) else { return }
        for id in references { store.referrers.note(id, from: draft.table.name, at: place) }
    }
}
