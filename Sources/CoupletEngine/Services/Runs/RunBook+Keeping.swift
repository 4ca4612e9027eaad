import CoupletCore
import CoupletPorts

/// What a transaction did, by the jobs whose steps they were.
struct JobTally: Sendable {
    private(set) var counts: [Int64: JobCounts] = [:]

    /// Counts a step as done.
    mutating func note(_ action: Step.Action, job: Int64?) {
        guard let job else { return }
        switch action {
        case .create: counts[job, default: JobCounts()].inserted += 1
        case .update: counts[job, default: JobCounts()].modified += 1
        case .couple: counts[job, default: JobCounts()].coupled += 1
        case .uncouple: counts[job, default: JobCounts()].uncoupled += 1
        case .delete: counts[job, default: JobCounts()].deleted += 1
        }
    }

    /// Counts a step as left out.
    mutating func noteSkipped(job: Int64?) {
        if let job { counts[job, default: JobCounts()].skip(moved: 1) }
    }
}

extension RunBook {
    /// Stores the counters of the jobs whose steps a transaction settles, in that very transaction.
    ///
    /// So they say what the history says, wherever the run ends. Steps that an earlier run had sent count for that run's
    /// job.
    func keep(_ tally: JobTally, _ transaction: any StoreWriting) throws {
        for (job, counts) in tally.counts.sorted(by: { $0.key < $1.key }) {
            guard var record = try jobs.first(where: { $0.id == job }) ?? transaction.job(job) else { continue }
            record.counts.add(counts)
            try transaction.update(record)
        }
    }

    /// Counts what a transaction has stored.
    func count(_ tally: JobTally) {
        for (job, counts) in tally.counts {
            count(job) { $0.add(counts) }
            note(settled: counts.inserted + counts.modified + counts.deleted, ofJob: job)
        }
    }
}

extension JobCounts {
    /// Adds what was done with single steps.
    mutating func add(_ other: JobCounts) {
        inserted += other.inserted
        modified += other.modified
        coupled += other.coupled
        uncoupled += other.uncoupled
        deleted += other.deleted
        skipped += other.skipped
        skippedMoved += other.skippedMoved
    }

    /// Counts steps of a plan that were left out because their records had moved.
    mutating func skip(moved count: Int) {
        skipped += count
        skippedMoved += count
    }
}
