/// What the API says of itself.
extension BusinessCentralSandbox {
    private var described: [BusinessCentralEntity] {
        [BusinessCentralEntity.companies] + entities.values.sorted { $0.schema.entitySet < $1.schema.entitySet }
    }

    func serviceDocument(
        _ request: SandboxRequest,
        _ root: String
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard request.method == "GET" else { throw .methodNotAllowed(request.method, "api", isCollection: true) }
        let sets = described.map { entity in
            let name = SandboxJSON.string(entity.schema.entitySet)
            return SandboxJSON.members(["name": name, "kind": .string("EntitySet"), "url": name])
        }
        let body = SandboxJSON.members(["@odata.context": .string("\(root)/$metadata"), "value": .array(sets)])
        return answer(200, body.bytes)
    }

    func metadata(_ request: SandboxRequest) throws(BusinessCentralError) -> SandboxResponse {
        guard request.method == "GET" else { throw .methodNotAllowed(request.method, "$metadata", isCollection: true) }
        var xml = #"<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" "#
        xml += #"xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>"#
        xml += #"<Schema Namespace="Microsoft.NAV" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#
        for entity in described {
            xml += #"<EntityType Name="\#(entity.schema.entityName)"><Key><PropertyRef Name="id"/></Key>"#
            xml += entity.schema.columns.map(Self.property).joined()
            xml += "</EntityType>"
        }
        xml += #"<EntityContainer Name="NAV">"#
        for entity in described {
            let type = "Microsoft.NAV.\(entity.schema.entityName)"
            xml += #"<EntitySet Name="\#(entity.schema.entitySet)" EntityType="\#(type)"/>"#
        }
        xml += "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
        var response = answer(200, Array(xml.utf8))
        response.headers["Content-Type"] = "application/xml"
        return response
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
