/// Rows as state: the seed at the beginning, and what users of the system do beside the API.
extension BusinessCentralSandbox {
    package mutating func reseed(at now: SandboxInstant) {
        subscriptions = SubscriptionDesk()
        load(at: now)
    }

    package mutating func records(entitySet: String) -> [UInt8]? {
        var rows: [SandboxRow]
        var table = companies
        if entitySet == companies.schema.entitySet {
            rows = companies.rows()
        } else {
            guard let place = statePlace(entitySet) else { return nil }
            rows = tables[place].rows()
            table = tables[place]
        }
        var writer = JSONWriter(capacity: rows.count * 512 + 2)
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.name("@odata.etag")
            writer.raw(BusinessCentralETag.json(version: row.version))
            table.write(row, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        return writer.bytes
    }

    package func records(entitySet: String, writtenAfter version: Int64) -> [SandboxJSON] {
        guard let place = statePlace(entitySet) else { return [] }
        return tables[place].rows(writtenAfter: version).compactMap { row in
            var writer = JSONWriter()
            writer.beginObject()
            tables[place].write(row, into: &writer)
            writer.endObject()
            return try? SandboxJSON(bytes: writer.bytes)
        }
    }

    package func keyName(entitySet: String) -> String? {
        statePlace(entitySet) == nil ? nil : "id"
    }

    package mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]? {
        guard let entity = place(named: entitySet).flatMap({ entities[$0] }), let place = statePlace(entitySet) else {
            return nil
        }
        var (found, ids): ([String], SandboxGenerator) = ([], desk.generator)
        for row in rows {
            let state = state(of: row, entity, over: { [tables] in tables[place].existing($0)?.fields.texts }, &found)
            guard var state else { continue }
            if let existing = tables[place].existing(row) {
                complete(&state, entity, mainCompany)
                write(state.texts, to: existing, entity, mainCompany, at: now)
            } else {
                add(&state, entity, mainCompany, at: now, &ids, &found)
            }
        }
        desk.generator = ids
        if case .salesLine = entity.logic { calculateDocuments(at: now) }
        return found
    }

    package mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int? {
        guard let place = statePlace(entitySet) else { return nil }
        return ids.count { tables[place].delete(id: $0, version: desk.nextVersion(), deletedAt: now) }
    }

    mutating func load(at now: SandboxInstant) {
        var ids = SandboxGenerator(seed: options.randomSeed ^ 0x5EED)
        (tables, places, lastNumbers, warnings, media) = ([], [:], [:], [], [:])
        let localCurrency = seed.first { $0.entitySet == "companyInformation" && $0.count > 0 }?.row(0)["currencyCode"]
        let all = BusinessCentralEntity.all(localCurrency: localCurrency?.string ?? "USD") + pages()
        entities = Dictionary(all.map { ($0.place, $0) }) { first, _ in first }
        followers = followersByPlace()
        routes = Set(all.map(\.api)).sorted()
        loadCompanies(at: now, &ids)
        for company in companies.rows() {
            for entity in all {
                places[TableKey(company: company.id, entitySet: entity.place)] = tables.count
                tables.append(SandboxTable(schema: entity.schema))
            }
        }
        for entity in all {
            guard let table = seed.first(where: { place(named: $0.entitySet) == entity.place }) else { continue }
            load(table, entity, at: now, &ids)
        }
        addInformation(at: now, &ids)
        calculateDocuments(at: now)
        let known: Set = ["companies", "apiPages"]
        let unknown = seed.filter { place(named: $0.entitySet) == nil && !known.contains($0.entitySet) }
        warnings += unknown.filter { $0.count > 0 }.map {
            "business-central/\($0.entitySet): this table does not exist here, \($0.count) records are left out"
        }
    }

