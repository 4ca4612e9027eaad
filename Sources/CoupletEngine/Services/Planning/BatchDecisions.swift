import CoupletCore
import CoupletPorts

/// Everything that follows from deciding a batch of couplings or creates.
struct BatchDecisions: Sendable {
    /// What a failure is kept under, besides its mapping.
    struct FailureKey: Sendable, Hashable {
        let target: Side
        let source: RecordID

        init(_ target: Side, _ source: RecordID) {
            self.target = target
            self.source = source
        }
    }

    /// A coupling with the record that its counterpart was absorbed by.
    struct Absorbed: Sendable {
        let coupling: Coupling
        let by: RecordID
    }

    var steps: [Step] = []
    var bases: [(coupling: Int64, base: Base)] = []
    var settled = BySide<[RecordID]>(erp: [], crm: [])
    var conflicts: [ConflictRecord] = []
    var questions: [QuestionRecord] = []
    var failures: [FailureRecord] = []
    var keptFailures: Set<FailureKey> = []
    var curedFailures: [FailureKey] = []
    var open: [RunBook.OpenItem] = []
    var unread = BySide<[RecordID]>(erp: [], crm: [])
    var unreadCouplings: [Int64] = []
    /// Records whose values are not kept and are needed to decide.
    var awaited = BySide<Set<RecordID>>(erp: [], crm: [])
    /// Couplings for which nothing is left to do until something changes.
    var resting: [Int64] = []
    /// Couplings whose record of the CRM was absorbed by another one.
    var absorbed: [Absorbed] = []
    var unchanged = 0
    /// How many couplings were left alone, by reason.
    var skips: [SkipReason: Int] = [:]

    /// Notes that a coupling was left alone.
    mutating func skip(_ reason: SkipReason) { skips[reason, default: 0] += 1 }

    /// What a plan that is shown would leave open.
    var items: [PlanItem] {
        conflicts.map(PlanItem.conflict) + questions.map(PlanItem.question) + failures.map(PlanItem.failure)
    }

    /// Adds to the counters of the run's jobs.
    func count(in run: MappingRun) {
        run.book.count(run.mainJob) { counts in
            counts.unchanged += unchanged
            counts.skipped += skips.values.reduce(0, +)
            counts.skippedOutOfScope += skips[.outOfScope] ?? 0
            counts.skippedDeleted += (skips[.erpDeleted] ?? 0) + (skips[.crmDeleted] ?? 0)
            counts.skippedUncompared += skips[.uncompared] ?? 0
        }
        for item in open { run.book.note(run.mainJob, item) }
    }

    /// Saves a question; a record has one at a time, so that a new one takes the place of another kind.
    private func save(_ question: QuestionRecord, _ transaction: any StoreWriting) throws {
        var question = question
        if question.id == 0 {
            let open = try transaction.openQuestion(
                mapping: question.mapping,
                side: question.side,
                record: question.record
            )
            question.id = open?.id ?? 0
        }
        _ = try transaction.save(question)
    }

    /// Records what needs no write to a remote system.
    func record(_ context: MappingContext, _ transaction: any StoreWriting) throws {
        try transaction.save(bases)
        for side in Side.allCases { try context.release(settled[side], side, transaction) }
        for conflict in conflicts { _ = try transaction.save(conflict) }
        for question in questions { try save(question, transaction) }
        for failure in failures { try transaction.save(failure) }
        for key in curedFailures {
            try transaction.removeFailure(mapping: context.name, target: key.target, source: key.source)
        }
        for one in absorbed { try one.ask(context, transaction) }
        if !resting.isEmpty { try transaction.rest(resting, mapping: context.name) }
    }
}

extension MappingContext {
    /// Removes observations that this mapping's bases hold, unless another mapping of the feed still needs them.
    func release(_ ids: [RecordID], _ side: Side, _ transaction: any StoreWriting) throws {
        guard !ids.isEmpty else { return }
        guard !siblings[side].isEmpty else {
            try transaction.removeObservations(ids, feed: feeds[side].id)
            return
        }
        let observations = try transaction.observations(feed: feeds[side].id, ids: ids)
        let free = try ids.filter { id in
            guard let observation = observations[id] else { return false }
            return try !siblings[side].contains { try needs($0, id, observation, side, transaction) }
        }
        try transaction.removeObservations(free, feed: feeds[side].id)
    }

    private func needs(
        _ sibling: MappingProgram,
        _ id: RecordID,
        _ observation: StagedObservation,
        _ side: Side,
        _ transaction: any StoreReading
    ) throws -> Bool {
        // What this company has coupled is none of another one's business.
        if rivals.contains(sibling.mapping.name) { return false }
        let layout = sibling.layouts[side]
        let row = ObservedRow(row: observation.row, layout: layout, version: observation.version)
        guard observation.layout == layout.number, let feeds = referenced[sibling.mapping.name] else { return true }
        guard let coupling = try transaction.coupling(mapping: sibling.mapping.name, side: side, record: id) else {
            return sibling.isInScope(row, side: side)
        }
        let state = try transaction.couplingStates(
            mapping: sibling.mapping.name,
            feeds: feeds,
            scope: .couplings([coupling.id]),
            now: Instant(milliseconds: 0),
            after: 0,
            limit: 1
        ).first
        guard let base = state?.base else { return true }
        return !sibling.isSettled(row, side: side, record: id, base: base)
    }
}
