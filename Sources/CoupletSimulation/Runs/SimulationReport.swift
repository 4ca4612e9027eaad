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
    /// What was violated.
    package var violations: [Violation] = []
    /// What happened, a line each.
    package var trace: [String] = []

    /// Begins the report of a seed.
    package init(seed: UInt64) { self.seed = seed }

    mutating func check(_ invariant: Invariant, _ holds: Bool, _ text: @autoclosure () -> String) {
        checks[invariant, default: 0] += 1
        if !holds { violations.append(Violation(invariant: invariant, text: text())) }
    }
}

/// What must hold in every history.
package enum Invariant: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// A user's edit that never reached the other side is overwritten only when a person chose so, and is kept.
    case noLostUpdate = 1
    /// What Couplet writes was on the other side before, or a person typed it.
    case noInvention = 2
    /// A record has at most one counterpart.
    case noDuplicate = 3
    /// What Couplet created is coupled, or listed as unconfirmed.
    case noOrphan = 4
    /// Without new edits, mapped fields end up equal, or what keeps them apart is named.
    case convergence = 5
    /// Once equal, another synchronization writes nothing and asks each table once.
    case quiescence = 6
    /// Our own write is never taken for a user's edit.
    case noEcho = 7
    /// What was deleted does not come back.
    case noResurrection = 8
    /// Couplet deletes nothing.
    case noDeletion = 9
    /// Fields and sides that may not be written are not.
    case oneWay = 12
    /// Each record is coupled to at most one other, and stays so.
    case bijection = 13
    /// Every change is conditional on the version it was planned from.
    case conditionalWrites = 17
    /// An action ends with a result or with a failure that says what to do.
    case clearFailures = 21
    /// A preview writes nothing.
    case previewWritesNothing = 22

    /// Orders by number.
    package static func < (left: Invariant, right: Invariant) -> Bool { left.rawValue < right.rawValue }
}