    /// The API pages that the seed describes.
    private mutating func pages() -> [BusinessCentralEntity] {
        guard let table = seed.first(where: { $0.entitySet == "apiPages" }) else { return [] }
        var pages: [BusinessCentralEntity] = []
        for index in 0..<table.count {
            do throws(QueryError) {
                pages.append(try BusinessCentralEntity(page: table.row(index)))
            } catch {
                warnings.append("business-central/\(error.message)")
            }
        }
        return pages
    }

    /// The place of an entity by the name a seed gives it: its set's name, with dots for slashes where the route is
    /// part of it.
    private func place(named name: String) -> String? {
        if entities[name] != nil { return name }
        return entities.values.first {
            $0.schema.entitySet == name || $0.place.replacing("/", with: ".") == name
        }?.place
    }

    /// Where the rows of a named table are in the main company.
    private func statePlace(_ name: String) -> Int? {
        place(named: name).flatMap { places[TableKey(company: mainCompany, entitySet: $0)] }
    }

    /// Each company has one record of information about itself.
    private mutating func addInformation(at now: SandboxInstant, _ ids: inout SandboxGenerator) {
        guard let entity = entities["companyInformation"] else { return }
        for company in companies.rows() {
            let key = TableKey(company: company.id, entitySet: entity.place)
            guard let place = places[key], tables[place].count == 0 else { continue }
            var draft = BusinessCentralDraft(entity)
            draft["displayName"] = companies.text("displayName", of: company)
            tables[place].insert(id: ids.guid(), texts: draft.texts, version: desk.nextVersion(), createdAt: now)
        }
    }

    private mutating func loadCompanies(at now: SandboxInstant, _ ids: inout SandboxGenerator) {
        companies = SandboxTable(schema: BusinessCentralEntity.companies.schema)
        let given = seed.first { $0.entitySet == "companies" }
        let rows = given.map { table in (0..<table.count).map(table.row) } ?? []
        mainCompany = .zero
        let fallback = SandboxJSON.members(["name": .string("My Company"), "displayName": .string("My Company")])
        for row in rows.isEmpty ? [fallback] : rows {
            let state = state(of: row, BusinessCentralEntity.companies, over: { _ in nil }, &warnings)
            guard let state else { continue }
            let id = state.id ?? ids.guid()
            if mainCompany == .zero { mainCompany = id }
            companies.insert(
                id: id,
                texts: state.texts,
                version: desk.nextVersion(),
                createdAt: state.createdAt ?? now,
                modifiedAt: state.modifiedAt
            )
        }
    }

    private mutating func load(
        _ table: SeedTable,
        _ entity: BusinessCentralEntity,
        at now: SandboxInstant,
        _ ids: inout SandboxGenerator
    ) {
        var order = Array(0..<table.count)
        if table.count > 0, table.row(0)["lastModifiedDateTime"] != nil {
            let times = order.map { SandboxInstant(text: table.row($0)["lastModifiedDateTime"]?.string ?? "") ?? now }
            order.sort { (times[$0], $0) < (times[$1], $1) }
        }
        var found: [String] = []
        for index in order {
            let row = table.row(index)
            guard var state = state(of: row, entity, over: { _ in nil }, &found) else { continue }
            add(&state, entity, home(of: row), at: now, &ids, &found)
        }
        warnings += Array(Set(found)).sorted()
    }
}

extension BusinessCentralSandbox {
    /// The company a record of a seed belongs to: the one that `@company` names, else the main one.
    private func home(of row: SandboxJSON) -> SandboxGUID {
        guard let name = row["@company"]?.string else { return mainCompany }
        return SandboxGUID(name) ?? companies.row(naturalKey: name)?.id ?? mainCompany
    }
}

/// One row of state taken apart.
private struct RowState {
    var id: SandboxGUID?
    var createdAt: SandboxInstant?
    var modifiedAt: SandboxInstant?
    var texts: [String]
}

