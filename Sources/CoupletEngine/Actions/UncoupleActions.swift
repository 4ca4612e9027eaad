/// Uncouples records: both stay as they are, and are not kept in sync any more.
package struct UncoupleRecords: Action {
    package static let name = "uncouple"
    /// The mapping's name.
    package var mapping: String
    /// The records: ERP numbers or ids, or `crm:` and CRM ids.
    package var keys: [String]
    /// Whether every coupling of the mapping is meant, and no keys are given.
    package var isAll: Bool
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(mapping: String, keys: [String] = [], isAll: Bool = false, isPreview: Bool = false) {
        self.mapping = mapping
        self.keys = keys
        self.isAll = isAll
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.uncouple(self, context)
    }
}
