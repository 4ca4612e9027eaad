public import CoupletCore

/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable, Hashable {
    /// The disk is full; the transaction was rolled back.
    case diskFull
    /// Another process has the store.
    case busy
    /// The store was made by a newer Couplet.
    case newerSchema(found: Int, known: Int)
    /// The file is damaged or is no store.
    case damaged(detail: String)
    /// Anything else the database said.
    case failed(detail: String)
}

/// Why a copy of a store could not be put where it was to go.
public enum CopyRefused: Error, Sendable, Hashable {
    /// Another file is there.
    case taken
    /// It is a file of the store that is to be copied.
    case storeItself
    /// The system does not let it be written.
    case unwritable(detail: String)
}

/// Keeps everything that Couplet knows between two moments.
///
/// Nothing happens outside a transaction, and a transaction is whole or not at all. Bodies are synchronous and may be
/// called on any thread, one write at a time; an error thrown by a body rolls back and is passed on unchanged.
public protocol StateStore: Sendable {
    /// Reads from one consistent state.
    /// - Parameter body: What to read.
    /// - Returns: The body's result.
    /// - Throws: `StoreError`, or what the body throws.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> Result) async throws -> Result
    /// Reads and writes in one transaction.
    /// - Parameter body: What to do.
    /// - Returns: The body's result.
    /// - Throws: `StoreError`, or what the body throws.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> Result) async throws -> Result
    /// Overwrites what was removed, so that nobody finds it in the store's files; between transactions, and slow.
    /// - Throws: `StoreError`.
    func overwriteRemoved() async throws
    /// Writes what the store holds at one moment into a file that its owner alone may read, while others go on reading
    /// and writing; the file is there when all of it is.
    /// - Parameters:
    ///   - path: The file.
    ///   - replaces: Whether it may take the place of another one.
    /// - Returns: How many bytes it has.
    /// - Throws: `CopyRefused` where the file cannot be made; `StoreError`.
    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64
}

/// What can be read in a transaction.
///
/// All lists have a stated order; all limits are at least 1. Every method throws `StoreError`.
public protocol StoreReading {
    /// The identity of this store, made once.
    func instanceID() throws -> RecordID
    /// What is wrong with the store itself, a line each; empty when it is whole.
    func damage() throws -> [String]
    /// All connections by name.
    func connections() throws -> [StoredConnection]
    /// The sealed secret of a connection; nil when none was set.
    func sealedSecret(of connection: String) throws -> [UInt8]?
    /// All table mappings, in the order they were added.
    func mappings() throws -> [TableMapping]
    /// The documents of a kind, by key; in order of the keys' bytes.
    func documents(kind: String) throws -> [(key: String, body: [UInt8])]
    /// A document; nil when there is none of the kind and key.
    func document(kind: String, key: String) throws -> [UInt8]?
    /// Makes the digests by which values are known that are not kept; nil where no mapping has ever had such fields.
    /// - Throws: `CoupletError` when there is no usable key.
    func valueDigest() throws -> ValueDigest?
    /// A layout by its number; nil when there is none.
    func layout(_ number: Int) throws -> RowLayout?
    /// A feed; nil before it is first used.
    func feed(connection: String, table: String) throws -> StoredFeed?

    /// Known records by id.
    func records(feed: Int64, ids: [RecordID]) throws -> [RecordID: RemoteRecord]
    /// Known, not deleted records by natural key, in order of their id.
    ///
    /// Keys are equal when their bytes are, `A` to `Z` and `a` to `z` taken as the same letters: neither other letters
    /// nor Unicode's ways to compose a letter are folded.
    func records(feed: Int64, key: String) throws -> [RemoteRecord]
    /// The greatest natural key of the feed that is a prefix followed by digits only, by length and then bytes; nil when
    /// there is none. Keys of deleted records count, so that no number is given twice.
    func greatestKey(feed: Int64, prefix: String) throws -> String?
    /// Staged observations by id.
    func observations(feed: Int64, ids: [RecordID]) throws -> [RecordID: StagedObservation]

