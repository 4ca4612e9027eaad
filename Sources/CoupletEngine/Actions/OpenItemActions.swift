package import CoupletCore
package import CoupletPorts

/// Lists open questions.
package struct ListQuestions: Action {
    package static let name = "question.list"
    /// The mapping; nil for all.
    package var mapping: String?

    /// Creates the action.
    package init(mapping: String? = nil) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> QuestionsView {
        try await context.engine.openItems.questions(self)
    }
}

/// Questions.
package struct QuestionsView: Codable, Sendable {
    /// The questions, oldest first.
    package var questions: [QuestionRecord]

    /// Creates a view.
    package init(questions: [QuestionRecord]) { self.questions = questions }
}

/// Answers a question and does what follows from it.
package struct AnswerQuestion: Action {
    package static let name = "question.answer"

    /// A person's answer.
    package enum Answer: Codable, Sendable, Hashable {
        /// This candidate, by key or id, is the counterpart.
        case candidate(String)
        /// None of the candidates: the record stays uncoupled.
        case noCandidate
        /// None of the candidates: a counterpart is created.
        case create
        /// This side's values stand.
        case take(Side)
    }

    /// The question's number.
    package var id: Int64
    /// The answer.
    package var answer: Answer
    /// For a candidate: the side whose values stand where the records differ; nil leaves them uncompared.
    package var choice: Side?

    /// Creates the action.
    package init(id: Int64, answer: Answer, choice: Side? = nil) {
        self.id = id
        self.answer = answer
        self.choice = choice
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.answer(self, context)
    }
}

/// Lists open conflicts.
package struct ListConflicts: Action {
    package static let name = "conflict.list"
    /// The mapping; nil for all.
    package var mapping: String?

    /// Creates the action.
    package init(mapping: String? = nil) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> ConflictsView {
        try await context.engine.openItems.conflicts(self)
    }
}

/// Conflicts.
package struct ConflictsView: Codable, Sendable {
    /// The conflicts, oldest first.
    package var conflicts: [ConflictRecord]

    /// Creates a view.
    package init(conflicts: [ConflictRecord]) { self.conflicts = conflicts }
}

/// Settles a conflict and writes what was decided.
package struct ResolveConflict: Action {
    package static let name = "conflict.resolve"
    /// The conflict's number.
    package var id: Int64
    /// The field, by either side's name; nil for all fields of the conflict.
    package var field: String?
    /// What stands.
    package var resolution: Resolution
    /// The conflict's fields as whoever decides has seen them; nil for what they are when the action begins.
    package var seen: [FieldDifference]?

    /// Creates the action.
    package init(id: Int64, field: String?, resolution: Resolution, seen: [FieldDifference]? = nil) {
        self.id = id
        self.field = field
        self.resolution = resolution
        self.seen = seen
    }

    package func perform(in context: ActionContext) async throws -> RunOrPlan {
        try await context.engine.resolve(self, context)
    }
}

/// Lists jobs, newest first.
package struct ListJobs: Action {
    package static let name = "job.list"
    /// The most jobs to list.
    package var limit: Int
    /// Only jobs of this mapping; nil for all.
    package var mapping: String?
    /// Only jobs that have written this record of the mapping or its counterpart, or have failed to; nil for all.
    ///
    /// They are the synchronization log of a record.
    package var key: String?

    /// Creates the action.
    package init(limit: Int = 50, mapping: String? = nil, key: String? = nil) {
        self.limit = limit
        self.mapping = mapping
        self.key = key
    }

    package func perform(in context: ActionContext) async throws -> JobsView {
        try await context.engine.openItems.jobs(self)
    }
}

/// Shows one job.
package struct ShowJob: Action {
    package static let name = "job.show"
    /// The job's number.
    package var id: Int64

    /// Creates the action.
    package init(id: Int64) { self.id = id }

    package func perform(in context: ActionContext) async throws -> JobsView {
        try await context.engine.openItems.job(id)
    }
}

/// Jobs.
package struct JobsView: Codable, Sendable {
    /// The jobs, newest first.
    package var jobs: [JobView]

    /// Creates a view.
    package init(jobs: [JobView]) { self.jobs = jobs }
}
