package import CoupletCore
package import CoupletPorts

/// Says what needs a person, counted by kind and mapping, and how the mappings stand.
package struct ShowStatus: Action {
    package static let name = "status"
    /// The mapping; nil for all.
    package var mapping: String?

    /// Creates the action.
    package init(mapping: String? = nil) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> StatusView {
        try await context.engine.status.show(self)
    }
}

/// What needs a person, and how the mappings stand.
package struct StatusView: Codable, Sendable {
    /// One kind of thing that is open in a mapping.
    package struct Cue: Codable, Sendable, Hashable {
        /// What is open.
        package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
            /// Conflicts.
            case conflicts
            /// Questions, those about unconfirmed creates left out.
            case questions
            /// Creates that more than one record could be.
            case unconfirmed
            /// Records that a system has deleted while their counterparts are there.
            case deleted
            /// Records that were refused, or have no form on the other side.
            case parked
            /// Plans that wait for approval.
            case held
            /// Jobs that ended early, the last ones of their mapping and direction.
            case failedJobs
            /// Records that wait for others; they go through by themselves.
            case waiting
            /// Records that are tried again by themselves.
            case retrying
        }

        /// What is open.
        package var kind: Kind
        /// The table mapping's name.
        package var mapping: String
        /// How many there are.
        package var count: Int
        /// Since when the oldest is open.
        package var since: Instant
        /// Whether nothing of it goes on without a person.
        package var needsPerson: Bool
    }

    /// One mapping.
    package struct Mapping: Codable, Sendable, Hashable {
        /// The table mapping's name.
        package var name: String
        /// Whether a person has paused it.
        package var isPaused: Bool
        /// How many records it has coupled.
        package var coupled: Int
        /// Its last job; nil before the first.
        package var lastJob: JobView?
        /// What its jobs have done in all, as far as they are kept.
        package var counts: JobCounts
    }

    /// What is open, in the order of the mappings.
    package var cues: [Cue]
    /// The mappings, referenced ones first.
    package var mappings: [Mapping]

    /// How many things need a person.
    package var needing: Int { cues.filter(\.needsPerson).reduce(0) { $0 + $1.count } }
}
