package import CoupletCore
package import CoupletPorts

extension DataverseConnector {
    /// The page of a record in the environment's apps.
    package func webAddress(
        of id: RecordID,
        key: String?,
        in table: String
    ) async throws(ConnectorError) -> String? {
        guard ChoiceColumn(table) == nil else { return nil }
        let pattern = LinkPattern(recordURL ?? "{client}/main.aspx?pagetype=entityrecord&etn={table}&id={id}")
        let values = [
            "id": id.description.lowercased(), "key": key ?? "", "table": Self.logicalName(of: table),
            "entitySet": table,
        ]
        return pattern.filled(with: values, plain: ["client": client.address.origin])
    }

    /// Whether links call a table so: by its entity set, or by its logical name.
    package func isName(_ name: String, of table: String) -> Bool {
        let name = name.lowercased()
        return name == table.lowercased() || name == Self.logicalName(of: table)
    }

    /// The logical name of an entity set, as names of sets are formed from it.
    static func logicalName(of entitySet: String) -> String {
        let set = entitySet.lowercased()
        if set.hasSuffix("ies") { return set.dropLast(3) + "y" }
        for ending in ["sses", "shes", "ches", "xes", "zes"] where set.hasSuffix(ending) {
            return String(set.dropLast(2))
        }
        return set.hasSuffix("s") ? String(set.dropLast()) : set
    }
}
