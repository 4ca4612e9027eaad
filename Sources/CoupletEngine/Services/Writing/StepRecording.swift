import CoupletCore
import CoupletPorts

/// Writes the settlement of a batch into an open transaction.
struct StepRecording {
    /// What the settlement leaves to do.
    struct Summary: Sendable {
        var replan: Set<Int64> = []
        var unread: Set<RecordID> = []
        var cured: [RecordID] = []
        var applied = JobTally()
    }

    let run: MappingRun
    let target: Side
    let now: Instant
    /// Steps that were sent before, of which nobody knows what became.
    let repeats: Set<Int64>
    var summary = Summary()
    private var records: [RemoteRecord] = []
    private var observations: [StagedObservation] = []
    private var released = BySide<[RecordID]>(erp: [], crm: [])
    private var bases: [(coupling: Int64, base: Base)] = []
    var history: [HistoryEntry] = []
    private var failures: [RecordID: FailureRecord]?
    /// Written records that other mappings have coupled too.
    var elsewhere: Set<RecordID> = []

    init(run: MappingRun, target: Side, now: Instant, repeats: Set<Int64>) {
        self.run = run
        self.target = target
        self.now = now
        self.repeats = repeats
    }

    var context: MappingContext { run.context }

    /// Records the verdicts of a batch.
    mutating func record(
        _ verdicts: [(StoredStep, BatchSettler.Verdict)],
        _ transaction: any StoreWriting
    ) throws {
        let states = try loadStates(verdicts.compactMap(\.0.step.coupling), transaction)
        let sequence = try transaction.nextSequence()
        try findElsewhere(verdicts, transaction)
        var updates: [StoredStep] = []
        for (stored, verdict) in verdicts {
            var stored = stored
            switch verdict {
            case .done(let written):
                stored.state = .applied
                let state = stored.step.coupling.flatMap { states[$0] }
                try settle(stored, written, state, sequence, transaction)
            case .again(let state):
                stored.state = state
                // Put off, it certainly did nothing.
                if !repeats.contains(stored.id) { stored.sentAt = nil }
            case .repeated: stored.state = .planned
            case .failed(let disposition, let message, let after):
                // What the remote says of a value may repeat it.
                let message = stored.step.withholding(message, of: context.program.unkept)
                stored.state = .failed
                stored.reason = message
                try fail(stored.step, disposition, message, after, states, transaction)
            case .lost: continue
            }
            updates.append(stored)
        }
        try transaction.update(updates)
        try transaction.save(records, feed: context.feeds[target].id)
        try transaction.save(bases)
        // What is released is looked at as it is now: another mapping may still need it.
        try transaction.stage(observations, feed: context.feeds[target].id)
        for side in Side.allCases { try context.release(released[side], side, transaction) }
        try transaction.append(history)
    }

