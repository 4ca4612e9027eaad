import CoupletCore
@preconcurrency import Dispatch
import Glibc

/// Turns the first Ctrl-C or request to terminate into a cancellation, and lets the second one end the process.
enum Interruption {
    private enum Event<Result: Sendable>: Sendable {
        case finished(Result)
        case interrupted
    }

    /// Does something that an interruption cancels; what it had begun is still settled before this returns.
    /// - Parameters:
    ///   - console: Where the interruption is acknowledged; nil for in silence.
    ///   - body: What to do.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    static func cancelling<Result: Sendable>(
        _ console: Console?,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = signals()
        return try await withThrowingTaskGroup(of: Event<Result>.self) { group in
            group.addTask { .finished(try await body()) }
            group.addTask {
                for await _ in signals { return .interrupted }
                throw CancellationError()
            }
            while let event = try await group.next() {
                switch event {
                case .finished(let result):
                    group.cancelAll()
                    return result
                case .interrupted:
                    endAtOnce(onNext: [SIGINT, SIGTERM])
                    group.cancelAll()
                    if let console { console.note(console.text("interrupted.settling")) }
                }
            }
            throw CancellationError()
        }
    }

    /// Asks a person something: meanwhile nothing has begun that would need settling, so that an interruption ends the
    /// process at once.
    static func ending<Answer>(whileAsking body: () -> Answer) -> Answer {
        let numbers = [SIGINT, SIGTERM]
        let before = numbers.map { number in signal(number) { _ in _exit(130) } }
        defer {
            for (number, handler) in zip(numbers, before) { signal(number, handler) }
        }
        return body()
    }

    private static func signals() -> AsyncStream<Int32> {
        let (stream, source) = AsyncStream<Int32>.makeStream()
        let queue = DispatchQueue(label: "couplet.signals")
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let dispatch = DispatchSource.makeSignalSource(signal: number, queue: queue)
            dispatch.setEventHandler { source.yield(number) }
            dispatch.resume()
            return dispatch
        }
        source.onTermination = { _ in
            for dispatch in sources { dispatch.cancel() }
        }
        return stream
    }

    private static func endAtOnce(onNext numbers: [Int32]) {
        for number in numbers {
            signal(number) { _ in _exit(130) }
        }
    }
}
