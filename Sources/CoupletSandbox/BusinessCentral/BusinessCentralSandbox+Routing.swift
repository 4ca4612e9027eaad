extension BusinessCentralSandbox {
    /// Where a request goes.
    struct Route {
        let request: SandboxRequest
        var entity: BusinessCentralEntity
        /// The company's id; nil for the list of companies.
        let company: SandboxGUID?
        /// The address of the API, up to and with its version.
        let root: String
        /// The record's key; nil for the whole set.
        var key: String?
        /// The path from the company to the set.
        var path: String
        /// What rows have in common that are reached through another record.
        var scope: Scope?
        /// Whether it is one record although there is no key.
        var isSingle = false

        /// The context of an answer.
        var context: String {
            let place = company.map { "companies(\($0))/" } ?? ""
            return "\(root)/$metadata#\(place)\(path)"
        }
    }

    mutating func perform(
        _ request: SandboxRequest,
        faults: ActiveFaults,
        at now: SandboxInstant
    ) -> SandboxResponse {
        do throws(BusinessCentralError) {
            if let answer = try runtimeAnswer(request) { return answer }
            let (root, api, segments) = try split(request)
            switch segments.first?.name {
            case nil: return try serviceDocument(request, root, api)
            case "$metadata": return try metadata(request, api)
            case "$batch" where segments.count == 1: return try batch(request, root, faults, at: now)
            case _: return try dispatch(request, (root, api), segments, at: now)
            }
        } catch {
            return failure(error, language: request.headers["accept-language"] ?? "")
        }
    }

    /// Finds the API's root, `…/api/v2.0` or `…/api/publisher/group/version`, whatever stands before it.
    private func split(
        _ request: SandboxRequest
    ) throws(BusinessCentralError) -> (root: String, api: String, segments: [ODataSegment]) {
        let path = request.path
        for api in routes {
            guard let range = path.ranges(of: "/api/\(api)").last else { continue }
            let rest = path[range.upperBound...]
            guard rest.isEmpty || rest.hasPrefix("/"), let segments = ODataPath.segments(rest) else { continue }
            return ("\(request.scheme)://\(request.host)\(path[..<range.upperBound])", api, segments)
        }
        throw .badAddress
    }

    private mutating func dispatch(
        _ request: SandboxRequest,
        _ place: (root: String, api: String),
        _ segments: [ODataSegment],
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        var (segments, company): (ArraySlice<ODataSegment>, SandboxGUID?) = (segments[...], nil)
        if segments.first?.name == "companies", segments.count > 1, segments.first?.key != nil {
            company = try self.company(segments.removeFirst().key ?? "")
        }
        guard let first = segments.first else { throw .badAddress }
        if first.name == "companies", company == nil {
            let entity = BusinessCentralEntity.companies
            let route = Route(
                request: request,
                entity: entity,
                company: nil,
                root: place.root,
                key: first.key,
                path: first.name
            )
            return try serve(route, segments.dropFirst(), at: now)
        }
        if place.api == BusinessCentralEntity.standard, first.name == "subscriptions", segments.count == 1 {
            return try answerSubscriptions(request, place.root, first.key, at: now)
        }
        let name = place.api == BusinessCentralEntity.standard ? first.name : "\(place.api)/\(first.name)"
        guard let entity = entities[name], entity.isPublished else { throw .unknownSegment(first.name) }
        var home = mainCompany
        if let company { home = company } else { home = try namedCompany(request) }
        let route = Route(
            request: request,
            entity: entity,
            company: home,
            root: place.root,
            key: first.key,
            path: first.name
        )
        return try serve(route, segments.dropFirst(), at: now)
    }

    private mutating func serve(
        _ start: Route,
        _ rest: ArraySlice<ODataSegment>,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        var route = start
        for (index, segment) in zip(rest.indices, rest) {
            if segment.name == "$count", route.key == nil, index == rest.endIndex - 1, route.request.method == "GET" {
                return try countRows(route)
            }
            if isMedium(segment.name, of: route.entity), route.key != nil || route.isSingle {
                return try serveMedium(route, rest[index...], at: now)
            }
            if let action = action(segment.name, of: route.entity), route.key != nil {
                return try perform(action, route, at: now)
            }
            route = try step(route, segment)
        }
        let method = route.request.method
        let isOne = route.key != nil || route.isSingle
        switch method {
        case "GET": return isOne ? try readOne(route) : try readSet(route)
        case "POST" where !isOne && route.entity.verbs.contains(.insert): return try create(route, at: now)
        case "PATCH" where isOne && route.entity.verbs.contains(.modify): return try modify(route, at: now)
        case "DELETE" where isOne && route.entity.verbs.contains(.delete): return try delete(route, at: now)
        case _: throw .methodNotAllowed(method, route.entity.schema.entitySet, isCollection: !isOne)
        }
    }

    /// Goes from a record to what it leads to.
    private func step(_ route: Route, _ segment: ODataSegment) throws(BusinessCentralError) -> Route {
        guard route.key != nil || route.isSingle, let link = link(segment.name, of: route.entity) else {
            throw .unknownSegment(segment.name)
        }
        let row = try existingRow(route)
        var next = route.inner(link, of: row)
        next.path = "\(route.path)(\(row.id))/\(segment.name)"
        next.key = segment.key
        switch link {
        case .children(let children, _): next.isSingle = children.isSingle
        case .record: next.isSingle = true
        }
        return next
    }

    /// The company of an address, by id, or by name in quotes.
    private func company(_ key: String) throws(BusinessCentralError) -> SandboxGUID {
        let name = key.hasPrefix("name=") ? String(key.dropFirst(5)) : key
        if name.hasPrefix("'"), name.hasSuffix("'"),
            let row = companies.row(naturalKey: String(name.dropFirst().dropLast()))
        {
            return row.id
        }
        guard let id = SandboxGUID(name), companies[id] != nil else { throw .unknownCompany }
        return id
    }

    /// The company a query or a header names; the main one where neither does.
    private func namedCompany(_ request: SandboxRequest) throws(BusinessCentralError) -> SandboxGUID {
        let inQuery = FormDecoding.pairs(request.query).first { $0.name.lowercased() == "company" }?.value
        guard let name = inQuery ?? request.headers["company"] else { return mainCompany }
        if let id = SandboxGUID(name), companies[id] != nil { return id }
        guard let row = companies.row(naturalKey: name) else { throw .unknownCompany }
        return row.id
    }

    /// The place of a route's table.
    func place(_ route: Route) throws(BusinessCentralError) -> Int {
        let key = TableKey(company: route.company ?? .zero, entitySet: route.entity.place)
        guard let place = places[key] else { throw .unknownCompany }
        return place
    }

    /// The id in a key.
    func id(_ key: String) throws(BusinessCentralError) -> SandboxGUID {
        guard let id = SandboxGUID(key.hasPrefix("id=") ? String(key.dropFirst(3)) : key) else { throw .badAddress }
        return id
    }
}
