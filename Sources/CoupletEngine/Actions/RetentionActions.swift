import CoupletCore
package import CoupletPorts

/// Shows for how long history is kept.
package struct ShowRetention: Action {
    package static let name = "retention.show"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> RetentionView {
        try await context.engine.store.read { RetentionView(period: try RetentionPeriod($0)) }
    }
}

/// Sets for how long history is kept; what is older goes with the first run of each day.
package struct SetRetention: Action {
    package static let name = "retention.set"
    /// For how long.
    package var period: RetentionPeriod

    /// Creates the action.
    package init(_ period: RetentionPeriod) { self.period = period }

    package func perform(in context: ActionContext) async throws -> RetentionView {
        try await context.engine.setRetention(self, by: context.author)
    }
}

/// Removes old history, runs and jobs now, but nothing that an open item or a waiting plan refers to.
package struct ApplyRetention: Action {
    package static let name = "retention.apply"
    /// What is older than so many days is removed, at least 1; nil for as many as are set.
    package var days: Int?
    /// Whether it is only counted.
    package var isPreview: Bool

    /// Creates the action.
    package init(days: Int? = nil, isPreview: Bool = false) {
        self.days = days
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RetentionCounts {
        try await context.engine.apply(self, by: context.author)
    }
}

/// For how long history, runs and jobs are kept.
package enum RetentionPeriod: Codable, Sendable, Hashable {
    /// So many days, at least 1.
    case days(Int)
    /// Until somebody removes them.
    case forever

    /// How long where nobody has said otherwise.
    package static let usual = RetentionPeriod.days(180)
}

/// For how long history is kept.
package struct RetentionView: Codable, Sendable {
    /// For how long.
    package var period: RetentionPeriod
}

/// Erases what is kept of a record and its counterpart: history, base, observations, plans, open items.
package struct EraseRecord: Action {
    package static let name = "erase"
    /// The mapping's name.
    package var mapping: String
    /// The ERP record's number or id, or `crm:` and the CRM record's id.
    package var key: String

    /// Creates the action.
    package init(mapping: String, key: String) {
        self.mapping = mapping
        self.key = key
    }

    package func perform(in context: ActionContext) async throws -> ErasureCounts {
        try await context.engine.erase(self, by: context.author)
    }
}
