import CoupletCore
import CoupletPorts
import Synchronization

/// Keeps a run and its jobs while they are at work: counters, open items, requests.
final class RunBook: Sendable {
    private struct Entry {
        var job: JobRecord
        /// When something was last done for its mapping.
        var workedAt: Instant?
        var conflicts: Set<Int64> = []
        var questions: Set<RecordID> = []
        var parked: Set<RecordID> = []
        var waiting: Set<RecordID> = []
        var failed: Set<RecordID> = []
        /// Whether its mapping is worked through, so that what cuts the run off later says nothing of it.
        var isWorked = false

        /// The job with the counters that are numbers of different records.
        var counted: JobRecord {
            var result = job
            result.counts.conflicts = conflicts.count
            result.counts.questions = questions.count
            result.counts.parked = parked.count
            result.counts.waiting = waiting.count
            result.counts.failed = failed.count
            return result
        }

        /// How it ends by itself.
        var naturalEnd: JobStatus {
            let counts = counted.counts
            let open =
                counts.failed + counts.parked + counts.waiting + counts.conflicts + counts.questions + counts.held
            return open > 0 ? .finishedWithOpenItems : .finished
        }
    }

    private struct State {
        var entries: [Entry] = []
        var counted: [String: Int] = [:]
        var visited: Set<Int64> = []
        var lookedAt: Set<String> = []
        var plan: Int64?
        var plans: Set<Int64> = []
        var applied: Int64?
        var holds: [Message] = []
        var notices: [FindingsView.Finding] = []
        var held: Set<String> = []
        var failure: CoupletError?
        var gone: [Int64: CoupletError] = [:]
        var descriptions: [String: [String: TableDescription]] = [:]
        var settledEarlier: [Int64: Int] = [:]
        var leftOut: [PlanView.StepView] = []
    }

    /// What keeps a record from going through.
    enum OpenItem {
        case conflict(Int64)
        case question(RecordID)
        case parked(RecordID)
        case waiting(RecordID)
        case failed(RecordID)
    }

    let run: RunRecord
    private let store: any StateStore
    private let clock: any EngineClock
    private let state = Mutex(State())

    private init(run: RunRecord, store: any StateStore, clock: any EngineClock) {
        self.run = run
        self.store = store
        self.clock = clock
    }

    /// Begins a run; one that was asked for more than to be shown stands in the audit log.
    static func begin(
        _ action: String,
        by author: Author,
        asked: [String: String]?,
        store: any StateStore,
        witness: (any StoreWitness)?,
        clock: any EngineClock
    ) async throws
        -> RunBook
    {
        var run = RunRecord(action: action, startedBy: author.who, startedAt: author.at)
        // A transaction runs outside the task, where its values are not known.
        let (opened, request) = (run, RequestID.current)
        let (number, mark, isDue) = try await store.write { transaction in
            try endCutOff(transaction, author.at)
            let isFirst = try RetentionPeriod.applyDaily(transaction, now: author.at)
            let number = try transaction.insert(opened)
            if let asked {
                var details = asked.merging(["action": action]) { own, _ in own }
                details["request"] = request
                try transaction.audit(
                    .runBegun,
                    AuditEntry.Subject(.run, number),
                    by: author,
                    run: number,
                    details
                )
            }
            let isDue = try isFirst && Overwriting.isDue(transaction)
            return (number, try transaction.markToKeep(by: witness), isDue)
        }
        if let mark { try witness?.keep(mark) }
        // Where that fails it stays due for another day: no run is kept from its work by it.
        if isDue { try? await Overwriting.finish(in: store) }
        run.id = number
        return RunBook(run: run, store: store, clock: clock)
    }

    /// Ends the runs that a crash cut off: no other run is at work when one begins.
    private static func endCutOff(_ transaction: any StoreWriting, _ now: Instant) throws {
        for var run in try transaction.unfinishedRuns() {
            run.finishedAt = now
            run.status = .interrupted
            try transaction.update(run)
            for var job in try transaction.jobs(run: run.id, limit: 1000) where job.status == .inProcess {
                job.status = .interrupted
                try transaction.update(job)
            }
        }
    }

    /// The jobs of a mapping towards some sides, in their order; those that are not open yet are inserted and have to be
    /// `noted` once that is certain.
    func jobs(_ mapping: String, toward sides: [Side], _ transaction: any StoreWriting) throws -> [JobRecord] {
        let open = state.withLock { state in state.entries.map(\.job).filter { $0.mapping == mapping } }
        return try sides.map { side in
            if let known = open.first(where: { $0.direction == .toward(side) }) { return known }
            var job = JobRecord(run: run.id, mapping: mapping, direction: .toward(side), startedAt: clock.now)
            job.id = try transaction.insert(job)
            return job
        }
    }

