/// A checked query of one entity set.
struct BusinessCentralQuery: Sendable {
    /// A related record or list to be written inside a record.
    struct Expansion: Sendable {
        /// The name as asked for.
        let name: String
        let link: BusinessCentralLink
        let query: BusinessCentralQuery
    }

    let entity: BusinessCentralEntity
    /// For each property whether it is written; nil for all.
    var selected: [Bool]?
    var filter: FilterExpression?
    var order: [(column: Int, isDescending: Bool)] = []
    var top: Int?
    var skip = 0
    var isCounted = false
    var skipToken: String?
    var expansions: [Expansion] = []
    /// The query as sent, for links to further pages.
    let options: QueryOptions
}

/// How a record leads to another or to a list.
enum BusinessCentralLink: Sendable {
    /// To the record whose id the property holds.
    case record(property: Int, BusinessCentralEntity)
    /// To the records that belong to it.
    case children(BusinessCentralChildren, BusinessCentralEntity)

    var target: BusinessCentralEntity {
        switch self {
        case .record(_, let entity), .children(_, let entity): entity
        }
    }
}

extension BusinessCentralSandbox {
    /// Where a name below a record leads; nil where the entity has no such relation.
    func link(_ name: String, of entity: BusinessCentralEntity) -> BusinessCentralLink? {
        if let children = entity.children.first(where: { $0.name == name }), let target = entities[children.entitySet] {
            return .children(children, target)
        }
        for reference in entity.references {
            guard let id = reference.id, let property = entity.schema.index(of: id),
                let target = entities[reference.entitySet], target.schema.entityName == name
            else { continue }
            return .record(property: property, target)
        }
        return nil
    }

    /// Reads and checks a query.
    /// - Throws: `BusinessCentralError` for unknown properties and what the service does not support.
    func query(_ text: String, _ entity: BusinessCentralEntity) throws(BusinessCentralError) -> BusinessCentralQuery {
        let options: QueryOptions
        do throws(QueryError) {
            options = try QueryOptions(query: text)
        } catch {
            throw .query(error, entity.schema.entityName)
        }
        let version = options.others["$schemaversion"].flatMap(Double.init) ?? 2.0
        if version < 2.1, asksForMembership(text) {
            throw BusinessCentralError(400, "BadRequest", "The 'in' operator is not supported by this schema version.")
        }
        return try query(options, entity)
    }

    private func asksForMembership(_ query: String) -> Bool {
        let filter = FormDecoding.pairs(query).first { $0.name.lowercased() == "$filter" }?.value ?? ""
        return (try? FilterToken.tokens(of: filter))?.contains { $0.kind == .word("in") } ?? false
    }

    private func query(
        _ options: QueryOptions,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> BusinessCentralQuery {
        var query = BusinessCentralQuery(entity: entity, options: options)
        query.filter = options.filter
        query.order = try order(options, entity)
        (query.top, query.skip, query.isCounted) = (options.top, options.skip ?? 0, options.count)
        query.skipToken = options.skipToken
        let parts = try (options.expand ?? "").splitOutsideParentheses(",").map { (part) throws(BusinessCentralError) in
            try expansion(part, entity)
        }
        query.expansions = parts
        query.selected = try selection(options, query)
        return query
    }

    private func expansion(
        _ part: String,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> BusinessCentralQuery.Expansion {
        let name = String(part.prefix { $0 != "(" && $0 != " " })
        guard let link = link(name, of: entity) else {
            throw .query(QueryError(.unknownProperty(name), ""), entity.schema.entityName)
        }
        let inner = part.hasSuffix(")") ? String(part.dropFirst(name.count + 1).dropLast()) : ""
        let options: QueryOptions
        do throws(QueryError) {
            options = try QueryOptions(nested: inner)
        } catch {
            throw .query(error, link.target.schema.entityName)
        }
        let query = try query(options, link.target)
        return BusinessCentralQuery.Expansion(name: name, link: link, query: query)
    }

    private func selection(
        _ options: QueryOptions,
        _ query: BusinessCentralQuery
    ) throws(BusinessCentralError) -> [Bool]? {
        guard let names = options.select else { return nil }
        let schema = query.entity.schema
        var selected = [Bool](repeating: false, count: schema.columns.count)
        for name in names where !query.expansions.contains(where: { $0.name == name }) {
            guard let index = schema.index(of: name) else {
                throw .query(QueryError(.unknownProperty(name), ""), schema.entityName)
            }
            selected[index] = true
        }
        return selected
    }

    private func order(
        _ options: QueryOptions,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> [(column: Int, isDescending: Bool)] {
        var order: [(column: Int, isDescending: Bool)] = []
        for term in options.orderBy {
            guard let index = entity.schema.index(of: term.name) else {
                throw .query(QueryError(.unknownProperty(term.name), ""), entity.schema.entityName)
            }
            order.append((index, term.isDescending))
        }
        guard order.isEmpty else { return order }
        return entity.order.compactMap { entity.schema.index(of: $0) }.map { ($0, false) }
    }
}
