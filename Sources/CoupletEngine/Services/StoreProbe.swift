import CoupletCore
import CoupletPorts
import Synchronization

/// Finds out whether the store can be read and written, for whoever asks often.
final class StoreProbe: Sendable {
    /// How many seconds the store may take to answer.
    static let patience = 5.0
    /// For how many seconds an answer holds, so that many who ask cost no more than one.
    static let freshness = 1.0

    private static let documents = "health"
    private static let document = "probe"

    private struct State {
        var began: Instant?
        var knownAt: Instant?
        var problem: Message?
    }

    private enum Turn {
        case known(Message?)
        case mine
    }

    private let state = Mutex(State())

    /// What keeps the store from being used; nil where nothing does.
    ///
    /// One asks the store at a time. Nothing that the store is asked can be taken back: whoever comes while it takes too
    /// long is told so at once, and does not wait as well.
    func problem(of store: any StateStore, _ clock: any EngineClock) async -> Message? {
        let now = clock.now
        let turn = state.withLock { state in
            if let began = state.began {
                let isSlow = began.seconds(until: now) > Self.patience
                return Turn.known(isSlow ? Message("health.storeSlow") : state.problem)
            }
            if let knownAt = state.knownAt, (0..<Self.freshness).contains(knownAt.seconds(until: now)) {
                return Turn.known(state.problem)
            }
            state.began = now
            return Turn.mine
        }
        if case .known(let problem) = turn { return problem }
        let problem = await Self.tried(store, now)
        state.withLock { state in
            state.began = nil
            state.knownAt = clock.now
            state.problem = problem
        }
        return problem
    }

    /// Only something that is written shows that something can be: a full disk is found at the commit.
    private static func tried(_ store: any StateStore, _ now: Instant) async -> Message? {
        do {
            try await store.write {
                try $0.saveDocument(Array(now.description.utf8), kind: documents, key: document)
            }
            return nil
        } catch StoreError.diskFull {
            return Message("health.diskFull")
        } catch {
            return Message("health.storeFailed")
        }
    }
}
