package import CoupletCore
package import CoupletPorts
import Synchronization

/// Adds up what runs have done since this process began, and passes on when each begins and ends.
package final class RunMeter: Sendable {
    /// A mapping and direction.
    package struct Line: Sendable, Hashable {
        /// The table mapping's name.
        package var mapping: String
        /// The direction.
        package var direction: Direction
    }

    /// What came of the jobs of a mapping and direction.
    package struct Totals: Sendable, Hashable {
        /// How many jobs ended how.
        package var jobs: [JobStatus: Int] = [:]
        /// What became of how many records, by the names that a job's counters have.
        package var records: [String: Int] = [:]

        fileprivate mutating func add(_ job: JobRecord) {
            jobs[job.status, default: 0] += 1
            let counts = job.counts
            let outcomes = [
                "inserted": counts.inserted, "modified": counts.modified, "unchanged": counts.unchanged,
                "skipped": counts.skipped, "failed": counts.failed, "deleted": counts.deleted,
                "coupled": counts.coupled, "uncoupled": counts.uncoupled,
            ]
            records.merge(outcomes) { $0 + $1 }
        }
    }

    /// What becomes of a run.
    package enum Event: Sendable {
        /// It began, because of a request where one is named.
        case began(RunRecord, request: String?)
        /// It ended.
        case ended(run: Int64, status: ExitStatus)
    }

    private struct State {
        var totals: [Line: Totals] = [:]
        var unread: [Wakeups.Table: Int] = [:]
        var failing: Set<Wakeups.Table> = []
        var current: Int64?
        var listener: (@Sendable (Event) -> Void)?
    }

    private let state = Mutex(State())

    /// Hands on what becomes of runs from now on; one listens at a time.
    package func listen(_ listener: @escaping @Sendable (Event) -> Void) { state.withLock { $0.listener = listener } }

    /// The number of the run that is at work; nil where none is.
    package var current: Int64? { state.withLock(\.current) }

    /// What came of all jobs so far.
    package var totals: [Line: Totals] { state.withLock(\.totals) }

    /// How often each table could not be read that ever could not, and whether that is so still.
    package var unread: [(table: Wakeups.Table, count: Int, isFailing: Bool)] {
        state.withLock { state in
            state.unread.map { ($0.key, $0.value, state.failing.contains($0.key)) }
        }
    }

    /// Notes that a run began.
    func began(_ run: RunRecord) {
        let listener = state.withLock { state in
            state.current = run.id
            return state.listener
        }
        listener?(.began(run, request: RequestID.current))
    }

    /// Notes how a run ended, with its jobs.
    func ended(_ run: Int64, _ status: ExitStatus, jobs: [JobRecord]) {
        let listener = state.withLock { state in
            if state.current == run { state.current = nil }
            for job in jobs {
                state.totals[Line(mapping: job.mapping, direction: job.direction), default: Totals()].add(job)
            }
            return state.listener
        }
        listener?(.ended(run: run, status: status))
    }

    /// Notes whether a table could be read.
    func note(_ table: Wakeups.Table, isRead: Bool) {
        state.withLock { state in
            if isRead {
                state.failing.remove(table)
            } else {
                state.failing.insert(table)
                state.unread[table, default: 0] += 1
            }
        }
    }
}

/// Names the request that something is done for, from the one who asked to the run it began.
package enum RequestID {
    /// The request that the present task works for; nil where nobody has asked.
    @TaskLocal package static var current: String?

    /// A new name.
    package static func made(by engine: Engine) -> String { engine.ids.next().description }
}