    /// Notes jobs that are open.
    func note(_ jobs: [JobRecord]) {
        state.withLock { state in
            for job in jobs where !state.entries.contains(where: { $0.job.id == job.id }) {
                state.entries.append(Entry(job: job))
            }
        }
    }

    /// Whether a feed has not been read in this run yet; it counts as read from now on.
    func isFirstVisit(_ feed: Int64) -> Bool { state.withLock { $0.visited.insert(feed).inserted } }

    /// Whether a connection's system has not been looked at in this run yet; it counts as looked at from now on.
    func isFirstLook(at connection: String) -> Bool {
        state.withLock { $0.lookedAt.insert(connection).inserted }
    }

    /// The plan of the run's own steps; nil before its first mapping.
    var plan: Int64? { state.withLock { $0.plan } }

    /// Whether steps of a mapping wait for approval.
    func isHeld(_ mapping: String) -> Bool {
        state.withLock { $0.held.contains(mapping) }
    }

    /// What was noticed about the mappings' tables.
    var notices: [FindingsView.Finding] { state.withLock { $0.notices } }

    /// Notes what was noticed about a mapping's tables, each only once.
    func note(_ findings: [FindingsView.Finding]) {
        state.withLock { state in
            for finding in findings where !state.notices.contains(finding) { state.notices.append(finding) }
        }
    }

    /// How many writes of earlier runs' jobs this run has settled, by job.
    var settledEarlier: [Int64: Int] { state.withLock { $0.settledEarlier } }

    /// Notes that writes of a job were settled, if it is an earlier run's.
    func note(settled count: Int, ofJob job: Int64) {
        state.withLock { state in
            guard !state.entries.contains(where: { $0.job.id == job }) else { return }
            state.settledEarlier[job, default: 0] += count
        }
    }

    /// What a connection's system has said of a table in this run; nil while it was not asked.
    func description(_ connection: String, _ table: String) -> TableDescription? {
        state.withLock { $0.descriptions[connection]?[table] }
    }

    /// Notes what a connection's system says of tables.
    func note(_ descriptions: [TableDescription], of connection: String) {
        state.withLock { state in
            for description in descriptions {
                state.descriptions[connection, default: [:]][description.table] = description
            }
        }
    }

    /// Why the first mapping that was left out could not be synchronized; nil where none was.
    var failure: CoupletError? { state.withLock { $0.failure } }

    /// Why a feed cannot be read in this run; nil where nothing is known against it.
    func failure(of feed: Int64) -> CoupletError? { state.withLock { $0.gone[feed] } }

    /// Notes that a mapping is left out of the run: its jobs have failed.
    /// - Parameters:
    ///   - error: Why.
    ///   - feed: The feed that cannot be read, by this mapping and its siblings; nil where that is not known.
    ///   - mapping: The mapping.
    func note(_ error: CoupletError, feed: Int64?, of mapping: String) {
        let now = clock.now
        state.withLock { state in
            state.failure = state.failure ?? error
            if let feed { state.gone[feed] = error }
            let finding = FindingsView.Finding(.mapping, mapping, .bad, error.message)
            if !state.notices.contains(finding) { state.notices.append(finding) }
            for index in state.entries.indices where state.entries[index].job.mapping == mapping {
                state.entries[index].job.status = .failed
                state.entries[index].job.seconds = state.entries[index].job.startedAt.seconds(until: now)
            }
        }
    }

    /// Why steps of the run wait for approval; none when none do.
    var holds: [Message] { state.withLock { $0.holds } }

    /// Notes that steps wait for approval.
    func note(holds: [Message], of mapping: String, steps: Int, job: Int64) {
        state.withLock { state in
            state.holds += holds
            state.held.insert(mapping)
        }
        count(job) { $0.held += steps }
    }

    /// The plan that is carried out as it was shown; nil where the run plans for itself.
    var applied: Int64? { state.withLock { $0.applied } }

    /// Notes the plan that is carried out as it was shown.
    func note(applied plan: Int64) { state.withLock { $0.applied = plan } }

    /// What the run has left out of what it was asked for.
    var leftOut: [PlanView.StepView] { state.withLock { $0.leftOut } }

    /// Notes what the run leaves out of what it was asked for.
    func note(leftOut steps: [PlanView.StepView]) { state.withLock { $0.leftOut += steps } }

    /// Notes the plans that the run's own steps go to.
    func note(_ plans: PlanParts) {
        state.withLock { state in
            state.plan = plans.parent
            state.plans.formUnion([plans.parent, plans.couplings, plans.erp, plans.crm])
        }
    }

