/// The service protection: what is beyond the limits of one user is refused, and answers say what is left of them.
extension DataverseSandbox {
    package static var documentedLimits: ThrottleLimits { .dataverse }

    package mutating func refusal(
        for reason: ThrottleReason,
        request: SandboxRequest,
        at now: SandboxInstant
    ) -> SandboxResponse {
        var response = response(.failure(.beyondLimit(reason, desk.throttle.limits)))
        noteLimits(on: &response, at: now)
        return response
    }

    /// Says how many requests and how many seconds of execution the window has left.
    mutating func noteLimits(on response: inout SandboxResponse, at now: SandboxInstant) {
        let requests = desk.throttle.remainingRequests(at: now)
        let time = desk.throttle.remainingExecution(at: now)
        response.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] = String(requests)
        response.headers["x-ms-ratelimit-time-remaining-xrm-requests"] = Self.seconds(milliseconds: time)
    }

    /// Seconds with two digits of their fraction and a comma at each thousand.
    private static func seconds(milliseconds: Int) -> String {
        let rest = milliseconds % 1_000 / 10
        return grouped(milliseconds / 1_000) + (rest < 10 ? ".0\(rest)" : ".\(rest)")
    }
}

/// A number with a comma at each thousand.
private func grouped(_ number: Int) -> String {
    var groups: [Substring] = []
    var digits = Substring(String(number))
    while digits.count > 3 {
        groups.insert(digits.suffix(3), at: 0)
        digits = digits.dropLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
}

extension DataverseError {
    /// One of the three limits is exceeded; the blanks and figures are the service's own.
    static func beyondLimit(_ reason: ThrottleReason, _ limits: ThrottleLimits) -> DataverseError {
        let window = "over time window of \(limits.windowMilliseconds / 1_000) seconds."
        switch reason {
        case .requests:
            let text = "Number of requests exceeded the limit of \(limits.requests) \(window)"
            return DataverseError(429, "0x80072322", text)
        case .executionTime:
            let most = grouped(limits.executionMilliseconds ?? 0)
            let text =
                "Combined execution time of incoming requests exceeded limit of \(most)  milliseconds \(window) Decrease "
                + "number of concurrent requests or reduce the duration of requests and try again later."
            return DataverseError(429, "0x80072321", text)
        case .concurrency, .queueIsFull:
            let text = "Number of concurrent requests exceeded the limit of \(limits.concurrent)."
            return DataverseError(429, "0x80072326", text)
        case .queueTimeOut, .gatewayTimeOut: return DataverseError(503, "0x80048306", "Service Unavailable")
        }
    }
}
