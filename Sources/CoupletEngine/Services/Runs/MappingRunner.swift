import CoupletCore
import CoupletPorts

extension MappingRun {
    /// Which couplings are synchronized, and how.
    struct Selection: Sendable {
        var scope: CouplingScope
        /// The side whose values stand because a person named it for these very records.
        var choice: Side?
        /// Whether uncompared couplings are compared and parked ones tried again.
        var isAsked: Bool
        /// Whether the run has been over these couplings before.
        var isRepeated = false
    }

    /// How often couplings whose target had moved are planned again at once.
    static let replans = 3

    /// Plans couplings and carries the steps out, until nothing is left to plan again.
    /// - Parameters:
    ///   - selection: Which couplings.
    ///   - first: What was planned of them already, creates included; nil when nothing was.
    /// - Throws: What planning and writing throw.
    func synchronize(_ selection: Selection, planned first: CouplingPlanner.Result? = nil) async throws {
        var selection = selection
        var first = first
        for attempt in 0...Self.replans {
            var planner = CouplingPlanner(run: self, choice: selection.choice, isAsked: selection.isAsked)
            planner.countsUnchanged = !selection.isRepeated
            let planned: CouplingPlanner.Result
            if let known = first { planned = known } else { planned = try await planner.plan(selection.scope) }
            first = nil
            if isPreview { return }
            var unread = planned.unread
            var again = Set(planned.couplings)
            var moving = BySide<Set<Int64>>(erp: again, crm: again)
            for target in targets {
                let written = try await write(target, total: planned.steps[target])
                again.formUnion(written.replan)
                moving[target].formUnion(written.replan)
                unread[target] += written.unread.sorted()
            }
            guard !again.isEmpty else { return }
            if attempt == Self.replans {
                for target in targets { try await postpone(moving[target].sorted(), target) }
                return
            }
            for side in Side.allCases where !unread[side].isEmpty {
                let ids = Array(Set(unread[side])).sorted()
                try await RecordFetcher(store: store).confirmDeletions(ids, context, side)
            }
            selection.scope = .couplings(again.sorted())
        }
    }

    /// Carries out the planned steps of a side, so many in all, and finds out about lost answers.
    func write(_ target: Side, total: Int) async throws -> (replan: Set<Int64>, unread: Set<RecordID>) {
        var replan: Set<Int64> = []
        var unread: Set<RecordID> = []
        for attempt in 0...Self.replans {
            let result = try await StepWriter(run: self, target: target, total: total).write()
            let batch = context.connectors[target].capabilities.maximumBatch
            book.add(floor: RequestFloor.writes(result.settled, batch: batch), target, to: jobs[target] ?? mainJob)
            replan.formUnion(result.replan)
            unread.formUnion(result.unread)
            guard attempt < Self.replans, let lost = try await answers(to: result, target) else {
                // They stay as sent: the next run finds out what became of them.
                for source in result.lost.compactMap({ $0.step.ids[target.other] }) {
                    book.note(jobs[target] ?? mainJob, .failed(source))
                }
                break
            }
            replan.formUnion(lost.replan)
            unread.formUnion(lost.unread)
            if lost.resent == 0 { break }
        }
        if let job = jobs[target] { book.charge(job, context) }
        return (replan, unread)
    }

    /// What became of steps whose answer was lost; nil when the remote puts off telling.
    private func answers(to result: StepWriter.Result, _ target: Side) async throws -> LostAnswers.Result? {
        do {
            return try await LostAnswers(run: self, target: target).settle(result.lost, refusals: result.refusals)
        } catch let error as ConnectorError {
            guard case .unavailable = error.kind else { throw error }
            return nil
        }
    }

    /// Couplings that kept moving on a side are tried again later, with growing pauses.
    private func postpone(_ couplings: [Int64], _ target: Side) async throws {
        guard !couplings.isEmpty else { return }
        let now = clock.now
        let context = context
        let states = try await store.read { transaction in
            try transaction.couplingStates(
                mapping: context.name,
                feeds: context.feedIDs,
                scope: .couplings(couplings),
                now: now,
                after: 0,
                limit: couplings.count
            )
        }
        let failures = states.map { postponed($0, target, now) }
        try await store.write { transaction in
            for failure in failures { try transaction.save(failure) }
        }
        for failure in failures {
            if let job = jobs[failure.target] { book.note(job, .failed(failure.source)) }
        }
    }

    private func postponed(_ state: CouplingState, _ target: Side, _ now: Instant) -> FailureRecord {
        let attempts = (state.failures[target]?.attempts ?? 0) + 1
        let pause = RetryPolicy.transient.pause(afterAttempts: attempts)
        return FailureRecord(
            mapping: context.name,
            target: target,
            source: state.coupling.ids[target.other],
            coupling: state.coupling.id,
            label: MappingRun.label(of: state),
            messages: [Message("remote.keepsMoving", ["label": MappingRun.label(of: state)])],
            disposition: .retrying,
            attempts: attempts,
            sourceVersion: state.records[target.other]?.version ?? "",
            targetVersion: state.records[target]?.version ?? "",
            firstAt: state.failures[target]?.firstAt ?? now,
            lastAt: now,
            nextAt: now.advanced(bySeconds: pause),
            job: job(toward: target)
        )
    }

    /// Creates counterparts of uncoupled records on a side.
    /// - Parameters:
    ///   - target: The side.
    ///   - withheld: Records that match something.
    ///   - only: Only these records; nil for all.
    ///   - isAsked: Whether a person named them, so that parked ones are tried again.
    /// - Returns: Why the creates are planned only, and must wait for approval; none where they are done.
    /// - Throws: What planning and writing throw.
    func create(
        on target: Side,
        withheld: Set<RecordID>,
        only: Set<RecordID>? = nil,
        isAsked: Bool = true
    ) async throws -> [Message] {
        guard direction.writes(to: target), context.mapping.table(target).admitsCreates else {
            throw CoupletError(
                "couple.createNotAllowed",
                ["mapping": context.name, "side": target.rawValue],
                status: .wrongUse
            )
        }
        let planner = CreationPlanner(
            run: self,
            target: target,
            withheld: withheld,
            only: only,
            isAsked: isAsked && only != nil
        )
        let total = try await planner.plan()
        guard total > 0, !isPreview else { return [] }
        var created = BySide(erp: 0, crm: 0)
        created[target] = total
        let holds = SafetyCheck.definitions(context, created)
        guard holds.isEmpty else { return holds }
        let left = try await write(target, total: total)
        guard !left.replan.isEmpty else { return [] }
        let ids = left.unread.sorted()
        try await RecordFetcher(store: store).confirmDeletions(ids, context, target)
        try await synchronize(Selection(scope: .couplings(left.replan.sorted()), choice: nil, isAsked: false))
        return []
    }

    /// Settles what an earlier run sent and never heard of.
    func recover(_ steps: [StoredStep]) async throws {
        for target in Side.allCases {
            let own = steps.filter { $0.step.target == target }
            guard !own.isEmpty else { continue }
            progress(ProgressEvent(stage: .recovering, mapping: context.name, side: target, done: 0, total: own.count))
            let left = try await LostAnswers(run: self, target: target).settle(own)
            var unread = left.unread
            if left.resent > 0 { unread.formUnion(try await write(target, total: left.resent).unread) }
            try await RecordFetcher(store: store).confirmDeletions(unread.sorted(), context, target)
            progress(
                ProgressEvent(
                    stage: .recovering,
                    mapping: context.name,
                    side: target,
                    done: own.count,
                    total: own.count
                )
            )
        }
    }
}
