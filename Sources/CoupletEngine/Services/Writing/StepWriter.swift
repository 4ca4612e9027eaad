import CoupletCore
import CoupletPorts

/// Carries out the stored steps of one side: marks a batch as sent, sends it, settles its outcomes.
struct StepWriter: Sendable {
    /// What is left to do after a side's steps.
    struct Result: Sendable {
        /// Couplings whose target had moved or whose outcome must be read: planned again.
        var replan: Set<Int64> = []
        /// Target records to read before that.
        var unread: Set<RecordID> = []
        /// Steps whose answer was lost.
        var lost: [StoredStep] = []
        /// What the remote said of lost creates that it refused because another record is in the way, by step.
        var refusals: [Int64: RemoteProblem] = [:]
        /// How many writes went out and were not put off.
        var settled = 0
    }

    /// How often a batch that the remote put off is sent again before its records wait for a later run.
    static let patience = 5

    let run: MappingRun
    let target: Side
    /// How many steps there are in all, for progress.
    let total: Int

    /// Sends every planned step of the plan's side.
    func write() async throws -> Result {
        if !run.context.program.unkept.isEmpty { try await leaveOutUnknown() }
        var result = Result()
        let (learned, hasSteps) = try await beginning()
        guard hasSteps else { return result }
        var pacing = BatchPacing(
            learned: learned,
            maximum: run.context.connectors[target].capabilities.maximumBatch
        )
        var done = 0
        var delays = 0
        while true {
            let (round, repeats) = try await nextBatches(pacing)
            guard !round.isEmpty else { break }
            let answers = try await send(round, repeats)
            var wait: Double?
            for (steps, answer) in zip(round, answers) {
                pacing.learn(count: steps.count, seconds: answer.seconds, wasTooLarge: answer.wasTooLarge)
                let left = try await settle(steps, answer.outcomes, repeats, mayDelay: delays < Self.patience, &result)
                if let left { wait = max(wait ?? 0, left) }
                done += steps.count
                result.settled += answer.outcomes.count(where: \.isFinal)
            }
            try await learn(pacing.size)
            run.progress(
                ProgressEvent(
                    stage: .writing,
                    mapping: run.context.name,
                    side: target,
                    done: min(done, total),
                    total: total
                )
            )
            try Task.checkCancellation()
            let hasProgress = answers.contains { $0.outcomes.contains(where: \.isFinal) }
            let isOverloaded = !hasProgress && !answers.contains(where: \.wasTooLarge)
            if hasProgress { delays = 0 }
            if let wait {
                guard wait <= LostAnswers.longestWaitSeconds else {
                    try await leave()
                    break
                }
                if isOverloaded { delays += 1 }
                try await run.clock.sleep(until: run.clock.now.advanced(bySeconds: wait))
            } else if isOverloaded {
                try await leave()
                break
            }
        }
        return result
    }

    /// Leaves out steps whose values nobody can open any more, because the key is another one now.
    private func leaveOutUnknown() async throws {
        let plan = run.plans[target]
        var after: Int64 = 0
        while true {
            let position = after
            let last = try await run.store.write { transaction in
                let steps = try transaction.steps(
                    plan: plan,
                    state: .planned,
                    after: position,
                    limit: CouplingPlanner.batchSize
                )
                let unknown = steps.filter { $0.step.fields.contains(where: \.write.value.isUnkept) }
                try transaction.update(
                    unknown.map { stored in
                        var stored = stored
                        (stored.state, stored.reason) = (.leftOut, Message("plan.obstacle.unkept"))
                        return stored
                    }
                )
                return steps.last?.id
            }
            guard let last else { return }
            after = last
        }
    }

    /// What is left stays planned and goes out with a later run: nothing is sent before the remote wants it.
    private func leave() async throws {
        let plan = run.plans[target]
        var after: Int64 = 0
        while true {
            let position = after
            let left = try await run.store.read {
                try $0.steps(plan: plan, state: .planned, after: position, limit: CouplingPlanner.batchSize)
            }
            guard let last = left.last else { return }
            after = last.id
            for source in left.compactMap({ $0.step.ids[target.other] }) {
                run.book.note(run.jobs[target] ?? run.mainJob, .failed(source))
            }
        }
    }

    /// The batch size that was learned, and whether there is anything to send: most often there is not, and then nothing
    /// is written to the store.
    private func beginning() async throws -> (learned: Int, hasSteps: Bool) {
        let feed = run.context.feeds[target]
        let plan = run.plans[target]
        return try await run.store.read { transaction in
            let stored = try transaction.feed(connection: feed.connection, table: feed.table)
            let first = try transaction.steps(plan: plan, state: .planned, after: 0, limit: 1)
            return (stored?.batchSize ?? 0, !first.isEmpty)
        }
    }

    /// Keeps the batch size and the counters so far, so that a crash loses neither.
    private func learn(_ size: Int) async throws {
        let feed = run.context.feeds[target]
        let jobs = run.book.jobs
        try await run.store.write { transaction in
            for job in jobs { try transaction.update(job) }
            var stored = try transaction.openFeed(connection: feed.connection, table: feed.table)
            guard stored.batchSize != size else { return }
            stored.batchSize = size
            try transaction.save(stored)
        }
    }

