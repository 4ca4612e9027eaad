package import CoupletPorts
import Synchronization

/// Lets so many requests be under way at a time; who came first goes first, and who is cancelled leaves the queue.
package final class RequestGate: Sendable {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var nextNumber = 0
        var waiters: [Waiter] = []
    }

    private let state: Mutex<State>

    /// Creates a gate for at most so many at a time.
    package init(limit: Int) { state = Mutex(State(free: max(1, limit))) }

    /// Runs a function as one of the few.
    /// - Parameters:
    ///   - connection: In whose name a cancellation is reported.
    ///   - body: What to do.
    /// - Returns: What it returns.
    /// - Throws: What it throws, or `cancelled` when the caller was cancelled while waiting.
    package func pass<Result>(
        connection: String,
        _ body: () async throws(ConnectorError) -> Result
    ) async throws(ConnectorError) -> Result {
        guard await enter() else {
            throw ConnectorError(
                .cancelled,
                connection: connection,
                detail: Detail.text("detail.cancelled")
            )
        }
        defer { leave() }
        return try await body()
    }

    private func enter() async -> Bool {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiters.append(Waiter(number: number, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func cancel(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            if let index = state.waiters.firstIndex(where: { $0.number == number }) {
                return state.waiters.remove(at: index)
            }
            return nil
        }
        waiter?.continuation.resume(returning: false)
    }

    private func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: true)
    }
}
