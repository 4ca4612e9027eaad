import CoupletCore
import CoupletPorts

/// Records what became of a batch of steps: base, coupling, records, history and open items in one transaction.
struct BatchSettler: Sendable {
    /// What a batch leaves to do.
    struct Result: Sendable {
        var replan: Set<Int64> = []
        var unread: Set<RecordID> = []
        var lost: [StoredStep] = []
        /// What the remote said of lost creates that it refused because another record is in the way, by step.
        var refusals: [Int64: RemoteProblem] = [:]
        var waitSeconds: Double?
    }

    let run: MappingRun
    let target: Side
    /// Whether steps that the remote put off are sent again in this run.
    let mayDelay: Bool
    /// Steps that were sent before, of which nobody knows what became: this time only reading the record tells.
    var repeats: Set<Int64> = []
    /// What the steps may have written besides what they are settled with.
    var doubtful: [HistoryEntry] = []

    /// What one step becomes.
    enum Verdict: Sendable {
        case done(Outcome.Written)
        case again(StepState)
        /// Sent again, though it may have been done: what the target says of the second one tells.
        case repeated
        case failed(FailureRecord.Disposition, Message, afterSeconds: Double?)
        case lost
    }

    /// Settles a batch.
    func settle(_ steps: [StoredStep], _ outcomes: [Outcome]) async throws -> Result {
        var result = Result()
        var verdicts: [(StoredStep, Verdict)] = []
        for (index, stored) in steps.enumerated() {
            let outcome = index < outcomes.count ? outcomes[index] : .notAttempted
            let verdict = verdict(stored, outcome, &result)
            verdicts.append((stored, verdict))
        }
        let judged = verdicts
        let run = run
        let target = target
        let repeats = repeats
        let now = run.clock.now
        let doubtful = doubtful
        let settlement = try await run.store.write { transaction in
            var recording = StepRecording(run: run, target: target, now: now, repeats: repeats)
            try recording.record(judged, transaction)
            try transaction.append(doubtful)
            try run.book.keep(recording.summary.applied, transaction)
            return recording.summary
        }
        result.replan.formUnion(settlement.replan)
        result.unread.formUnion(settlement.unread)
        run.book.count(settlement.applied)
        note(judged)
        for source in settlement.cured { run.book.cure(source, mapping: run.context.name) }
        return result
    }

    private func verdict(_ stored: StoredStep, _ outcome: Outcome, _ result: inout Result) -> Verdict {
        let step = stored.step
        switch outcome {
        case .applied(let written): return .done(written)
        case .preconditionFailed:
            if repeats.contains(stored.id) { return lost(stored, &result) }
            note(step, &result)
            return .again(.replanned)
        case .retryable(let after):
            guard mayDelay else {
                // Under the same id it can be sent again at any time; planned anew it would get another one.
                if step.action == .create, step.ids[step.target] != nil { return lost(stored, &result) }
                if repeats.contains(stored.id) { return lost(stored, &result) }
                return .failed(.retrying, Message("remote.putOff", ["label": step.label]), afterSeconds: after)
            }
            result.waitSeconds = max(result.waitSeconds ?? 1, after ?? 1)
            return .again(.planned)
        case .unclear(let after):
            // Where the remote assigns the id a second one would be another record: it has the service's word that what it
            // puts off it has not done.
            guard step.ids[step.target] != nil else {
                return verdict(stored, .retryable(afterSeconds: after), &result)
            }
            guard mayDelay else { return lost(stored, &result) }
            result.waitSeconds = max(result.waitSeconds ?? 1, after ?? 1)
            return .repeated
        case .notAttempted:
            guard mayDelay else {
                if repeats.contains(stored.id) { return lost(stored, &result) }
                return .failed(.retrying, Message("remote.putOff", ["label": step.label]), afterSeconds: nil)
            }
            result.waitSeconds = max(result.waitSeconds ?? 0, 1)
            return .again(.planned)
        case .unknown: return lost(stored, &result)
        case .rejected(let problem):
            if step.action == .create, problem.kind == .duplicate, step.ids[step.target] != nil {
                result.refusals[stored.id] = problem
                return lost(stored, &result)
            }
            if problem.kind == .missing, step.action == .delete, let id = step.ids[step.target] {
                return .done(Outcome.Written(id: id, version: "", row: nil))
            }
            if problem.kind == .missing, step.action == .update {
                // An earlier sending may have been done before the record was deleted: what it wrote over is kept.
                if repeats.contains(stored.id) { return lost(stored, &result) }
                note(step, &result)
                return .again(.replanned)
            }
            let arguments = ["label": step.label, "code": problem.code, "message": problem.message]
            // A key of ours that somebody else took meanwhile: the next plan gives another one.
            let isKeyTaken = problem.kind == .duplicate && step.naturalKey != nil
            return .failed(isKeyTaken ? .retrying : .parked, Message("remote.rejected", arguments), afterSeconds: nil)
        }
    }

    private func lost(_ stored: StoredStep, _ result: inout Result) -> Verdict {
        result.lost.append(stored)
        return .lost
    }

    private func note(_ step: Step, _ result: inout Result) {
        if let coupling = step.coupling { result.replan.insert(coupling) }
        if let id = step.ids[step.target] { result.unread.insert(id) }
    }

    private func note(_ verdicts: [(StoredStep, Verdict)]) {
        guard let job = run.jobs[target] else { return }
        for (stored, verdict) in verdicts {
            let source = stored.step.ids[target.other] ?? .zero
            switch verdict {
            case .failed(let disposition, _, _):
                run.book.note(job, disposition == .parked ? .parked(source) : .failed(source))
            case .done, .again, .repeated, .lost: continue
            }
        }
    }
}
