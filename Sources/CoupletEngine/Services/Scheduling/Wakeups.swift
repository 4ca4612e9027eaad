import CoupletCore
import CoupletPorts
import Synchronization

/// Takes word that something has changed, and wakes whoever waits for that.
///
/// Word of a change writes nothing: it only lets the systems be looked at sooner.
package final class Wakeups: Sendable {
    /// A table of a connection.
    package struct Table: Sendable, Hashable {
        /// The connection's name.
        package var connection: String
        /// The entity set.
        package var table: String

        /// Creates a table.
        package init(connection: String, table: String) {
            self.connection = connection
            self.table = table
        }
    }

    private struct State {
        var tables: Set<Table> = []
        var news: Set<Table> = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Takes word of a change in a table.
    package func wake(_ table: Table) {
        let waiter = state.withLock { state in
            state.tables.insert(table)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// The tables that word came of since this was asked last.
    func take() -> Set<Table> {
        state.withLock { state in
            defer { state.tables = [] }
            return state.tables
        }
    }

    /// Takes note that a table was read and told something new, whoever has read it.
    func note(news table: Table) { state.withLock { _ = $0.news.insert(table) } }

    /// The tables that told something new since this was asked last.
    func takeNews() -> Set<Table> {
        state.withLock { state in
            defer { state.news = [] }
            return state.news
        }
    }

    /// Waits until a time, or until word comes, or the task is cancelled; one waits at a time.
    func wait(until instant: Instant, _ clock: any EngineClock) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(until: instant) }
            group.addTask { await self.word() }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }

    /// Ends when word comes or the task is cancelled.
    private func word() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || !state.tables.isEmpty { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}

extension Wakeups.Table {
    /// The table of a feed.
    init(_ feed: StoredFeed) { self.init(connection: feed.connection, table: feed.table) }
}
