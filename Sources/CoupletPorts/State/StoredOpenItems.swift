public import CoupletCore

/// Fields of one coupling that both sides changed differently.
public struct ConflictRecord: Codable, Sendable, Hashable {
    /// The conflict's number; 0 before it is stored.
    public var id: Int64
    /// The table mapping's name.
    public var mapping: String
    /// The coupling.
    public var coupling: Int64
    /// The record's key and name.
    public var label: String
    /// The fields with base and both values.
    public var fields: [FieldDifference]
    /// What a person has decided, by field mapping id; kept until it is written.
    public var resolutions: [String: Resolution]
    /// Who decided last; nil before that.
    public var resolvedBy: String?
    /// When it was found.
    public var foundAt: Instant
    /// When nothing of it was left; nil while it is open.
    public var closedAt: Instant?

    /// Creates a conflict.
    public init(
        id: Int64 = 0,
        mapping: String,
        coupling: Int64,
        label: String,
        fields: [FieldDifference],
        resolutions: [String: Resolution] = [:],
        resolvedBy: String? = nil,
        foundAt: Instant,
        closedAt: Instant? = nil
    ) {
        self.id = id
        self.mapping = mapping
        self.coupling = coupling
        self.label = label
        self.fields = fields
        self.resolutions = resolutions
        self.resolvedBy = resolvedBy
        self.foundAt = foundAt
        self.closedAt = closedAt
    }
}

/// Something that only a person can choose.
public struct QuestionRecord: Codable, Sendable, Hashable {
    /// What is asked.
    public enum Kind: String, Codable, Sendable, Hashable {
        /// Which of several candidates is the counterpart.
        case severalCandidates
        /// Which side's values stand at the first comparison.
        case firstComparison
        /// Which of several records a create without answer made.
        case unconfirmedCreate
        /// Whether the record moves to the one that its counterpart was absorbed by.
        case absorbedCounterpart
    }

    /// A possible counterpart.
    public struct Candidate: Codable, Sendable, Hashable {
        /// The record.
        public var id: RecordID
        /// Its number or code.
        public var key: String?
        /// Its name.
        public var name: String
        /// How sure, from 0 to 1.
        public var score: Double
        /// Why.
        public var reasons: [Message]

        /// Creates a candidate.
        public init(id: RecordID, key: String?, name: String, score: Double, reasons: [Message]) {
            self.id = id
            self.key = key
            self.name = name
            self.score = score
            self.reasons = reasons
        }
    }

    /// The question's number; 0 before it is stored.
    public var id: Int64
    /// The table mapping's name.
    public var mapping: String
    /// What is asked.
    public var kind: Kind
    /// The side of the record asked about.
    public var side: Side
    /// The record asked about.
    public var record: RecordID
    /// Its coupling, if it has one.
    public var coupling: Int64?
    /// Its key and name.
    public var label: String
    /// The possible counterparts.
    public var candidates: [Candidate]
    /// The fields that differ.
    public var fields: [FieldDifference]
    /// When it was asked.
    public var askedAt: Instant
    /// The answer as the person gave it.
    public var answer: String?
    /// Who answered.
    public var answeredBy: String?
    /// When it was answered or became moot; nil while it is open.
    public var closedAt: Instant?

    /// Creates a question.
    public init(
        id: Int64 = 0,
        mapping: String,
        kind: Kind,
        side: Side,
        record: RecordID,
        coupling: Int64? = nil,
        label: String,
        candidates: [Candidate] = [],
        fields: [FieldDifference] = [],
        askedAt: Instant,
        answer: String? = nil,
        answeredBy: String? = nil,
        closedAt: Instant? = nil
    ) {
        self.id = id
        self.mapping = mapping
        self.kind = kind
        self.side = side
        self.record = record
        self.coupling = coupling
        self.label = label
        self.candidates = candidates
        self.fields = fields
        self.askedAt = askedAt
        self.answer = answer
        self.answeredBy = answeredBy
        self.closedAt = closedAt
    }
}

/// Why a record does not go through, kept per mapping, target side and source record.
public struct FailureRecord: Codable, Sendable, Hashable {
    /// What will happen next.
    public enum Disposition: String, Codable, Sendable, Hashable {
        /// It is tried again after a pause.
        case retrying
        /// It waits for a person, or for one of its records to change.
        case parked
        /// It waits until a referenced record is coupled.
        case waiting
    }

    /// The table mapping's name.
    public var mapping: String
    /// The side that could not be written.
    public var target: Side
    /// The record on the other side.
    public var source: RecordID
    /// The coupling, if there is one.
    public var coupling: Int64?
    /// The record's key and name.
    public var label: String
    /// What is wrong.
    public var messages: [Message]
    /// What happens next.
    public var disposition: Disposition
    /// How often it was tried.
    public var attempts: Int
    /// The version of the source record that failed; another version un-parks it.
    public var sourceVersion: String
    /// The version of the target record that failed; another version un-parks it.
    public var targetVersion: String
    /// When it failed first.
    public var firstAt: Instant
    /// When it failed last.
    public var lastAt: Instant
    /// When it is tried again; nil unless it is retrying.
    public var nextAt: Instant?
    /// The job in which it failed last; nil where no job did.
    public var job: Int64?

    /// Creates a failure.
    public init(
        mapping: String,
        target: Side,
        source: RecordID,
        coupling: Int64?,
        label: String,
        messages: [Message],
        disposition: Disposition,
        attempts: Int,
        sourceVersion: String,
        targetVersion: String,
        firstAt: Instant,
        lastAt: Instant,
        nextAt: Instant?,
        job: Int64? = nil
    ) {
        self.mapping = mapping
        self.target = target
        self.source = source
        self.coupling = coupling
        self.label = label
        self.messages = messages
        self.disposition = disposition
        self.attempts = attempts
        self.sourceVersion = sourceVersion
        self.targetVersion = targetVersion
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.nextAt = nextAt
        self.job = job
    }
}
