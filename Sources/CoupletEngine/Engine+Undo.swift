import CoupletCore
import CoupletPorts

extension Engine {
    /// Undoes a run, a job or one step; see `UndoRun`.
    func undo(_ action: UndoRun, _ context: ActionContext) async throws -> RunOrPlan {
        let (scope, mappings) = try await store.read { transaction in
            let scope = try Self.scope(of: action, transaction)
            return (scope, try Self.mappings(of: scope, transaction))
        }
        let arguments = ["run": String(scope.run)]
        if mappings.isEmpty { throw CoupletError("undo.nothing", arguments, status: .wrongUse) }
        return try await RunSession.run(UndoRun.name, context, isPreview: action.isPreview, asked: action.asked) {
            session in
            var found = false
            var ended = PlannedDeletions()
            // What refers to others is undone before them: the other way round than it was done.
            for mapping in mappings.reversed() {
                let run = try await session.open(mapping, mapping.direction, isFull: false, writes: true)
                try await session.prepare(run, isFull: false)
                let plan = UndoPlan(run: run, scope: scope, deletesCreated: action.deletesCreated, ended: ended)
                let planned = try await plan.plan()
                for side in Side.allCases { ended.add(planned.deleted[side], mapping.table(side)) }
                guard planned.isOpen else { continue }
                found = true
                guard !action.isPreview else { continue }
                guard try await mayDelete(planned.deleted, run, session) else { continue }
                session.book.note(applied: run.plans.parent)
                try await PlanApplier.carryOut(run, hasRead: false)
                session.book.charge(run.mainJob, run.context)
            }
            if !found { throw CoupletError("undo.done", arguments, status: .wrongUse) }
        }
    }

    /// Whether what was planned may be done at once: unusually many deletions wait for approval.
    private func mayDelete(
        _ records: BySide<Set<RecordID>>,
        _ run: MappingRun,
        _ session: RunSession
    ) async throws -> Bool {
        let deleted = BySide(erp: records.erp.count, crm: records.crm.count)
        guard deleted.erp + deleted.crm > 0 else { return true }
        let nothing = BySide(erp: 0, crm: 0)
        let holds = try await SafetyCheck(run: run).holds(changed: nothing, created: nothing, deleted: deleted)
        guard !holds.isEmpty else { return true }
        try await session.hold(run, holds)
        return false
    }

    private static func scope(of action: UndoRun, _ transaction: any StoreReading) throws -> UndoScope {
        switch action.target {
        case .run(let number):
            guard try transaction.run(number) != nil else {
                throw CoupletError("undo.unknownRun", ["run": String(number)], status: .wrongUse)
            }
            return UndoScope(run: number)
        case .job(let number):
            guard let job = try transaction.job(number) else {
                throw CoupletError("job.unknown", ["job": String(number)], status: .wrongUse)
            }
            return UndoScope(run: job.run, job: number)
        case .entry(let number):
            guard let entry = try transaction.historyEntry(number) else {
                throw CoupletError("undo.unknownEntry", ["entry": String(number)], status: .wrongUse)
            }
            return UndoScope(run: entry.run, step: entry.step)
        }
    }

    /// The mappings that a part of the history is about, referenced ones first.
    private static func mappings(of scope: UndoScope, _ transaction: any StoreReading) throws -> [TableMapping] {
        var names: Set<String> = []
        var before: Int64?
        while true {
            let page = try transaction.history(run: scope.run, job: scope.job, before: before, limit: 1000)
            names.formUnion(page.filter(scope.contains).map(\.mapping))
            guard let last = page.last else { break }
            before = last.id
        }
        return try StepOrdering.ordered(transaction.mappings()).filter { names.contains($0.name) }
    }
}
