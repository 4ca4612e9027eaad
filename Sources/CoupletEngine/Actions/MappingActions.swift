package import CoupletCore

/// Lists the integration table mappings.
package struct ListMappings: Action {
    package static let name = "mapping.list"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> MappingsView {
        try await context.engine.mappings.list()
    }
}

/// Shows one integration table mapping with its fields, filters and match rules.
package struct ShowMapping: Action {
    package static let name = "mapping.show"
    /// The mapping's name, in any case.
    package var mapping: String

    /// Creates the action.
    package init(mapping: String) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> MappingsView {
        try await context.engine.mappings.show(mapping)
    }
}

/// Adds the default mappings of a pair of connections: a company of the ERP and an environment of the CRM.
///
/// Mappings that the pair has already stay as they are. Where another pair has the names, these get the ERP
/// connection's behind them: `CUSTOMER@NORTH`.
package struct AddDefaultMappings: Action {
    package static let name = "mapping.defaults"
    /// The ERP's connection.
    package var erp: String
    /// The CRM's connection.
    package var crm: String
    /// Which ones, by their default names and in any case, with those they refer to; empty for all.
    package var mappings: [String]

    /// Creates the action.
    package init(erp: String, crm: String, mappings: [String] = []) {
        self.erp = erp
        self.crm = crm
        self.mappings = mappings
    }

    package func perform(in context: ActionContext) async throws -> MappingsView {
        try await context.engine.connections.addDefaults(self, by: context.author)
    }
}

/// Mappings as people see them.
package struct MappingsView: Codable, Sendable {
    /// One mapping.
    package struct Item: Codable, Sendable {
        /// The mapping itself.
        package var mapping: TableMapping
        /// How many couplings it has.
        package var couplings: Int

        /// Creates an item.
        package init(mapping: TableMapping, couplings: Int) {
            self.mapping = mapping
            self.couplings = couplings
        }
    }

    /// The mappings, referenced ones first.
    package var mappings: [Item]

    /// Creates a view.
    package init(mappings: [Item]) { self.mappings = mappings }
}

/// Lists the records of a mapping and how they stand.
package struct ListRecords: Action {
    package static let name = "list"
    /// The mapping's name.
    package var mapping: String
    /// The side to list; nil for both: coupled records once, as the ERP's.
    package var side: Side?
    /// Only coupled or only uncoupled records; nil for all.
    package var isCoupled: Bool?
    /// Only records whose key or name contains this, without regard to case; nil for all.
    package var containing: String?
    /// Only records that stand so; empty for all.
    package var states: [RecordState]
    /// Whether both systems are asked for changes first; otherwise what is known is listed, at once.
    package var refreshes: Bool

    /// Creates the action.
    package init(
        mapping: String,
        side: Side? = nil,
        isCoupled: Bool? = nil,
        containing: String? = nil,
        states: [RecordState] = [],
        refreshes: Bool = true
    ) {
        self.mapping = mapping
        self.side = side
        self.isCoupled = isCoupled
        self.containing = containing
        self.states = states
        self.refreshes = refreshes
    }

    package func perform(in context: ActionContext) async throws -> RecordsView {
        try await context.engine.records.list(self, progress: context.progress)
    }
}

/// Records of a mapping.
package struct RecordsView: Codable, Sendable {
    /// The records by side and key.
    package var records: [RecordView]

    /// Creates a view.
    package init(records: [RecordView]) { self.records = records }
}

/// Says how a record stands and why.
package struct ExplainRecord: Action {
    package static let name = "explain"
    /// The mapping's name.
    package var mapping: String
    /// The ERP record's number or id, or `crm:` and the CRM record's id.
    package var key: String

    /// Creates the action.
    package init(mapping: String, key: String) {
        self.mapping = mapping
        self.key = key
    }

    package func perform(in context: ActionContext) async throws -> ExplanationView {
        try await context.engine.records.explain(self)
    }
}

/// How a record stands and why; each reason's code has a text and a remedy in the catalogues.
package struct ExplanationView: Codable, Sendable {
    /// The record.
    package var record: RecordView
    /// How it stands.
    package var state: RecordState
    /// Why.
    package var reasons: [Message]
    /// When Couplet last wrote the record or its counterpart; nil where it never did.
    package var lastWrite: LastWrite?
    /// What the next synchronization would do with it.
    package var next: [Message] = []

    /// When and by what a record was last written.
    package struct LastWrite: Codable, Sendable, Hashable {
        /// When.
        package var at: Instant
        /// The side that was written.
        package var side: Side
        /// The run.
        package var run: Int64
        /// The job, where there is one.
        package var job: Int64?
        /// The name of the run's action.
        package var action: String
    }

    /// Creates an explanation.
    package init(record: RecordView, reasons: [Message]) {
        self.record = record
        self.state = record.state
        self.reasons = reasons
    }
}
