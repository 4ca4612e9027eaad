/// What the API says of itself.
extension BusinessCentralSandbox {
    private func described(_ api: String) -> [BusinessCentralEntity] {
        let published = entities.values.filter { $0.isPublished && $0.api == api }
        return [BusinessCentralEntity.companies] + published.sorted { $0.schema.entitySet < $1.schema.entitySet }
    }

    func serviceDocument(
        _ request: SandboxRequest,
        _ root: String,
        _ api: String
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard request.method == "GET" else { throw .methodNotAllowed(request.method, "api", isCollection: true) }
        // Who is told of changes belongs to the standard API, and is no table.
        let others = api == BusinessCentralEntity.standard ? ["subscriptions"] : []
        let sets = (described(api).map(\.schema.entitySet) + others).map { name in
            let name = SandboxJSON.string(name)
            return SandboxJSON.members(["name": name, "kind": .string("EntitySet"), "url": name])
        }
        let body = SandboxJSON.members(["@odata.context": .string("\(root)/$metadata"), "value": .array(sets)])
        return answer(200, body.bytes)
    }

    func metadata(_ request: SandboxRequest, _ api: String) throws(BusinessCentralError) -> SandboxResponse {
        guard request.method == "GET" else { throw .methodNotAllowed(request.method, "$metadata", isCollection: true) }
        var xml = #"<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" "#
        xml += #"xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>"#
        xml += #"<Schema Namespace="Microsoft.NAV" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#
        for entity in described(api) {
            xml += #"<EntityType Name="\#(entity.schema.entityName)"><Key>"#
            xml += #"<PropertyRef Name="\#(Self.key(entity))"/></Key>"#
            xml += entity.schema.columns.map(Self.property).joined() + navigation(entity)
            xml += "</EntityType>"
        }
        xml += #"<EntityContainer Name="NAV">"#
        for entity in described(api) {
            let type = "Microsoft.NAV.\(entity.schema.entityName)"
            xml += #"<EntitySet Name="\#(entity.schema.entitySet)" EntityType="\#(type)"/>"#
        }
        xml += "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
        var response = answer(200, Array(xml.utf8))
        response.headers["Content-Type"] = "application/xml"
        return response
    }

    private static func key(_ entity: BusinessCentralEntity) -> String {
        entity.schema.columns.first { $0.source == .id }?.name ?? "id"
    }

    private func navigation(_ entity: BusinessCentralEntity) -> String {
        var (xml, names): (String, Set<String>) = ("", [])
        for reference in entity.references where reference.id != nil {
            guard let target = entities[reference.entitySet]?.schema.entityName, names.insert(target).inserted else {
                continue
            }
            xml += #"<NavigationProperty Name="\#(target)" Type="Microsoft.NAV.\#(target)"/>"#
        }
        for children in entity.children {
            guard let target = entities[children.entitySet]?.schema.entityName else { continue }
            let type = "Microsoft.NAV.\(target)"
            let whole = children.isSingle ? type : "Collection(\(type))"
            xml += #"<NavigationProperty Name="\#(children.name)" Type="\#(whole)"/>"#
        }
        return xml
    }

    private static func property(_ column: SandboxColumn) -> String {
        let length = column.maxLength.map { #" MaxLength="\#($0)""# } ?? ""
        return #"<Property Name="\#(column.name)" Type="Edm.\#(edmType(column.kind))" Nullable="false"\#(length)/>"#
    }

    private static func edmType(_ kind: SandboxColumn.Kind) -> String {
        switch kind {
        case .text, .code, .option: "String"
        case .guid: "Guid"
        case .boolean: "Boolean"
        case .integer: "Int32"
        case .decimal: "Decimal"
        case .dateTime: "DateTimeOffset"
        case .date: "Date"
        }
    }
}
