/// From HTTP to a call and back.
extension DataverseSandbox {
    package mutating func respond(
        to request: SandboxRequest,
        faults: ActiveFaults,
        at now: SandboxInstant
    ) -> SandboxResponse {
        let requestID = desk.generator.guid().description
        var response = respondUncounted(to: request, faults: faults, at: now, requestID: requestID)
        response.headers["REQ_ID"] = requestID
        response.headers["x-ms-service-request-id"] = requestID
        noteLimits(on: &response, at: now)
        return response
    }

    package mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        if status == 401 { return unauthorized(request) }
        return response(.failure(refusal(status)))
    }

    private mutating func refusal(_ status: Int) -> DataverseError {
        switch status {
        case 429: return .beyondLimit(nextLimit(), desk.throttle.limits)
        case 403: return .forbidden("Principal user (Id=\(store.caller)) is missing a privilege.")
        case 413: return DataverseError(413, "0x80060888", "The request entity is too large.")
        case 503: return DataverseError(503, "0x80048306", "Service Unavailable")
        case 500: return DataverseError(500, "0x80044150", "Generic SQL error.")
        default: return DataverseError(status, "0x80040216", "An unexpected error occurred.")
        }
    }

    private mutating func respondUncounted(
        to request: SandboxRequest,
        faults: ActiveFaults,
        at now: SandboxInstant,
        requestID: String
    ) -> SandboxResponse {
        let authorization = desk.authority.verdict(on: request, at: now)
        guard authorization == .valid, !faults.isTokenExpired else { return unauthorized(request) }
        guard let call = call(request, faults: faults, at: now) else {
            return SandboxResponse(status: 404, headers: ["Content-Type": "text/plain"], body: Array("Not Found".utf8))
        }
        if call.segments.count == 1, call.segments[0].name == "$batch" {
            guard call.method == "POST" else { return response(.failure(.methodNotAllowed(call.method))) }
            return batch(call, stop: faults.batchStop)
        }
        // Not in one expression, or the environment would be copied before it is written to.
        let answer = answer(call)
        return response(answer)
    }

    /// The gateway refuses tokens before the service sees them, so the body is empty.
    private func unauthorized(_ request: SandboxRequest) -> SandboxResponse {
        let authority = "\(request.scheme)://\(request.host)/common/oauth2/authorize"
        let resource = "\(request.scheme)://\(request.host)/"
        return SandboxResponse(
            status: 401,
            headers: ["WWW-Authenticate": "Bearer authorization_uri=\(authority), resource_id=\(resource)"]
        )
    }

    /// Answers a call that is no batch.
    mutating func answer(_ call: DataverseCall) -> DataverseAnswer {
        do { return try route(call) } catch { return .failure(error, for: call) }
    }

    /// An answer as HTTP has it.
    func response(_ answer: DataverseAnswer) -> SandboxResponse {
        var fields = [SandboxHeaders.Field(name: "OData-Version", value: "4.0")]
        fields += answer.headers.map { SandboxHeaders.Field(name: $0.name, value: $0.value) }
        var response = SandboxResponse(status: answer.status, headers: SandboxHeaders(fields), body: answer.body)
        response.isUnknownRequest = answer.isUnknownRequest
        return response
    }

    /// Reads the address of a request: anything before `/api/data/v9.x/` is the environment's own.
    private func call(_ request: SandboxRequest, faults: ActiveFaults, at now: SandboxInstant) -> DataverseCall? {
        guard let (root, path) = Self.serviceRoot(request.path), let segments = ODataPath.segments(path) else {
            return nil
        }
        return DataverseCall(
            method: request.method,
            segments: segments,
            path: path,
            query: request.query,
            headers: request.headers,
            body: request.body[...],
            root: "\(request.scheme)://\(request.host)\(root)",
            now: now,
            isDeltaTokenStale: faults.isDeltaTokenStale
        )
    }

    /// Splits a path behind the version of the service; nil where it is not the Web API's.
    static func serviceRoot(_ path: String) -> (root: String, path: String)? {
        guard let api = path.firstRange(of: "/api/data/v9.") else { return nil }
        let rest = path[api.upperBound...]
        guard let digit = rest.first, "012".contains(digit) else { return nil }
        let after = rest.dropFirst()
        guard after.isEmpty || after.hasPrefix("/") else { return nil }
        return (String(path[..<after.startIndex]) + "/", String(after.dropFirst()))
    }
}
