import CoupletCore
import CoupletPorts
import CoupletSandbox

/// What goes wrong during one action: how often what, and at which moment the process ends.
struct FaultPlanner: Sendable {
    /// The moment at which the process ends, counted down; nil for never.
    var crashIn: Int?
    /// Whether it ends at a request or an answer, and not at a commit.
    var crashesAtRequests = false
    /// Each kind that strikes at moments, and that it does so once in so many of them.
    var chances: [FaultKind: Int] = [:]
    /// The table that is refused throughout.
    var refused: (side: Side, table: String)?

    /// Nothing goes wrong.
    static let calm = FaultPlanner()

    /// Faults of connections.
    static let connections: [FaultKind] = [.notSent, .lostAnswer, .lateArrival, .duplicate]
    /// Faults of answers.
    static let refusals: [FaultKind] = [
        .throttled, .unavailable, .gatewayTimeout, .expiredToken, .expiredDeltaToken, .batchStopped, .partRefused,
        .delay, .rowsLeftOut,
    ]
    /// What users do at the same time.
    static let users: [FaultKind] = [.editsBetween, .lateCommit, .equalStamps]

    /// Whether a system that suffers a kind leaves something undone.
    static func isRefusal(_ kind: FaultKind) -> Bool {
        [.throttled, .unavailable, .gatewayTimeout, .expiredToken, .batchStopped, .partRefused].contains(kind)
    }

    /// A plan for one action.
    static func any(_ focus: FaultFocus, _ random: inout SimulationGenerator) -> FaultPlanner {
        var plan = FaultPlanner()
        if focus.strikes(.crashAtRequest, oneIn: 6, &random) {
            plan.crashesAtRequests = true
            plan.crashIn = random.below(16)
        } else if focus.strikes(.crashAtCommit, oneIn: 6, &random) {
            plan.crashIn = random.below(40)
        }
        for (group, often) in [(connections, 12), (refusals, 20), (users, 4)] {
            for kind in group where focus.strikes(kind, oneIn: often, &random) {
                plan.chances[kind] = 2 + random.below(9)
            }
        }
        if focus.strikes(.permissionLoss, oneIn: 40, &random) {
            plan.refused = random.oneIn(2) ? (.erp, "customers") : (.crm, "accounts")
        }
        // From a sequence of its own, so that everything else in the history stays the same.
        var own = random
        own = SimulationGenerator(seed: own.next() ^ 0xBA2E)
        if focus.strikes(.bareAnswer, oneIn: 8, &own) { plan.chances[.bareAnswer] = 1 + own.below(6) }
        return plan
    }

    /// Whether a kind strikes this request; writes are what most can go wrong with.
    func strikes(_ kind: FaultKind, _ request: HTTPRequestMessage, _ random: inout SimulationGenerator) -> Bool {
        guard let chance = chances[kind] else { return false }
        return random.oneIn(request.isBatch ? max(1, chance / 3) : chance)
    }

    /// A fault of a system for the next request, if one of the planned ones strikes and fits.
    func fault(_ request: HTTPRequestMessage, _ random: inout SimulationGenerator) -> (FaultKind, FaultRule)? {
        let isBatch = request.isBatch
        for kind in Self.refusals where strikes(kind, request, &random) {
            switch kind {
            case .throttled:
                return (kind, FaultRule(.status(429, retryAfter: random.oneIn(8) ? 90 : 1 + random.below(3))))
            case .unavailable:
                let retryAfter = random.oneIn(2) ? 1 : nil
                let isDone = !request.hasIDsAssigned && random.oneIn(3)
                return (
                    kind,
                    FaultRule(
                        isDone ? .statusAfter(503, retryAfter: retryAfter) : .status(503, retryAfter: retryAfter)
                    )
                )
            case .gatewayTimeout:
                return (
                    kind,
                    FaultRule(random.oneIn(2) ? .status(504, retryAfter: nil) : .statusAfter(504, retryAfter: nil))
                )
            case .expiredToken: return (kind, FaultRule(.expiredToken))
            case .expiredDeltaToken where !isBatch: return (kind, FaultRule(.staleDeltaToken))
            case .batchStopped where isBatch: return (kind, FaultRule(.stopBatch(part: random.below(3))))
            case .partRefused where isBatch:
                var rule = FaultRule(.status(random.oneIn(2) ? 429 : 503, retryAfter: 1))
                rule.part = random.below(3)
                return (kind, rule)
            case .delay: return (kind, FaultRule(.delay(milliseconds: 100 + random.below(20_000))))
            default: continue
            }
        }
        return nil
    }

    /// How a connection fails for a request that is about to leave; nil where it does not.
    func connectionFault(
        _ request: HTTPRequestMessage,
        _ side: Side,
        _ random: inout SimulationGenerator
    ) -> (FaultKind, Strike)? {
        let isBatch = request.isBatch
        if isBatch, strikes(.lateArrival, request, &random) {
            return (.lateArrival, .arriveLate(seconds: Double(random.below(18) + 1) / 10))
        }
        if strikes(.notSent, request, &random) { return (.notSent, .disconnect) }
        if !request.creates, strikes(.duplicate, request, &random) {
            return (.duplicate, .arriveTwice(seconds: Double(random.below(18) + 1) / 10))
        }
        if request.wantsRecords, strikes(.bareAnswer, request, &random) { return (.bareAnswer, .answerBare) }
        let isFullRead = request.method == "GET" && !request.url.utf8.has("delta") && !request.url.utf8.has("$filter")
        if isFullRead, strikes(.rowsLeftOut, request, &random) {
            return (.rowsLeftOut, .leaveOut(row: random.below(6)))
        }
        return nil
    }
}

extension HTTPRequestMessage {
    /// Whether it makes records whose ids the system assigns: put off with 503 they are not made, by the system's own word.
    fileprivate var hasIDsAssigned: Bool { body.has("\"POST\"") }

    /// Whether it asks for the records that it writes; where nobody asks they are always in the answer, or never.
    fileprivate var wantsRecords: Bool { isBatch && body.has(HTTPRequestMessage.recordsWanted) }

    /// Whether it makes a record: if such a request arrives twice, the system itself makes two, or makes one again that a user
    /// has deleted meanwhile, and no client can keep it from that.
    var creates: Bool {
        guard method == "POST", !isForToken else { return false }
        return body.has("POST") || body.has("If-None-Match")
    }
}
