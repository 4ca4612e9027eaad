public import CoupletCore

/// What is known of one remote record, whatever mappings use it.
public struct RemoteRecord: Sendable, Hashable {
    /// The record's id.
    public var id: RecordID
    /// The version last seen or written; empty when unknown.
    public var version: String
    /// Its number or code; nil when its table has none.
    public var key: String?
    /// Its name.
    public var name: String
    /// Whether the remote has said that it is gone.
    public var isDeleted: Bool
    /// The store's sequence number of the last read that showed it.
    public var readSequence: Int64
    /// The store's sequence number of our last settled write to it; 0 for none.
    public var writeSequence: Int64

    /// Creates a remote record.
    public init(
        id: RecordID,
        version: String,
        key: String?,
        name: String,
        isDeleted: Bool = false,
        readSequence: Int64 = 0,
        writeSequence: Int64 = 0
    ) {
        self.id = id
        self.version = version
        self.key = key
        self.name = name
        self.isDeleted = isDeleted
        self.readSequence = readSequence
        self.writeSequence = writeSequence
    }
}

/// A record's content as read, kept until every mapping's base holds the same.
public struct StagedObservation: Sendable, Hashable {
    /// The record's id.
    public var id: RecordID
    /// Its version.
    public var version: String
    /// The layout's number.
    public var layout: Int
    /// Its values.
    public var row: EncodedRow

    /// Creates an observation.
    public init(id: RecordID, version: String, layout: Int, row: EncodedRow) {
        self.id = id
        self.version = version
        self.layout = layout
        self.row = row
    }
}

/// Two coupled records.
public struct Coupling: Sendable, Hashable {
    /// The coupling's number; 0 before it is stored.
    public var id: Int64
    /// The table mapping's name.
    public var mapping: String
    /// The two records.
    public var ids: BySide<RecordID>
    /// The side whose values stand at the first comparison; nil leaves the records uncompared.
    public var choice: Side?
    /// Whether a side's record lies outside the mapping's filter.
    public var isOutOfScope: BySide<Bool>
    /// The run that made it.
    public var run: Int64

    /// Creates a coupling.
    public init(
        id: Int64 = 0,
        mapping: String,
        ids: BySide<RecordID>,
        choice: Side?,
        isOutOfScope: BySide<Bool> = BySide(erp: false, crm: false),
        run: Int64
    ) {
        self.id = id
        self.mapping = mapping
        self.ids = ids
        self.choice = choice
        self.isOutOfScope = isOutOfScope
        self.run = run
    }
}

/// A coupling with everything that planning and listing need of it.
public struct CouplingState: Sendable {
    /// The coupling.
    public var coupling: Coupling
    /// Its base; nil when never compared.
    public var base: Base?
    /// The records as last known; nil when a side's record was never read.
    public var records: BySide<RemoteRecord?>
    /// What was observed since the base.
    public var observations: BySide<StagedObservation?>
    /// The open conflict, if there is one.
    public var conflict: ConflictRecord?
    /// The open question, if there is one.
    public var question: QuestionRecord?
    /// What keeps it from going through, by target side.
    public var failures: BySide<FailureRecord?>

    /// Creates a state.
    public init(
        coupling: Coupling,
        base: Base?,
        records: BySide<RemoteRecord?>,
        observations: BySide<StagedObservation?>,
        conflict: ConflictRecord?,
        question: QuestionRecord?,
        failures: BySide<FailureRecord?>
    ) {
        self.coupling = coupling
        self.base = base
        self.records = records
        self.observations = observations
        self.conflict = conflict
        self.question = question
        self.failures = failures
    }
}

/// Which couplings of a mapping are meant.
public enum CouplingScope: Sendable, Hashable {
    /// All of them.
    case all
    /// Those with an observation on either side, without a base but with a choice, or with a failure that may be
    /// tried again: one that retries when its time has come, or one that waits; not one that is parked.
    ///
    /// A later retry does not take back what an observation makes pending: the state shows the failure.
    case pending
    /// Those with these numbers.
    case couplings([Int64])
}

/// An uncoupled record of one side.
public struct UncoupledRecord: Sendable {
    /// The record as last known.
    public var record: RemoteRecord
    /// Its content.
    public var observation: StagedObservation
    /// The open question about it, if there is one.
    public var question: QuestionRecord?
    /// What keeps its counterpart from being created, if anything.
    public var failure: FailureRecord?

    /// Creates an uncoupled record.
    public init(
        record: RemoteRecord,
        observation: StagedObservation,
        question: QuestionRecord?,
        failure: FailureRecord?
    ) {
        self.record = record
        self.observation = observation
        self.question = question
        self.failure = failure
    }
}
