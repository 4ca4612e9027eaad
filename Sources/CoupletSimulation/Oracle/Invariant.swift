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
    /// In whatever order pages, records and directions are worked, the result is the same.
    case commutativity = 10
    /// Edits of different fields are no conflict; a conflict is about a field that both sides' users set.
    case fieldIndependence = 11
    /// Fields and sides that may not be written are not.
    case oneWay = 12
    /// Each record is coupled to at most one other, and stays so.
    case bijection = 13
    /// A reference is written only when the record that it names is coupled.
    case referentialOrder = 14
    /// At rest, what was read last of each coupled record is what it is: no change was passed over.
    case checkpointSafety = 15
    /// What is taken for settled are values that the records have had.
    case atomicRecords = 16
    /// Every change is conditional on the version it was planned from.
    case conditionalWrites = 17
    /// A field that no user touches is not set again and again.
    case roundTrip = 18
    /// No request before the time that a system asked to wait.
    case throttleLaw = 19
    /// A record that cannot be written delays no other, and is not tried without end.
    case isolation = 20
    /// Every write is in the history with its value.
    case accountability = 21
    /// A preview writes nothing, and applying it does what was shown and nothing else.
    case previewIsApplied = 22
    /// A restored store leads to no more writes than there were edits since.
    case restoreSafety = 23
    /// The same seed gives the same trace.
    case determinism = 24
    /// Beyond the list: an action ends with a result or with a failure that says what to do.
    case clearFailures = 25

    /// Orders by number.
    package static func < (left: Invariant, right: Invariant) -> Bool { left.rawValue < right.rawValue }
}
