/// What both sandboxes keep beside their tables.
package struct SandboxDesk: Sendable {
    /// The token endpoint.
    package var authority: TokenAuthority
    /// The faults in force.
    package var faults = FaultPlan()
    /// What was asked so far.
    package var statistics = RequestStatistics()
    /// The limits of requests in time.
    package var throttle: Throttle
    /// How long answers take on their way; no time where nil.
    package var latency: Latency?
    /// What the system changes by itself in what is written.
    package var changes = FieldChanges()
    /// The source of ids.
    package var generator: SandboxGenerator
    /// The number of the last write.
    package var version: Int64
    /// The address of the desk that forms lead to; nil serves none.
    package var formsDesk: String?

    /// Makes a desk; the same seed gives the same ids, versions and tokens.
    package init(authority: TokenAuthority, limits: ThrottleLimits, seed: UInt64, version: Int64 = 0) {
        self.authority = authority
        self.version = version
        throttle = Throttle(limits: limits)
        generator = SandboxGenerator(seed: seed)
    }

    /// The number of a new write.
    package mutating func nextVersion() -> Int64 {
        version += 1
        return version
    }

    /// Lets go of faults, limits, latency and changes.
    mutating func settle(limits: ThrottleLimits) {
        faults = FaultPlan()
        throttle.use(limits, isOn: false)
        latency = nil
        changes = FieldChanges()
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

    /// The limits that the real service sets.
    static var documentedLimits: ThrottleLimits { get }

    /// Answers a request that is neither for the token endpoint nor for `/_sandbox`.
    mutating func respond(to request: SandboxRequest, faults: ActiveFaults, at now: SandboxInstant) -> SandboxResponse

    /// An answer of that status in the system's own form, for faults.
    mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse

    /// An answer to a request that is beyond the limits, in the system's own form and without `Retry-After`.
    mutating func refusal(
        for reason: ThrottleReason,
        request: SandboxRequest,
        at now: SandboxInstant
    ) -> SandboxResponse

    /// The records of a table written after a version, each with all its properties.
    func records(entitySet: String, writtenAfter version: Int64) -> [SandboxJSON]

    /// The property that holds a record's id; nil where there is no such table.
    func keyName(entitySet: String) -> String?

    /// Takes note of what was written up to now, for calls that tell of it.
    mutating func noteWrites(at now: SandboxInstant)

    /// When the next call is due; nil where none is planned.
    func nextCallDue() -> SandboxInstant?

    /// The calls that are due; whoever asks has to make them, and to report each outcome once.
    mutating func callsDue(at now: SandboxInstant) -> [OutboundCall]

    /// Takes the outcome of a call; gives the answer of the request that waits for it, if one does.
    mutating func conclude(
        _ call: OutboundCall,
        _ outcome: OutboundOutcome,
        at now: SandboxInstant
    ) -> SandboxResponse?

    /// All rows of a table as a JSON list; nil where there is no such table.
    mutating func records(entitySet: String) -> [UInt8]?

    /// Writes rows as a user of the system would, by id, without the rules of the API; what is unknown is left out
    /// and reported.
    /// Nil where there is no such table.
    mutating func edit(entitySet: String, rows: [SandboxJSON], at now: SandboxInstant) -> [String]?

    /// Deletes rows by id as a user would; the number deleted, nil where there is no such table.
    mutating func remove(entitySet: String, ids: [SandboxGUID], at now: SandboxInstant) -> Int?

    /// A page in the place of the system's own ones, with actions that lead to a desk; nil for any other request.
    func form(for request: SandboxRequest, desk: String) -> SandboxResponse?

    /// Puts all tables back to what they were at the beginning.
    mutating func reseed(at now: SandboxInstant)
}

/// What a system without tables and without limits of its own says.
extension SandboxMachine {
    package static var documentedLimits: ThrottleLimits { .dataverse }

    package mutating func refusal(
        for reason: ThrottleReason,
        request: SandboxRequest,
        at now: SandboxInstant
    ) -> SandboxResponse {
        refusal(status: 429, request: request, at: now)
    }

    package func records(entitySet: String, writtenAfter version: Int64) -> [SandboxJSON] { [] }

    package func keyName(entitySet: String) -> String? { nil }

    package func form(for request: SandboxRequest, desk: String) -> SandboxResponse? { nil }
}

extension SandboxMachine {
    /// Answers any request; an answer with a `call` stands for the one that `conclude` gives once the call is made.
    package mutating func handle(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        if request.path.hasPrefix("/_sandbox") {
            let response = administer(request, at: now)
            noteWrites(at: now)
            return response
        }
        // Forms are for people: they need no token, and are not counted.
        if let address = desk.formsDesk, let page = form(for: request, desk: address) { return page }
        var response = answer(request, at: now)
        noteWrites(at: now)
        if response.headers["date"] == nil { response.headers["Date"] = now.httpDate }
        desk.statistics.note(request, response)
        return response
    }

    private mutating func answer(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        var (active, delivery, delay) = (ActiveFaults(), SandboxResponse.Delivery.answer, 0)
        var (refused, replaced): (SandboxResponse?, SandboxResponse?) = (nil, nil)
        for fault in desk.faults.faults(for: request) {
            switch fault {
            case .status(let status, let retryAfter):
                refused = refusal(status: status, request: request, at: now)
                if let retryAfter { refused?.headers["Retry-After"] = String(retryAfter) }
            case .statusAfter(let status, let retryAfter):
                replaced = refusal(status: status, request: request, at: now)
                if let retryAfter { replaced?.headers["Retry-After"] = String(retryAfter) }
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
            response = desk.authority.respond(to: request, at: now) ?? limited(request, active, at: now)
        }
        if var replaced {
            replaced.delayMilliseconds = response.delayMilliseconds
            response = replaced
        }
        response.delivery = delivery
        response.delayMilliseconds += delay + (desk.latency?.next() ?? 0)
        return response
    }

    /// Answers within the limits of requests in time, and with what the system changes afterwards.
    private mutating func limited(
        _ request: SandboxRequest,
        _ faults: ActiveFaults,
        at now: SandboxInstant
    ) -> SandboxResponse {
        switch desk.throttle.admit(at: now) {
        case .refused(let reason, let retryAfter, let milliseconds):
            var response = refusal(for: reason, request: request, at: now)
            if let retryAfter { response.headers["Retry-After"] = String(retryAfter) }
            response.delayMilliseconds = milliseconds
            return response
        case .admitted(let wait):
            let before = desk.version
            var response = respond(to: request, faults: faults, at: now)
            changeLater(after: before, at: now)
            let cost = desk.throttle.spend(wait: wait, writes: Int(desk.version - before), at: now)
            response.delayMilliseconds = wait + cost
            if desk.throttle.isOn, let most = desk.throttle.limits.gatewayMilliseconds, wait + cost > most {
                response = refusal(for: .gatewayTimeOut, request: request, at: now)
                response.delayMilliseconds = most
            }
            return response
        }
    }

    /// Changes what was written after a version in writes of their own, where that is planned.
    private mutating func changeLater(after version: Int64, at now: SandboxInstant) {
        guard desk.version > version else { return }
        for entitySet in desk.changes.laterSets.sorted() {
            guard let key = keyName(entitySet: entitySet) else { continue }
            var rows: [SandboxJSON] = []
            for record in records(entitySet: entitySet, writtenAfter: version) {
                guard let id = record[key] else { continue }
                let members = desk.changes.later(record, entitySet: entitySet)
                if !members.isEmpty { rows.append(.object([.init(name: key, value: id)] + members)) }
            }
            if !rows.isEmpty { _ = edit(entitySet: entitySet, rows: rows, at: now) }
        }
    }
}