    /// How many couplings a mapping has.
    func couplingCount(mapping: String) throws -> Int
    /// The coupling of a record within a mapping.
    func coupling(mapping: String, side: Side, record: RecordID) throws -> Coupling?
    /// A coupling by number.
    func coupling(_ id: Int64) throws -> Coupling?
    /// The couplings of records within a mapping.
    func couplings(side: Side, records: [RecordID], mapping: String) throws -> [RecordID: Coupling]
    /// Couplings with all that planning needs, in order of their number, after a number.
    /// - Parameters:
    ///   - mapping: The table mapping's name.
    ///   - feeds: The feeds of its two tables.
    ///   - scope: Which couplings.
    ///   - now: Failures whose next attempt is later do not make a coupling pending.
    ///   - after: Only couplings with a greater number.
    ///   - limit: The most couplings to return.
    /// - Returns: The couplings.
    /// - Throws: `StoreError`.
    func couplingStates(
        mapping: String,
        feeds: BySide<Int64>,
        scope: CouplingScope,
        now: Instant,
        after: Int64,
        limit: Int
    ) throws -> [CouplingState]
    /// How many couplings of a mapping are pending at a time.
    func pendingCount(mapping: String, now: Instant) throws -> Int
    /// Observed records without a coupling in a mapping, not deleted, in order of their id, after an id.
    func uncoupled(mapping: String, side: Side, feed: Int64, after: RecordID?, limit: Int) throws -> [UncoupledRecord]
    /// What the other side calls coupled records: by natural key or id text, as the question holds it.
    /// - Parameters:
    ///   - values: Values of one side: natural keys when `areKeys`, id texts otherwise.
    ///   - areKeys: Whether the ERP's values are natural keys, in and out.
    ///   - source: The side that holds the values.
    ///   - mapping: The mapping whose couplings translate.
    ///   - feeds: The feeds of that mapping's tables.
    /// - Returns: The other side's value by the given one; values without a coupled record are left out.
    /// - Throws: `StoreError`.
    func counterparts(
        of values: [String],
        areKeys: Bool,
        source: Side,
        mapping: String,
        feeds: BySide<Int64>
    ) throws -> [String: String]

    /// A run by number.
    func run(_ id: Int64) throws -> RunRecord?
    /// Runs without an end, in order: those at work, and those that a crash cut off.
    func unfinishedRuns() throws -> [RunRecord]
    /// Jobs, newest first; of one run when given.
    func jobs(run: Int64?, limit: Int) throws -> [JobRecord]
    /// A job by number.
    func job(_ id: Int64) throws -> JobRecord?
    /// When the last job of each mapping that has had one ended, by the mapping's name.
    func lastJobEnds() throws -> [String: Instant]
    /// A plan by number.
    func plan(_ id: Int64) throws -> PlanRecord?
    /// The plans in a state, in order.
    func plans(in state: PlanState) throws -> [PlanRecord]
    /// Plans that people see, newest first; those before a number when one is given.
    func shownPlans(before: Int64?, limit: Int) throws -> [PlanRecord]
    /// The parts of a plan, in order.
    func parts(ofPlan plan: Int64) throws -> [PlanRecord]
    /// What a plan would leave open, with the numbers of these items, in order, after a number.
    func planItems(plan: Int64, after: Int64, limit: Int) throws -> [(id: Int64, item: PlanItem)]
    /// Steps of a plan in any state, in order, after a number.
    func steps(plan: Int64, after: Int64, limit: Int) throws -> [StoredStep]
    /// Steps of a plan in a state, in order, after a number.
    func steps(plan: Int64, state: StepState, after: Int64, limit: Int) throws -> [StoredStep]
    /// Steps of any plan that were sent and never settled, those that are planned to be sent again among them, in order,
    /// after a number.
    func sentSteps(after: Int64, limit: Int) throws -> [StoredStep]
    /// History of a record, newest first.
    func history(side: Side, record: RecordID, limit: Int) throws -> [HistoryEntry]
    /// History of a run, of one job when given, newest first; only entries before a number when one is given.
    func history(run: Int64, job: Int64?, before: Int64?, limit: Int) throws -> [HistoryEntry]
    /// An entry of the history by number.
    func historyEntry(_ id: Int64) throws -> HistoryEntry?
    /// Which of some entries of the history are undone.
    func undone(among entries: [Int64]) throws -> Set<Int64>
    /// How a mapping's last job found things; nil before the first.
    func baseline(mapping: String) throws -> JobBaseline?
    /// How many records of a feed are known and not deleted.
    func recordCount(feed: Int64) throws -> Int