extension BusinessCentralSandbox {
    private func state(
        of json: SandboxJSON,
        _ entity: BusinessCentralEntity,
        over existing: (SandboxJSON) -> [String]?,
        _ warnings: inout [String]
    ) -> RowState? {
        let place = "business-central/\(entity.schema.entitySet)"
        guard let members = json.object else {
            warnings.append("\(place): a record is not an object and is left out")
            return nil
        }
        var state = RowState(texts: existing(json) ?? Array(repeating: "", count: entity.schema.columns.count))
        for member in members where !member.name.contains("@") {
            guard let index = entity.schema.index(of: member.name) else {
                warnings.append("\(place): there is no property '\(member.name)', it is left out")
                continue
            }
            let column = entity.schema.columns[index]
            switch column.source {
            case .id: state.id = member.value.string.flatMap { SandboxGUID($0) }
            case .modifiedAt: state.modifiedAt = member.value.string.flatMap { SandboxInstant(text: $0) }
            case .createdAt: state.createdAt = member.value.string.flatMap { SandboxInstant(text: $0) }
            case .version: continue
            case .stored:
                do throws(BusinessCentralError) {
                    state.texts[index] = try BusinessCentralValue.stateText(member.value, column)
                    if let length = column.maxLength, let text = member.value.string, text.utf16.count > length {
                        warnings.append("\(place): '\(member.name)' of some record is longer than \(length) and is cut")
                    }
                } catch {
                    warnings.append("\(place): '\(member.name)' of some record is left out: \(error.message)")
                }
            }
        }
        return state
    }

    private func complete(_ state: inout RowState, _ entity: BusinessCentralEntity, _ company: SandboxGUID) {
        var draft = BusinessCentralDraft(entity, texts: state.texts)
        completeReferences(&draft, company)
        switch entity.logic {
        case .contact: settleContact(&draft)
        case .salesLine: calculateLine(&draft, company)
        case .none, .item, .defaultDimension, .dimensionSetLine, .opportunity, .salesDocument, .contactInformation,
            .financialDetail, .customerSales:
            break
        }
        state.texts = draft.texts
    }

    private mutating func add(
        _ state: inout RowState,
        _ entity: BusinessCentralEntity,
        _ company: SandboxGUID,
        at now: SandboxInstant,
        _ ids: inout SandboxGenerator,
        _ warnings: inout [String]
    ) {
        guard let place = places[TableKey(company: company, entitySet: entity.place)] else { return }
        complete(&state, entity, company)
        if let key = entity.schema.naturalKey, state.texts[key].isEmpty, let series = entity.numberSeries {
            let place = TableKey(company: company, entitySet: entity.place)
            let number = (lastNumbers[place] ?? (series.first ?? series.step) - series.step) + series.step
            lastNumbers[place] = number
            state.texts[key] = series.number(number)
        }
        let id = state.id ?? ids.guid()
        let isTaken = entity.schema.naturalKey.map { tables[place].row(naturalKey: state.texts[$0]) != nil } ?? false
        guard !isTaken, tables[place][id] == nil else {
            let name = entity.schema.naturalKey.map { state.texts[$0] } ?? id.description
            warnings.append(
                "business-central/\(entity.schema.entitySet): '\(name)' is there twice, the later is left out"
            )
            return
        }
        tables[place].insert(
            id: id,
            texts: state.texts,
            version: desk.nextVersion(),
            createdAt: state.createdAt ?? state.modifiedAt ?? now,
            modifiedAt: state.modifiedAt ?? now
        )
    }
}

extension SandboxTable {
    /// The row a JSON object means: by its id, else by its natural key.
    fileprivate func existing(_ json: SandboxJSON) -> SandboxRow? {
        if let id = json["id"]?.string { return SandboxGUID(id).flatMap { self[$0] } }
        guard let key = schema.naturalKey, let text = json[schema.columns[key].name]?.string else { return nil }
        return row(naturalKey: BusinessCentralEntity.code(text))
    }
}
