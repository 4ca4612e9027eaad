/// What one simulated history was and whether every invariant held.
package struct SimulationReport: Sendable {
    /// Something that must never be.
    package struct Violation: Sendable, Hashable, CustomStringConvertible {
        /// Which invariant.
        package var invariant: Invariant
        /// What is, and what should be.
        package var text: String

        package var description: String { "invariant \(invariant.rawValue) (\(invariant)): \(text)" }
    }

    /// Where everything began.
    package var seed: UInt64
    /// How many edits users made.
    package var edits = 0
    /// How many actions were asked of Couplet, by kind.
    package var actions: [String: Int] = [:]
    /// How many processes were ended.
    package var crashes = 0
    /// Faults by kind.
    package var faults: [String: Int] = [:]
    /// How often each invariant was checked.
    package var checks: [Invariant: Int] = [:]
    /// How often each case of the core's decisions was seen.
    package var cases: [DecisionCase: Int] = [:]
    /// What was violated.
    package var violations: [Violation] = []
    /// What people call the records, by id.
    package var labels: [String: String] = [:]
    /// What happened, a line each.
    package var trace: [String] = []

    /// Begins the report of a seed.
    package init(seed: UInt64) { self.seed = seed }

    mutating func check(_ invariant: Invariant, _ holds: Bool, _ text: @autoclosure () -> String) {
        checks[invariant, default: 0] += 1
        if !holds { violations.append(Violation(invariant: invariant, text: text())) }
    }
}
