/// What both sandboxes keep beside their tables.
package struct SandboxDesk: Sendable {
    /// The token endpoint.
    package var authority: TokenAuthority
    /// The faults in force.
    package var faults = FaultPlan()
    /// What was asked so far.
    package var statistics = RequestStatistics()
    /// The source of ids.
    package var generator: SandboxGenerator
    /// The number of the last write.
    package var version: Int64

    /// Makes a desk; the same seed gives the same ids, versions and tokens.
    package init(authority: TokenAuthority, seed: UInt64, version: Int64 = 0) {
        self.authority = authority
        self.version = version
        generator = SandboxGenerator(seed: seed)
    }

    /// The number of a new write.
    package mutating func nextVersion() -> Int64 {
        version += 1
        return version
    }
}

/// The faults a request has to suffer while it is handled.
package struct ActiveFaults: Sendable {
    /// The bearer token counts as expired.
    package var isTokenExpired = false
    /// The delta token counts as too old.
    package var isDeltaTokenStale = false
    /// A batch stops before the part of that place.
    package var batchStop: Int?

    /// No faults.
    package init() {}
}

/// A stand-in of a remote system as a state machine: the same requests at the same times give the same answers.
package protocol SandboxMachine: Sendable {
    /// Statistics, faults, tokens, ids.
    var desk: SandboxDesk { get set }

    /// Answers a request that is neither for the token endpoint nor for `/_sandbox`.
    mutating func respond(to request: SandboxRequest, faults: ActiveFaults, at now: SandboxInstant) -> SandboxResponse

    /// An answer of that status in the system's own form, for faults.
    mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse

    /// All rows of a table as a JSON list; nil where there is no such table.
    mutating func records(entitySet: String) -> [UInt8]?

    /// Writes rows as a user of the system would, by id, without the rules of the API; what is unknown is left out
    /// and reported.
    /// Nil where there is no such table.
    mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]?

    /// Deletes rows by id as a user would; the number deleted, nil where there is no such table.
    mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int?

    /// Puts all tables back to what they were at the beginning.
    mutating func reseed(at now: SandboxInstant)
}

extension SandboxMachine {
    /// Answers any request.
    package mutating func handle(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        if request.path.hasPrefix("/_sandbox") { return administer(request, at: now) }
        var response = answer(request, at: now)
        if response.headers["date"] == nil { response.headers["Date"] = now.httpDate }
        desk.statistics.note(request, response)
        return response
    }

    private mutating func answer(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        var (active, delivery, delay) = (ActiveFaults(), SandboxResponse.Delivery.answer, 0)
        var refused: SandboxResponse?
        for fault in desk.faults.faults(for: request) {
            switch fault {
            case .status(let status, let retryAfter):
                refused = refusal(status: status, request: request, at: now)
                if let retryAfter { refused?.headers["Retry-After"] = String(retryAfter) }
            case .dropBefore:
                delivery = .droppedBeforeHandling
            case .dropAfter: delivery = .droppedAfterHandling
            case .delay(let milliseconds): delay += milliseconds
            case .expiredToken: active.isTokenExpired = true
            case .staleDeltaToken: active.isDeltaTokenStale = true
            case .stopBatch(let part): active.batchStop = part
            }
        }
        var response: SandboxResponse
        if delivery == .droppedBeforeHandling {
            response = SandboxResponse(status: 503)
        } else if let refused {
            response = refused
        } else {
            response = desk.authority.respond(to: request, at: now) ?? respond(to: request, faults: active, at: now)
        }
        response.delivery = delivery
        response.delayMilliseconds = delay
        return response
    }
}
