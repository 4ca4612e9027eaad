import CoupletCore
import CoupletPorts
import CoupletSandbox

/// What goes wrong during one action: how often what, and at which moment the process ends.
struct FaultPlanner: Sendable {
    /// The moment at which the process ends, counted down; nil for never.
    var crashIn: Int?
    /// Whether it ends at a request or an answer, and not at a commit.
    var crashesAtRequests = false
    /// Breaks one connection in so many; 0 for none.
    var disconnects = 0
    /// Refuses one request in so many; 0 for none.
    var refusals = 0
    /// Lets a user act before one request in so many; 0 for none.
    var edits = 0

    /// Nothing goes wrong.
    static let calm = FaultPlanner()

    /// A plan for one action.
    static func any(_ random: inout SimulationGenerator) -> FaultPlanner {
        var plan = FaultPlanner()
        if random.oneIn(3) {
            plan.crashesAtRequests = random.oneIn(2)
            plan.crashIn = random.below(plan.crashesAtRequests ? 16 : 40)
        }
        if random.oneIn(4) { plan.disconnects = 3 + random.below(10) }
        if random.oneIn(5) { plan.refusals = 3 + random.below(10) }
        if random.oneIn(2) { plan.edits = 2 + random.below(8) }
        return plan
    }

    /// A fault of a system for the next request.
    static func fault(_ request: HTTPRequestMessage, _ random: inout SimulationGenerator) -> (String, FaultRule)? {
        let isBatch = request.url.hasSuffix("$batch")
        switch random.below(6) {
        case 0: return ("429", FaultRule(.status(429, retryAfter: 1 + random.below(3))))
        case 1: return ("503", FaultRule(.status(503, retryAfter: random.oneIn(2) ? 1 : nil)))
        case 2: return ("expired token", FaultRule(.expiredToken))
        case 3 where !isBatch: return ("expired delta token", FaultRule(.staleDeltaToken))
        case 4 where isBatch: return ("batch stopped", FaultRule(.stopBatch(part: random.below(3))))
        case 5 where isBatch:
            var rule = FaultRule(.status(random.oneIn(2) ? 429 : 503, retryAfter: 1))
            rule.part = random.below(3)
            return ("part refused", rule)
        default: return nil
        }
    }
}
