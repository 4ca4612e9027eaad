import CoupletCore
import CoupletEngine

/// What a demonstration did, mapping by mapping: its closing table.
struct DemoSummary {
    /// All jobs, in the order in which they were done.
    let jobs: [JobView]
    /// The mapping of each open conflict.
    let conflicts: [String]
    /// The mapping of each open question.
    let questions: [String]

    /// A row for each mapping in the order of work, and one for all of them.
    func table(_ console: Console) -> Table {
        let counters: [CountColumn] = [
            .coupled, .inserted, .modified, .conflicts, .questions, .waiting, .parked, .failed,
        ]
        var table = Table(
            [.init(title: console.text("column.mapping"), isFlexible: true)]
                + counters.map { .init(title: console.text("count.\($0.rawValue)"), isNumeric: true) }
                + ["column.requestsERP", "column.requestsCRM"].map { .init(title: console.text($0), isNumeric: true) }
        )
        var mappings: [String] = []
        for job in jobs where !mappings.contains(job.mapping) { mappings.append(job.mapping) }
        for mapping in mappings { table.add([mapping] + cells(counters) { $0 == mapping }) }
        table.add([console.text("column.total")] + cells(counters) { _ in true })
        return table.withoutEmptyColumns(1...counters.count)
    }

    /// The numbers of those mappings.
    private func cells(_ counters: [CountColumn], of isMeant: (String) -> Bool) -> [String] {
        let own = jobs.filter { isMeant($0.mapping) }
        let numbers = counters.map { counter in
            switch counter {
            case .conflicts: conflicts.count(where: isMeant)
            case .questions: questions.count(where: isMeant)
            // What waits or failed once may have gone through since: the last run of each mapping says what is open.
            case .waiting, .parked, .failed: lastRuns(own).reduce(0) { $0 + counter.value(in: $1.counts) }
            case .coupled, .inserted, .modified, .unchanged, .skipped, .held, .deleted, .uncoupled:
                own.reduce(0) { $0 + counter.value(in: $1.counts) }
            }
        }
        let requests = Side.allCases.map { side in own.reduce(0) { $0 + $1.requests[side] } }
        return (numbers + requests).map(String.init)
    }

    private func lastRuns(_ jobs: [JobView]) -> [JobView] {
        let last = Dictionary(jobs.map { ($0.mapping, $0.run) }, uniquingKeysWith: max)
        return jobs.filter { $0.run == last[$0.mapping] }
    }
}
