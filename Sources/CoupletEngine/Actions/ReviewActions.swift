package import CoupletCore
package import CoupletPorts

/// Shows what synchronizing everything would do, mapping by mapping: a plan, which may be carried out afterwards.
package struct ReviewFullSynchronization: Action {
    package static let name = "sync.review"
    /// Whether counterparts of uncoupled records would be created even where a mapping leaves them alone.
    package var creates: Bool

    /// Creates the action.
    package init(creates: Bool = true) { self.creates = creates }

    package func perform(in context: ActionContext) async throws -> ReviewView {
        try await context.engine.review(self, context)
    }
}

/// What synchronizing everything would do.
package struct ReviewView: Codable, Sendable {
    /// One mapping.
    package struct Line: Codable, Sendable, Hashable {
        /// The table mapping's name.
        package var mapping: String
        /// Where values may flow.
        package var direction: Direction
        /// The mappings that are worked before it, because its references or its settings need them.
        package var after: [String]
        /// How many records it has coupled.
        package var coupled: Int
        /// How many records within its filter are not coupled, by side.
        package var uncoupled: BySide<Int>
        /// What is recommended.
        package var advice: FullSynchronizationAdvice
        /// Records that would be created, by side.
        package var created: BySide<Int>
        /// Records that would be changed, by side.
        package var changed: BySide<Int>
        /// How its last jobs ended, by the side they write to; nil where there was none.
        package var lastStatus: BySide<JobStatus?>
        /// Whether the last synchronization of everything came to its end here; that one can be continued without it.
        package var isDone: Bool
    }

    /// The mappings, in the order in which they would be worked.
    package var lines: [Line]
    /// The plan; nil where nothing could be read.
    package var plan: PlanView?
    /// What was noticed about the mappings' tables.
    package var notices: [FindingsView.Finding]?
    /// Whether a synchronization of everything was cut off and can be continued.
    package var canContinue: Bool
}
