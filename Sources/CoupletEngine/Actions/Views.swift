package import CoupletCore
package import CoupletPorts

/// What actions that may write give back: a finished run, or a plan that was only shown.
package struct RunOrPlan: Codable, Sendable {
    /// The run's number.
    package var run: Int64?
    /// Its jobs, one per mapping and direction.
    package var jobs: [JobView]?
    /// The plan of a preview, or one that waits for approval.
    package var plan: PlanView?
    /// The mappings that were left out because they are paused.
    package var paused: [String]?
    /// The steps of a plan that were left out when it was carried out, up to a page of them; nil for other runs.
    package var leftOut: [PlanView.StepView]?

    /// What was noticed about the mappings' tables, which has not kept any record; nil for nothing.
    package var notices: [FindingsView.Finding]?

    /// The writes of earlier runs, cut off before their answers came, that this run has settled; nil for none.
    ///
    /// They count for the jobs that had sent them.
    package var settledEarlier: [SettledJob]?

    /// Why the first of several mappings that could not be synchronized was left out; each is among what was noticed.
    package var failure: CoupletError?

    /// How a command that did this ends.
    package var status: ExitStatus {
        if let failure { return failure.status }
        if plan?.state == .held { return .waitsForApproval }
        if leftOut?.isEmpty == false { return .doneWithOpenItems }
        let open = (jobs ?? []).contains { job in
            let counts = job.counts
            return counts.failed + counts.parked + counts.waiting + counts.conflicts + counts.questions > 0
        }
        return open ? .doneWithOpenItems : .done
    }

    /// Creates a result.
    package init(
        run: Int64? = nil,
        jobs: [JobView]? = nil,
        plan: PlanView? = nil,
        leftOut: [PlanView.StepView]? = nil
    ) {
        self.run = run
        self.jobs = jobs
        self.plan = plan
        self.leftOut = leftOut
    }
}

/// Writes of an earlier run's job that a later run has settled.
package struct SettledJob: Codable, Sendable, Hashable {
    /// The job that had sent them.
    package var job: Int64
    /// How many they are.
    package var count: Int

    /// Creates the numbers.
    package init(job: Int64, count: Int) {
        self.job = job
        self.count = count
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

    /// What a person types to name the record.
    package var typedKey: String {
        switch side {
        case .erp: key.flatMap { $0.isEmpty ? nil : $0 } ?? id.description
        case .crm: id.typed(on: .crm)
        }
    }

    /// What a person types to name the record that it is coupled to; nil for none.
    package var typedCounterpart: String? { coupledTo?.typed(on: side.other) }
}

extension RecordID {
    /// What a person types to name a record of a side by its id.
    package func typed(on side: Side) -> String { side == .crm ? "crm:\(self)" : description }
}
