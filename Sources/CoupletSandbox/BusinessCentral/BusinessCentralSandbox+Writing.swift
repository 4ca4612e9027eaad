extension BusinessCentralSandbox {
    mutating func create(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let selected = try selection(try queryOptions(route), route.entity)
        let place = try place(route)
        let schema = route.entity.schema
        let members = try members(of: route.request)
        var texts = [String](repeating: "", count: schema.columns.count)
        var sent = try assign(members, to: &texts, route.entity)
        for name in route.entity.mandatory {
            guard sent.contains(name) else { throw .dialog("A \"\(name)\" must be provided.") }
        }
        try checkMandatory(texts, route.entity)
        if let key = schema.naturalKey, texts[key].isEmpty {
            texts[key] = try newNumber(route)
            sent.insert(schema.columns[key].name)
        }
        try checkKey(texts, route.entity, place, except: nil)
        try resolveReferences(&texts, sent, route)
        let id = desk.generator.guid()
        tables[place].insert(id: id, texts: texts, version: desk.nextVersion(), createdAt: now)
        guard let row = tables[place][id] else { throw .badAddress }
        var response = single(row, tables[place], route, selected, status: 201)
        let home = route.company.map { "/companies(\($0))" } ?? ""
        response.headers["Location"] = "\(route.root)\(home)/\(schema.entitySet)(\(id))"
        return response
    }

    mutating func modify(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let selected = try selection(try queryOptions(route), route.entity)
        let (place, id) = (try place(route), try id(route))
        guard let tag = route.request.headers["if-match"] else { throw .badToken }
        guard let row = tables[place][id] else { throw .notFound(route.entity.table, id) }
        try checkTag(tag, row)
        var texts = row.fields.texts
        let sent = try assign(try members(of: route.request), to: &texts, route.entity)
        try checkMandatory(texts, route.entity)
        try checkKey(texts, route.entity, place, except: id)
        try resolveReferences(&texts, sent, route)
        write(texts, to: row, route.entity, route.company ?? .zero, at: now)
        guard let written = tables[place][id] else { throw .notFound(route.entity.table, id) }
        return single(written, tables[place], route, selected, status: 200)
    }

    mutating func delete(_ route: Route, at now: SandboxInstant) throws(BusinessCentralError) -> SandboxResponse {
        let (place, id) = (try place(route), try id(route))
        guard let row = tables[place][id] else { throw .notFound(route.entity.table, id) }
        if let tag = route.request.headers["if-match"] { try checkTag(tag, row) }
        tables[place].delete(id: id, version: desk.nextVersion(), deletedAt: now)
        return answer(204)
    }

    /// Writes a row's new values; records that refer to it by a code that is renamed follow.
    mutating func write(
        _ texts: [String],
        to row: SandboxRow,
        _ entity: BusinessCentralEntity,
        _ company: SandboxGUID,
        at now: SandboxInstant
    ) {
        guard let place = places[TableKey(company: company, entitySet: entity.schema.entitySet)] else { return }
        tables[place].update(id: row.id, texts: texts, version: desk.nextVersion(), modifiedAt: now)
        guard let key = entity.schema.naturalKey else { return }
        let before = row.fields.text(at: key)
        if !before.utf8.elementsEqual(texts[key].utf8) {
            rename(before, to: texts[key], entity.schema.entitySet, company, at: now)
        }
    }

    private mutating func rename(
        _ before: String,
        to after: String,
        _ entitySet: String,
        _ company: SandboxGUID,
        at now: SandboxInstant
    ) {
        for entity in entities.values.sorted(by: { $0.schema.entitySet < $1.schema.entitySet }) {
            guard let column = entity.codeColumn(referringTo: entitySet),
                let place = places[TableKey(company: company, entitySet: entity.schema.entitySet)]
            else { continue }
            for row in tables[place].rows() where row.fields.text(at: column) == before {
                var texts = row.fields.texts
                texts[column] = after
                tables[place].update(id: row.id, texts: texts, version: desk.nextVersion(), modifiedAt: now)
            }
        }
    }

    private func members(of request: SandboxRequest) throws(BusinessCentralError) -> [SandboxJSON.Member] {
        guard let body = try? SandboxJSON(bytes: request.body), let members = body.object else { throw .badBody }
        return members
    }

    /// Validates the sent properties in their order; gives their names.
    private func assign(
        _ members: [SandboxJSON.Member],
        to texts: inout [String],
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> Set<String> {
        var sent: Set<String> = []
        for member in members where !member.name.contains("@") {
            guard let index = entity.schema.index(of: member.name) else {
                throw .unknownProperty(member.name, entity.schema.entityName)
            }
            let column = entity.schema.columns[index]
            guard column.access == .readWrite else { throw .readOnly(column.caption) }
            texts[index] = try BusinessCentralValue.text(member.value, column)
            sent.insert(member.name)
        }
        return sent
    }

    private func checkMandatory(_ texts: [String], _ entity: BusinessCentralEntity) throws(BusinessCentralError) {
        for name in entity.mandatory {
            guard let index = entity.schema.index(of: name), texts[index].isEmpty else { continue }
            throw .dialog("The blank \"\(name)\" is not allowed.")
        }
    }

    private func checkKey(
        _ texts: [String],
        _ entity: BusinessCentralEntity,
        _ place: Int,
        except id: SandboxGUID?
    ) throws(BusinessCentralError) {
        guard let key = entity.schema.naturalKey else { return }
        let caption = entity.schema.columns[key].caption
        guard !texts[key].isEmpty else { throw .dialog("\(caption) must be filled in. Enter a value.") }
        guard let other = tables[place].row(naturalKey: texts[key]), other.id != id else { return }
        throw .exists(entity.table, caption, texts[key])
    }

    private func checkTag(_ tag: String, _ row: SandboxRow) throws(BusinessCentralError) {
        if tag == "*" { return }
        guard BusinessCentralETag.isWellFormed(tag) else { throw .badToken }
        guard tag == BusinessCentralETag.text(version: row.version) else { throw .changedMeanwhile }
    }

    /// The next free number of the entity's series.
    private mutating func newNumber(_ route: Route) throws(BusinessCentralError) -> String {
        let schema = route.entity.schema
        guard let series = route.entity.numberSeries else {
            let caption = schema.naturalKey.map { schema.columns[$0].caption } ?? ""
            throw .dialog("\(caption) must be filled in. Enter a value.")
        }
        let key = TableKey(company: route.company ?? .zero, entitySet: schema.entitySet)
        let place = try place(route)
        var value = lastNumbers[key] ?? 0
        repeat { value += series.step } while tables[place].row(naturalKey: series.number(value)) != nil
        lastNumbers[key] = value
        return series.number(value)
    }
}
