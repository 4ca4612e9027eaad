package import CoupletCore

/// Something a person or the scheduler asks for: command line, socket, REST and pages only translate it.
package protocol Action: Codable, Sendable {
    /// What the action gives back.
    associatedtype Result: Codable & Sendable
    /// The name under which a socket or a run knows it.
    static var name: String { get }
    /// What is needed for it as it is asked for, besides what its kind needs; nothing for most.
    var needs: Set<Right> { get }
    /// Does it.
    /// - Parameter context: The engine, who asks, and where progress goes.
    /// - Returns: The result.
    /// - Throws: `CoupletError` with what is wrong and what to do next; `CancellationError` when interrupted.
    func perform(in context: ActionContext) async throws -> Result
}

extension Action {
    package var needs: Set<Right> { [] }
}

/// What an action works with.
package struct ActionContext: Sendable {
    /// The engine.
    package var engine: Engine
    /// Who asks, as the operating system or the sign-in knows them.
    package var startedBy: String
    /// Where progress goes.
    package var progress: ProgressSink

    /// Creates a context.
    package init(engine: Engine, startedBy: String, progress: @escaping ProgressSink = { _ in }) {
        self.engine = engine
        self.startedBy = startedBy
        self.progress = progress
    }
}

/// Takes progress as it happens; called from any thread, in order.
package typealias ProgressSink = @Sendable (ProgressEvent) -> Void

/// How far an action is.
package struct ProgressEvent: Codable, Sendable, Hashable {
    /// What it is doing.
    package enum Stage: String, Codable, Sendable, Hashable, CaseIterable {
        /// Looking after what an earlier run left unsettled.
        case recovering
        /// Reading records.
        case reading
        /// Comparing keys of uncoupled records.
        case matching
        /// Deciding what to do.
        case planning
        /// Writing records.
        case writing
    }

    /// What it is doing.
    package var stage: Stage
    /// The table mapping, where there is one.
    package var mapping: String?
    /// The side that is read or written, where there is one.
    package var side: Side?
    /// How many records are done.
    package var done: Int
    /// How many there are in all; nil while nobody knows.
    package var total: Int?

    /// Creates an event.
    package init(stage: Stage, mapping: String? = nil, side: Side? = nil, done: Int, total: Int? = nil) {
        self.stage = stage
        self.mapping = mapping
        self.side = side
        self.done = done
        self.total = total
    }
}
