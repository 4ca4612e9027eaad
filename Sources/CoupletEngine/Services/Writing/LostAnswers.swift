import CoupletCore
import CoupletPorts

/// Finds out what became of steps whose answer never came: in this run, or before a crash.
struct LostAnswers: Sendable {
    /// What finding out leaves to do.
    struct Result: Sendable {
        var replan: Set<Int64> = []
        var unread: Set<RecordID> = []
        /// Writes that have not arrived, ready to be sent again under the run's own plan.
        var resent = 0
    }

    /// The longest that a run waits for a remote's time limit; a longer one is left to a later run.
    static let longestWaitSeconds = 60.0

    let run: MappingRun
    let target: Side

    /// Settles lost steps by reading the target.
    /// - Parameters:
    ///   - steps: The steps.
    ///   - refusals: What the remote said of creates that it refused because another record is in the way, by step.
    /// - Returns: What is left to do.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func settle(_ steps: [StoredStep], refusals: [Int64: RemoteProblem] = [:]) async throws -> Result {
        var result = Result()
        let known = steps.filter { $0.step.ids[target] != nil }
        try await settleKnown(known, refusals, &result)
        try await settleAssigned(steps.filter { $0.step.ids[target] == nil }, &result)
        return result
    }

    /// Updates, and creates under an id of ours: the record itself tells.
    private func settleKnown(
        _ steps: [StoredStep],
        _ refusals: [Int64: RemoteProblem],
        _ result: inout Result
    ) async throws {
        guard !steps.isEmpty else { return }
        let ids = steps.compactMap { $0.step.ids[target] }
        // What a record is says nothing of what arrives after it was looked at, however long the answer takes.
        let asked = run.clock.now
        let answers = try await run.context.connectors[target].fetch(ids, of: run.context.shapes[target])
        var done: [StoredStep] = []
        var outcomes: [Outcome] = []
        var moved: [StoredStep] = []
        // What belongs to a step is kept with what becomes of it: after a crash between the two nobody would ask again.
        var besideDone: [HistoryEntry] = []
        var besideMoved: [HistoryEntry] = []
        for ((stored, id), answer) in zip(zip(steps, ids), answers) {
            switch answer {
            case .present(let row) where stored.step.action != .create && row.version == stored.step.precondition:
                // It has not arrived, and nothing else keeps it from arriving later.
                try await sendAgain(update: stored, asked: asked, &result)
            case .present(let row):
                let confirmed = confirmed(stored.step, by: row)
                let doubtful = doubt(stored, beside: confirmed)
                if let confirmed {
                    besideDone += doubtful
                    var stored = stored
                    stored.step = confirmed
                    done.append(stored)
                    outcomes.append(
                        .applied(Outcome.Written(id: id, version: row.version, row: row.row, isFoundLater: true))
                    )
                } else {
                    besideMoved += doubtful
                    moved.append(stored)
                    result.unread.insert(id)
                }
                if let coupling = stored.step.coupling { result.replan.insert(coupling) }
            case .missing where stored.step.action == .create:
                if var refusal = refusals[stored.id] {
                    // Our id does not exist, so it is another record that has the key.
                    refusal.kind = .validation
                    done.append(stored)
                    outcomes.append(.rejected(refusal))
                } else {
                    try await sendAgain(stored, asked: asked, &result)
                }
            case .missing where stored.step.action == .delete:
                done.append(stored)
                outcomes.append(.applied(Outcome.Written(id: id, version: "", row: nil, isFoundLater: true)))
            case .missing:
                besideMoved += doubt(stored, beside: nil)
                moved.append(stored)
                result.unread.insert(id)
                if let coupling = stored.step.coupling { result.replan.insert(coupling) }
            case .unknown, .putOff: note(stored)
            }
        }
        let settler = BatchSettler(run: run, target: target, mayDelay: false, doubtful: besideDone)
        _ = try await settler.settle(done, outcomes)
        try await giveUp(moved, besideMoved)
    }

    /// The part of a step that its record shows to be done; nil where that is nothing.
    private func confirmed(_ step: Step, by row: ObservedRow) -> Step? {
        switch step.action {
        case .create: step
        case .delete: nil
        case .update, .couple, .uncouple:
            run.context.decisions.confirmed(step, by: row.row, program: run.context.program)
        }
    }

    /// What a step may have written without the record showing it.
    ///
    /// The request may still be on its way, or somebody changed the field after it arrived: in both cases a value was
    /// written over that is nowhere else.
    private func doubt(_ stored: StoredStep, beside confirmed: Step?) -> [HistoryEntry] {
        // A deletion that did not arrive with its version never will.
        guard stored.step.action != .delete else { return [] }
        let seen = Set(confirmed?.fields.map(\.target.name) ?? [])
        let fields = stored.step.fields.filter { !seen.contains($0.target.name) }.map(\.write)
        guard !fields.isEmpty, let coupling = stored.step.coupling, let record = stored.step.ids[target] else {
            return []
        }
        return [
            HistoryEntry(
                step: stored.id,
                run: run.book.run.id,
                job: stored.job,
                mapping: run.context.name,
                coupling: coupling,
                side: target,
                record: record,
                action: stored.step.action,
                fields: fields,
                at: run.clock.now,
                isConfirmed: false
            )
        ]
    }

    /// Sends a create again that certainly did nothing.
    ///
    /// It is the same one, under the same id, so that a request that is still on its way cannot make a second record.
    /// It stays as it is where this run may not write.
    func sendAgain(_ stored: StoredStep, asked: Instant, _ result: inout Result) async throws {
        guard run.mayWrite, run.direction.writes(to: target) else { return note(stored) }
        let source = stored.step.ids[target.other]
        let run = run
        let target = target
        let isStale = isStale(stored, asked: asked)
        let now = run.clock.now
        let isPlanned = try await run.store.write { transaction in
            var old = stored
            old.state = .dropped
            try transaction.update([old])
            if isStale {
                try MappingRun.takeOver(stored.step, now, transaction)
                return false
            }
            if let source,
                let coupling = try transaction.coupling(
                    mapping: run.context.name,
                    side: target.other,
                    record: source
                ), coupling.id != stored.step.replaces
            {
                return false
            }
            let again = StoredStep(
                plan: run.plans[target],
                job: run.jobs[target],
                step: stored.step,
                state: .planned,
                sentAt: stored.sentAt
            )
            _ = try transaction.append([again])
            return true
        }
        if isPlanned { result.resent += 1 }
    }

    /// Sends an update again that has not arrived, with the same condition, so that it is done once and the first one never:
    /// one that came later would look like an edit of the target's.
    ///
    /// Where that cannot be done it stays as it is, and its coupling is not planned, until it can no longer arrive.
    private func sendAgain(update stored: StoredStep, asked: Instant, _ result: inout Result) async throws {
        let limit = run.context.connectors[target].capabilities.operationLimitSeconds
        let canArrive = stored.sentAt.map { asked < $0.advanced(bySeconds: limit) } ?? false
        if canArrive, !isWritable(stored.step) { return note(stored) }
        let plan = run.plans[target]
        let job = run.jobs[target]
        let side = target
        let doubtful = doubt(stored, beside: nil)
        let isPlanned = try await run.store.write { transaction in
            var old = stored
            let record = stored.step.ids[side]
            let coupling = try record.flatMap {
                try transaction.coupling(mapping: stored.step.mapping, side: side, record: $0)
            }
            guard canArrive, coupling != nil, coupling?.id == stored.step.coupling else {
                old.state = .dropped
                try transaction.update([old])
                if canArrive { try transaction.append(doubtful) }
                return false
            }
            if stored.plan == plan {
                old.state = .planned
                try transaction.update([old])
            } else {
                old.state = .dropped
                try transaction.update([old])
                let again = StoredStep(plan: plan, job: job, step: stored.step, state: .planned, sentAt: stored.sentAt)
                _ = try transaction.append([again])
            }
            return true
        }
        if isPlanned { result.resent += 1 }
        if let coupling = stored.step.coupling { result.replan.insert(coupling) }
    }

    /// Whether a step may still be carried out, as run and mapping are now.
    private func isWritable(_ step: Step) -> Bool {
        guard run.mayWrite, run.direction.writes(to: target) else { return false }
        if step.action == .delete { return true }
        return step.fields.allSatisfy { run.context.program.writes(field: $0.write.field, to: target) }
    }

    /// Whether an earlier run's create can no longer take effect: then it is planned anew, from what both systems hold by
    /// now, and not sent as it was planned then.
    private func isStale(_ stored: StoredStep, asked: Instant) -> Bool {
        guard stored.plan != run.plans[target], let sent = stored.sentAt else { return false }
        let limit = run.context.connectors[target].capabilities.operationLimitSeconds
        return asked >= sent.advanced(bySeconds: limit)
    }

    /// Notes that nobody can tell yet what became of a step.
    func note(_ stored: StoredStep) {
        guard let source = stored.step.ids[target.other] else { return }
        run.book.note(run.jobs[target] ?? run.mainJob, .failed(source))
    }

    /// Their records have moved, so that they cannot arrive any more.
    private func giveUp(_ steps: [StoredStep], _ doubtful: [HistoryEntry]) async throws {
        let moved = steps.map { step in
            var step = step
            step.state = .replanned
            return step
        }
        try await run.store.write { transaction in
            try transaction.update(moved)
            try transaction.append(doubtful)
        }
    }
}
