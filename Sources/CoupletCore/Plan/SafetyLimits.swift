/// How much a job may do without a person's approval.
///
/// Shares hold from the second synchronization of a mapping on: a first one changes or creates nearly everything, and
/// whoever starts it has asked for that. The absolute limit, and a side that has lost its records, always hold.
public struct SafetyLimits: Codable, Sendable, Hashable {
    /// Up to so many records no share is looked at.
    public var smallNumber: Int
    /// The greatest share of the coupled records that a job may change, from 0 to 1.
    public var shareChanged: Double
    /// The greatest share of the coupled records that a job may create, from 0 to 1.
    public var shareCreated: Double
    /// The greatest share that a job may touch after the mapping or its filters were changed, from 0 to 1.
    public var shareAfterChange: Double
    /// The most records that a job may write at all.
    public var mostWritten: Int
    /// The share of its known records that a side must still have, from 0 to 1.
    public var shareLeft: Double
    /// The most records that a job may delete.
    public var mostDeleted: Int
    /// The greatest share of the coupled records that may have been deleted in a system for a mapping's strategy to act,
    /// from 0 to 1.
    public var shareGone: Double

    /// Creates limits.
    public init(
        smallNumber: Int = 100,
        shareChanged: Double = 0.5,
        shareCreated: Double = 0.5,
        shareAfterChange: Double = 0.1,
        mostWritten: Int = 100_000,
        shareLeft: Double = 0.5,
        mostDeleted: Int = 10,
        shareGone: Double = 0.05
    ) {
        self.smallNumber = smallNumber
        self.shareChanged = shareChanged
        self.shareCreated = shareCreated
        self.shareAfterChange = shareAfterChange
        self.mostWritten = mostWritten
        self.shareLeft = shareLeft
        self.mostDeleted = mostDeleted
        self.shareGone = shareGone
    }

    /// What is known of a job before its first step.
    public struct Job: Sendable, Hashable {
        /// The table mapping's name.
        public var mapping: String
        /// How many couplings the mapping has.
        public var coupled: Int
        /// Records that would be changed, by side.
        public var changed: BySide<Int>
        /// Records that would be created, by side.
        public var created: BySide<Int>
        /// Records that would be deleted, by side.
        public var deleted: BySide<Int>
        /// Couplings that would be settled because a system has deleted a record of theirs.
        public var gone: Int
        /// Whether an earlier synchronization of the mapping was carried out.
        public var isFirst: Bool
        /// Whether fields, filters or direction of the mapping are others than in the last job.
        public var isMappingChanged: Bool
        /// The sides whose address or company is another than in the last job.
        public var movedSides: [Side]
        /// The records that each side had in the last job; nil before the first.
        public var recordsBefore: BySide<Int>?
        /// The records that each side has now; nil where they were not counted.
        public var recordsNow: BySide<Int>?

        /// Creates a job.
        public init(
            mapping: String,
            coupled: Int,
            changed: BySide<Int>,
            created: BySide<Int>,
            deleted: BySide<Int> = BySide(erp: 0, crm: 0),
            gone: Int = 0,
            isFirst: Bool,
            isMappingChanged: Bool = false,
            movedSides: [Side] = [],
            recordsBefore: BySide<Int>? = nil,
            recordsNow: BySide<Int>? = nil
        ) {
            self.mapping = mapping
            self.coupled = coupled
            self.changed = changed
            self.created = created
            self.deleted = deleted
            self.gone = gone
            self.isFirst = isFirst
            self.isMappingChanged = isMappingChanged
            self.movedSides = movedSides
            self.recordsBefore = recordsBefore
            self.recordsNow = recordsNow
        }
    }

    /// Why a job must wait for approval.
    /// - Parameter job: What it would do.
    /// - Returns: The reasons; none when it may go on.
    public func holds(_ job: Job) -> [Message] {
        var holds: [Message] = []
        if job.gone > mostDeleted, Double(job.gone) > shareGone * Double(job.coupled) {
            let arguments = ["mapping": job.mapping, "count": String(job.gone), "coupled": String(job.coupled)]
            holds.append(Message("limit.gone", arguments))
        }
        for side in Side.allCases {
            let written = job.changed[side] + job.created[side]
            if written > 0, job.movedSides.contains(side) || job.movedSides.contains(side.other) {
                holds.append(message("limit.moved", job, side, written))
            }
            if job.deleted[side] > mostDeleted {
                holds.append(message("limit.deleted", job, side, job.deleted[side], mostDeleted))
            }
            if written > mostWritten { holds.append(message("limit.most", job, side, written, mostWritten)) }
            if let before = job.recordsBefore?[side], let now = job.recordsNow?[side], before > 0,
                before - now > smallNumber || now == 0, Double(now) < shareLeft * Double(before)
            {
                var hold = message("limit.shrunk", job, side, now)
                hold.arguments["before"] = String(before)
                holds.append(hold)
            }
            guard !job.isFirst else { continue }
            if exceeds(job.changed[side], shareChanged, job) {
                holds.append(message("limit.changed", job, side, job.changed[side]))
            }
            if exceeds(job.created[side], shareCreated, job) {
                holds.append(message("limit.created", job, side, job.created[side]))
            }
            if job.isMappingChanged, exceeds(written, shareAfterChange, job) {
                holds.append(message("limit.mappingChanged", job, side, written))
            }
        }
        return holds
    }

    private func exceeds(_ count: Int, _ share: Double, _ job: Job) -> Bool {
        count > smallNumber && Double(count) > share * Double(job.coupled)
    }

    private func message(_ code: String, _ job: Job, _ side: Side, _ count: Int, _ limit: Int = 0) -> Message {
        Message(
            code,
            [
                "mapping": job.mapping, "side": side.rawValue, "count": String(count), "coupled": String(job.coupled),
                "limit": String(limit),
            ]
        )
    }
}
