import CoupletCore
import CoupletPorts

/// Decides the creates of one direction: uncoupled records within the filter that match nothing get a counterpart.
struct CreationPlanner: Sendable {
    let run: MappingRun
    /// The side on which records are created.
    let target: Side
    /// Source records that may not be created: they match something, or a question about them is open.
    let withheld: Set<RecordID>
    /// Only these records; nil for all.
    let only: Set<RecordID>?
    /// Whether a person named them, so that parked ones are tried again.
    let isAsked: Bool

    /// Plans all creates; returns how many steps were stored.
    func plan() async throws -> Int {
        var after: RecordID?
        var steps = 0
        var done = 0
        let sent = try await inFlight()
        var numbers = try await nextNumber(after: sent.number)
        let inFlight = sent.sources
        while true {
            let position = after
            var batch = try await load(after: position)
            guard let last = batch.last else { break }
            if try await run.readKeys(lacking: batch.lacking) { batch = try await load(after: position) }
            after = last
            try await read(&batch.records, but: inFlight)
            let decided = decide(batch.records, batch.references, inFlight: inFlight, numbers: &numbers)
            steps += decided.steps.count
            try await record(decided)
            done += batch.records.count
            run.progress(ProgressEvent(stage: .planning, mapping: run.context.name, side: target, done: done))
            try Task.checkCancellation()
        }
        return steps
    }

    /// Some uncoupled records and what their references need.
    private struct Batch: Sendable {
        /// The records that may be created; those of another company are left out.
        var records: [UncoupledRecord]
        var references: ReferenceTable
        var lacking: Set<MappingContext.KeyFeed>
        /// The last record that was read; nil when there was none.
        var last: RecordID?
    }

    private func load(after: RecordID?) async throws -> Batch {
        let context = run.context
        let source = target.other
        return try await run.store.read { transaction in
            let batch = try transaction.uncoupled(
                mapping: context.name,
                side: source,
                feed: context.feeds[source].id,
                after: after,
                limit: CouplingPlanner.batchSize
            )
            let taken = source == .crm ? try context.taken(batch.map(\.record.id), transaction) : []
            let free = batch.filter { !taken.contains($0.record.id) }
            let rows = free.compactMap { context.row($0.observation, source) }
            var lookup = ReferenceLookup(context, transaction)
            try lookup.answer(context.program.referenceQuestions(creatingFrom: rows, source: source))
            return Batch(
                records: free,
                references: lookup.table,
                lacking: lookup.lacking,
                last: batch.last?.record.id
            )
        }
    }

    /// Reads what is created from where its values are not kept.
    private func read(_ records: inout [UncoupledRecord], but inFlight: Set<RecordID>) async throws {
        let (context, source) = (run.context, target.other)
        guard !context.program.unkept.isEmpty else { return }
        var ignored = BatchDecisions()
        let ids = records.filter { record in
            let id = record.record.id
            guard let row = context.row(record.observation, source) else { return false }
            return only?.contains(id) ?? true && !withheld.contains(id) && !inFlight.contains(id)
                && context.decisions.isInScope(row, side: source, program: context.program)
                && !isHeld(record, &ignored)
        }
        .map(\.record.id)
        let live = try await LiveRecords(store: run.store, context: context).read(ids, source)
        for index in records.indices {
            guard let row = live.rows[records[index].record.id] else { continue }
            records[index].observation.row = row.row
        }
    }

    /// The number after the greatest key of the mapping's own pattern; nil where the target numbers its records.
    private func nextNumber(after inFlight: Int) async throws -> Int? {
        guard let pattern = run.context.mapping.table(target).keyPattern else { return nil }
        let feed = run.context.feeds[target].id
        let greatest = try await run.store.read { try $0.greatestKey(feed: feed, prefix: pattern.prefix) }
        return max(greatest.flatMap(pattern.number(of:)) ?? 0, inFlight) + 1
    }

    /// Creates that were sent and of which nobody knows yet: creating their sources again could make a second record,
    /// giving their numbers again could take one record for the other, and what they have made has its counterpart.
    private func inFlight() async throws -> (sources: Set<RecordID>, number: Int) {
        let name = run.context.name
        let target = target
        let pattern = run.context.mapping.table(target).keyPattern
        return try await run.store.read { transaction in
            var sources: Set<RecordID> = []
            var number = 0
            for step in try transaction.sentSteps(of: name).map(\.step) where step.action == .create {
                // Their source, or, under an id of ours, what they have made on the side that is read here.
                if let source = step.ids[target.other] { sources.insert(source) }
                guard step.target == target else { continue }
                number = max(number, step.naturalKey.flatMap { pattern?.number(of: $0) } ?? 0)
            }
            return (sources, number)
        }
    }

