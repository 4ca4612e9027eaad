extension BusinessCentralSandbox {
    mutating func create(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let query = try query(route)
        let members = try members(of: route.request)
        let isDeep = members.contains { member in route.entity.children.contains { $0.name == member.name } }
        let before = isDeep ? (tables, lastNumbers) : nil
        let id: SandboxGUID
        do throws(BusinessCentralError) {
            id = try insert(members, route, at: now)
        } catch {
            if let before { (tables, lastNumbers) = before }
            throw error
        }
        guard let row = tables[try place(route)][id] else { throw .badAddress }
        var response = try single(row, route, query, status: 201)
        let home = route.company.map { "/companies(\($0))" } ?? ""
        response.headers["Location"] = "\(route.root)\(home)/\(route.path)(\(id))"
        return response
    }

    /// Inserts a record and what was sent below it; gives its id.
    private mutating func insert(
        _ members: [SandboxJSON.Member],
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxGUID {
        let (entity, place) = (route.entity, try place(route))
        let members = desk.changes.changed(members, entitySet: entity.schema.entitySet, isNew: true)
        var draft = BusinessCentralDraft(entity)
        for (column, text) in route.scope?.conditions ?? [] {
            draft.texts[column] = text
            draft.sent.insert(entity.schema.columns[column].name)
        }
        draft.isNew = true
        try draft.assign(members)
        for name in entity.mandatory where !draft.sent.contains(name) {
            throw .dialog("A \"\(name)\" must be provided.")
        }
        try draft.checkMandatory()
        if let key = entity.schema.naturalKey, draft.texts[key].isEmpty {
            draft.texts[key] = try newNumber(route)
        }
        try resolveReferences(&draft, route)
        try settle(&draft, replacing: nil, route, at: now)
        try checkKey(draft, place, except: nil)
        let id = draft.id ?? desk.generator.guid()
        if tables[place][id] != nil { throw .exists(entity.table, "SystemId='{\(id.description.uppercased())}'") }
        tables[place].insert(id: id, texts: draft.texts, version: desk.nextVersion(), createdAt: now)
        for member in members { try insertChildren(member, of: id, route, at: now) }
        written(id, replacing: nil, route, at: now)
        return id
    }

    private mutating func insertChildren(
        _ member: SandboxJSON.Member,
        of id: SandboxGUID,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        guard case .children(let children, let target)? = link(member.name, of: route.entity),
            let row = tables[try place(route)][id]
        else { return }
        guard target.verbs.contains(.insert),
            let elements = member.value.array ?? (children.isSingle ? [member.value] : nil)
        else { throw .badBody }
        for element in elements {
            guard let members = element.object else { throw .badBody }
            _ = try insert(members, route.inner(.children(children, target), of: row), at: now)
        }
    }

    mutating func modify(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let query = try query(route)
        let place = try place(route)
        guard let tag = route.request.headers["if-match"] else { throw .badToken }
        let row = try existingRow(route)
        try checkTag(tag, row)
        var draft = BusinessCentralDraft(route.entity, texts: row.fields.texts)
        let members = try members(of: route.request)
        if let deep = members.first(where: { member in route.entity.children.contains { $0.name == member.name } }) {
            throw .unknownProperty(deep.name, route.entity.schema.entityName)
        }
        try draft.assign(desk.changes.changed(members, entitySet: route.entity.schema.entitySet, isNew: false))
        try draft.checkMandatory()
        try resolveReferences(&draft, route)
        try settle(&draft, replacing: row, route, at: now)
        try checkKey(draft, place, except: row.id)
        write(draft.texts, to: row, route.entity, route.company ?? .zero, at: now)
        written(row.id, replacing: row, route, at: now)
        guard let written = tables[place][row.id] else { throw .notFound(route.entity.table, row.id) }
        return try single(written, route, query, status: 200)
    }

    mutating func delete(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let place = try place(route)
        let row = try existingRow(route)
        if let tag = route.request.headers["if-match"] { try checkTag(tag, row) }
        try checkDeletion(row, route)
        try deleteChildren(of: row, route, at: now)
        tables[place].delete(id: row.id, version: desk.nextVersion(), deletedAt: now)
        written(row.id, replacing: row, route, at: now)
        return answer(204)
    }

    mutating func deleteChildren(
        of row: SandboxRow,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        for children in route.entity.children {
            guard let target = entities[children.entitySet], target.verbs.contains(.delete) else { continue }
            let inner = route.inner(.children(children, target), of: row)
            let (place, table) = (try self.place(inner), try table(inner))
            let isIndexed = target.schema.parentKey == target.schema.index(of: children.parent)
            let candidates = isIndexed ? table.rows(parent: row.id) : table.existing
            for child in candidates where inner.scope?.holds(child, table) ?? false {
                tables[place].delete(id: child.id, version: desk.nextVersion(), deletedAt: now)
            }
        }
    }

    func members(of request: SandboxRequest) throws(BusinessCentralError) -> [SandboxJSON.Member] {
        guard let body = try? SandboxJSON(bytes: request.body), let members = body.object else { throw .badBody }
        return members
    }

    private func checkKey(
        _ draft: BusinessCentralDraft,
        _ place: Int,
        except id: SandboxGUID?
    ) throws(BusinessCentralError) {
        let entity = draft.entity
        if let key = entity.schema.naturalKey {
            let caption = entity.schema.columns[key].caption
            guard !draft.texts[key].isEmpty else { throw .dialog("\(caption) must be filled in. Enter a value.") }
            if let other = tables[place].row(naturalKey: draft.texts[key]), other.id != id {
                throw .exists(entity.table, "\(caption)='\(draft.texts[key])'")
            }
        }
        let columns = entity.unique.compactMap { entity.schema.index(of: $0) }
        guard !columns.isEmpty else { return }
        let parent = entity.schema.parentKey.flatMap { columns.contains($0) ? SandboxGUID(draft.texts[$0]) : nil }
        let candidates = parent.map { tables[place].rows(parent: $0) } ?? tables[place].existing
        let isTaken = candidates.contains { row in
            row.id != id && columns.allSatisfy { row.fields.text(at: $0).utf8.elementsEqual(draft.texts[$0].utf8) }
        }
        guard isTaken else { return }
        let fields = columns.map { "\(entity.schema.columns[$0].caption)='\(draft.texts[$0])'" }
        throw .exists(entity.table, fields.joined(separator: ","))
    }

    func checkTag(_ tag: String, _ row: SandboxRow) throws(BusinessCentralError) {
        if tag == "*" { return }
        guard BusinessCentralETag.isWellFormed(tag) else { throw .badToken }
        guard tag == BusinessCentralETag.text(version: row.version) else { throw .changedMeanwhile }
    }

    /// The next free number of the entity's series.
    mutating func newNumber(_ route: Route) throws(BusinessCentralError) -> String {
        let schema = route.entity.schema
        guard let series = route.entity.numberSeries else {
            let caption = schema.naturalKey.map { schema.columns[$0].caption } ?? ""
            throw .dialog("\(caption) must be filled in. Enter a value.")
        }
        let key = TableKey(company: route.company ?? .zero, entitySet: route.entity.place)
        let place = try place(route)
        var value = lastNumbers[key] ?? (series.first ?? series.step) - series.step
        repeat { value += series.step } while tables[place].row(naturalKey: series.number(value)) != nil
        lastNumbers[key] = value
        return series.number(value)
    }
}
