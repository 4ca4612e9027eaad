/// What many simulated histories were together.
package struct SimulationSummary: Sendable {
    /// How many runs there were.
    package private(set) var runs = 0
    /// In how many an invariant did not hold, or a second run went otherwise.
    package private(set) var failed = 0
    private var edits = 0
    private var actions: [String: Int] = [:]
    private var crashes = 0
    private var repeated = 0
    private var different = 0
    private var faults: [String: Int] = [:]
    private var cases: [DecisionCase: Int] = [:]
    private var checks: [Invariant: Int] = [:]
    private var violations: [Invariant: Int] = [:]
    private var failedSeeds: [UInt64] = []

    /// Begins with nothing.
    package init() {}

    /// Adds a run.
    /// - Parameters:
    ///   - report: The run.
    ///   - isSame: Whether a second run of its seed had the same trace; nil when there was none.
    package mutating func add(_ report: SimulationReport, isSame: Bool?) {
        runs += 1
        edits += report.edits
        actions.merge(report.actions, uniquingKeysWith: +)
        crashes += report.crashes
        faults.merge(report.faults, uniquingKeysWith: +)
        cases.merge(report.cases, uniquingKeysWith: +)
        checks.merge(report.checks, uniquingKeysWith: +)
        for violation in report.violations { violations[violation.invariant, default: 0] += 1 }
        if isSame != nil {
            repeated += 1
            checks[.determinism, default: 0] += 1
        }
        if isSame == false {
            different += 1
            violations[.determinism, default: 0] += 1
        }
        guard !report.violations.isEmpty || isSame == false else { return }
        failed += 1
        failedSeeds.append(report.seed)
    }

    /// The cases of decisions that no run has met.
    package var casesNeverSeen: [DecisionCase] { DecisionCase.allCases.filter { cases[$0] == nil } }

    /// The invariants that no run has checked.
    package var invariantsNeverChecked: [Invariant] { Invariant.allCases.filter { checks[$0] == nil } }

    /// The summary in words.
    /// - Parameter seconds: How long it all took.
    /// - Returns: One line each.
    package func lines(seconds: Double) -> [String] {
        let rate = (Double(runs + repeated) / max(seconds, 0.001) * 10).rounded() / 10
        var lines = [
            "\(runs) runs, \(rate) a second: \(edits) edits, \(actions.values.reduce(0, +)) actions, \(crashes) crashes",
            "actions:",
        ]
        lines += actions.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        lines.append("faults:")
        lines += faults.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        lines.append("cases of decisions:")
        lines += DecisionCase.allCases.map { "  \($0.rawValue): \(cases[$0] ?? 0)" }
        lines.append("invariants checked:")
        lines += Invariant.allCases.map { invariant in
            let violated = violations[invariant].map { ", violated \($0) times" } ?? ""
            return "  \(invariant.rawValue) \(invariant): \(checks[invariant] ?? 0) times\(violated)"
        }
        let seeds = failedSeeds.prefix(50).map(String.init).joined(separator: " ")
        lines.append(failed == 0 ? "no violations" : "\(failed) runs with violations, seeds: \(seeds)")
        return lines
    }
}