    private func decide(
        _ batch: [UncoupledRecord],
        _ references: ReferenceTable,
        inFlight: Set<RecordID>,
        numbers: inout Int?
    ) -> BatchDecisions {
        let source = target.other
        let planner = CreatePlanner(program: run.context.program, target: target)
        let connector = run.context.connectors[target]
        let takesOurIDs =
            connector.capabilities.takesOurIDs
            && !connector.changesDefinitions(in: run.context.mapping.table(target).table)
        let pattern = run.context.mapping.table(target).keyPattern
        var decisions = BatchDecisions()
        for record in batch {
            guard only?.contains(record.record.id) ?? true, let row = run.context.row(record.observation, source),
                run.context.decisions.isInScope(row, side: source, program: run.context.program),
                !withheld.contains(record.record.id),
                !inFlight.contains(record.record.id),
                !isHeld(record, &decisions)
            else { continue }
            let decision = planner.decide(
                source: row,
                id: record.record.id,
                references: references,
                newID: takesOurIDs ? run.ids.next() : nil,
                naturalKey: numbers.flatMap { number in pattern?.key(number) },
                label: MappingRun.label(key: record.record.key, name: record.record.name)
            )
            switch decision {
            case .step(var step):
                step.key = record.keyText(on: source)
                step.versions = BySide(erp: "", crm: "")
                step.versions?[source] = record.record.version
                decisions.steps.append(step)
                numbers = numbers.map { $0 + 1 }
            case .problems(let problems):
                fail(record, problems.map(\.message), .parked, &decisions)
            case .waits(let waits):
                fail(record, waits.map(Message.init(waiting:)), .waiting, &decisions)
            }
        }
        return decisions
    }

    private func isHeld(_ record: UncoupledRecord, _ decisions: inout BatchDecisions) -> Bool {
        if record.question != nil {
            decisions.open.append(.question(record.record.id))
            return true
        }
        guard let failure = record.failure, failure.target == target, !isAsked else { return false }
        switch failure.disposition {
        case .parked where failure.sourceVersion == record.record.version:
            decisions.open.append(.parked(record.record.id))
            return true
        case .retrying:
            guard let next = failure.nextAt, run.clock.now < next else { return false }
            decisions.open.append(.failed(record.record.id))
            return true
        case .parked, .waiting: return false
        }
    }

    private func fail(
        _ record: UncoupledRecord,
        _ messages: [Message],
        _ disposition: FailureRecord.Disposition,
        _ decisions: inout BatchDecisions
    ) {
        let now = run.clock.now
        decisions.failures.append(
            FailureRecord(
                mapping: run.context.name,
                target: target,
                source: record.record.id,
                coupling: nil,
                label: MappingRun.label(key: record.record.key, name: record.record.name),
                messages: messages,
                disposition: disposition,
                attempts: (record.failure?.attempts ?? 0) + 1,
                sourceVersion: record.record.version,
                targetVersion: "",
                firstAt: record.failure?.firstAt ?? now,
                lastAt: now,
                nextAt: nil,
                job: run.job(toward: target)
            )
        )
        decisions.open.append(disposition == .waiting ? .waiting(record.record.id) : .parked(record.record.id))
    }

    private func record(_ decisions: BatchDecisions) async throws {
        let context = run.context
        let plan = run.plans.parent
        run.tally.add(decisions.steps)
        let isPreview = run.isPreview
        let items = isPreview ? decisions.items : []
        if isPreview { run.tally.add(items) } else { decisions.count(in: run) }
        let stored = decisions.steps.map {
            StoredStep(plan: run.plans[target], job: isPreview ? nil : run.jobs[target], step: $0, state: .planned)
        }
        try await run.store.write { transaction in
            _ = try transaction.append(stored)
            if isPreview {
                try transaction.append(items, plan: plan)
            } else {
                try decisions.record(context, transaction)
            }
        }
    }
}

extension MappingContext {
    /// An observation as a row, if it is in the feed's present layout.
    func row(_ observation: StagedObservation, _ side: Side) -> ObservedRow? {
        guard observation.layout == program.layouts[side].number else { return nil }
        return ObservedRow(row: observation.row, layout: program.layouts[side], version: observation.version)
    }
}

extension UncoupledRecord {
    /// How a person names the record on the command line.
    func keyText(on side: Side) -> String {
        side == .crm ? "crm:\(record.id)" : record.key ?? record.id.description
    }
}
