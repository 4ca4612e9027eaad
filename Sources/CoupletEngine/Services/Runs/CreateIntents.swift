import CoupletCore
import CoupletPorts

extension MappingRun {
    /// Takes over the creates that earlier runs had planned and not sent when they ended early: as failures that are
    /// tried again, so that they are planned anew from what the records hold by then.
    func takeOverCreates() async throws {
        let name = context.name
        let own = book.run.id
        let now = clock.now
        let hasOthers = try await store.read { try $0.plans(in: .applying).contains { $0.run != own } }
        guard hasOthers else { return }
        try await store.write { transaction in
            for plan in try transaction.plans(in: .applying) where plan.run != own {
                var isOthers = false
                while let page = try Self.planned(plan, transaction) {
                    isOthers = page.contains { $0.step.mapping != name }
                    if isOthers { break }
                    for stored in page where stored.sentAt == nil {
                        try Self.takeOver(stored.step, now, transaction)
                    }
                    try transaction.update(page.map { $0.takenOver })
                }
                guard !isOthers else { continue }
                var plan = plan
                plan.state = .applied
                try transaction.update(plan)
            }
        }
    }

    private static func planned(_ plan: PlanRecord, _ transaction: any StoreReading) throws -> [StoredStep]? {
        let page = try transaction.steps(
            plan: plan.id,
            state: .planned,
            after: 0,
            limit: CouplingPlanner.batchSize
        )
        return page.isEmpty ? nil : page
    }

    /// Makes a create that was not carried out a failure that is due at once.
    static func takeOver(_ step: Step, _ now: Instant, _ transaction: any StoreWriting) throws {
        guard step.action == .create, let source = step.ids[step.target.other],
            try transaction.coupling(mapping: step.mapping, side: step.target.other, record: source) == nil
        else { return }
        try transaction.save(
            FailureRecord(
                mapping: step.mapping,
                target: step.target,
                source: source,
                coupling: nil,
                label: step.label,
                messages: [Message("create.cutOff", ["label": step.label])],
                disposition: .retrying,
                attempts: 0,
                sourceVersion: "",
                targetVersion: "",
                firstAt: now,
                lastAt: now,
                nextAt: now
            )
        )
    }

    /// Creates what was to be created before and could not be, where that may pass now; the mapping itself may leave
    /// uncoupled records alone.
    /// - Returns: Why creates are planned only, and must wait for approval; none where they are done.
    func createAgain() async throws -> [Message] {
        let name = context.name
        let now = clock.now
        let context = context
        let isPreview = isPreview
        var (due, waiting) = try await store.read { transaction in
            var due = BySide<Set<RecordID>>(erp: [], crm: [])
            var waiting = BySide<[RecordID]>(erp: [], crm: [])
            for failure in try transaction.failures(mapping: name) where failure.coupling == nil {
                let feed = context.feeds[failure.target.other].id
                let version = try transaction.records(feed: feed, ids: [failure.source])[failure.source]?.version
                guard failure.isDue(now, version: version) else { continue }
                // A plan that is shown says of these too what they wait for.
                if failure.disposition == .waiting, !isPreview {
                    waiting[failure.target].append(failure.source)
                } else {
                    due[failure.target].insert(failure.source)
                }
            }
            return (due, waiting)
        }
        for target in targets { due[target].formUnion(try await ready(waiting[target].sorted(), target)) }
        guard targets.contains(where: { !due[$0].isEmpty }) else { return [] }
        let matches = try await MatchFinder(run: self).find()
        try await matches.ask(self, about: matches.all.filter { due.crm.contains($0) })
        var holds: [Message] = []
        for target in targets where !due[target].isEmpty {
            holds += try await create(on: target, withheld: matches.withheld(target), only: due[target], isAsked: false)
        }
        return holds
    }
}

extension MappingRun {
    /// Those of some waiting records that find now what they waited for.
    ///
    /// The others go on waiting without anything being matched: that would look at all that is coupled, in every cycle.
    private func ready(_ waiting: [RecordID], _ target: Side) async throws -> Set<RecordID> {
        let planner = CreatePlanner(program: context.program, target: target)
        var ready: Set<RecordID> = []
        for start in stride(from: 0, to: waiting.count, by: CouplingPlanner.batchSize) {
            let ids = Array(waiting[start..<min(start + CouplingPlanner.batchSize, waiting.count)])
            var found = try await sources(ids, target)
            if try await readKeys(lacking: found.lacking) { found = try await sources(ids, target) }
            for id in ids {
                guard let row = found.rows[id] else { continue }
                let decision = planner.decide(
                    source: row,
                    id: id,
                    references: found.references,
                    newID: nil,
                    naturalKey: nil,
                    label: ""
                )
                switch decision {
                case .waits: book.note(mainJob, .waiting(id))
                case .step, .problems: ready.insert(id)
                }
            }
        }
        return ready
    }

    /// Records to create from, as they were read last, and what they refer to.
    private struct Sources: Sendable {
        /// Only those within the filter.
        var rows: [RecordID: ObservedRow]
        var references: ReferenceTable
        var lacking: Set<MappingContext.KeyFeed>
    }

    private func sources(_ ids: [RecordID], _ target: Side) async throws -> Sources {
        let context = context
        let side = target.other
        return try await store.read { transaction in
            let rows = try transaction.observations(feed: context.feeds[side].id, ids: ids)
                .compactMapValues { context.row($0, side) }
                .filter { context.program.isInScope($0.value, side: side) }
            var lookup = ReferenceLookup(context, transaction)
            try lookup.answer(context.program.referenceQuestions(creatingFrom: Array(rows.values), source: side))
            return Sources(rows: rows, references: lookup.table, lacking: lookup.lacking)
        }
    }
}

extension FailureRecord {
    /// Whether what keeps a record from being created may have passed.
    fileprivate func isDue(_ now: Instant, version: String?) -> Bool {
        switch disposition {
        case .retrying: (nextAt ?? now) <= now
        case .waiting: true
        case .parked: version != nil && version != sourceVersion
        }
    }
}

extension StoredStep {
    /// Left as an earlier run has left it: what was to be sent again may still arrive, anything else has not left.
    fileprivate var takenOver: StoredStep {
        var step = self
        step.state = sentAt == nil ? .dropped : .sent
        return step
    }
}
