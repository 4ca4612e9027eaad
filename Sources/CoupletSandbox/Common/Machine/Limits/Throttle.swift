/// Why a request is not let in.
package enum ThrottleReason: Sendable, Equatable, CaseIterable {
    /// Too many requests in the window.
    case requests
    /// Too much execution time in the window.
    case executionTime
    /// Too many requests at a time, and none may wait.
    case concurrency
    /// Too many wait already.
    case queueIsFull
    /// It waited too long.
    case queueTimeOut
    /// It takes longer than the gateway waits; it is done all the same.
    case gatewayTimeOut
}

/// Counts the requests of the user, and lets in what the limits allow.
///
/// A sandbox handles one request after the other and takes no time of its own; requests overlap by what their answers
/// are delayed: by their cost, and by waiting for those before them.
package struct Throttle: Sendable {
    /// Whether a request may be handled.
    package enum Admission: Sendable, Equatable {
        /// It is handled, and takes so many milliseconds until it begins.
        case admitted(waitMilliseconds: Int)
        /// It is refused after so many milliseconds, and may come again after so many seconds.
        case refused(ThrottleReason, retryAfterSeconds: Int?, afterMilliseconds: Int)
    }

    /// The limits; what is beyond is refused only where `isOn`.
    package private(set) var limits: ThrottleLimits
    /// Whether the limits hold.
    package private(set) var isOn = false
    private var requests: SlidingWindow
    private var execution: SlidingWindow
    /// When the requests under way end, in milliseconds since the epoch, the next first.
    private var ends: [Int64] = []

    /// Makes counters without limits that hold.
    package init(limits: ThrottleLimits) {
        self.limits = limits
        requests = SlidingWindow(milliseconds: limits.windowMilliseconds)
        execution = SlidingWindow(milliseconds: limits.windowMilliseconds)
    }

    /// Sets limits that hold from now on, or lets go of them; counting begins anew.
    package mutating func use(_ limits: ThrottleLimits, isOn: Bool) {
        self = Throttle(limits: limits)
        self.isOn = isOn
    }

    /// Decides on a request, and counts it where it is let in.
    package mutating func admit(at now: SandboxInstant) -> Admission {
        if isOn, let refusal = refusal(at: now) { return refusal }
        requests.add(1, at: now)
        guard isOn, ends.count >= limits.concurrent else { return .admitted(waitMilliseconds: 0) }
        return .admitted(waitMilliseconds: Int(ends[ends.count - limits.concurrent] - now.milliseconds))
    }

    /// Notes what a request takes that was let in.
    /// - Parameters:
    ///   - wait: how long it waits before it begins, in milliseconds.
    ///   - writes: how many records it wrote.
    ///   - now: when it came.
    /// - Returns: how long it is handled, in milliseconds.
    package mutating func spend(wait: Int, writes: Int, at now: SandboxInstant) -> Int {
        guard isOn else { return 0 }
        let cost = limits.costMilliseconds + writes * limits.costPerWriteMilliseconds
        execution.add(cost, at: now)
        let end = now.milliseconds + Int64(wait + cost)
        if cost > 0 { ends.insert(end, at: ends.partitioningIndex { $0 > end }) }
        return cost
    }

    /// How many more requests the window has room for.
    package mutating func remainingRequests(at now: SandboxInstant) -> Int {
        max(0, limits.requests - requests.total(at: now))
    }

    /// How many more milliseconds of execution the window has room for; 0 where there is no such limit.
    package mutating func remainingExecution(at now: SandboxInstant) -> Int {
        max(0, (limits.executionMilliseconds ?? 0) - execution.total(at: now))
    }

    private mutating func refusal(at now: SandboxInstant) -> Admission? {
        ends.removeFirst(ends.partitioningIndex { $0 > now.milliseconds })
        if requests.total(at: now) >= limits.requests {
            return refused(.requests, requests.wait(untilBelow: limits.requests, at: now))
        }
        if let most = limits.executionMilliseconds, execution.total(at: now) >= most {
            return refused(.executionTime, execution.wait(untilBelow: most, at: now))
        }
        guard ends.count >= limits.concurrent else { return nil }
        let wait = ends[ends.count - limits.concurrent] - now.milliseconds
        if limits.queue == 0 { return refused(.concurrency, wait) }
        if ends.count - limits.concurrent >= limits.queue { return refused(.queueIsFull, wait) }
        guard wait > limits.queueMilliseconds else { return nil }
        return .refused(
            .queueTimeOut,
            retryAfterSeconds: Self.seconds(wait - Int64(limits.queueMilliseconds)),
            afterMilliseconds: limits.queueMilliseconds
        )
    }

    private func refused(_ reason: ThrottleReason, _ wait: Int64) -> Admission {
        .refused(reason, retryAfterSeconds: limits.saysWhen ? Self.seconds(wait) : nil, afterMilliseconds: 0)
    }

    private static func seconds(_ milliseconds: Int64) -> Int { max(1, Int((milliseconds + 999) / 1_000)) }
}
