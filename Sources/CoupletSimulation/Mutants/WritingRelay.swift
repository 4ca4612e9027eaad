import CoupletCore
import CoupletPorts

/// A writing transaction that passes everything on; a defect replaces what it is about.
class WritingRelay: ReadingRelay, StoreWriting {
    let wrapped: any StoreWriting

    init(_ wrapped: any StoreWriting) {
        self.wrapped = wrapped
        super.init(wrapped)
    }

    func save(_ connection: StoredConnection, sealedSecret: [UInt8]?) throws {
        try wrapped.save(connection, sealedSecret: sealedSecret)
    }
    func save(_ mapping: TableMapping) throws { try wrapped.save(mapping) }
    func saveDocument(_ body: [UInt8], kind: String, key: String) throws {
        try wrapped.saveDocument(body, kind: kind, key: key)
    }
    func removeDocument(kind: String, key: String) throws { try wrapped.removeDocument(kind: kind, key: key) }
    func layout(fields: [String]) throws -> RowLayout { try wrapped.layout(fields: fields) }
    func openFeed(connection: String, table: String) throws -> StoredFeed {
        try wrapped.openFeed(connection: connection, table: table)
    }
    func save(_ feed: StoredFeed) throws { try wrapped.save(feed) }
    func nextSequence() throws -> Int64 { try wrapped.nextSequence() }
    func save(_ records: [RemoteRecord], feed: Int64) throws { try wrapped.save(records, feed: feed) }
    func markGone(feed: Int64, notReadSince sequence: Int64) throws {
        try wrapped.markGone(feed: feed, notReadSince: sequence)
    }
    func stage(_ observations: [StagedObservation], feed: Int64) throws { try wrapped.stage(observations, feed: feed) }
    func removeObservations(_ ids: [RecordID], feed: Int64) throws { try wrapped.removeObservations(ids, feed: feed) }
    func insert(_ coupling: Coupling) throws -> Int64 { try wrapped.insert(coupling) }
    func update(_ coupling: Coupling) throws { try wrapped.update(coupling) }
    func forgetChoices(mapping: String) throws { try wrapped.forgetChoices(mapping: mapping) }
    func rest(_ couplings: [Int64], mapping: String) throws { try wrapped.rest(couplings, mapping: mapping) }
    func removeCoupling(_ id: Int64) throws { try wrapped.removeCoupling(id) }
    func save(_ bases: [(coupling: Int64, base: Base)]) throws { try wrapped.save(bases) }
    func insert(_ run: RunRecord) throws -> Int64 { try wrapped.insert(run) }
    func update(_ run: RunRecord) throws { try wrapped.update(run) }
    func insert(_ job: JobRecord) throws -> Int64 { try wrapped.insert(job) }
    func update(_ job: JobRecord) throws { try wrapped.update(job) }
    func insert(_ plan: PlanRecord) throws -> Int64 { try wrapped.insert(plan) }
    func update(_ plan: PlanRecord) throws { try wrapped.update(plan) }
    func append(_ items: [PlanItem], plan: Int64) throws { try wrapped.append(items, plan: plan) }
    func append(_ steps: [StoredStep]) throws -> [Int64] { try wrapped.append(steps) }
    func update(_ steps: [StoredStep]) throws { try wrapped.update(steps) }
    func replace(_ steps: [StoredStep]) throws { try wrapped.replace(steps) }
    func append(_ entries: [HistoryEntry]) throws { try wrapped.append(entries) }
    func save(_ baseline: JobBaseline) throws { try wrapped.save(baseline) }
    func save(_ conflict: ConflictRecord) throws -> Int64 { try wrapped.save(conflict) }
    func save(_ question: QuestionRecord) throws -> Int64 { try wrapped.save(question) }
    func save(_ failure: FailureRecord) throws { try wrapped.save(failure) }
    func removeFailure(mapping: String, target: Side, source: RecordID) throws {
        try wrapped.removeFailure(mapping: mapping, target: target, source: source)
    }
    func removeOldWork(before: Instant) throws -> RetentionCounts { try wrapped.removeOldWork(before: before) }
    func append(_ entry: AuditEntry) throws -> AuditEntry { try wrapped.append(entry) }
    func markWitnessed() throws { try wrapped.markWitnessed() }
    func save(_ stop: WriteStop) throws -> Int64 { try wrapped.save(stop) }
    func readAnew() throws { try wrapped.readAnew() }
    func save(_ subscription: StoredSubscription) throws { try wrapped.save(subscription) }
    func removeSubscription(connection: String, table: String) throws {
        try wrapped.removeSubscription(connection: connection, table: table)
    }
    func save(setting: String, _ value: String?) throws { try wrapped.save(setting: setting, value) }
    func erase(_ erasure: Erasure) throws -> ErasureCounts { try wrapped.erase(erasure) }
}
