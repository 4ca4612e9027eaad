package import CoupletPorts

/// Removes old history, runs and jobs, but nothing that an open item or a waiting plan refers to.
package struct PruneHistory: Action {
    package static let name = "job.prune"
    /// What is older than so many days is removed; at least 1.
    package var days: Int
    /// Whether it is only counted.
    package var isPreview: Bool

    /// The days that are kept where nobody says otherwise.
    package static let usualDays = 180

    /// Creates the action.
    package init(days: Int = PruneHistory.usualDays, isPreview: Bool = false) {
        self.days = days
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RetentionCounts {
        try await context.engine.prune(self)
    }
}
