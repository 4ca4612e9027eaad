import CoupletCore
import CoupletPorts

extension Engine {
    /// Uncouples records; see `UncoupleRecords`.
    func uncouple(_ action: UncoupleRecords, _ context: ActionContext) async throws -> RunOrPlan {
        guard action.keys.isEmpty == action.isAll else {
            throw CoupletError("uncouple.keysOrAll", ["mapping": action.mapping], status: .wrongUse)
        }
        let mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        let asked = Asked.about(mapping.name, keys: action.isAll ? ["*"] : action.keys)
        return try await RunSession.run(UncoupleRecords.name, context, isPreview: action.isPreview, asked: asked) {
            session in
            let run = try await session.open(mapping, mapping.direction, isFull: false, writes: false)
            let count = try await store.read { try $0.couplingCount(mapping: mapping.name) }
            let readsAll = action.isAll && !action.isPreview && count > PlanApplier.mostFetched
            try await session.prepare(run, isFull: readsAll)
            let scope = try await action.isAll ? CouplingScope.all : .couplings(couplings(action.keys, run))
            // What belongs to the records is found while they are coupled, and uncoupled before them.
            let children = try await planChildren(of: scope, run, session)
            try await plan(uncoupling: scope, run, hasRead: readsAll)
            guard !action.isPreview else { return }
            for (run, hasRead) in children + [(run, readsAll)] {
                session.book.note(applied: run.plans.parent)
                try await PlanApplier.carryOut(run, hasRead: hasRead)
                session.book.charge(run.mainJob, run.context)
            }
        }
    }

    /// Plans the uncoupling of what belongs to both records of couplings that end, in the mappings that say so.
    private func planChildren(
        of scope: CouplingScope,
        _ parent: MappingRun,
        _ session: RunSession
    ) async throws -> [(MappingRun, Bool)] {
        let name = parent.context.name
        let mappings = try await store.read { try $0.mappings() }.filter { $0.belongs(to: name) }
        guard !mappings.isEmpty else { return [] }
        let ended = try await ended(scope, parent)
        guard !ended.isEmpty else { return [] }
        var runs: [(MappingRun, Bool)] = []
        for mapping in mappings {
            let run = try await session.open(mapping, mapping.direction, isFull: false, writes: false)
            try await session.prepare(run, isFull: false)
            let numbers = try await ChildCouplings(run: run, parent: name, ended: ended).numbers()
            guard !numbers.isEmpty else { continue }
            try await plan(
                uncoupling: .couplings(numbers),
                run,
                reasons: [Message("uncouple.belongs", ["mapping": name])]
            )
            runs.append((run, false))
        }
        return runs
    }

    /// The pairs of couplings, by the CRM's record.
    private func ended(_ scope: CouplingScope, _ run: MappingRun) async throws -> [RecordID: RecordID] {
        var ended: [RecordID: RecordID] = [:]
        var after: Int64 = 0
        let now = clock.now
        while true {
            let position = after
            let ids = try await store.read { transaction in
                try transaction.couplingStates(
                    mapping: run.context.name,
                    feeds: run.context.feedIDs,
                    scope: scope,
                    now: now,
                    after: position,
                    limit: CouplingSteps.batchSize
                ).map(\.coupling)
            }
            guard let last = ids.last?.id else { return ended }
            after = last
            for coupling in ids { ended[coupling.ids.crm] = coupling.ids.erp }
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

    /// Plans the uncoupling of a scope, page by page, and that stamps of this company are taken from its records.
    /// - Parameters:
    ///   - scope: The couplings.
    ///   - run: The mapping's run.
    ///   - hasRead: Whether both tables were just read in full.
    ///   - clearsStamps: Whether stamps are taken away by the same plan; else they are looked after later.
    ///   - reasons: Why.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func plan(
        uncoupling scope: CouplingScope,
        _ run: MappingRun,
        hasRead: Bool = false,
        clearsStamps: Bool = true,
        reasons: [Message] = [Message("couple.chosen")]
    ) async throws {
        if clearsStamps { _ = try await StampClearing(run: run).plan(scope, hasRead: hasRead) }
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
                let steps = states.map { Step(uncoupling: $0, reasons: reasons) }
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

extension TableMapping {
    /// Whether its records belong to those of another mapping, so that they are uncoupled with them.
    fileprivate func belongs(to mapping: String) -> Bool {
        enabledFields.contains { field in
            field.reference?.isParent == true && field.reference?.mappings.contains(mapping) == true
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