    /// Conflicts, oldest first; only open ones unless asked.
    func conflicts(mapping: String?, includingClosed: Bool) throws -> [ConflictRecord]
    /// A conflict by number.
    func conflict(_ id: Int64) throws -> ConflictRecord?
    /// Questions, oldest first; only open ones unless asked.
    func questions(mapping: String?, includingClosed: Bool) throws -> [QuestionRecord]
    /// A question by number.
    func question(_ id: Int64) throws -> QuestionRecord?
    /// The open question about a record within a mapping.
    func openQuestion(mapping: String, side: Side, record: RecordID) throws -> QuestionRecord?
    /// Failures of a mapping, oldest first.
    func failures(mapping: String?) throws -> [FailureRecord]

    /// How much history and work is older than a time, without what anything open refers to.
    func oldWork(before: Instant) throws -> RetentionCounts

    /// Entries of the audit log, newest first; only those before a number when one is given.
    func auditEntries(_ selection: AuditSelection, before: Int64?, limit: Int) throws -> [AuditEntry]
    /// Entries of the audit log, oldest first, after a number.
    func auditEntries(_ selection: AuditSelection, after: Int64, limit: Int) throws -> [AuditEntry]
    /// The end of the audit log; nil while it is empty.
    func auditEnd() throws -> AuditMark?
    /// Goes through the audit log from its beginning until the first entry that is not as it was written.
    func checkAudit() throws -> AuditCheck
    /// The hash of an entry of the audit log; nil where there is none of the number.
    func auditHash(_ number: Int64) throws -> [UInt8]?

    /// What a witness outside the store keeps of it; without its place, which the store does not know.
    func witnessMark() throws -> WitnessMark
    /// Whether a witness has ever kept a mark of this store.
    func isWitnessed() throws -> Bool
    /// Why writing is stopped, oldest first; only what nobody has confirmed unless asked.
    func writeStops(includingConfirmed: Bool) throws -> [WriteStop]

    /// A setting of the whole store by its name; nil where it was never set.
    func setting(_ name: String) throws -> String?
    /// Our subscriptions to changes, of one connection when given, by connection and table.
    func subscriptions(connection: String?) throws -> [StoredSubscription]
}

/// What can be written in a transaction.
///
/// Every method throws `StoreError`; `failed` when something is saved under a number that is not stored, or refers to a
/// mapping, coupling, run, plan, feed or layout that is not stored. A refused call changes nothing, and a body that
/// catches its error may go on.
public protocol StoreWriting: StoreReading {
    /// Saves a connection; a nil secret leaves the stored one.
    func save(_ connection: StoredConnection, sealedSecret: [UInt8]?) throws
    /// Saves a mapping under its name.
    func save(_ mapping: TableMapping) throws
    /// Inserts or replaces a document: something small that is only ever used whole, for example a user.
    func saveDocument(_ body: [UInt8], kind: String, key: String) throws
    /// Removes a document, if there is one.
    func removeDocument(kind: String, key: String) throws
    /// The layout with exactly these fields in this order, stored under a new number if it is new.
    func layout(fields: [String]) throws -> RowLayout
    /// The feed of a connection and table, made if it is new.
    func openFeed(connection: String, table: String) throws -> StoredFeed
    /// Saves a feed's layout, checkpoint and batch size.
    func save(_ feed: StoredFeed) throws
    /// The next number of the store's one sequence, which orders reads and settled writes.
    func nextSequence() throws -> Int64

    /// Inserts or replaces known records; sorted by id inside.
    func save(_ records: [RemoteRecord], feed: Int64) throws
    /// Marks the records of a feed as deleted that no read since a sequence number has shown.
    func markGone(feed: Int64, notReadSince sequence: Int64) throws
    /// Inserts or replaces observations; sorted by id inside. They wake the couplings of the mappings that refer to a
    /// mapping of the feed.
    func stage(_ observations: [StagedObservation], feed: Int64) throws
    /// Removes observations.
    func removeObservations(_ ids: [RecordID], feed: Int64) throws

