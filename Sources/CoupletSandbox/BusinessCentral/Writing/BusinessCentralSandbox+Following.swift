/// What follows when a record that others point to changes.
extension BusinessCentralSandbox {
    /// Writes a row's new values; records that keep its code or other properties of it follow.
    mutating func write(
        _ texts: [String],
        to row: SandboxRow,
        _ entity: BusinessCentralEntity,
        _ company: SandboxGUID,
        at now: SandboxInstant
    ) {
        guard let place = places[TableKey(company: company, entitySet: entity.place)] else { return }
        tables[place].update(id: row.id, texts: texts, version: desk.nextVersion(), modifiedAt: now)
        let before = row.fields.texts
        let changed = entity.schema.columns.indices.filter { !before[$0].utf8.elementsEqual(texts[$0].utf8) }
        guard !changed.isEmpty else { return }
        let names = Set(changed.map { entity.schema.columns[$0].name })
        for other in entities.values.sorted(by: { $0.place < $1.place }) {
            for reference in other.references where reference.entitySet == entity.place {
                follow(reference, of: other, (row.id, before, texts, entity, names), company, at: now)
            }
        }
    }

    private mutating func follow(
        _ reference: BusinessCentralReference,
        of other: BusinessCentralEntity,
        _ change: (
            id: SandboxGUID, before: [String], after: [String], entity: BusinessCentralEntity, names: Set<String>
        ),
        _ company: SandboxGUID,
        at now: SandboxInstant
    ) {
        guard let place = places[TableKey(company: company, entitySet: other.place)] else { return }
        var copies: [(own: Int, text: String)] = []
        let key = change.entity.schema.naturalKey
        let keyName = key.map { change.entity.schema.columns[$0].name } ?? ""
        let codeColumn = reference.code.flatMap { other.schema.index(of: $0) }
        if let key, let codeColumn, change.names.contains(keyName) { copies.append((codeColumn, change.after[key])) }
        for fill in reference.fills where change.names.contains(fill.theirs) {
            guard let own = other.schema.index(of: fill.own), let theirs = change.entity.schema.index(of: fill.theirs)
            else { continue }
            copies.append((own, change.after[theirs]))
        }
        guard !copies.isEmpty else { return }
        let idColumn = reference.id.flatMap { other.schema.index(of: $0) }
        for row in tables[place].rows() {
            let isByID = idColumn.map { row.fields.text(at: $0) == change.id.description } ?? false
            let isByCode = key.flatMap { key in codeColumn.map { row.fields.text(at: $0) == change.before[key] } }
            guard isByID || isByCode ?? false else { continue }
            var texts = row.fields.texts
            for (own, text) in copies { texts[own] = text }
            tables[place].update(id: row.id, texts: texts, version: desk.nextVersion(), modifiedAt: now)
        }
    }
}
