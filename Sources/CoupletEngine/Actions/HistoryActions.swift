package import CoupletCore

/// Undoes a run, a job or one step: before-values back where nothing changed since, the rest listed.
package struct UndoRun: Action {
    package static let name = "undo"

    /// What is undone.
    package enum Target: Codable, Sendable, Hashable {
        /// A whole run.
        case run(Int64)
        /// One job of a run.
        case job(Int64)
        /// The step of one entry of the history.
        case entry(Int64)
    }

    /// What is undone.
    package var target: Target
    /// Whether records that were created are deleted again, and not only uncoupled: those that nobody has edited since and
    /// nothing refers to.
    package var deletesCreated: Bool
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(_ target: Target, deletesCreated: Bool = false, isPreview: Bool = false) {
        self.target = target
        self.deletesCreated = deletesCreated
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.undo(self, context)
    }
}

/// Shows what Couplet has done to a record and its counterpart, newest first.
package struct ShowHistory: Action {
    package static let name = "history"
    /// The mapping's name.
    package var mapping: String
    /// The ERP record's number or id, or `crm:` and the CRM record's id.
    package var key: String
    /// The most entries.
    package var limit: Int

    /// Creates the action.
    package init(mapping: String, key: String, limit: Int = 100) {
        self.mapping = mapping
        self.key = key
        self.limit = limit
    }

    package func perform(in context: ActionContext) async throws -> HistoryView {
        try await context.engine.history(self)
    }
}

/// What was done to a record and its counterpart.
package struct HistoryView: Codable, Sendable {
    /// One step.
    package struct Entry: Codable, Sendable {
        /// One field.
        package struct Field: Codable, Sendable {
            /// The field, by its name on the written side.
            package var name: String
            /// The field mapping's id: both sides' names with a bar between them; the ERP's is blank for a value that a
            /// template gave.
            package var field: String
            /// The value before.
            package var before: Value
            /// The value after.
            package var after: Value
            /// The other side's value that it stands for.
            package var source: Value
            /// Why it was written.
            package var cause: WriteCause
        }

        /// The entry's number.
        package var id: Int64
        /// When it was settled.
        package var at: Instant
        /// The run.
        package var run: Int64
        /// The job, where there is one.
        package var job: Int64?
        /// The name of the run's action.
        package var action: String
        /// Who started the run.
        package var startedBy: String
        /// What was done.
        package var step: Step.Action
        /// The side that was written.
        package var side: Side
        /// The record that was written.
        package var record: RecordID
        /// The record on the other side, where it is known.
        package var counterpart: RecordID?
        /// The fields.
        package var fields: [Field]
        /// Whether the write was seen to be done.
        package var isConfirmed: Bool
        /// Whether it was undone since.
        package var isUndone: Bool
        /// The entry that it undid.
        package var undoes: Int64?
    }

    /// The table mapping's name.
    package var mapping: String
    /// The record's key as the person gave it.
    package var key: String
    /// The record's name.
    package var name: String
    /// The entries, newest first.
    package var entries: [Entry]
}
