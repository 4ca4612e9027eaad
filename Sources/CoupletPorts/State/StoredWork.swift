public import CoupletCore

/// One action of a person or the scheduler.
public struct RunRecord: Codable, Sendable, Hashable {
    /// The run's number; 0 before it is stored.
    public var id: Int64
    /// The action's name.
    public var action: String
    /// Who started it.
    public var startedBy: String
    /// When it began.
    public var startedAt: Instant
    /// When it ended; nil while it runs or when it was cut off.
    public var finishedAt: Instant?
    /// How it ended.
    public var status: ExitStatus?

    /// Creates a run.
    public init(
        id: Int64 = 0,
        action: String,
        startedBy: String,
        startedAt: Instant,
        finishedAt: Instant? = nil,
        status: ExitStatus? = nil
    ) {
        self.id = id
        self.action = action
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.status = status
    }
}

/// The counters of a job, under the names that its JSON has.
public struct JobCounts: Codable, Sendable, Hashable {
    /// Records created.
    public var inserted = 0
    /// Records changed.
    public var modified = 0
    /// Records compared and equal.
    public var unchanged = 0
    /// Records left out for a reason.
    public var skipped = 0
    /// Of those left out: outside the mapping's filter.
    public var skippedOutOfScope = 0
    /// Of those left out: deleted in one of the systems.
    public var skippedDeleted = 0
    /// Of those left out: coupled without being compared, and nobody has asked for it since.
    public var skippedUncompared = 0
    /// Of those left out: moved since the plan was made that was carried out.
    public var skippedMoved = 0
    /// Records whose write failed and will be tried again.
    public var failed = 0
    /// Records that wait for a person.
    public var parked = 0
    /// Records that wait for another record.
    public var waiting = 0
    /// Records held for approval.
    public var held = 0
    /// Records with an open conflict.
    public var conflicts = 0
    /// Records with an open question.
    public var questions = 0
    /// Records deleted.
    public var deleted = 0
    /// Records coupled.
    public var coupled = 0
    /// Records uncoupled.
    public var uncoupled = 0

    /// Creates counters at zero.
    public init() {}
}

/// How far a job is.
public enum JobStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// At work, or cut off by a crash.
    case inProcess
    /// Ended, and nothing is open.
    case finished
    /// Ended with records that failed or are in conflict or in question.
    case finishedWithOpenItems
    /// Ended early.
    case failed
    /// Ended by Ctrl-C.
    case interrupted
}

/// One mapping and direction within a run.
public struct JobRecord: Codable, Sendable, Hashable {
    /// The job's number; 0 before it is stored.
    public var id: Int64
    /// The run.
    public var run: Int64
    /// The table mapping's name.
    public var mapping: String
    /// `toIntegrationTable` or `fromIntegrationTable`.
    public var direction: Direction
    /// How far it is.
    public var status: JobStatus
    /// The counters.
    public var counts: JobCounts
    /// The requests sent, tokens not counted.
    public var requests: BySide<Int>
    /// The fewest requests that what it read and wrote can be done with, at full pages and batches.
    public var floor: BySide<Int>
    /// When it began.
    public var startedAt: Instant
    /// How long it took.
    public var seconds: Double

    /// Creates a job.
    public init(
        id: Int64 = 0,
        run: Int64,
        mapping: String,
        direction: Direction,
        status: JobStatus = .inProcess,
        counts: JobCounts = JobCounts(),
        requests: BySide<Int> = BySide(erp: 0, crm: 0),
        floor: BySide<Int> = BySide(erp: 0, crm: 0),
        startedAt: Instant,
        seconds: Double = 0
    ) {
        self.id = id
        self.run = run
        self.mapping = mapping
        self.direction = direction
        self.status = status
        self.counts = counts
        self.requests = requests
        self.floor = floor
        self.startedAt = startedAt
        self.seconds = seconds
    }
}

/// How far a step is.
public enum StepState: String, Codable, Sendable, Hashable, CaseIterable {
    /// Not begun.
    case planned
    /// Handed to the connector; after a crash nobody knows what became of it.
    case sent
    /// Done and recorded.
    case applied
    /// The target had moved: the record was read and planned again.
    case replanned
    /// Not done; it will be planned again.
    case failed
    /// A create without answer that more than one record could be: a person decides.
    case unconfirmed
    /// Not done and not needed any more.
    case dropped
    /// Left out when its plan was carried out, because something had moved since it was shown.
    case leftOut
}

/// A step as stored.
public struct StoredStep: Sendable, Hashable {
    /// The step's number, its idempotency key; 0 before it is stored.
    public var id: Int64
    /// The plan.
    public var plan: Int64
    /// The job that counts it; nil in a preview.
    public var job: Int64?
    /// What to do.
    public var step: Step
    /// How far it is.
    public var state: StepState
    /// When it was handed to the connector.
    public var sentAt: Instant?
    /// Why it was not done; nil where its state says all.
    public var reason: Message?

    /// Creates a stored step.
    public init(
        id: Int64 = 0,
        plan: Int64,
        job: Int64?,
        step: Step,
        state: StepState,
        sentAt: Instant? = nil,
        reason: Message? = nil
    ) {
        self.id = id
        self.plan = plan
        self.job = job
        self.step = step
        self.state = state
        self.sentAt = sentAt
        self.reason = reason
    }
}

/// What one step did, or may have done.
public struct HistoryEntry: Codable, Sendable, Hashable {
    /// The entry's number; 0 before it is stored.
    public var id: Int64
    /// The step.
    public var step: Int64
    /// The run.
    public var run: Int64
    /// The job; nil where a person acted on one record.
    public var job: Int64?
    /// The table mapping's name.
    public var mapping: String
    /// The coupling.
    public var coupling: Int64
    /// The side that was written.
    public var side: Side
    /// The record that was written.
    public var record: RecordID
    /// What was done.
    public var action: Step.Action
    /// The fields with before and after, in the written side's form.
    public var fields: [FieldWrite]
    /// When it was settled.
    public var at: Instant
    /// Whether the fields were seen to be written; otherwise the write was sent, its answer was lost, and the record did
    /// not show it when it was read: it may have been changed again since, or the request may have arrived later.
    public var isConfirmed: Bool
    /// The record on the other side; nil in entries of an older store.
    public var counterpart: RecordID?
    /// For an uncoupling: the base that the coupling had, as a store keeps it.
    public var base: [UInt8]?
    /// For an uncoupling: the side that was chosen when coupling.
    public var choice: Side?
    /// The entry that this one undid.
    public var undoes: Int64?
    /// The version that the write produced; nil where no answer told it, or in entries of an older store.
    public var version: String?

    /// Creates an entry.
    public init(
        id: Int64 = 0,
        step: Int64,
        run: Int64,
        job: Int64?,
        mapping: String,
        coupling: Int64,
        side: Side,
        record: RecordID,
        action: Step.Action,
        fields: [FieldWrite],
        at: Instant,
        isConfirmed: Bool = true,
        counterpart: RecordID? = nil,
        base: [UInt8]? = nil,
        choice: Side? = nil,
        undoes: Int64? = nil,
        version: String? = nil
    ) {
        self.id = id
        self.step = step
        self.run = run
        self.job = job
        self.mapping = mapping
        self.coupling = coupling
        self.side = side
        self.record = record
        self.action = action
        self.fields = fields
        self.at = at
        self.isConfirmed = isConfirmed
        self.counterpart = counterpart
        self.base = base
        self.choice = choice
        self.undoes = undoes
        self.version = version
    }
}