    /// The next batches, marked as sent before anything leaves: after a crash it is known what may have arrived; and which
    /// of their steps were sent before.
    private func nextBatches(_ pacing: BatchPacing) async throws -> ([[StoredStep]], repeats: Set<Int64>) {
        let plan = run.plans[target]
        let now = run.clock.now
        let size = pacing.size
        let most = max(1, min(4, run.context.connectors[target].capabilities.maximumConcurrency - 1))
        let parallel = pacing.isTrying ? 1 : most
        let witness = run.witness
        let (mapping, direction) = (run.context.mapping, Direction.toward(target))
        let (steps, repeats, mark) = try await run.store.write { transaction in
            let found = try transaction.steps(plan: plan, state: .planned, after: 0, limit: size * parallel)
            // Somebody may have disabled the connection since the run began, or stopped all writing. That it leads
            // elsewhere by now is not possible while a run is at work.
            if !found.isEmpty { try WritePermission.refuse(mapping, direction, isMeasured: true, transaction) }
            let sent = found.map { step in
                var step = step
                step.state = .sent
                step.sentAt = now
                return step
            }
            try transaction.update(sent)
            // A store from before this sending must be seen to be older than its witness.
            if witness != nil, !sent.isEmpty { _ = try transaction.nextSequence() }
            let repeats = Set(found.filter { $0.sentAt != nil }.map(\.id))
            return (sent, repeats, sent.isEmpty ? nil : try transaction.markToKeep(by: witness))
        }
        if let mark { try witness?.keep(mark) }
        let batches = stride(from: 0, to: steps.count, by: size).map { Array(steps[$0..<min($0 + size, steps.count)]) }
        return (batches, repeats)
    }

    private func send(_ batches: [[StoredStep]], _ repeats: Set<Int64>) async throws -> [BatchResult] {
        let connector = run.context.connectors[target]
        let shape = run.context.shapes[target]
        return try await withThrowingTaskGroup(of: (Int, BatchResult).self) { group in
            for (index, steps) in batches.enumerated() {
                let parts = steps.map { WritePart($0.step) }
                group.addTask {
                    do {
                        return (index, try await connector.write(parts, to: shape))
                    } catch let error as ConnectorError where error.kind == .cancelled {
                        return (index, BatchResult(outcomes: parts.map { _ in .unknown }, seconds: 0))
                    }
                }
            }
            var results: [Int: BatchResult] = [:]
            do {
                for try await (index, result) in group { results[index] = result }
            } catch {
                // A batch that threw was not sent at all, so its steps can be planned again at any time; the outcomes
                // of the others are recorded first.
                while let next = await group.nextResult() {
                    if case .success(let answer) = next { results[answer.0] = answer.1 }
                }
                try await giveUp(batches, results, repeats)
                throw error
            }
            return batches.indices.map { results[$0] ?? BatchResult(outcomes: [], seconds: 0) }
        }
    }

    /// Settles the batches that were answered; those that never left stay planned, so that the next run takes their
    /// creates over.
    private func giveUp(
        _ batches: [[StoredStep]],
        _ results: [Int: BatchResult],
        _ repeats: Set<Int64>
    ) async throws {
        var result = Result()
        for (index, steps) in batches.enumerated() {
            if let outcomes = results[index]?.outcomes {
                _ = try await settle(steps, outcomes, repeats, mayDelay: false, &result)
            } else {
                let planned = steps.map { step in
                    var step = step
                    step.state = .planned
                    if !repeats.contains(step.id) { step.sentAt = nil }
                    return step
                }
                try await run.store.write { try $0.update(planned) }
            }
        }
    }

    /// Settles a batch in one transaction.
    /// - Returns: The seconds to wait before the rest may be sent again; nil when nothing was put off.
    private func settle(
        _ steps: [StoredStep],
        _ outcomes: [Outcome],
        _ repeats: Set<Int64>,
        mayDelay: Bool,
        _ result: inout Result
    ) async throws -> Double? {
        let settler = BatchSettler(run: run, target: target, mayDelay: mayDelay, repeats: repeats)
        let settled = try await settler.settle(steps, outcomes)
        result.replan.formUnion(settled.replan)
        result.unread.formUnion(settled.unread)
        result.lost += settled.lost
        result.refusals.merge(settled.refusals) { _, new in new }
        return settled.waitSeconds
    }
}

extension WritePart {
    /// The part that carries out a step.
    init(_ step: Step) {
        let fields = step.fields.map { Field(field: $0.target, value: $0.write.value) }
        switch step.action {
        case .update:
            self.init(
                operation: .update(id: step.ids[step.target] ?? .zero, version: step.precondition),
                fields: fields
            )
        case .delete:
            self.init(operation: .delete(id: step.ids[step.target] ?? .zero, version: step.precondition), fields: [])
        case .create, .couple, .uncouple: self.init(operation: .create(id: step.ids[step.target]), fields: fields)
        }
    }
}

extension Outcome {
    /// Whether the remote did or refused the write, and did not merely put it off.
    fileprivate var isFinal: Bool {
        switch self {
        case .applied, .preconditionFailed, .rejected, .unknown: true
        case .retryable, .unclear, .notAttempted: false
        }
    }
}
