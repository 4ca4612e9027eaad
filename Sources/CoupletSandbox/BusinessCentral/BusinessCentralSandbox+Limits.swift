/// Answers of the service and of its gateway to what is beyond the limits.
extension BusinessCentralSandbox {
    package static var documentedLimits: ThrottleLimits { .businessCentral }

    package mutating func refusal(
        for reason: ThrottleReason,
        request: SandboxRequest,
        at now: SandboxInstant
    ) -> SandboxResponse {
        switch reason {
        case .requests, .executionTime, .concurrency, .queueIsFull: failure(.tooManyRequests)
        case .queueTimeOut: failure(.unavailable)
        case .gatewayTimeOut: gatewayAnswer(504)
        }
    }

    /// A gateway knows nothing of the service's form of errors.
    func gatewayAnswer(_ status: Int) -> SandboxResponse {
        let title = status == 504 ? "504 Gateway Time-out" : "502 Bad Gateway"
        let page = "<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
        return SandboxResponse(status: status, headers: ["Content-Type": "text/html"], body: Array(page.utf8))
    }
}

extension BusinessCentralError {
    static let tooManyRequests = BusinessCentralError(
        429,
        "Application_TooManyRequests",
        "Too many requests reached."
    )
    static let unavailable = BusinessCentralError(
        503,
        "Internal_TenantUnavailable",
        "The service is temporarily unavailable."
    )
    static let operationTimeOut = BusinessCentralError(
        408,
        "Internal_ServerError",
        "The operation was canceled because it took longer than the specified threshold (00:08:00)."
    )
}
