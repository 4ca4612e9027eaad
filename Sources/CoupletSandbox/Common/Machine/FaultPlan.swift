/// What goes wrong on purpose.
package enum SandboxFault: Sendable, Equatable {
    /// Answers with that status instead of handling; `retryAfter` is in seconds.
    case status(Int, retryAfter: Int?)
    /// Handles, and answers with that status all the same, as a gateway that has lost patience; `retryAfter` is in
    /// seconds.
    case statusAfter(Int, retryAfter: Int?)
    /// Closes the connection without handling.
    case dropBefore
    /// Handles, then closes the connection without an answer.
    case dropAfter
    /// Handles, then waits that many milliseconds before the answer.
    case delay(milliseconds: Int)
    /// Treats the bearer token as expired.
    case expiredToken
    /// Treats the delta token as too old.
    case staleDeltaToken
    /// Stops a batch before the part of that place, beginning with 0; the parts before it are done and the answer has
    /// no more.
    case stopBatch(part: Int)
}

/// One rule of a fault plan: which requests, which fault, how often.
package struct FaultRule: Sendable, Equatable {
    /// Only that method; any where nil.
    package var method: String?
    /// Only paths that begin so; any where nil.
    package var pathPrefix: String?
    /// Only paths that contain this; any where nil.
    package var pathContains: String?
    /// Only the part of that place in a batch, beginning with 0; -1 is any part; nil is the request as a whole.
    package var part: Int?
    /// Begins with the n-th request that fits, from 1.
    package var nth = 1
    /// The share of fitting requests that are hit, from 0 to 1.
    package var probability = 1.0
    /// Decides which ones, where `probability` is below 1.
    package var seed: UInt64 = 0
    /// How often at most; without limit where nil.
    package var times: Int? = 1
    /// What goes wrong.
    package var fault: SandboxFault

    /// Makes a rule that hits the first request.
    package init(_ fault: SandboxFault) { self.fault = fault }

    func fits(method: String, path: String) -> Bool {
        if let wanted = self.method, wanted != method { return false }
        if let pathPrefix, !path.hasPrefix(pathPrefix) { return false }
        if let pathContains, !path.contains(pathContains) { return false }
        return true
    }
}

/// The rules in force, and how far each has come.
package struct FaultPlan: Sendable {
    private struct Armed: Sendable {
        let rule: FaultRule
        var generator: SandboxGenerator
        var seen = 0
        var fired = 0

        mutating func fires() -> Bool {
            if let times = rule.times, fired >= times { return false }
            seen += 1
            guard seen >= rule.nth, rule.probability >= 1 || generator.fraction() < rule.probability else {
                return false
            }
            fired += 1
            return true
        }
    }

    private var rules: [Armed] = []

    /// Makes an empty plan.
    package init() {}

    /// Adds rules behind those in force.
    package mutating func add(_ added: [FaultRule]) {
        rules += added.map { Armed(rule: $0, generator: SandboxGenerator(seed: $0.seed)) }
    }

    /// Whether no rule can fire any more.
    package var isSpent: Bool { rules.allSatisfy { $0.rule.times.map { [fired = $0.fired] in fired >= $0 } ?? false } }

    /// The faults of a request as a whole; each rule that fits moves on.
    package mutating func faults(for request: SandboxRequest) -> [SandboxFault] {
        fire(method: request.method, path: request.path) { $0.part == nil }
    }

    /// The faults of one part of a batch; each rule that fits moves on.
    package mutating func faults(forPart part: Int, method: String, path: String) -> [SandboxFault] {
        fire(method: method, path: path) { $0.part == part || $0.part == -1 }
    }

    private mutating func fire(method: String, path: String, _ isMeant: (FaultRule) -> Bool) -> [SandboxFault] {
        var faults: [SandboxFault] = []
        for index in rules.indices
        where isMeant(rules[index].rule) && rules[index].rule.fits(method: method, path: path) {
            if rules[index].fires() { faults.append(rules[index].rule.fault) }
        }
        return faults
    }
}
