package import CoupletCore
package import CoupletPorts

/// What actions that may write give back: a finished run, or a plan that was only shown.
package struct RunOrPlan: Codable, Sendable {
    /// The run's number.
    package var run: Int64?
    /// Its jobs, one per mapping and direction.
    package var jobs: [JobView]?
    /// The plan of a preview.
    package var plan: PlanView?
    /// The mappings that were left out because they are paused.
    package var paused: [String]?

    /// How a command that did this ends.
    package var status: ExitStatus {
        let open = (jobs ?? []).contains { job in
            let counts = job.counts
            return counts.failed + counts.parked + counts.waiting + counts.conflicts + counts.questions > 0
        }
        return open ? .doneWithOpenItems : .done
    }

    /// Creates a result.
    package init(run: Int64? = nil, jobs: [JobView]? = nil, plan: PlanView? = nil) {
        self.run = run
        self.jobs = jobs
        self.plan = plan
    }
}

/// A job as people see it.
package struct JobView: Codable, Sendable, Hashable {
    /// The job's number.
    package var id: Int64
    /// Its run.
    package var run: Int64
    /// The table mapping's name.
    package var mapping: String
    /// Where values flowed.
    package var direction: Direction
    /// How far it is.
    package var status: JobStatus
    /// The counters.
    package var counts: JobCounts
    /// Requests sent, tokens not counted.
    package var requests: BySide<Int>
    /// The fewest requests that what it read and wrote can be done with, at full pages and batches.
    package var floor: BySide<Int>
    /// When it began.
    package var startedAt: Instant
    /// How long it took.
    package var seconds: Double

    /// How many requests were sent for each one that was needed; nil where none was needed.
    package var ratio: Double? {
        let least = floor.erp + floor.crm
        return least == 0 ? nil : Double(requests.erp + requests.crm) / Double(least)
    }

    /// Shows a stored job.
    package init(_ job: JobRecord) {
        id = job.id
        run = job.run
        mapping = job.mapping
        direction = job.direction
        status = job.status
        counts = job.counts
        requests = job.requests
        floor = job.floor
        startedAt = job.startedAt
        seconds = job.seconds
    }
}

/// A plan as people see it, before anything is done.
package struct PlanView: Codable, Sendable {
    /// One step.
    package struct StepView: Codable, Sendable {
        /// One field's change, in the target's form.
        package struct Change: Codable, Sendable, Hashable {
            /// The target's field.
            package var field: String
            /// The present value.
            package var before: Value
            /// The planned value.
            package var after: Value
        }

        /// The table mapping's name.
        package var mapping: String
        /// `create`, `update` or `couple`.
        package var action: Step.Action
        /// The side that is written; for `couple`, the CRM.
        package var side: Side
        /// The ERP record's number or id, or `crm:` and the CRM record's id where there is no ERP record yet.
        package var key: String
        /// The other record's id; nil for one that is to be created.
        package var with: String?
        /// The record's name.
        package var name: String
        /// For a match: how sure, from 0 to 1.
        package var score: Double?
        /// Why.
        package var reasons: [Message]
        /// The changes, in the mapping's order.
        package var changes: [Change]
    }

    /// The plan's number.
    package var id: Int64
    /// The steps in the order they would be done.
    package var steps: [StepView]
    /// Conflicts that would be recorded.
    package var conflicts: [ConflictRecord]
    /// Questions that would be asked.
    package var questions: [QuestionRecord]
    /// What would keep records from going through.
    package var failures: [FailureRecord]
    /// How many requests applying it costs at the learned batch sizes.
    package var requests: BySide<Int>

    /// Creates a view.
    package init(
        id: Int64,
        steps: [StepView] = [],
        conflicts: [ConflictRecord] = [],
        questions: [QuestionRecord] = [],
        failures: [FailureRecord] = [],
        requests: BySide<Int> = BySide(erp: 0, crm: 0)
    ) {
        self.id = id
        self.steps = steps
        self.conflicts = conflicts
        self.questions = questions
        self.failures = failures
        self.requests = requests
    }
}

/// How a record stands, in one word.
package enum RecordState: String, Codable, Sendable, Hashable, CaseIterable {
    case uncoupled
    case uncompared
    case inSync
    case erpChanged
    case crmChanged
    case bothChanged
    case drift
    case conflict
    case question
    case parked
    case waiting
    case held
    case unconfirmed
    case outOfScope
    case erpDeleted
    case crmDeleted
}

/// A record in a list.
package struct RecordView: Codable, Sendable, Hashable {
    /// Its side.
    package var side: Side
    /// Its number or code; nil when it has none.
    package var key: String?
    /// Its id.
    package var id: RecordID
    /// Its name.
    package var name: String
    /// The id of the record it is coupled to.
    package var coupledTo: RecordID?
    /// How it stands.
    package var state: RecordState

    /// Creates a view.
    package init(side: Side, key: String?, id: RecordID, name: String, coupledTo: RecordID?, state: RecordState) {
        self.side = side
        self.key = key
        self.id = id
        self.name = name
        self.coupledTo = coupledTo
        self.state = state
    }
}
