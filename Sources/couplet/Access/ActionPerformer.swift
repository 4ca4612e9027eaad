import CoupletEngine

/// Whoever performs actions: an engine of this process, or the one behind a running `couplet serve`.
protocol ActionPerformer: Sendable {
    /// Performs an action.
    /// - Parameters:
    ///   - action: The action.
    ///   - progress: Where progress goes.
    /// - Returns: Its result.
    /// - Throws: What the action throws.
    func perform<A: Action>(_ action: A, progress: @escaping ProgressSink) async throws -> A.Result
}

extension ActionPerformer {
    /// Performs an action and shows its progress.
    func perform<A: Action>(_ action: A, showingProgressOn console: Console) async throws -> A.Result {
        let bar = ProgressBar(console)
        defer { bar.finish() }
        return try await perform(action) { bar.take($0) }
    }
}

/// Performs actions with an engine of this process.
struct LocalPerformer: ActionPerformer {
    /// The engine.
    let engine: Engine
    /// Who asks.
    let startedBy: String

    func perform<A: Action>(_ action: A, progress: @escaping ProgressSink) async throws -> A.Result {
        try await action.perform(in: ActionContext(engine: engine, startedBy: startedBy, progress: progress))
    }
}
