extension DataverseFetch {
    /// Reads FetchXML.
    /// - Throws: what is wrong with it.
    init(xml: String) throws(DataverseError) {
        guard let fetch = FetchXMLElement(xml), fetch.name == "fetch" else {
            throw DataverseError(400, "0x80041129", "Invalid XML.")
        }
        guard let entity = fetch.all("entity").first, fetch.all("entity").count == 1 else {
            throw DataverseError(400, "0x80041102", "There must be exactly one 'entity' element in the query.")
        }
        root = try Self.node(entity, isRoot: true)
        isAggregate = fetch.isTrue("aggregate")
        isDistinct = fetch.isTrue("distinct")
        hasTotal = fetch.isTrue("returntotalrecordcount")
        top = try Self.number(fetch, "top")
        count = try Self.number(fetch, "count")
        page = try Self.number(fetch, "page") ?? 1
        if top != nil, fetch["page"] != nil {
            throw DataverseError(
                400,
                "0x80041129",
                "The top attribute can't be specified with paging attribute page, count, or page cookie."
            )
        }
    }

    private static func number(_ fetch: FetchXMLElement, _ name: String) throws(DataverseError) -> Int? {
        guard let text = fetch[name] else { return nil }
        guard let number = Int(text), number > 0 || name == "count" && number == 0 else {
            throw DataverseError(400, "0x80041129", "Invalid value for the attribute '\(name)': \(text).")
        }
        return number == 0 ? nil : min(number, 1_000_000)
    }

    private static func node(_ element: FetchXMLElement, isRoot: Bool) throws(DataverseError) -> Node {
        guard let table = element["name"] else { throw missing("name", element) }
        var node = Node(table: table, alias: element["alias"])
        if !isRoot {
            let kind = Kind(rawValue: element["link-type"] ?? "inner")
            guard let kind, let from = element["from"], let to = element["to"] else { throw missing("from", element) }
            node.join = (from, to, kind)
        }
        node.hasAll = !element.all("all-attributes").isEmpty
        for child in element.all("attribute") {
            guard let name = child["name"] else { throw missing("name", child) }
            var attribute = Attribute(name: name, alias: child["alias"])
            if let text = child["aggregate"] {
                guard let aggregate = Aggregate(rawValue: text) else { throw invalid("aggregate", text) }
                attribute.aggregate = aggregate
            }
            attribute.isDistinct = child.isTrue("distinct")
            attribute.isGroup = child.isTrue("groupby")
            attribute.dateGrouping = child["dategrouping"]
            node.attributes.append(attribute)
        }
        for child in element.all("order") {
            guard let name = child["alias"] ?? child["attribute"] else { throw missing("attribute", child) }
            node.orders.append(Order(table: child["entityname"], name: name, isDescending: child.isTrue("descending")))
        }
        var filters: [Filter] = []
        for child in element.all("filter") { filters.append(try filter(child)) }
        if !filters.isEmpty { node.filter = .and(filters) }
        for child in element.all("link-entity") { node.links.append(try self.node(child, isRoot: false)) }
        return node
    }

    private static func filter(_ element: FetchXMLElement) throws(DataverseError) -> Filter {
        var parts: [Filter] = []
        for child in element.children {
            switch child.name {
            case "filter": parts.append(try filter(child))
            case "condition":
                guard let attribute = child["attribute"], let name = child["operator"] else {
                    throw missing("operator", child)
                }
                let values = child.all("value").map(\.text)
                parts.append(
                    .condition(
                        Condition(
                            table: child["entityname"],
                            attribute: attribute,
                            name: name,
                            values: values.isEmpty ? child["value"].map { [$0] } ?? [] : values,
                            valueOf: child["valueof"]
                        )
                    )
                )
            default: throw invalid("filter", child.name)
            }
        }
        return element["type"] == "or" ? .or(parts) : .and(parts)
    }

    private static func missing(_ attribute: String, _ element: FetchXMLElement) -> DataverseError {
        DataverseError(400, "0x80041129", "The attribute '\(attribute)' of the element '\(element.name)' is missing.")
    }

    private static func invalid(_ name: String, _ value: String) -> DataverseError {
        DataverseError(400, "0x80041129", "Invalid value for '\(name)': \(value).")
    }
}
