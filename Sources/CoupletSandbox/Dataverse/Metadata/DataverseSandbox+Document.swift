/// `$metadata`: the tables as a document of the Common Schema Definition Language.
extension DataverseSandbox {
    func metadataDocument() -> DataverseAnswer {
        var xml = #"<?xml version="1.0" encoding="utf-8"?>"#
        xml += #"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>"#
        xml +=
            #"<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#
        xml += #"<EntityType Name="crmbaseentity" Abstract="true" />"#
        for table in store.schema.tables { xml += entityType(table) }
        xml += #"<EntityContainer Name="System">"#
        for table in store.schema.tables {
            xml += "<EntitySet Name=\"\(table.set)\" EntityType=\"Microsoft.Dynamics.CRM.\(table.name)\">"
            for navigation in navigations(of: table) {
                guard let set = store.schema.table(navigation.target)?.set else { continue }
                xml += "<NavigationPropertyBinding Path=\"\(navigation.name)\" Target=\"\(set)\" />"
            }
            xml += "</EntitySet>"
        }
        xml += "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
        return DataverseAnswer(status: 200, headers: [("Content-Type", "application/xml")], body: Array(xml.utf8))
    }

    private func entityType(_ table: DataverseTable) -> String {
        var xml = "<EntityType Name=\"\(table.name)\" BaseType=\"mscrm.crmbaseentity\">"
        xml += "<Key><PropertyRef Name=\"\(table.key)\" /></Key>"
        for column in table.columns {
            xml += "<Property Name=\"\(column.property)\" Type=\"\(column.type.edmName)\""
            switch column.type {
            case .decimal, .money: xml += " Scale=\"Variable\""
            case .text, .memo, .choices, .tableName: xml += " Unicode=\"false\""
            case .guid, .boolean, .integer, .bigInteger, .double, .choice, .state, .status, .lookup, .dateTime, .date:
                break
            }
            xml += " />"
        }
        for navigation in navigations(of: table) {
            let type = "mscrm.\(navigation.target)"
            xml += "<NavigationProperty Name=\"\(navigation.name)\""
            xml += navigation.isMany ? " Type=\"Collection(\(type))\" />" : " Type=\"\(type)\" />"
        }
        return xml + "</EntityType>"
    }

    private func navigations(of table: DataverseTable) -> [(name: String, target: String, isMany: Bool)] {
        let one = table.byNavigation.compactMap { name, navigation -> (name: String, target: String, isMany: Bool)? in
            let target = navigation.table ?? table.columns[navigation.position].type.targets.first?.table
            return target.map { (name, $0, false) }
        }
        let many = store.schema.collections(of: table.name).map { ($0.key, $0.value.table, true) }
        return (one + many).sorted { ($0.name, $0.target) < ($1.name, $1.target) }
    }
}
