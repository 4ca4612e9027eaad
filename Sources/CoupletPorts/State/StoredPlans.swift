public import CoupletCore

/// What becomes of a plan.
public enum PlanState: String, Codable, Sendable, Hashable, CaseIterable {
    /// Shown; waits until somebody applies or rejects it.
    case previewed
    /// Stopped by a safety limit; waits until somebody approves or rejects it.
    case held
    /// Being carried out as it was shown, or cut off while it was.
    case approved
    /// Being carried out by the run that made it, or cut off by a crash.
    case applying
    /// Carried out to its end.
    case applied
    /// Will not be carried out.
    case rejected
}

/// A stored plan: what a run carries out at once, or what was shown and waits for a decision.
///
/// A plan that people see has details, and its steps in parts: plans of their own, one per mapping and kind of step.
public struct PlanRecord: Sendable, Hashable {
    /// A part of a plan that people see.
    public struct Part: Sendable, Hashable {
        /// What the steps of a part do.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// They couple and uncouple.
            case couplings
            /// They write to the ERP.
            case erp
            /// They write to the CRM.
            case crm
        }

        /// The plan that people see.
        public var parent: Int64
        /// The table mapping's name.
        public var mapping: String
        /// What its steps do.
        public var kind: Kind

        /// Creates a part.
        public init(parent: Int64, mapping: String, kind: Kind) {
            self.parent = parent
            self.mapping = mapping
            self.kind = kind
        }
    }

    /// The plan's number; 0 before it is stored.
    public var id: Int64
    /// The run that made it.
    public var run: Int64
    /// What becomes of it.
    public var state: PlanState
    /// When it was made.
    public var madeAt: Instant
    /// Which part of which plan it is; nil where it is none.
    public var part: Part?
    /// What people see of it; nil where they see nothing.
    public var details: PlanDetails?

    /// Creates a plan.
    public init(
        id: Int64 = 0,
        run: Int64,
        state: PlanState,
        madeAt: Instant,
        part: Part? = nil,
        details: PlanDetails? = nil
    ) {
        self.id = id
        self.run = run
        self.state = state
        self.madeAt = madeAt
        self.part = part
        self.details = details
    }
}

/// How many steps of each kind a plan has, and what it would leave open.
public struct PlanCounts: Codable, Sendable, Hashable {
    /// Couplings made.
    public var coupled = 0
    /// Couplings whose records are also changed in the CRM, shown as one step.
    public var coupledWithChange = 0
    /// Couplings removed.
    public var uncoupled = 0
    /// Records created, by side.
    public var created = BySide(erp: 0, crm: 0)
    /// Records changed, by side, those of a coupling's step not counted.
    public var changed = BySide(erp: 0, crm: 0)
    /// Records deleted, by side; nil where there are none.
    public var deleted: BySide<Int>?
    /// Conflicts that would be recorded.
    public var conflicts = 0
    /// Questions that would be asked.
    public var questions = 0
    /// Records that something keeps from going through.
    public var failures = 0

    /// Creates counters at zero.
    public init() {}

    /// How many steps people see.
    public var steps: Int { coupled + uncoupled + created.erp + created.crm + changed.erp + changed.crm + deletions }

    /// How many records are deleted.
    public var deletions: Int { deleted.map { $0.erp + $0.crm } ?? 0 }

    /// How many records are written.
    public var writes: Int { coupledWithChange + created.erp + created.crm + changed.erp + changed.crm + deletions }

    /// Counts a step that people see.
    public mutating func add(_ step: Step) {
        switch step.action {
        case .couple:
            coupled += 1
            if !step.fields.isEmpty { coupledWithChange += 1 }
        case .uncouple: uncoupled += 1
        case .create: created[step.target] += 1
        case .update: changed[step.target] += 1
        case .delete:
            var deleted = deleted ?? BySide(erp: 0, crm: 0)
            deleted[step.target] += 1
            self.deleted = deleted
        }
    }
}

/// What people see of a plan besides its steps.
public struct PlanDetails: Codable, Sendable, Hashable {
    /// The settings that a plan was made under; under others it is not carried out.
    public struct Setting: Codable, Sendable, Hashable {
        /// The table mapping.
        public var mapping: TableMapping
        /// The addresses and companies of its connections.
        public var addresses: BySide<RemoteAddress>

        /// Creates a setting.
        public init(mapping: TableMapping, addresses: BySide<RemoteAddress>) {
            self.mapping = mapping
            self.addresses = addresses
        }
    }

    /// A resolution that becomes a rule of its mapping when the plan is applied.
    public struct StandingResolution: Codable, Sendable, Hashable {
        /// The table mapping.
        public var mapping: String
        /// The id of the field mapping; nil for the whole mapping.
        public var field: String?
        /// The side whose values stand.
        public var side: Side

        /// Creates a resolution.
        public init(mapping: String, field: String?, side: Side) {
            self.mapping = mapping
            self.field = field
            self.side = side
        }
    }

    /// The name of the action that made it.
    public var action: String
    /// Who made it.
    public var madeBy: String
    /// The settings it was made under, one per table mapping.
    public var settings: [Setting]
    /// What it would do, counted.
    public var counts: PlanCounts
    /// The number of write requests that carrying it out costs.
    public var requests: BySide<Int>
    /// Why a safety limit stopped it; empty for one that was only shown.
    public var holds: [Message]
    /// The run that it undoes; nil for other plans.
    public var undoneRun: Int64?
    /// What becomes a rule with it; nil where nothing does.
    public var standing: StandingResolution?
    /// Who applied or rejected it.
    public var decidedBy: String?
    /// When it was applied or rejected.
    public var decidedAt: Instant?

    /// Creates details.
    public init(
        action: String,
        madeBy: String,
        settings: [Setting] = [],
        counts: PlanCounts = PlanCounts(),
        requests: BySide<Int> = BySide(erp: 0, crm: 0),
        holds: [Message] = [],
        undoneRun: Int64? = nil,
        standing: StandingResolution? = nil
    ) {
        self.action = action
        self.madeBy = madeBy
        self.settings = settings
        self.counts = counts
        self.requests = requests
        self.holds = holds
        self.undoneRun = undoneRun
        self.standing = standing
    }
}

/// Which remote system a connection leads to.
public struct RemoteAddress: Codable, Sendable, Hashable {
    /// The base address.
    public var url: String
    /// The company within the ERP; nil where there is none.
    public var company: String?

    /// Creates an address.
    public init(url: String, company: String?) {
        self.url = url
        self.company = company
    }
}

/// What a plan would leave open.
public enum PlanItem: Codable, Sendable, Hashable {
    /// A conflict that would be recorded.
    case conflict(ConflictRecord)
    /// A question that would be asked.
    case question(QuestionRecord)
    /// What would keep a record from going through.
    case failure(FailureRecord)
}

/// How a mapping's last job found things: what the next one is measured by.
public struct JobBaseline: Codable, Sendable, Hashable {
    /// The settings it ran under.
    public var setting: PlanDetails.Setting
    /// How many records of each side were known and not deleted.
    public var records: BySide<Int>
    /// The job.
    public var job: Int64

    /// Creates a baseline.
    public init(setting: PlanDetails.Setting, records: BySide<Int>, job: Int64) {
        self.setting = setting
        self.records = records
        self.job = job
    }
}
