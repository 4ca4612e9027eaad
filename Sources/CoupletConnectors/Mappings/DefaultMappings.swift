package import CoupletCore

/// The mappings that a new set-up begins with; people change them as they like.
package enum DefaultMappings {
    /// All of them.
    /// - Parameters:
    ///   - erp: The name of the connection to Business Central.
    ///   - crm: The name of the connection to Dataverse.
    /// - Returns: The mappings, those that others refer to first.
    package static func all(erp: String, crm: String) -> [TableMapping] {
        [salespeople(erp: erp, crm: crm), customer(erp: erp, crm: crm)]
    }
}
