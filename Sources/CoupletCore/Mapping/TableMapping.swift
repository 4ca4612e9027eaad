/// An integration table mapping: a table of the ERP kept in sync with a table of the CRM (the integration table).
public struct TableMapping: Codable, Sendable, Hashable {
    /// One side's table.
    public struct Table: Codable, Sendable, Hashable {
        /// The connection's name.
        public var connection: String
        /// The entity set in the API.
        public var table: String
        /// The field with the record's id.
        public var idField: String
        /// The field with the number or code people know the record by, if it has one.
        public var keyField: String?
        /// The field with the record's name.
        public var nameField: String
        /// The field with the time of the last change, where incremental reads need it.
        public var modifiedField: String?
        /// Which records the mapping concerns.
        public var filter: RecordFilter
        /// Values that a record created here gets besides the mapped ones.
        public var template: [TemplateValue]
        /// How the natural key of a record created here is made; nil when the remote numbers it.
        public var keyPattern: KeyPattern?
        /// Further values for new records, by what they are created from; nil for none.
        public var templates: [RecordTemplate]?
        /// Whether Couplet creates records of the table; otherwise they are added in the system itself and coupled here.
        public var admitsCreates: Bool
        /// The field that names the record which a record was absorbed by, where the system makes one of two; nil for
        /// none.
        public var absorbedBy: String?

        /// Creates one side of a mapping.
        public init(
            connection: String,
            table: String,
            idField: String,
            keyField: String?,
            nameField: String,
            modifiedField: String? = nil,
            filter: RecordFilter = .everything,
            template: [TemplateValue] = [],
            keyPattern: KeyPattern? = nil,
            templates: [RecordTemplate]? = nil,
            admitsCreates: Bool = true,
            absorbedBy: String? = nil
        ) {
            self.connection = connection
            self.table = table
            self.idField = idField
            self.keyField = keyField
            self.nameField = nameField
            self.modifiedField = modifiedField
            self.filter = filter
            self.template = template
            self.keyPattern = keyPattern
            self.templates = templates
            self.admitsCreates = admitsCreates
            self.absorbedBy = absorbedBy
        }
    }

    /// A value that a new record gets.
    public struct TemplateValue: Codable, Sendable, Hashable {
        /// The remote field.
        public var field: FieldMapping.Field
        /// What it is set to.
        public var value: Value

        /// Creates a template value.
        public init(field: FieldMapping.Field, value: Value) {
            self.field = field
            self.value = value
        }
    }

    /// A number series of our own: a prefix and a number with leading zeros.
    public struct KeyPattern: Codable, Sendable, Hashable {
        /// What every key starts with.
        public var prefix: String
        /// How many digits the number has at least.
        public var digits: Int

        /// Creates a pattern.
        public init(prefix: String, digits: Int) {
            self.prefix = prefix
            self.digits = digits
        }

        /// The key with a number: `SP-00001` for prefix `SP-`, five digits and 1.
        public func key(_ number: Int) -> String {
            let text = String(number)
            return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
        }

        /// The number of a key made by this pattern; nil for another key.
        public func number(of key: String) -> Int? {
            guard key.hasPrefix(prefix) else { return nil }
            let rest = key.dropFirst(prefix.count)
            return rest.count >= digits && rest.allSatisfy(\.isNumber) ? Int(rest) : nil
        }
    }

    /// The name people use, in upper case: CUSTOMER.
    public var name: String
    /// The ERP's table.
    public var erp: Table
    /// The CRM's table, called the integration table.
    public var crm: Table
    /// Where values may flow.
    public var direction: Direction
    /// The fields, in the order people see them.
    public var fields: [FieldMapping]
    /// How uncoupled records find each other.
    public var matchRules: [MatchRule]
    /// Whether synchronizing leaves uncoupled records alone unless a person asks to create.
    public var onlyCoupled: Bool
    /// Since when a person has paused it, so that a synchronization of all mappings leaves it out; nil when it runs.
    public var pausedAt: Instant?
    /// When it is synchronized by itself; nil for the usual, to follow changes.
    public var schedule: Schedule?
    /// Whether records of the CRM may be coupled by several ERP connections at a time, as users and units are; otherwise
    /// what one company has coupled is taken for the others.
    public var isShared: Bool
    /// How records of the CRM are marked as one company's; nil where they are not.
    public var companyStamp: CompanyStamp?
    /// Rules other than those that leave everything to a person; nil for those.
    private var ownConflictRules: ConflictRules?
    /// The names of mappings to work first besides those that fields refer to; nil for none.
    private var furtherMappings: [String]?

    /// Creates a mapping.
    public init(
        name: String,
        erp: Table,
        crm: Table,
        direction: Direction,
        fields: [FieldMapping],
        matchRules: [MatchRule],
        onlyCoupled: Bool = true,
        pausedAt: Instant? = nil,
        isShared: Bool = false,
        conflictRules: ConflictRules = ConflictRules(),
        dependsOn: [String] = [],
        companyStamp: CompanyStamp? = nil,
        schedule: Schedule? = nil
    ) {
        self.name = name
        self.schedule = schedule
        self.erp = erp
        self.crm = crm
        self.direction = direction
        self.fields = fields
        self.matchRules = matchRules
        self.onlyCoupled = onlyCoupled
        self.pausedAt = pausedAt
        self.isShared = isShared
        self.companyStamp = companyStamp
        self.conflictRules = conflictRules
        self.dependsOn = dependsOn
    }

    /// What becomes of conflicts without a person being asked, and what counts as one.
    public var conflictRules: ConflictRules {
        get { ownConflictRules ?? ConflictRules() }
        set { ownConflictRules = newValue == ConflictRules() ? nil : newValue }
    }

    /// The names of mappings that are worked before this one, besides those that its fields refer to.
    public var dependsOn: [String] {
        get { furtherMappings ?? [] }
        set { furtherMappings = newValue.isEmpty ? nil : newValue }
    }

    /// The sides on which the mapping writes and creates records.
    public var createTargets: [Side] {
        [.crm, .erp].filter { direction.writes(to: $0) && table($0).admitsCreates }
    }

    /// The mapping under another name, with its references to other mappings renamed in the same way.
    public func renamed(_ rename: (String) -> String) -> TableMapping {
        var mapping = self
        mapping.name = rename(name)
        mapping.dependsOn = dependsOn.map(rename)
        for index in fields.indices {
            guard var reference = fields[index].reference else { continue }
            reference.mapping = rename(reference.mapping)
            reference.path = reference.path?.renamed(rename)
            mapping.fields[index].reference = reference
        }
        return mapping
    }

    /// The table of one side.
    public func table(_ side: Side) -> Table { side == .erp ? erp : crm }

    /// The fields that take part, in order; the company's stamp comes last.
    public var enabledFields: [FieldMapping] { fields.filter(\.enabled) + [stampField].compactMap(\.self) }

    /// The tables in which rules of the fields that take part look texts up.
    public var lookups: [FieldLookup] {
        enabledFields.compactMap(\.rules).flatMap { [$0.fromERP?.lookup, $0.fromCRM?.lookup].compactMap(\.self) }
    }

    /// Whether a change may give it something to do although no coupling is pending: it creates records, or follows a rule
    /// for deleted ones.
    public var actsOnUncoupled: Bool { !onlyCoupled || conflictRules.deletion != .ask }

    /// The direction of a field within the mapping's.
    public func direction(of field: FieldMapping) -> Direction? { direction.intersection(field.direction) }
}
