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

    /// Why something did not work the last time that it was tried.
    struct Trouble: Sendable {
        /// Since when that is so.
        var since: Instant
        /// What was said the last time.
        var cause: Message
    }

    private struct State {
        var totals: [Line: Totals] = [:]
        var unread: [Wakeups.Table: Int] = [:]
        var tables: [Wakeups.Table: Trouble] = [:]
        var mappings: [String: Trouble] = [:]
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
            state.unread.map { ($0.key, $0.value, state.tables[$0.key] != nil) }
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

    /// What could not be read or synchronized the last time that it was tried.
    var troubles: (tables: [Wakeups.Table: Trouble], mappings: [String: Trouble]) {
        state.withLock { ($0.tables, $0.mappings) }
    }

    /// Notes whether a table could be read.
    /// - Parameters:
    ///   - table: The table.
    ///   - cause: Why it could not; nil where it could.
    ///   - now: The present time.
    func note(_ table: Wakeups.Table, _ cause: Message?, at now: Instant) {
        state.withLock { state in
            state.tables[table] = cause.map { Trouble(since: state.tables[table]?.since ?? now, cause: $0) }
            if cause != nil { state.unread[table, default: 0] += 1 }
        }
    }

    /// Notes whether a mapping could be synchronized, and why not.
    func note(mapping: String, _ cause: Message?, at now: Instant) {
        state.withLock { state in
            state.mappings[mapping] = cause.map { Trouble(since: state.mappings[mapping]?.since ?? now, cause: $0) }
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
