package import CoupletCore

/// Settles every conflict of a mapping in the same way, and writes what was decided.
package struct ResolveConflicts: Action {
    package static let name = "conflict.resolveAll"
    /// The mapping.
    package var mapping: String
    /// Only this field of each conflict, by either side's name; nil for all fields.
    package var field: String?
    /// The side whose values stand.
    package var side: Side
    /// Whether the side's values stand in later conflicts too, without anybody being asked: it becomes the rule of the
    /// field, or of the mapping.
    package var isStanding: Bool
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(
        mapping: String,
        field: String? = nil,
        side: Side,
        isStanding: Bool = false,
        isPreview: Bool = false
    ) {
        self.mapping = mapping
        self.field = field
        self.side = side
        self.isStanding = isStanding
        self.isPreview = isPreview
    }

    /// A standing resolution changes the mapping.
    package var needs: Set<Right> { isStanding ? [.setUp] : [] }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.resolve(self, context)
    }
}
