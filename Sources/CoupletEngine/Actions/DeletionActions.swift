/// Settles that a system has deleted coupled records: all records of a cause, or some of them.
package struct SettleDeletions: Action {
    package static let name = "error.settle"

    /// How it is settled.
    package enum Way: String, Codable, Sendable, Hashable, CaseIterable {
        /// The deleted records are made again from their counterparts.
        case restore
        /// The counterparts are deleted too.
        case delete
        /// The couplings are removed, and the counterparts stay; also for anything else that keeps coupled records from
        /// going through.
        case uncouple
    }

    /// The cause, as `ListErrors` calls it.
    package var cause: String
    /// Only these records, by their keys as `ShowError` gives them; empty for all records of the cause.
    package var keys: [String]
    /// How it is settled.
    package var way: Way
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(cause: String, keys: [String] = [], way: Way, isPreview: Bool = false) {
        self.cause = cause
        self.keys = keys
        self.way = way
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.settle(self, context)
    }
}
