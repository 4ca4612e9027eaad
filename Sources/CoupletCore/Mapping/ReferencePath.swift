/// How a reference reaches its record where the field does not hold the key or id under which that record is coupled.
public struct ReferencePath: Codable, Sendable, Hashable {
    /// A table that says for each referenced record what the referring field calls it.
    public struct KeyTable: Codable, Sendable, Hashable {
        /// The entity set.
        public var table: String
        /// The field with the referenced record's id.
        public var idField: String
        /// The field with what the referring field holds.
        public var keyField: String
        /// Which rows say it; at most one a referenced record.
        public var filter: RecordFilter

        /// Creates a key table.
        public init(table: String, idField: String, keyField: String, filter: RecordFilter = .everything) {
            self.table = table
            self.idField = idField
            self.keyField = keyField
            self.filter = filter
        }

        /// The fields to read, without the id field.
        public var fields: [String] { [keyField] + filter.fields.filter { $0 != keyField && $0 != idField } }
    }

    /// How the CRM's field is written where it names a record of another mapping's table: an owner is a user or a team,
    /// a customer an account or a contact.
    public struct Target: Codable, Sendable, Hashable {
        /// The name of the mapping that couples the record.
        public var mapping: String
        /// The entity set of the record.
        public var table: String
        /// The property that is set to it.
        public var property: String

        /// Creates a target.
        public init(mapping: String, table: String, property: String) {
            self.mapping = mapping
            self.table = table
            self.property = property
        }
    }

    /// Further mappings whose couplings are asked, in order, where the first has none for a value.
    public var others: [String]
    /// What says how the ERP's field calls a record; nil where that is the record's own key or id.
    ///
    /// A field with such a table holds keys.
    public var erpKeys: KeyTable?
    /// What says how the CRM's field calls a record; nil where that is the record's id.
    public var crmKeys: KeyTable?
    /// The CRM's table, by its keys, in which a key that the ERP has no record of is the same one: an ERP keeps no record
    /// of its own currency.
    public var sharedKeys: KeyTable?

    /// The key that a blank field of the ERP stands for; nil where blank is nothing.
    ///
    /// An ERP leaves the currency of what is in its own currency blank.
    public var blankKey: String?
    /// How the CRM's field is written for records of other tables than its type says; nil where there are none.
    public var targets: [Target]?

    /// Creates a path.
    public init(
        others: [String] = [],
        erpKeys: KeyTable? = nil,
        crmKeys: KeyTable? = nil,
        sharedKeys: KeyTable? = nil,
        blankKey: String? = nil,
        targets: [Target]? = nil
    ) {
        self.others = others
        self.erpKeys = erpKeys
        self.crmKeys = crmKeys
        self.sharedKeys = sharedKeys
        self.blankKey = blankKey
        self.targets = targets
    }

    /// The path under other names of mappings.
    func renamed(_ rename: (String) -> String) -> ReferencePath {
        var path = self
        path.others = others.map(rename)
        path.targets = targets?.map { Target(mapping: rename($0.mapping), table: $0.table, property: $0.property) }
        return path
    }

    /// Every table that must be read for it besides those of the mappings, with the side it belongs to.
    public var tables: [(side: Side, table: KeyTable)] {
        var tables: [(side: Side, table: KeyTable)] = []
        if let erpKeys { tables.append((.erp, erpKeys)) }
        for table in [crmKeys, sharedKeys].compactMap(\.self) { tables.append((.crm, table)) }
        return tables
    }
}
