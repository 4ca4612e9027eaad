import CoupletCore
import CoupletPorts

extension Engine {
    /// Uncouples records; see `UncoupleRecords`.
    func uncouple(_ action: UncoupleRecords, _ context: ActionContext) async throws -> RunOrPlan {
        guard action.keys.isEmpty == action.isAll else {
            throw CoupletError("uncouple.keysOrAll", ["mapping": action.mapping], status: .wrongUse)
        }
        let mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        return try await RunSession.run(UncoupleRecords.name, context, isPreview: action.isPreview) { session in
            let run = try await session.open(mapping, mapping.direction, isFull: false, writes: false)
            let count = try await store.read { try $0.couplingCount(mapping: mapping.name) }
            let readsAll = action.isAll && !action.isPreview && count > PlanApplier.mostFetched
            try await session.prepare(run, isFull: readsAll)
            let scope = try await action.isAll ? CouplingScope.all : .couplings(couplings(action.keys, run))
            try await plan(uncoupling: scope, run)
            guard !action.isPreview else { return }
            session.book.note(applied: run.plans.parent)
            try await CouplingSteps(run: run).carryOut(.uncouple, hasRead: readsAll)
            session.book.charge(run.mainJob, run.context)
        }
    }

    private func couplings(_ keys: [String], _ run: MappingRun) async throws -> [Int64] {
        var result: Set<Int64> = []
        for key in keys {
            let record = try await RecordKey.find(key, run.context, store)
            guard let coupling = record.coupling else {
                throw CoupletError("sync.notCoupled", ["mapping": run.context.name, "key": key], status: .wrongUse)
            }
            result.insert(coupling.id)
        }
        return result.sorted()
    }

    /// Plans the uncoupling of a scope, page by page.
    func plan(uncoupling scope: CouplingScope, _ run: MappingRun) async throws {
        var after: Int64 = 0
        let now = clock.now
        while true {
            let position = after
            let steps = try await store.write { transaction in
                let states = try transaction.couplingStates(
                    mapping: run.context.name,
                    feeds: run.context.feedIDs,
                    scope: scope,
                    now: now,
                    after: position,
                    limit: CouplingSteps.batchSize
                )
                let steps = states.map { Step(uncoupling: $0) }
                _ = try transaction.append(
                    steps.map { StoredStep(plan: run.plans.couplings, job: nil, step: $0, state: .planned) }
                )
                return steps
            }
            guard let last = steps.last?.coupling else { return }
            after = last
            run.tally.add(steps)
        }
    }
}

extension Step {
    /// The step that uncouples two records.
    init(uncoupling state: CouplingState, reasons: [Message] = [Message("couple.chosen")], undoes: Int64? = nil) {
        let coupling = state.coupling
        self.init(
            mapping: coupling.mapping,
            action: .uncouple,
            target: .crm,
            coupling: coupling.id,
            ids: BySide(erp: coupling.ids.erp, crm: coupling.ids.crm),
            fields: [],
            precondition: "",
            label: MappingRun.label(of: state),
            reasons: reasons,
            key: state.records.erp?.key ?? coupling.ids.erp.description,
            undoes: undoes
        )
    }
}