    /// Inserts a coupling and returns its number.
    /// - Throws: `StoreError.failed` when one of the records is coupled in the mapping already.
    func insert(_ coupling: Coupling) throws -> Int64
    /// Saves choice and scope of a stored coupling.
    func update(_ coupling: Coupling) throws
    /// Takes the chosen side from all couplings of a mapping that have a base: what they were coupled with is compared.
    func forgetChoices(mapping: String) throws
    /// Lets couplings rest that have nothing to be done although a record of theirs is observed: these observations do
    /// not make them pending any more until a new one comes, the mapping is saved, or something changes that the mapping
    /// refers to.
    func rest(_ couplings: [Int64], mapping: String) throws
    /// Removes a coupling with its base and its conflicts; questions and failures stay without it.
    func removeCoupling(_ id: Int64) throws
    /// Saves the bases of couplings; sorted by number inside.
    func save(_ bases: [(coupling: Int64, base: Base)]) throws

    /// Inserts a run and returns its number.
    func insert(_ run: RunRecord) throws -> Int64
    /// Saves how a run ended.
    func update(_ run: RunRecord) throws
    /// Inserts a job and returns its number.
    func insert(_ job: JobRecord) throws -> Int64
    /// Saves a job's status, counters, requests and duration.
    func update(_ job: JobRecord) throws
    /// Inserts a plan and returns its number.
    func insert(_ plan: PlanRecord) throws -> Int64
    /// Saves a plan's state and details.
    func update(_ plan: PlanRecord) throws
    /// Appends to what a plan would leave open.
    func append(_ items: [PlanItem], plan: Int64) throws
    /// Appends steps and returns their numbers.
    func append(_ steps: [StoredStep]) throws -> [Int64]
    /// Saves state, job, time of sending and reason of steps.
    func update(_ steps: [StoredStep]) throws
    /// Saves all of steps but their plan.
    func replace(_ steps: [StoredStep]) throws
    /// Appends history.
    func append(_ entries: [HistoryEntry]) throws
    /// Saves how a mapping's last job found things.
    func save(_ baseline: JobBaseline) throws

    /// Inserts a conflict (number 0) or saves it, and returns its number; its mapping and coupling stay as inserted.
    /// - Throws: `StoreError.failed` when another conflict of the coupling is open.
    func save(_ conflict: ConflictRecord) throws -> Int64
    /// Inserts a question (number 0) or saves it, and returns its number; its mapping and record stay as inserted.
    /// - Throws: `StoreError.failed` when another question about the record is open in the mapping.
    func save(_ question: QuestionRecord) throws -> Int64
    /// Inserts or replaces the failure of its mapping, target and source; it belongs to the coupling of its source, also
    /// when that is made later.
    func save(_ failure: FailureRecord) throws
    /// Removes the failure of a mapping, target and source, if there is one.
    func removeFailure(mapping: String, target: Side, source: RecordID) throws

    /// Removes history and work older than a time, without what anything open refers to, and says how much it was.
    func removeOldWork(before: Instant) throws -> RetentionCounts

    /// Appends to the audit log; number and hash of the entry are the store's. Nothing changes or removes entries.
    /// - Returns: The entry as it is stored.
    @discardableResult
    func append(_ entry: AuditEntry) throws -> AuditEntry

    /// Notes that a witness keeps marks of this store.
    func markWitnessed() throws
    /// Inserts a stop (number 0) or saves who confirmed it, and returns its number.
    /// - Throws: `StoreError.failed` when another stop of the reason and subject is open.
    @discardableResult
    func save(_ stop: WriteStop) throws -> Int64
    /// Lets every feed be read whole the next time.
    func readAnew() throws

    /// Inserts or replaces the subscription of its connection and table.
    /// - Throws: `StoreError.failed` when another table's has the remote's name of it.
    func save(_ subscription: StoredSubscription) throws
    /// Forgets the subscription of a connection and table, if there is one.
    func removeSubscription(connection: String, table: String) throws
    /// Saves a setting of the whole store; nil takes it back.
    func save(setting: String, _ value: String?) throws
    /// Removes everything that is kept of records but what the audit log says.
    /// - Throws: `StoreError.failed` when a write to one of them is under way.
    func erase(_ erasure: Erasure) throws -> ErasureCounts
}