    private func loadStates(_ couplings: [Int64], _ transaction: any StoreReading) throws -> [Int64: CouplingInput] {
        guard !couplings.isEmpty else { return [:] }
        let states = try transaction.couplingStates(
            mapping: context.name,
            feeds: context.feedIDs,
            scope: .couplings(couplings),
            now: now,
            after: 0,
            limit: couplings.count
        )
        let inputs = try CouplingInput.all(states, context.program, transaction)
        return Dictionary(inputs.map { ($0.state.coupling.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func settle(
        _ stored: StoredStep,
        _ written: Outcome.Written,
        _ state: CouplingInput?,
        _ sequence: Int64,
        _ transaction: any StoreWriting
    ) throws {
        let step = stored.step
        if step.action == .delete { return try settleDeletion(stored, written.id, state?.state, sequence, transaction) }
        guard let source = step.ids[target.other] else { return }
        let sourceRow = try state?.input.observed[target.other] ?? observed(source, target.other, transaction)
        let made = made(of: written, source, sourceRow)
        guard let coupling = try step.coupling ?? couple(stored, made, transaction) else { return }
        var counted = step
        if let conflict = state?.state.conflict { counted = try follow(conflict, step, written.row, transaction) }
        let base = context.decisions.base(
            applying: counted,
            returned: written.row,
            to: state?.input.base,
            source: sourceRow,
            program: context.program
        )
        bases.append((coupling, base))
        keep(written, step, base, state, sequence)
        try noteScope(of: written, state?.state.coupling, context.program, transaction)
        if let sourceRow, context.program.isSettled(sourceRow, side: target.other, record: source, base: base) {
            released[target.other].append(source)
        }
        if written.row == nil {
            summary.unread.insert(written.id)
            summary.replan.insert(coupling)
        }
        if counted.fields.count != step.fields.count { summary.replan.insert(coupling) }
        if step.action == .create || state?.state.failures[target]?.isRemote != false {
            try transaction.removeFailure(mapping: context.name, target: target, source: source)
            summary.cured.append(source)
        } else if run.book.applied != nil, var failure = state?.state.failures[target] {
            // What kept the record may be gone with what was shown: the next synchronization looks.
            (failure.disposition, failure.nextAt) = (.retrying, now)
            try transaction.save(failure)
        }
        try closeQuestion(target.other, source, transaction)
        if step.action == .create { try closeQuestion(target, written.id, transaction) }
        // What an earlier run had sent is that run's work, whenever its answer is found.
        let job = stored.job ?? run.jobs[target]
        summary.applied.note(step.action, job: job)
        history.append(
            HistoryEntry(
                step: stored.id,
                run: try job.flatMap { try transaction.job($0)?.run } ?? run.book.run.id,
                job: job,
                mapping: context.name,
                coupling: coupling,
                side: target,
                record: written.id,
                action: step.action,
                fields: step.fields.map(\.recorded),
                at: now,
                counterpart: source,
                undoes: step.undoes,
                // What was read later need not be the version that the write produced.
                version: written.isFoundLater ? nil : written.version
            )
        )
    }

    /// The coupling of a created record; an earlier settlement of the same create may have made it.
    private func couple(_ stored: StoredStep, _ made: Coupling, _ transaction: any StoreWriting) throws -> Int64? {
        let source = made.ids[target.other]
        if let known = try transaction.coupling(mapping: context.name, side: target.other, record: source) {
            if known.id == stored.step.replaces, known.ids[target] != made.ids[target] {
                try CouplingSteps.release(known.id, of: stored, run, transaction)
                return try transaction.insert(made)
            }
            return known.ids[target] == made.ids[target] ? known.id : nil
        }
        return try transaction.insert(made)
    }

    /// The coupling of a created record with its source, either of which may have left its filter before anybody knew that
    /// the create was done.
    private func made(of written: Outcome.Written, _ source: RecordID, _ sourceRow: ObservedRow?) -> Coupling {
        var ids = BySide(erp: source, crm: source)
        ids[target] = written.id
        var coupling = Coupling(mapping: context.name, ids: ids, choice: target.other, run: run.book.run.id)
        let layout = context.program.layouts[target]
        let row = written.row.map { ObservedRow(row: $0, layout: layout, version: written.version) }
        for (side, row) in [(target, row), (target.other, sourceRow)] {
            guard let row else { continue }
            let isInScope = context.decisions.isInScope(row, side: side, program: context.program)
            coupling.isOutOfScope[side] = !isInScope
        }
        return coupling
    }

    private func observed(_ id: RecordID, _ side: Side, _ transaction: any StoreReading) throws -> ObservedRow? {
        try transaction.observations(feed: context.feeds[side].id, ids: [id])[id].flatMap { context.row($0, side) }
    }

    /// What is now known of the written record; its row stays an observation unless the base holds the same.
    private mutating func keep(
        _ written: Outcome.Written,
        _ step: Step,
        _ base: Base,
        _ state: CouplingInput?,
        _ sequence: Int64
    ) {
        let before = state?.state.records[target]
        var record = RemoteRecord(
            id: written.id,
            version: written.version,
            key: before?.key ?? step.naturalKey,
            name: before?.name ?? step.label,
            readSequence: sequence,
            writeSequence: sequence
        )
        guard let row = written.row else {
            records.append(record)
            return
        }
        let observed = ObservedRow(row: row, layout: context.program.layouts[target], version: written.version)
        record.key = context.program.key(of: observed, side: target)
        record.name = context.program.name(of: observed, side: target)
        records.append(record)
        let isSettled = context.program.isSettled(observed, side: target, record: written.id, base: base)
        if isSettled, !elsewhere.contains(written.id) { released[target].append(written.id) }
        // Where another mapping reads the table, what was seen before the write may be kept, and must not look like an
        // edit.
        if !isSettled || !context.siblings[target].isEmpty {
            observations.append(
                StagedObservation(
                    id: written.id,
                    version: written.version,
                    layout: context.program.layouts[target].number,
                    row: row
                )
            )
        }
    }

    /// Moves a conflict on: fields that were written are settled, by a person's word or because one side had come back to
    /// the base meanwhile; a typed value that the ERP has now goes to the CRM as the ERP's, and its base stays until that
    /// is done.
    private func follow(
        _ conflict: ConflictRecord,
        _ step: Step,
        _ row: EncodedRow?,
        _ transaction: any StoreWriting
    ) throws -> Step {
        var conflict = conflict
        var counted = step
        for field in step.fields {
            let name = field.write.field
            if field.write.cause == .resolution, case .value = conflict.resolutions[name], target == .erp,
                let index = conflict.fields.firstIndex(where: { $0.field == name })
            {
                // As the ERP has it: a code that was typed in small letters stands there in capitals.
                conflict.fields[index].present.erp = value(of: field.target, in: row) ?? field.write.value
                conflict.resolutions[name] = .take(.erp)
                counted.fields.removeAll { $0.write.field == name }
            } else {
                conflict.fields.removeAll { $0.field == name }
                conflict.resolutions[name] = nil
            }
        }
        conflict.closedAt = conflict.fields.isEmpty ? now : nil
        _ = try transaction.save(conflict)
        return counted
    }

    /// What a row of the target has in a field.
    private func value(of field: FieldMapping.Field, in row: EncodedRow?) -> Value? {
        let layout = context.program.layouts[target]
        guard let row, let position = layout.position(of: field.name) else { return nil }
        return row.withView(fieldCount: layout.fields.count) { $0.value(at: position) }
    }

    /// Which record is the counterpart is no question any more once there is one.
    private func closeQuestion(_ side: Side, _ record: RecordID, _ transaction: any StoreWriting) throws {
        guard
            var question = try transaction.openQuestion(mapping: context.name, side: side, record: record),
            question.kind != .firstComparison
        else { return }
        question.closedAt = now
        _ = try transaction.save(question)
    }

    /// The failure of a record without coupling; all of the mapping's are read once a batch.
    private mutating func earlierFailure(_ source: RecordID, _ transaction: any StoreReading) throws -> FailureRecord? {
        if let failures { return failures[source] }
        let target = target
        let all = try transaction.failures(mapping: context.name).filter { $0.target == target }
        let found = Dictionary(all.map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first })
        failures = found
        return found[source]
    }

    private mutating func fail(
        _ step: Step,
        _ disposition: FailureRecord.Disposition,
        _ message: Message,
        _ after: Double?,
        _ states: [Int64: CouplingInput],
        _ transaction: any StoreWriting
    ) throws {
        guard let source = step.ids[target.other] else { return }
        if step.action == .delete || step.replaces != nil { return try keepDisappearance(step, message, transaction) }
        let state = step.coupling.flatMap { states[$0]?.state }
        let before = try state?.failures[target] ?? earlierFailure(source, transaction)
        let attempts = (before?.attempts ?? 0) + 1
        let isExhausted = disposition == .retrying && RetryPolicy.transient.isExhausted(afterAttempts: attempts)
        let pause = RetryPolicy.transient.pause(afterAttempts: attempts, asked: after)
        let known = try transaction.records(feed: context.feeds[target.other].id, ids: [source])[source]
        try transaction.save(
            FailureRecord(
                mapping: context.name,
                target: target,
                source: source,
                coupling: step.coupling,
                label: step.label,
                messages: [message],
                disposition: isExhausted ? .parked : disposition,
                attempts: attempts,
                sourceVersion: known?.version ?? "",
                targetVersion: state?.records[target]?.version ?? "",
                firstAt: before?.firstAt ?? now,
                lastAt: now,
                nextAt: disposition == .retrying && !isExhausted ? now.advanced(bySeconds: pause) : nil,
                job: run.job(toward: target)
            )
        )
    }
}

extension StepRecording {
    /// What settles a disappearance and fails leaves it as it was, with what went wrong beside it.
    private func keepDisappearance(_ step: Step, _ message: Message, _ transaction: any StoreWriting) throws {
        let gone = step.action == .delete ? target.other : target
        guard let survivor = step.ids[gone.other] else { return }
        let name = context.name
        let known = try transaction.failures(mapping: name).first { $0.target == gone && $0.source == survivor }
        guard var failure = known else { return }
        failure.messages = Array(failure.messages.prefix(1)) + [message]
        failure.attempts += 1
        failure.lastAt = now
        failure.job = run.job(toward: target)
        try transaction.save(failure)
    }
}

extension FailureRecord {
    /// Whether the remote caused it, and not a value that has no form on the other side.
    var isRemote: Bool { messages.allSatisfy { $0.code.hasPrefix("remote.") } }
}

extension Step.Field {
    /// The write as the history keeps it: a value of a template belongs to no field mapping, and has the name of the
    /// target's field alone.
    var recorded: FieldWrite {
        guard write.field.isEmpty else { return write }
        var named = write
        named.field = "|\(target.name)"
        return named
    }
}
