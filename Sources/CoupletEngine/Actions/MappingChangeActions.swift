package import CoupletCore

/// Adds mappings or changes stored ones, all or none.
package struct ApplyMappings: Action {
    package static let name = "mapping.apply"
    /// The mappings as they shall be; stored ones that are not among them stay as they are.
    package var mappings: [TableMapping]
    /// Whether the changes are only shown.
    package var isPreview: Bool
    /// Stored mappings as they must still be, or nothing is changed; nil where that does not matter.
    package var expected: [TableMapping]?

    /// Creates the action.
    package init(mappings: [TableMapping], isPreview: Bool = false, expected: [TableMapping]? = nil) {
        self.mappings = mappings
        self.isPreview = isPreview
        self.expected = expected
    }

    package func perform(in context: ActionContext) async throws -> MappingChangesView {
        let author = context.author
        return try await context.engine.mappings.apply(mappings, isPreview: isPreview, expected: expected, by: author)
    }
}

/// Puts a mapping back to the form it comes with.
package struct ResetMapping: Action {
    package static let name = "mapping.reset"
    /// The mapping's name, in any case.
    package var mapping: String
    /// Whether the changes are only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(mapping: String, isPreview: Bool = false) {
        self.mapping = mapping
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> MappingChangesView {
        try await context.engine.mappings.reset(mapping, isPreview: isPreview, by: context.author)
    }
}

/// Leaves mappings out of the synchronization of all mappings, or takes them in again.
package struct PauseMapping: Action {
    package static let name = "mapping.pause"
    /// The mapping's name, in any case.
    package var mapping: String
    /// Whether it is paused or runs.
    package var isPaused: Bool

    /// Creates the action.
    package init(mapping: String, isPaused: Bool) {
        self.mapping = mapping
        self.isPaused = isPaused
    }

    package func perform(in context: ActionContext) async throws -> MappingsView {
        try await context.engine.mappings.pause(mapping, isPaused: isPaused, by: context.author)
    }
}

/// What applying mappings changes, or why it changes nothing.
package struct MappingChangesView: Codable, Sendable {
    /// One mapping before and after.
    package struct Change: Codable, Sendable {
        /// As it is stored; nil for a new one.
        package var before: TableMapping?
        /// As it shall be.
        package var after: TableMapping
        /// How many couplings it has.
        package var couplings: Int

        /// Creates a change.
        package init(before: TableMapping?, after: TableMapping, couplings: Int) {
            self.before = before
            self.after = after
            self.couplings = couplings
        }

        /// Whether anything differs.
        package var changes: Bool { before != after }
    }

    /// The mappings in the order they were given, unchanged ones among them.
    package var changes: [Change]
    /// What is wrong; as long as anything is, nothing was changed.
    package var problems: [CoupletError]
    /// Whether the changes were made.
    package var isApplied: Bool

    /// Creates a view.
    package init(changes: [Change], problems: [CoupletError], isApplied: Bool) {
        self.changes = changes
        self.problems = problems
        self.isApplied = isApplied
    }
}

/// Proposes a mapping of two tables from what both systems say of them.
package struct ProposeMapping: Action {
    package static let name = "mapping.new"
    /// The mapping's name.
    package var mapping: String
    /// The entity sets.
    package var tables: BySide<String>
    /// The connections; nil for a side's only one.
    package var connections: BySide<String?>

    /// Creates the action.
    package init(mapping: String, tables: BySide<String>, connections: BySide<String?>) {
        self.mapping = mapping
        self.tables = tables
        self.connections = connections
    }

    package func perform(in context: ActionContext) async throws -> MappingProposal {
        try await context.engine.mappings.propose(self)
    }
}