    /// Adds to a job's counters.
    func count(_ job: Int64, _ change: (inout JobCounts) -> Void) {
        edit(job) { change(&$0.job.counts) }
    }

    /// Notes that a record is open, or is not any more.
    func note(_ job: Int64, _ item: OpenItem) {
        edit(job) { entry in
            switch item {
            case .conflict(let coupling): entry.conflicts.insert(coupling)
            case .question(let record): entry.questions.insert(record)
            case .parked(let record): entry.parked.insert(record)
            case .waiting(let record): entry.waiting.insert(record)
            case .failed(let record): entry.failed.insert(record)
            }
        }
    }

    /// Notes that nothing keeps a record from going through any more, whichever of the mapping's jobs had noted it.
    func cure(_ record: RecordID, mapping: String) {
        state.withLock { state in
            for index in state.entries.indices where state.entries[index].job.mapping == mapping {
                state.entries[index].failed.remove(record)
                state.entries[index].parked.remove(record)
                state.entries[index].waiting.remove(record)
            }
        }
    }

    /// Whether a mapping's jobs have coupled records in this run.
    func hasCoupled(_ mapping: String) -> Bool {
        state.withLock { state in
            state.entries.contains { entry in
                entry.job.mapping == mapping && entry.job.counts.inserted + entry.job.counts.coupled > 0
            }
        }
    }

    /// Charges the requests sent since the last charge to a job.
    func charge(_ job: Int64, _ context: MappingContext) {
        let moment = clock.now
        state.withLock { state in
            for index in state.entries.indices where state.entries[index].job.mapping == context.name {
                state.entries[index].workedAt = moment
            }
        }
        for side in Side.allCases {
            let name = context.mapping.table(side).connection
            let now = context.connectors[side].requestCount
            state.withLock { state in
                let before = state.counted[name] ?? now
                state.counted[name] = now
                guard let index = state.entries.firstIndex(where: { $0.job.id == job }) else { return }
                state.entries[index].job.requests[side] += now - before
            }
        }
    }

    /// Adds the fewest requests that a piece of a job's work needs.
    func add(floor: Int, _ side: Side, to job: Int64) { edit(job) { $0.job.floor[side] += floor } }

    /// Begins counting requests of a mapping's connections from here.
    func startCharging(_ context: MappingContext) {
        for side in Side.allCases {
            let name = context.mapping.table(side).connection
            let now = context.connectors[side].requestCount
            state.withLock { $0.counted[name] = $0.counted[name] ?? now }
        }
    }

    /// The jobs so far.
    var jobs: [JobRecord] { state.withLock { $0.entries.map(\.counted) } }

    /// Ends the jobs of a mapping that is worked through, and saves them: what cuts the run off later leaves them ended.
    func close(_ mapping: String) async throws {
        let saved = state.withLock { state in
            for index in state.entries.indices where state.entries[index].job.mapping == mapping {
                state.entries[index].isWorked = true
                state.entries[index].job.status = state.entries[index].naturalEnd
            }
            return state.entries.filter(\.isWorked).map(\.counted)
        }
        try await store.write { transaction in
            for job in saved { try transaction.update(job) }
        }
    }

    /// Ends every job that is still at work; they are saved with the run's end.
    func endJobs(as status: JobStatus? = nil) {
        let now = clock.now
        state.withLock { state in
            for index in state.entries.indices {
                let entry = state.entries[index]
                guard entry.isWorked || entry.job.status == .inProcess else { continue }
                let natural = entry.naturalEnd
                state.entries[index].job.status = entry.isWorked ? natural : status ?? natural
                state.entries[index].job.seconds = entry.job.startedAt.seconds(until: entry.workedAt ?? now)
            }
        }
    }

    /// Ends the run, and saves its jobs as they ended.
    /// - Parameters:
    ///   - status: How it ends.
    ///   - isWhole: Whether it came to its end, whatever it has to say.
    /// - Throws: `StoreError`.
    func finish(_ status: ExitStatus, isWhole: Bool = false) async throws {
        var ended = run
        ended.finishedAt = clock.now
        ended.status = status
        let saved = ended
        let (plans, jobs) = state.withLock { ($0.plans.sorted(), $0.entries.map(\.counted)) }
        try await store.write { transaction in
            for job in jobs { try transaction.update(job) }
            try transaction.update(saved)
            guard isWhole || status == .done else { return }
            for plan in plans {
                guard var carriedOut = try transaction.plan(plan), carriedOut.state == .applying else { continue }
                carriedOut.state = .applied
                try transaction.update(carriedOut)
            }
        }
    }

    private func edit(_ job: Int64, _ change: (inout Entry) -> Void) {
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.job.id == job }) else { return }
            change(&state.entries[index])
        }
    }
}
