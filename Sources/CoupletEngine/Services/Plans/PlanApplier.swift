import CoupletCore
import CoupletPorts

/// Carries out a plan exactly as it was shown: mapping by mapping, couplings first.
struct PlanApplier: Sendable {
    /// More uncouplings than this, and both tables are read whole instead of record by record.
    static let mostFetched = 1000

    let session: RunSession
    let plan: PlanRecord
    let parts: [PlanRecord]

    private var store: any StateStore { session.engine.store }

    /// Carries out what is left of the plan.
    func apply() async throws {
        session.book.note(applied: plan.id)
        for setting in plan.details?.settings ?? [] {
            if let own = PlanParts(setting.mapping.name, of: plan.id, among: parts), let work = try await work(own) {
                try await apply(setting.mapping, own, work)
            } else if isHeldJob {
                try await accept(setting.mapping)
            }
        }
        try await keepItems()
        try await finish()
    }

    /// Whether it is a synchronization that waited for approval: other actions hold what changes definitions only, and have
    /// not looked at mappings as a whole.
    private var isHeldJob: Bool {
        guard let details = plan.details, !details.holds.isEmpty else { return false }
        return details.action == Synchronize.name || details.action == Engine.fullName
    }

    /// Accepts how a mapping's tables are where there is nothing to write, so that it is said once that one of them is empty.
    private func accept(_ mapping: TableMapping) async throws {
        let run = try await session.open(mapping, mapping.direction, isFull: false, writes: false, isMeasured: true)
        try await SafetyCheck.remember(run.context, job: run.mainJob, store)
        session.book.charge(run.mainJob, run.context)
    }

    /// What a mapping's parts hold.
    private struct Work: Sendable {
        var writes = false
        var uncouplings = 0
    }

    /// What there is to do for a mapping; nil when nothing is.
    private func work(_ own: PlanParts) async throws -> Work? {
        let uncoupled = plan.details?.counts.uncoupled ?? 0
        return try await store.read { transaction in
            func has(_ part: Int64) throws -> Bool {
                try [StepState.planned, .sent, .dropped].contains { state in
                    try !transaction.steps(plan: part, state: state, after: 0, limit: 1).isEmpty
                }
            }
            let writes = try has(own.crm) || has(own.erp)
            guard try writes || has(own.couplings) else { return nil }
            return Work(writes: writes, uncouplings: uncoupled)
        }
    }

    private func apply(_ mapping: TableMapping, _ own: PlanParts, _ work: Work) async throws {
        var run = try await session.open(
            mapping,
            mapping.direction,
            isFull: false,
            writes: work.writes,
            isMeasured: true
        )
        let readsAll = work.uncouplings > Self.mostFetched
        try await session.prepare(run, isFull: readsAll)
        run.plans = own
        try await resume(run)
        try await Self.carryOut(run, hasRead: readsAll)
        if isHeldJob { try await SafetyCheck.remember(run.context, job: run.mainJob, store) }
        session.book.charge(run.mainJob, run.context)
    }

    /// Carries out a mapping's planned steps: couplings first, uncouplings last, writes between them.
    static func carryOut(_ run: MappingRun, hasRead: Bool) async throws {
        try await CouplingSteps(run: run).carryOut(.couple, hasRead: hasRead)
        // Both sides are looked at before either is written: a write to one moves the version that the other has seen.
        var ready = BySide(erp: 0, crm: 0)
        for target in run.targets { ready[target] = try await StepCheck(run: run, target: target).check() }
        for target in run.targets {
            // What was sent before an interruption may have moved without anything being left to send.
            guard ready[target] > 0 else {
                try await close(run, target)
                continue
            }
            let left = try await run.write(target, total: ready[target])
            try await close(run, target)
            try await RecordFetcher(store: run.store).confirmDeletions(left.unread.sorted(), run.context, target)
        }
        try await CouplingSteps(run: run).carryOut(.uncouple, hasRead: hasRead)
    }

    /// Steps that an earlier, cut off attempt sent and that certainly did nothing are planned again; creates that it
    /// made under another plan are done.
    private func resume(_ run: MappingRun) async throws {
        for target in run.targets {
            let plan = run.plans[target]
            while true {
                let isLast = try await store.write { transaction in
                    let dropped = try transaction.steps(plan: plan, state: .dropped, after: 0, limit: 1000)
                    try transaction.update(
                        try dropped.map { stored in
                            var stored = stored
                            stored.state = try Self.isDone(stored, transaction) ? .applied : .planned
                            return stored
                        }
                    )
                    return dropped.isEmpty
                }
                if isLast { break }
            }
        }
    }

    /// Whether a step that was sent before an interruption was done, then or when it was sent again.
    private static func isDone(_ stored: StoredStep, _ transaction: any StoreReading) throws -> Bool {
        let step = stored.step
        switch step.action {
        case .create:
            guard let source = step.ids[step.target.other] else { return false }
            return try transaction.coupling(mapping: step.mapping, side: step.target.other, record: source) != nil
        case .update:
            guard let record = step.ids[step.target], let sent = stored.sentAt else { return false }
            return try transaction.history(side: step.target, record: record, limit: 100).contains { entry in
                entry.isConfirmed && entry.at >= sent && entry.mapping == step.mapping
                    && step.fields.map(\.write).elementsEqual(entry.fields, by: { $0.isKept(as: $1) })
            }
        case .delete: return try step.coupling.map { try transaction.coupling($0) == nil } ?? false
        case .couple, .uncouple: return false
        }
    }

    /// Steps whose target had moved when they arrived are left out; nothing is planned anew.
    static func close(_ run: MappingRun, _ target: Side) async throws {
        let plan = run.plans[target]
        while true {
            let left = try await run.store.write { transaction in
                let moved = try transaction.steps(plan: plan, state: .replanned, after: 0, limit: 1000)
                try transaction.update(
                    moved.map { stored in
                        var stored = stored
                        stored.state = .leftOut
                        stored.reason = Message("plan.obstacle.moved", ["side": target.rawValue])
                        return stored
                    }
                )
                return moved.count
            }
            if left == 0 { return }
            run.book.count(run.jobs[target] ?? run.mainJob) { $0.skip(moved: left) }
        }
    }

    /// Conflicts and questions that the plan has shown are kept as it has shown them, unless they are settled or there are
    /// others by now.
    private func keepItems() async throws {
        let number = plan.id
        var after: Int64 = 0
        while true {
            let position = after
            let last = try await store.write { transaction in
                let items = try transaction.planItems(plan: number, after: position, limit: 1000)
                let shown = try ShownItems(items.map(\.item), transaction)
                for (_, item) in items { try shown.keep(item, transaction) }
                return items.last?.id
            }
            guard let last else { return }
            after = last
        }
    }

    /// The plan is applied once none of its steps is left to be sent.
    private func finish() async throws {
        let number = plan.id
        let parts = parts
        try await store.write { transaction in
            for part in parts {
                for state in [StepState.planned, .sent] {
                    if try !transaction.steps(plan: part.id, state: state, after: 0, limit: 1).isEmpty { return }
                }
            }
            guard var plan = try transaction.plan(number) else { return }
            plan.state = .applied
            try transaction.update(plan)
        }
    }
}
