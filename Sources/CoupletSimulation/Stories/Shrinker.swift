/// Finds a short history in which the same invariant does not hold.
package struct Shrinker: Sendable {
    /// A short history, what it led to, and how many runs it took to find it.
    package struct Result: Sendable {
        /// The history.
        package var history: History
        /// What it led to.
        package var report: SimulationReport
        /// How many events the whole history has.
        package var whole: Int
        /// How many runs were made.
        package var runs = 0
    }

    private let invariant: Invariant
    private let mutant: Mutant?
    private let limit: Int
    private var result: Result

    /// Shortens a history.
    /// - Parameters:
    ///   - history: The history.
    ///   - report: What it led to, with a violation.
    ///   - mutant: The defect that it ran with; nil for none.
    ///   - limit: The most runs to make.
    /// - Returns: The shortest history that was found; nil where the report has no violation.
    package static func shrink(
        _ history: History,
        _ report: SimulationReport,
        mutant: Mutant? = nil,
        limit: Int = 300
    ) async -> Result? {
        guard let first = report.violations.first else { return nil }
        let result = Result(history: history, report: report, whole: history.events.count)
        var shrinker = Shrinker(invariant: first.invariant, mutant: mutant, limit: limit, result: result)
        await shrinker.dropEvents()
        await shrinker.calmEvents()
        await shrinker.dropEvents()
        return shrinker.result
    }

    /// Leaves out events, many at a time as long as that works, then one by one.
    private mutating func dropEvents() async {
        var size = max(1, result.history.events.count / 2)
        while true {
            var start = 0
            var hasDropped = false
            while start < result.history.events.count {
                var events = result.history.events
                events.removeSubrange(start..<min(start + size, events.count))
                if await accepts(events) { hasDropped = true } else { start += size }
            }
            if size == 1, !hasDropped { return }
            size = max(1, size / 2)
        }
    }

    /// Lets nothing go wrong during events, one by one.
    private mutating func calmEvents() async {
        for index in result.history.events.indices where result.history.events[index].kind == .action {
            var events = result.history.events
            events[index].isCalm = true
            _ = await accepts(events)
        }
    }

    private mutating func accepts(_ events: [History.Event]) async -> Bool {
        guard result.runs < limit else { return false }
        result.runs += 1
        let history = result.history.keeping(events)
        let report = await Simulation.run(history, mutant: mutant)
        guard report.violations.contains(where: { $0.invariant == invariant }) else { return false }
        (result.history, result.report) = (history, report)
        return true
    }
}
