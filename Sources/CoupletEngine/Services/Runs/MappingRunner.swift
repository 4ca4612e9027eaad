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
    }

    /// How often couplings whose target had moved are planned again at once.
    static let replans = 3

    /// Plans couplings and carries the steps out, until nothing is left to plan again.
    func synchronize(_ selection: Selection) async throws {
        var selection = selection
        for attempt in 0...Self.replans {
            let planner = CouplingPlanner(run: self, choice: selection.choice, isAsked: selection.isAsked)
            let planned = try await planner.plan(selection.scope)
            if preview != nil { return }
            var unread = planned.unread
            var again = Set(planned.couplings)
            for target in targets {
                let written = try await write(target, total: planned.steps[target])
                again.formUnion(written.replan)
                unread[target] += written.unread.sorted()
            }
            guard !again.isEmpty else { return }
            if attempt == Self.replans {
                try await postpone(again.sorted())
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
        let result = try await StepWriter(run: self, target: target, total: total).write()
        let lost = try await LostAnswers(run: self, target: target).settle(result.lost)
        if let job = jobs[target] { book.charge(job, context) }
        return (result.replan.union(lost.replan), result.unread.union(lost.unread))
    }

    /// Couplings that kept moving are tried again later, with growing pauses.
    private func postpone(_ couplings: [Int64]) async throws {
        let now = clock.now
        let context = context
        let targets = targets
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
        let failures = states.flatMap { state in targets.map { postponed(state, $0, now) } }
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
            nextAt: now.advanced(bySeconds: pause)
        )
    }

    /// Creates counterparts of uncoupled records on a side.
    func create(on target: Side, withheld: Set<RecordID>, only: Set<RecordID>? = nil) async throws {
        let planner = CreationPlanner(run: self, target: target, withheld: withheld, only: only)
        let total = try await planner.plan()
        guard total > 0, preview == nil else { return }
        let left = try await write(target, total: total)
        guard !left.replan.isEmpty else { return }
        let ids = left.unread.sorted()
        try await RecordFetcher(store: store).confirmDeletions(ids, context, target)
        try await synchronize(Selection(scope: .couplings(left.replan.sorted()), choice: nil, isAsked: false))
    }

    /// Settles what an earlier run sent and never heard of.
    func recover(_ steps: [StoredStep]) async throws {
        for target in Side.allCases {
            let own = steps.filter { $0.step.target == target }
            guard !own.isEmpty else { continue }
            progress(ProgressEvent(stage: .recovering, mapping: context.name, side: target, done: 0, total: own.count))
            let left = try await LostAnswers(run: self, target: target).settle(own)
            try await RecordFetcher(store: store).confirmDeletions(left.unread.sorted(), context, target)
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
