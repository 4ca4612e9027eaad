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
        guard let followers = followers[entity.place] else { return }
        let before = row.fields.texts
        let changed = entity.schema.columns.indices.filter { !before[$0].utf8.elementsEqual(texts[$0].utf8) }
        let names = Set(changed.map { entity.schema.columns[$0].name })
        for follower in followers where !follower.watched.isDisjoint(with: names) {
            follow(follower.reference, of: follower.entity, (row.id, before, texts, entity, names), company, at: now)
        }
    }

    /// A reference of another entity, and the properties of the record pointed to that it keeps.
    struct Follower: Sendable {
        let entity: BusinessCentralEntity
        let reference: BusinessCentralReference
        let watched: Set<String>
    }

    /// Finds for each entity who points to it and keeps more of it than the id.
    func followersByPlace() -> [String: [Follower]] {
        var found: [String: [Follower]] = [:]
        for other in entities.values.sorted(by: { $0.place < $1.place }) {
            for reference in other.references {
                guard let target = entities[reference.entitySet] else { continue }
                var watched = Set(reference.fills.map(\.theirs))
                if reference.code != nil, let key = target.schema.naturalKey {
                    watched.insert(target.schema.columns[key].name)
                }
                guard !watched.isEmpty else { continue }
                found[target.place, default: []].append(
                    Follower(entity: other, reference: reference, watched: watched)
                )
            }
        }
        return found
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
