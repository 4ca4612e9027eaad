import CoupletCore
import CoupletEngine
import CoupletPorts
import ServiceLifecycle
import Synchronization

/// Performs actions while whoever asked for them waits, looks on, or goes away.
final class ActionQueue: Service, Sendable {
    /// How many ended actions are remembered.
    private static let remembered = 200

    private struct State {
        var next = 1
        var actions: [Int: PerformedAction] = [:]
        var order: [Int] = []
    }

    private let engine: Engine
    private let failure: @Sendable (any Error) -> CoupletError
    private let state = Mutex(State())
    private let work: AsyncStream<@Sendable () async -> Void>
    private let source: AsyncStream<@Sendable () async -> Void>.Continuation

    /// Makes a queue.
    /// - Parameters:
    ///   - engine: Performs the actions.
    ///   - failure: What an error means to a person.
    init(engine: Engine, failure: @escaping @Sendable (any Error) -> CoupletError) {
        self.engine = engine
        self.failure = failure
        (work, source) = AsyncStream.makeStream()
    }

    /// Performs what is asked for until the service group ends; what runs then is interrupted.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await action in work.cancelOnGracefulShutdown() { group.addTask { await action() } }
            group.cancelAll()
        }
    }

    /// Begins an action.
    /// - Parameters:
    ///   - action: The action.
    ///   - identity: Who asks.
    ///   - settle: Notes what came of it, whoever is still there to be told; called before its end is known to others.
    /// - Returns: The action, which runs or will.
    func begin(
        _ action: any PreparedAction,
        for identity: Identity,
        settle: @escaping @Sendable (PerformedAction.End) async -> Void = { _ in }
    ) -> PerformedAction {
        let now = engine.clock.now
        let performed = state.withLock { state in
            let performed = PerformedAction(
                number: state.next,
                name: action.name,
                startedBy: identity.user.name,
                startedAt: now
            )
            state.actions[state.next] = performed
            state.order.append(state.next)
            state.next += 1
            while state.order.count > Self.remembered,
                let oldest = state.order.first(where: {
                    state.actions[$0]?.outcome != nil
                })
            {
                state.actions[oldest] = nil
                state.order.removeAll { $0 == oldest }
            }
            return performed
        }
        let (engine, failure, request) = (engine, failure, RequestID.current)
        source.yield {
            // Another task performs it than the one that was asked.
            let outcome = await RequestID.$current.withValue(request) {
                await Self.outcome(of: action, performed, for: identity, engine, failure)
            }
            let end = PerformedAction.End(action: performed, outcome: outcome, at: engine.clock.now)
            await settle(end)
            performed.end(outcome, at: end.at)
        }
        return performed
    }

    /// An action by its number, as long as it is remembered.
    func action(_ number: Int) -> PerformedAction? { state.withLock { $0.actions[number] } }

    /// The remembered actions, the latest first.
    func all() -> [PerformedAction] {
        state.withLock { state in state.order.reversed().compactMap { state.actions[$0] } }
    }

    private static func outcome(
        of action: any PreparedAction,
        _ performed: PerformedAction,
        for identity: Identity,
        _ engine: Engine,
        _ failure: @escaping @Sendable (any Error) -> CoupletError
    ) async -> PerformedAction.Outcome {
        await withTaskGroup(of: PerformedAction.Outcome?.self) { group in
            group.addTask {
                let context = ActionContext(engine: engine, startedBy: identity.user.name) { performed.take($0) }
                do {
                    return .result(try await action.perform(context, for: identity))
                } catch {
                    return .failure(failure(error))
                }
            }
            group.addTask {
                await performed.untilCancelled()
                return nil
            }
            for await outcome in group {
                group.cancelAll()
                if let outcome { return outcome }
            }
            return .failure(failure(CancellationError()))
        }
    }
}

/// An action that runs or has ended.
final class PerformedAction: Sendable {
    /// How it ended.
    enum Outcome: Sendable {
        case result(any Codable & Sendable)
        case failure(CoupletError)
    }

    /// An action's end, before it is known to others.
    struct End: Sendable {
        /// The action.
        var action: PerformedAction
        /// How it ended.
        var outcome: Outcome
        /// When.
        var at: Instant
    }

    private struct State {
        var progress: ProgressEvent?
        var outcome: Outcome?
        var endedAt: Instant?
        var isCancelled = false
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextWatcher = 0
    }

    /// Its number.
    let number: Int
    /// The action's name.
    let name: String
    /// Who started it.
    let startedBy: String
    /// When it began.
    let startedAt: Instant
    private let state = Mutex(State())

    init(number: Int, name: String, startedBy: String, startedAt: Instant) {
        self.number = number
        self.name = name
        self.startedBy = startedBy
        self.startedAt = startedAt
    }

    /// How it ended; nil while it runs.
    var outcome: Outcome? { state.withLock(\.outcome) }
    /// How far it is; nil before the first word.
    var progress: ProgressEvent? { state.withLock(\.progress) }
    /// When it ended.
    var endedAt: Instant? { state.withLock(\.endedAt) }

    /// Asks it to stop; what was begun is settled.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        notify()
    }

    /// Says something each time that there is news, and at once; the last word is its end.
    func news() -> AsyncStream<Void> {
        let (stream, source) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = source
            return state.nextWatcher
        }
        source.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: number) }
        }
        source.yield()
        return stream
    }

    /// Waits for the end.
    func ended() async -> Outcome? {
        for await _ in news() { if let outcome { return outcome } }
        return outcome
    }

    fileprivate func take(_ event: ProgressEvent) {
        state.withLock { $0.progress = event }
        notify()
    }

    fileprivate func end(_ outcome: Outcome, at instant: Instant) {
        state.withLock { state in
            state.outcome = outcome
            state.endedAt = instant
        }
        notify()
    }

    fileprivate func untilCancelled() async {
        for await _ in news() where state.withLock({ $0.isCancelled || $0.outcome != nil }) { return }
    }

    private func notify() {
        let watchers = state.withLock { Array($0.watchers.values) }
        for watcher in watchers { watcher.yield() }
    }
}
