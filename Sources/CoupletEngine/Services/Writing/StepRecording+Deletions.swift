import CoupletCore
import CoupletPorts

/// What the settlement of a deletion records.
extension StepRecording {
    /// A record that was deleted leaves its coupling, and nothing else of it stays behind.
    mutating func settleDeletion(
        _ stored: StoredStep,
        _ id: RecordID,
        _ state: CouplingState?,
        _ sequence: Int64,
        _ transaction: any StoreWriting
    ) throws {
        let step = stored.step
        let feed = context.feeds[target].id
        var record =
            try transaction.records(feed: feed, ids: [id])[id]
            ?? RemoteRecord(id: id, version: "", key: step.key, name: step.label)
        (record.isDeleted, record.readSequence, record.writeSequence) = (true, sequence, sequence)
        try transaction.save([record], feed: feed)
        try transaction.removeObservations([id], feed: feed)
        let job = stored.job ?? run.jobs[target]
        if let state { try CouplingSteps.forget(state, now, transaction) }
        try Disappearance(context: context, side: target, now: now).note([record], transaction)
        summary.applied.note(step.action, job: job)
        history.append(
            HistoryEntry(
                step: stored.id,
                run: try job.flatMap { try transaction.job($0)?.run } ?? run.book.run.id,
                job: job,
                mapping: context.name,
                coupling: step.coupling ?? 0,
                side: target,
                record: id,
                action: .delete,
                fields: step.fields.map(\.recorded),
                at: now,
                counterpart: step.ids[target.other],
                base: state?.base?.blob,
                choice: state?.coupling.choice,
                undoes: step.undoes
            )
        )
        if step.undoes != nil { try leaveAlone(step, transaction) }
    }

    /// Keeps the next synchronization from making anew what an undo has deleted, until a person asks for it or its source
    /// changes.
    private func leaveAlone(_ step: Step, _ transaction: any StoreWriting) throws {
        guard let source = step.ids[target.other] else { return }
        let known = try transaction.records(feed: context.feeds[target.other].id, ids: [source])[source]
        guard let known, !known.isDeleted else { return }
        try transaction.save(
            FailureRecord(
                mapping: context.name,
                target: target,
                source: source,
                coupling: nil,
                label: step.label,
                messages: [Message("undo.notMadeAgain", ["label": step.label, "side": target.rawValue])],
                disposition: .parked,
                attempts: 1,
                sourceVersion: known.version,
                targetVersion: "",
                firstAt: now,
                lastAt: now,
                nextAt: nil,
                job: run.jobs[target]
            )
        )
    }
}
