import CoupletCore
import CoupletPorts

/// Counts what is open, and says how mappings stand.
package struct StatusService: Sendable {
    let store: any StateStore

    func show(_ action: ShowStatus) async throws -> StatusView {
        try await store.read { transaction in
            let all = try StepOrdering.ordered(transaction.mappings())
            let named = try action.mapping.map { try MappingService.mapping(named: $0, in: transaction).name }
            let mappings = all.filter { named == nil || $0.name == named }
            let jobs = try Dictionary(grouping: transaction.jobs(run: nil, limit: Int.max), by: \.mapping)
            let plans = try transaction.plans(in: .held)
            var cues: [StatusView.Cue] = []
            for mapping in mappings {
                let found = try Self.moments(mapping.name, jobs[mapping.name] ?? [], plans, transaction)
                for kind in StatusView.Cue.Kind.allCases {
                    guard let times = found[kind], let since = times.min() else { continue }
                    cues.append(
                        StatusView.Cue(
                            kind: kind,
                            mapping: mapping.name,
                            count: times.count,
                            since: since,
                            needsPerson: kind != .waiting && kind != .retrying
                        )
                    )
                }
            }
            let views = try mappings.map { try Self.mapping($0, jobs[$0.name] ?? [], transaction) }
            return StatusView(cues: cues, mappings: views)
        }
    }

    /// How many things of each kind are open in a mapping, whatever became of jobs; every kind is named.
    static func openCounts(
        _ mapping: String,
        _ held: [PlanRecord],
        _ transaction: any StoreReading
    ) throws -> [StatusView.Cue.Kind: Int] {
        let found = try moments(mapping, [], held, transaction)
        let kinds = StatusView.Cue.Kind.allCases.filter { $0 != .failedJobs }
        return Dictionary(uniqueKeysWithValues: kinds.map { ($0, found[$0]?.count ?? 0) })
    }

    /// When each thing that is open came up, by kind.
    static func moments(
        _ mapping: String,
        _ jobs: [JobRecord],
        _ plans: [PlanRecord],
        _ transaction: any StoreReading
    ) throws -> [StatusView.Cue.Kind: [Instant]] {
        var found: [StatusView.Cue.Kind: [Instant]] = [:]
        for conflict in try transaction.conflicts(mapping: mapping, includingClosed: false) {
            found[.conflicts, default: []].append(conflict.foundAt)
        }
        for question in try transaction.questions(mapping: mapping, includingClosed: false) {
            let kind: StatusView.Cue.Kind = question.kind == .unconfirmedCreate ? .unconfirmed : .questions
            found[kind, default: []].append(question.askedAt)
        }
        for failure in try transaction.failures(mapping: mapping) {
            found[failure.cue, default: []].append(failure.firstAt)
        }
        for plan in plans where plan.details?.settings.contains(where: { $0.mapping.name == mapping }) == true {
            found[.held, default: []].append(plan.madeAt)
        }
        for direction in Set(jobs.map(\.direction)) {
            guard let last = jobs.first(where: { $0.direction == direction }), last.status == .failed else { continue }
            found[.failedJobs, default: []].append(last.startedAt)
        }
        return found
    }

    /// Of the jobs of the last run the one that needs a look most.
    private static func lastJob(of jobs: [JobRecord]) -> JobRecord? {
        let order: [JobStatus] = [.finished, .finishedWithOpenItems, .interrupted, .failed, .inProcess]
        return jobs.prefix { $0.run == jobs.first?.run }
            .max { (order.firstIndex(of: $0.status) ?? 0) < (order.firstIndex(of: $1.status) ?? 0) }
    }

    private static func mapping(
        _ mapping: TableMapping,
        _ jobs: [JobRecord],
        _ transaction: any StoreReading
    ) throws -> StatusView.Mapping {
        var counts = JobCounts()
        for job in jobs { counts.add(job.counts) }
        return StatusView.Mapping(
            name: mapping.name,
            isPaused: mapping.pausedAt != nil,
            coupled: try transaction.couplingCount(mapping: mapping.name),
            lastJob: lastJob(of: jobs).map(JobView.init),
            counts: counts
        )
    }
}

extension FailureRecord {
    /// What it counts as.
    fileprivate var cue: StatusView.Cue.Kind {
        switch disposition {
        case .parked: isDisappearance ? .deleted : .parked
        case .waiting: .waiting
        case .retrying: .retrying
        }
    }
}
