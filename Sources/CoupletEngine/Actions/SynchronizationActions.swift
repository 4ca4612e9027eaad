package import CoupletCore

/// Couples one record with its counterpart, or with one that is created.
package struct CoupleRecords: Action {
    package static let name = "couple"
    /// The mapping's name.
    package var mapping: String
    /// The record: an ERP number or id, or `crm:` and a CRM id.
    package var key: String
    /// Its counterpart, a key of the other side; nil to create one.
    package var with: String?
    /// The side whose values stand where the records differ; nil leaves them uncompared.
    package var choice: Side?
    /// Whether the record leaves the counterpart that it has for this one.
    package var moves: Bool
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(
        mapping: String,
        key: String,
        with: String?,
        choice: Side?,
        moves: Bool = false,
        isPreview: Bool = false
    ) {
        self.mapping = mapping
        self.key = key
        self.with = with
        self.choice = choice
        self.moves = moves
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.couple(self, context)
    }
}

/// What happens to newly matched records.
package enum MatchSynchronization: String, Codable, Sendable, Hashable, CaseIterable {
    /// Nothing: they stay uncompared.
    case none
    /// The ERP's values stand where they differ.
    case to
    /// The CRM's values stand where they differ.
    case from
    /// Blanks are filled, and real differences become questions.
    case both
}

/// Couples many records by match rules, and by likeness where asked for.
package struct MatchRecords: Action {
    package static let name = "match"
    /// From this score on, suggestions are steps of a plan that is shown.
    package static let certain = 0.9
    /// The mapping's name.
    package var mapping: String
    /// The records to couple; empty for all uncoupled ones.
    package var keys: [String]
    /// Rules for this time only; empty for the mapping's own.
    package var rules: [MatchRule]
    /// Whether records that no rule matches are compared for likeness; what resembles each other becomes a question, or
    /// in a plan that is shown, from a score of `certain` on, a step.
    package var suggests: Bool
    /// From this score on, above 0.5 and at most 1, suggestions are coupled; nil to leave them to people.
    package var acceptsFrom: Double?
    /// Whether counterparts are created for ERP records that match nothing.
    package var createUnmatched: Bool
    /// What happens to matched records.
    package var synchronization: MatchSynchronization
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(
        mapping: String,
        keys: [String] = [],
        rules: [MatchRule] = [],
        suggests: Bool = false,
        acceptsFrom: Double? = nil,
        createUnmatched: Bool = false,
        synchronization: MatchSynchronization = .none,
        isPreview: Bool = false
    ) {
        self.mapping = mapping
        self.keys = keys
        self.rules = rules
        self.suggests = suggests
        self.acceptsFrom = acceptsFrom
        self.createUnmatched = createUnmatched
        self.synchronization = synchronization
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.match(self, context)
    }
}

/// Synchronizes what changed, or everything.
package struct Synchronize: Action {
    package static let name = "sync"
    /// The mapping; nil for all, referenced ones first.
    package var mapping: String?
    /// Only these records; naming a direction for them chooses the side whose values stand.
    package var keys: [String]
    /// Where values may flow.
    package var direction: Direction
    /// Whether everything is read and compared, and one-way fields are put back.
    package var isFull: Bool
    /// Whether counterparts of uncoupled records are created even where the mapping leaves them alone.
    package var creates: Bool
    /// Whether edits of the target of one-way fields are written over, for named records.
    package var putsBack: Bool
    /// Whether mappings are passed over that the last synchronization of everything, which was cut off, had finished.
    package var continues: Bool
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(
        mapping: String? = nil,
        keys: [String] = [],
        direction: Direction = .bidirectional,
        isFull: Bool = false,
        creates: Bool = false,
        putsBack: Bool = false,
        continues: Bool = false,
        isPreview: Bool = false
    ) {
        self.mapping = mapping
        self.keys = keys
        self.direction = direction
        self.isFull = isFull
        self.creates = creates
        self.putsBack = putsBack
        self.continues = continues
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.synchronize(self, context)
    }
}
