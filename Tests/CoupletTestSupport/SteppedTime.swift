public import CoupletCore

/// Does what is due for so long on a clock that only moves when it is told to: each step says when there may be more to do.
/// - Parameters:
///   - seconds: How long.
///   - now: The clock's time.
///   - advance: Moves the clock by so many seconds.
///   - step: Does what is due.
/// - Throws: What the step throws.
public func workThrough(
    seconds: Double,
    now: () -> Instant,
    advance: (Double) -> Void,
    step: () async throws -> Instant
) async throws {
    let end = now().advanced(bySeconds: seconds)
    repeat {
        let next = try await step()
        advance(max(0.001, now().seconds(until: min(next, end))))
    } while now() < end
}
