import CoupletCore
import CoupletPorts

/// A reading transaction that passes everything on; a defect replaces what it is about.
class ReadingRelay: StoreReading {
    let base: any StoreReading

    init(_ base: any StoreReading) { self.base = base }

    func instanceID() throws -> RecordID { try base.instanceID() }
    func damage() throws -> [String] { try base.damage() }
    func connections() throws -> [StoredConnection] { try base.connections() }
    func sealedSecret(of connection: String) throws -> [UInt8]? { try base.sealedSecret(of: connection) }
    func valueDigest() throws -> ValueDigest? { try base.valueDigest() }
    func mappings() throws -> [TableMapping] { try base.mappings() }
    func documents(kind: String) throws -> [(key: String, body: [UInt8])] { try base.documents(kind: kind) }
    func document(kind: String, key: String) throws -> [UInt8]? { try base.document(kind: kind, key: key) }
    func layout(_ number: Int) throws -> RowLayout? { try base.layout(number) }
    func feed(connection: String, table: String) throws -> StoredFeed? {
        try base.feed(connection: connection, table: table)
    }
    func records(feed: Int64, ids: [RecordID]) throws -> [RecordID: RemoteRecord] {
        try base.records(feed: feed, ids: ids)
    }
    func records(feed: Int64, key: String) throws -> [RemoteRecord] { try base.records(feed: feed, key: key) }
    func greatestKey(feed: Int64, prefix: String) throws -> String? { try base.greatestKey(feed: feed, prefix: prefix) }
    func observations(feed: Int64, ids: [RecordID]) throws -> [RecordID: StagedObservation] {
        try base.observations(feed: feed, ids: ids)
    }
    func couplingCount(mapping: String) throws -> Int { try base.couplingCount(mapping: mapping) }
    func pendingCount(mapping: String, now: Instant) throws -> Int {
        try base.pendingCount(mapping: mapping, now: now)
    }
    func lastJobEnds() throws -> [String: Instant] { try base.lastJobEnds() }
    func coupling(mapping: String, side: Side, record: RecordID) throws -> Coupling? {
        try base.coupling(mapping: mapping, side: side, record: record)
    }
    func coupling(_ id: Int64) throws -> Coupling? { try base.coupling(id) }
    func couplings(side: Side, records: [RecordID], mapping: String) throws -> [RecordID: Coupling] {
        try base.couplings(side: side, records: records, mapping: mapping)
    }
    func couplingStates(
        mapping: String,
        feeds: BySide<Int64>,
        scope: CouplingScope,
        now: Instant,
        after: Int64,
        limit: Int
    ) throws -> [CouplingState] {
        try base.couplingStates(mapping: mapping, feeds: feeds, scope: scope, now: now, after: after, limit: limit)
    }
    func uncoupled(mapping: String, side: Side, feed: Int64, after: RecordID?, limit: Int) throws -> [UncoupledRecord] {
        try base.uncoupled(mapping: mapping, side: side, feed: feed, after: after, limit: limit)
    }
    func counterparts(
        of values: [String],
        areKeys: Bool,
        source: Side,
        mapping: String,
        feeds: BySide<Int64>
    ) throws -> [String: String] {
        try base.counterparts(of: values, areKeys: areKeys, source: source, mapping: mapping, feeds: feeds)
    }
    func run(_ id: Int64) throws -> RunRecord? { try base.run(id) }
    func unfinishedRuns() throws -> [RunRecord] { try base.unfinishedRuns() }
    func jobs(run: Int64?, limit: Int) throws -> [JobRecord] { try base.jobs(run: run, limit: limit) }
    func job(_ id: Int64) throws -> JobRecord? { try base.job(id) }
    func plan(_ id: Int64) throws -> PlanRecord? { try base.plan(id) }
    func plans(in state: PlanState) throws -> [PlanRecord] { try base.plans(in: state) }
    func shownPlans(before: Int64?, limit: Int) throws -> [PlanRecord] {
        try base.shownPlans(before: before, limit: limit)
    }
    func parts(ofPlan plan: Int64) throws -> [PlanRecord] { try base.parts(ofPlan: plan) }
    func planItems(plan: Int64, after: Int64, limit: Int) throws -> [(id: Int64, item: PlanItem)] {
        try base.planItems(plan: plan, after: after, limit: limit)
    }
    func steps(plan: Int64, after: Int64, limit: Int) throws -> [StoredStep] {
        try base.steps(plan: plan, after: after, limit: limit)
    }
    func steps(plan: Int64, state: StepState, after: Int64, limit: Int) throws -> [StoredStep] {
        try base.steps(plan: plan, state: state, after: after, limit: limit)
    }
    func sentSteps(after: Int64, limit: Int) throws -> [StoredStep] { try base.sentSteps(after: after, limit: limit) }
    func history(side: Side, record: RecordID, limit: Int) throws -> [HistoryEntry] {
        try base.history(side: side, record: record, limit: limit)
    }
    func history(run: Int64, job: Int64?, before: Int64?, limit: Int) throws -> [HistoryEntry] {
        try base.history(run: run, job: job, before: before, limit: limit)
    }
    func historyEntry(_ id: Int64) throws -> HistoryEntry? { try base.historyEntry(id) }
    func undone(among entries: [Int64]) throws -> Set<Int64> { try base.undone(among: entries) }
    func baseline(mapping: String) throws -> JobBaseline? { try base.baseline(mapping: mapping) }
    func recordCount(feed: Int64) throws -> Int { try base.recordCount(feed: feed) }
    func conflicts(mapping: String?, includingClosed: Bool) throws -> [ConflictRecord] {
        try base.conflicts(mapping: mapping, includingClosed: includingClosed)
    }
    func conflict(_ id: Int64) throws -> ConflictRecord? { try base.conflict(id) }
    func questions(mapping: String?, includingClosed: Bool) throws -> [QuestionRecord] {
        try base.questions(mapping: mapping, includingClosed: includingClosed)
    }
    func question(_ id: Int64) throws -> QuestionRecord? { try base.question(id) }
    func openQuestion(mapping: String, side: Side, record: RecordID) throws -> QuestionRecord? {
        try base.openQuestion(mapping: mapping, side: side, record: record)
    }
    func failures(mapping: String?) throws -> [FailureRecord] { try base.failures(mapping: mapping) }
    func oldWork(before: Instant) throws -> RetentionCounts { try base.oldWork(before: before) }
    func auditEntries(_ selection: AuditSelection, before: Int64?, limit: Int) throws -> [AuditEntry] {
        try base.auditEntries(selection, before: before, limit: limit)
    }
    func auditEntries(_ selection: AuditSelection, after: Int64, limit: Int) throws -> [AuditEntry] {
        try base.auditEntries(selection, after: after, limit: limit)
    }
    func auditEnd() throws -> AuditMark? { try base.auditEnd() }
    func checkAudit() throws -> AuditCheck { try base.checkAudit() }
    func auditHash(_ number: Int64) throws -> [UInt8]? { try base.auditHash(number) }
    func witnessMark() throws -> WitnessMark { try base.witnessMark() }
    func isWitnessed() throws -> Bool { try base.isWitnessed() }
    func writeStops(includingConfirmed: Bool) throws -> [WriteStop] {
        try base.writeStops(includingConfirmed: includingConfirmed)
    }
    func setting(_ name: String) throws -> String? { try base.setting(name) }
    func subscriptions(connection: String?) throws -> [StoredSubscription] {
        try base.subscriptions(connection: connection)
    }
}
