package import CoupletCore
package import CoupletPorts

/// Lists what keeps records from going through, grouped by cause.
package struct ListErrors: Action {
    package static let name = "error.list"
    /// The mapping; nil for all.
    package var mapping: String?

    /// Creates the action.
    package init(mapping: String? = nil) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> ErrorsView {
        try await context.engine.errors.list(self)
    }
}

/// Causes that keep records from going through.
package struct ErrorsView: Codable, Sendable {
    /// One cause.
    package struct Cause: Codable, Sendable, Hashable {
        /// What the cause is called on the command line.
        package var id: String
        /// The table mapping's name.
        package var mapping: String
        /// The side that could not be written.
        package var target: Side
        /// What happens next.
        package var disposition: FailureRecord.Disposition
        /// What is wrong, with one record's values.
        package var message: Message
        /// How many records have it.
        package var count: Int
        /// When it was first seen.
        package var firstAt: Instant
        /// When it was last seen.
        package var lastAt: Instant
        /// Whether its records' counterparts are gone, so that they can be made again or deleted too.
        package var isDeletion: Bool
    }

    /// The causes, those of most records first.
    package var causes: [Cause]
}

/// Shows one cause with its records.
package struct ShowError: Action {
    package static let name = "error.show"
    /// The cause, as `ListErrors` calls it.
    package var cause: String
    /// The most records.
    package var limit: Int

    /// Creates the action.
    package init(cause: String, limit: Int = 100) {
        self.cause = cause
        self.limit = limit
    }

    package func perform(in context: ActionContext) async throws -> ErrorView {
        try await context.engine.errors.show(self)
    }
}

/// A cause with its records.
package struct ErrorView: Codable, Sendable {
    /// One record.
    package struct Record: Codable, Sendable {
        /// The record's key and name.
        package var label: String
        /// The key that commands take.
        package var key: String
        /// Both records' ids; nil for one that is not there.
        package var ids: BySide<RecordID?>
        /// Everything that is wrong.
        package var messages: [Message]
        /// How often it was tried.
        package var attempts: Int
        /// When it failed first.
        package var firstAt: Instant
        /// When it failed last.
        package var lastAt: Instant
        /// When it is tried again; nil where that has no time.
        package var nextAt: Instant?
    }

    /// The cause.
    package var cause: ErrorsView.Cause
    /// Its records, oldest first.
    package var records: [Record]
}

/// Tries again what did not go through: all records of a cause, or some of them.
package struct RetryError: Action {
    package static let name = "error.retry"
    /// The cause; nil for every one.
    package var cause: String?
    /// Only these records, by their keys as `ShowError` gives them; empty for all records of the cause.
    package var keys: [String]
    /// Whether it is only shown what would be written.
    package var isPreview: Bool

    /// Creates the action.
    package init(cause: String?, keys: [String] = [], isPreview: Bool = false) {
        self.cause = cause
        self.keys = keys
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.retry(self, context)
    }
}
