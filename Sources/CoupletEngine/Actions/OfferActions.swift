package import CoupletCore

/// Says which directions there are to choose from for coupled records that are synchronized now, which one is
/// recommended, and what each would do, field by field.
package struct OfferSynchronization: Action {
    package static let name = "sync.offer"
    /// The mapping.
    package var mapping: String
    /// The records.
    package var keys: [String]

    /// Creates the action.
    package init(mapping: String, keys: [String]) {
        self.mapping = mapping
        self.keys = keys
    }

    package func perform(in context: ActionContext) async throws -> SynchronizationOffer {
        try await context.engine.records.offer(self, progress: context.progress)
    }
}

/// The directions to choose from.
package struct SynchronizationOffer: Codable, Sendable {
    /// A record that takes no part.
    package struct LeftOut: Codable, Sendable, Hashable {
        /// Its key.
        package var key: String
        /// Its name.
        package var name: String
        /// Why.
        package var reason: Message
    }

    /// One direction.
    package struct Choice: Codable, Sendable {
        /// The direction; both ways is shown as Merge.
        package var direction: Direction
        /// Whether edits of the target of a one-way mapping are written over.
        package var putsBack = false
        /// What it would write.
        package var steps: [PlanView.StepView] = []
        /// The fields that it would leave to a person.
        package var open: [FieldDifference] = []
        /// The records that it leaves out, because it would write over an edit of the other side.
        package var leftOut: [LeftOut] = []

        /// Creates a direction that would do nothing.
        package init(direction: Direction) { self.direction = direction }
    }

    /// The mapping.
    package var mapping: String
    /// What is asked; nil where there is nothing to ask.
    package var question: Message?
    /// The recommended direction; nil where each would lose something, and the answer is no unless a person says otherwise.
    package var recommended: Direction?
    /// The directions; none where no record takes part.
    package var choices: [Choice]
    /// The records that take part in none of them.
    package var leftOut: [LeftOut]
}
