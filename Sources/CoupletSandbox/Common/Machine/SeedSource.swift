/// The rows a table begins with, made one by one so that large tables need no second copy.
package struct SeedTable: Sendable {
    /// The name of the table in addresses.
    package let entitySet: String
    /// Number of rows.
    package let count: Int
    /// The row of a place below `count`, in the API's own property names; the same one at each call.
    package let row: @Sendable (Int) -> SandboxJSON

    /// Makes a table of computed rows.
    package init(entitySet: String, count: Int, row: @escaping @Sendable (Int) -> SandboxJSON) {
        self.entitySet = entitySet
        self.count = count
        self.row = row
    }

    /// Makes a table of given rows.
    package init(entitySet: String, rows: [SandboxJSON]) {
        self.init(entitySet: entitySet, count: rows.count) { rows[$0] }
    }
}

/// What both sandboxes begin with.
package struct SeedSource: Sendable {
    /// Tables of the ERP's stand-in.
    package var businessCentral: [SeedTable]
    /// Tables of the CRM's stand-in.
    package var dataverse: [SeedTable]
    /// What was left out when the seed was read, in words.
    package var warnings: [String]

    /// Makes a seed.
    package init(businessCentral: [SeedTable] = [], dataverse: [SeedTable] = [], warnings: [String] = []) {
        self.businessCentral = businessCentral
        self.dataverse = dataverse
        self.warnings = warnings
    }
}
