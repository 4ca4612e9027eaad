import CoupletCore
import CoupletPorts

/// Which part of the history is undone.
struct UndoScope: Sendable {
    /// The run.
    var run: Int64
    /// Only this job of it.
    var job: Int64?
    /// Only the step of this entry.
    var step: Int64?

    /// Whether an entry belongs to it.
    func contains(_ entry: HistoryEntry) -> Bool {
        entry.run == run && (job == nil || entry.job == job) && (step == nil || entry.step == step)
    }
}

/// Plans how a mapping's part of a run is undone: what the run wrote is put back where nothing changed since, and its
/// couplings and uncouplings are taken back.
struct UndoPlan: Sendable {
    let run: MappingRun
    let scope: UndoScope
    /// Whether records that were created are deleted.
    let deletesCreated: Bool
    /// What the mappings delete that are undone before this one, so that it refers to nothing by then.
    let ended: PlannedDeletions

    /// What was planned.
    struct Planned {
        /// Whether the history has anything of this mapping that is not undone yet.
        var isOpen = false
        /// The records that would be deleted, by side.
        var deleted = BySide<Set<RecordID>>(erp: [], crm: [])
    }

    /// Plans all of it; what has changed since is stored as left out.
    func plan() async throws -> Planned {
        var before: Int64?
        var planned = Planned()
        while true {
            let position = before
            let given = try await rowsWithoutStamp(before: position)
            let (last, found, isOpen) = try await run.store.read { transaction in
                let page = try transaction.history(run: scope.run, job: scope.job, before: position, limit: 500)
                var steps: [StoredStep] = []
                var isOpen = false
                for entry in page where entry.mapping == run.context.name && scope.contains(entry) {
                    guard let planned = try self.steps(undoing: entry, given, transaction) else { continue }
                    isOpen = true
                    steps += planned
                }
                return (page.last?.id, steps, isOpen)
            }
            guard let last else { return planned }
            let steps = try await leavingOutReferred(found)
            try await run.store.write { _ = try $0.append(steps) }
            before = last
            planned.isOpen = planned.isOpen || isOpen
            for stored in steps where stored.state == .planned && stored.step.action == .delete {
                if let id = stored.step.ids[stored.step.target] { planned.deleted[stored.step.target].insert(id) }
            }
            run.tally.add(steps.filter { $0.state == .planned }.map(\.step))
            try Task.checkCancellation()
        }
    }

    /// The steps that undo an entry; nil when it is undone already, or belongs to another entry's step.
    private func steps(
        undoing entry: HistoryEntry,
        _ given: [RecordID: ObservedRow],
        _ transaction: any StoreReading
    ) throws -> [StoredStep]? {
        guard entry.isConfirmed, try transaction.undone(among: [entry.id]).isEmpty else { return nil }
        switch entry.action {
        case .create: return [try deletesCreated ? delete(entry, transaction) : uncouple(entry, transaction)]
        case .couple: return entry.side == .erp ? try undo(coupling: entry, transaction) : nil
        case .uncouple:
            guard entry.side == .erp, try !isOfMove(entry, transaction) else { return nil }
            return [try couple(entry, transaction)]
        case .update: return try restamp(entry, given, transaction) ?? putBack(entry, transaction)
        case .delete: return [leftOut(step(.delete, entry, nil), Message("undo.deletion"))]
        }
    }

    /// The CRM's records that the run took the company's stamp from, as they are now: they are coupled no more, so that
    /// nobody keeps what they hold.
    private func rowsWithoutStamp(before: Int64?) async throws -> [RecordID: ObservedRow] {
        let scope = scope
        let page = try await run.store.read {
            try $0.history(run: scope.run, job: scope.job, before: before, limit: 500)
        }
        let ids = page.filter { $0.mapping == run.context.name && scope.contains($0) && $0.isUnstamping }.map(\.record)
        return try await LiveRecords(store: run.store, context: run.context).read(Set(ids).sorted(), .crm).rows
    }

    /// Gives a record of the CRM the company's stamp back that uncoupling took from it; nil for any other write.
    private func restamp(
        _ entry: HistoryEntry,
        _ given: [RecordID: ObservedRow],
        _ transaction: any StoreReading
    ) throws -> [StoredStep]? {
        guard entry.isUnstamping else { return nil }
        var step = step(.update, entry, nil)
        step.fields = fields(entry.fields, .crm)
        guard let row = given[entry.record], let write = entry.fields.first,
            let field = run.context.program.restoringStamp(write, of: row)
        else { return [leftOut(step, Message("undo.changedSince"))] }
        step.fields = [field]
        step.precondition = row.version
        step.versions = BySide(erp: "", crm: row.version)
        // It is written once its records are coupled again.
        return [StoredStep(plan: run.plans.crm, job: nil, step: step, state: .planned)]
    }

    private func putBack(_ entry: HistoryEntry, _ transaction: any StoreReading) throws -> [StoredStep]? {
        // All that the run wrote to the record is put back at once, with its newest entry.
        let own = try transaction.history(side: entry.side, record: entry.record, limit: 200)
            .filter { $0.mapping == entry.mapping && $0.isConfirmed && scope.contains($0) }
        guard own.first(where: { $0.action == .update })?.id == entry.id else { return nil }
        // A record that the run created is uncoupled, and stays as it is.
        guard !own.contains(where: { $0.action == .create }) else { return nil }
        let planner = UndoPlanner(program: run.context.program)
        let all = planner.merged(own.filter { $0.action == .update }.map(\.fields))
        let writes = all.filter { !$0.before.isUnkept && !$0.value.isUnkept }
        let unkept = all.filter { $0.before.isUnkept || $0.value.isUnkept }
        let (state, input) = try coupling(entry, transaction)
        let target = entry.side
        var step = step(.update, entry, state)
        guard let state, let input, let version = state.records[target]?.version, !version.isEmpty else {
            step.fields = fields(all, target)
            return [leftOut(step, Message("plan.obstacle.uncoupled"))]
        }
        step.coupling = state.coupling.id
        step.precondition = version
        let references = try run.context.answers(planner.referenceQuestions(writes, target: target), transaction)
        let decision = planner.decide(writes, target: target, input: input, references: references)
        var steps: [StoredStep] = []
        if !unkept.isEmpty {
            step.fields = fields(unkept, target)
            steps.append(leftOut(step, Message("undo.unkept")))
        }
        if !decision.fields.isEmpty {
            step.fields = decision.fields
            steps.append(StoredStep(plan: run.plans[target], job: nil, step: step, state: .planned))
        }
        if !decision.moved.isEmpty {
            step.fields = fields(decision.moved, target)
            steps.append(leftOut(step, Message("undo.changedSince")))
        }
        return steps
    }

    private func uncouple(_ entry: HistoryEntry, _ transaction: any StoreReading) throws -> StoredStep {
        let (state, _) = try coupling(entry, transaction)
        var step = step(.uncouple, entry, state)
        step.coupling = state?.coupling.id
        guard state != nil else { return leftOut(step, Message("plan.obstacle.uncoupled")) }
        return StoredStep(plan: run.plans.couplings, job: nil, step: step, state: .planned)
    }

    /// Takes a coupling back: a record that had left another counterpart for it gets that one again.
    private func undo(coupling entry: HistoryEntry, _ transaction: any StoreReading) throws -> [StoredStep]? {
        let ended = try ended(with: entry, transaction)
        guard try transaction.undone(among: ended.map(\.id)).isEmpty else { return nil }
        var back: [StoredStep] = []
        var rest: [StoredStep] = []
        for former in ended {
            let gone = try Side.allCases.first { side in
                guard let id = side == .erp ? former.record : former.counterpart else { return false }
                return try transaction.records(feed: run.context.feeds[side].id, ids: [id])[id]?.isDeleted == true
            }
            var stored = try couple(former, transaction)
            if let gone {
                rest.append(leftOut(stored.step, Message("plan.obstacle.deleted", ["side": gone.rawValue])))
            } else {
                let (present, _) = try coupling(entry, transaction)
                stored.step.displaces = present.map { [$0.coupling.id] }
                if present == nil { stored = leftOut(stored.step, Message("plan.obstacle.uncoupled")) }
                back.append(stored)
            }
        }
        return (back.isEmpty ? [try uncouple(entry, transaction)] : back) + rest
    }

    /// The ends of couplings whose place a coupling took, as the ERP's records have them.
    private func ended(with entry: HistoryEntry, _ transaction: any StoreReading) throws -> [HistoryEntry] {
        func ofStep(_ side: Side, _ record: RecordID) throws -> [HistoryEntry] {
            try transaction.history(side: side, record: record, limit: 200).filter {
                $0.step == entry.step && $0.mapping == entry.mapping && $0.action == .uncouple
            }
        }
        var found = try ofStep(.erp, entry.record)
        for former in try entry.counterpart.map({ try ofStep(.crm, $0) }) ?? [] {
            found += try former.counterpart.map { try ofStep(.erp, $0) } ?? []
        }
        var seen: Set<Int64> = []
        return found.filter { seen.insert($0.id).inserted }
    }

    /// Whether a coupling ended because another one took its place.
    private func isOfMove(_ entry: HistoryEntry, _ transaction: any StoreReading) throws -> Bool {
        for side in Side.allCases {
            guard let record = side == .erp ? entry.record : entry.counterpart else { continue }
            let isOf = try transaction.history(side: side, record: record, limit: 200).contains {
                $0.step == entry.step && $0.mapping == entry.mapping && $0.action == .couple
            }
            if isOf { return true }
        }
        return false
    }

    private func couple(_ entry: HistoryEntry, _ transaction: any StoreReading) throws -> StoredStep {
        let step = step(.couple, entry, nil)
        return StoredStep(plan: run.plans.couplings, job: nil, step: step, state: .planned)
    }

    /// The coupling of an entry's two records, as it is now.
    private func coupling(
        _ entry: HistoryEntry,
        _ transaction: any StoreReading
    ) throws -> (CouplingState?, PairInput?) {
        let context = run.context
        guard
            let coupling = try transaction.coupling(mapping: entry.mapping, side: entry.side, record: entry.record),
            entry.counterpart == nil || coupling.ids[entry.side.other] == entry.counterpart
        else { return (nil, nil) }
        let states = try transaction.couplingStates(
            mapping: context.name,
            feeds: context.feedIDs,
            scope: .couplings([coupling.id]),
            now: run.clock.now,
            after: 0,
            limit: 1
        )
        return (states.first, try CouplingInput.all(states, context.program, transaction).first?.input)
    }

    private func step(_ action: Step.Action, _ entry: HistoryEntry, _ state: CouplingState?) -> Step {
        var ids = BySide<RecordID?>(erp: entry.record, crm: entry.record)
        ids[entry.side.other] = entry.counterpart ?? state?.coupling.ids[entry.side.other]
        let target: Side = action == .update || action == .delete ? entry.side : .crm
        var step = Step(
            mapping: entry.mapping,
            action: action,
            target: target,
            coupling: nil,
            ids: ids,
            fields: [],
            precondition: "",
            label: state.map(MappingRun.label(of:)) ?? entry.record.description,
            reasons: [Message("undo.reason", ["run": String(entry.run)])],
            key: state?.records.erp?.key ?? ids.erp?.description,
            undoes: entry.id
        )
        if action == .update, let state {
            step.versions = BySide(
                erp: state.records.erp?.version ?? "",
                crm: state.records.crm?.version ?? ""
            )
        }
        return step
    }

    /// The step that deletes what the entry has created, if it is as Couplet has left it.
    private func delete(_ entry: HistoryEntry, _ transaction: any StoreReading) throws -> StoredStep {
        let (state, _) = try coupling(entry, transaction)
        let target = entry.side
        var step = step(.delete, entry, state)
        guard let state, let record = state.records[target] else {
            return leftOut(step, Message("plan.obstacle.uncoupled"))
        }
        step.coupling = state.coupling.id
        step.precondition = record.version
        step.versions = BySide(erp: "", crm: "")
        step.versions?[target] = record.version
        step.fields = deleted(entry)
        let newest = try transaction.history(side: target, record: entry.record, limit: 1).first
        guard let newest, scope.contains(newest), let version = newest.version, !version.isEmpty,
            version == record.version
        else { return leftOut(step, Message("undo.editedSince")) }
        // Where nobody was told which version the create made, an edit may have come before what was written next.
        guard entry.version?.isEmpty == false else { return leftOut(step, Message("undo.editedSince")) }
        if try Self.isCoupledElsewhere(entry.record, target, run.context, transaction) {
            return leftOut(step, Message("undo.coupledElsewhere"))
        }
        return StoredStep(plan: run.plans[target], job: nil, step: step, state: .planned)
    }

    /// Whether another mapping has coupled a record too, so that it is not only this mapping's to delete.
    static func isCoupledElsewhere(
        _ record: RecordID,
        _ side: Side,
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> Bool {
        try context.siblings[side].contains { sibling in
            try transaction.coupling(mapping: sibling.mapping.name, side: side, record: record) != nil
        }
    }

    /// What is lost with a record: what the entry wrote.
    private func deleted(_ entry: HistoryEntry) -> [Step.Field] {
        entry.fields.compactMap { write in
            guard let field = run.context.program.fields.first(where: { $0.id == write.field }), !write.value.isBlank
            else { return nil }
            let back = FieldWrite(
                field: write.field,
                value: .null,
                source: .null,
                before: write.value,
                cause: .delete
            )
            return Step.Field(target: field.field(entry.side), write: back)
        }
    }

    /// The steps, without the deletions of records that others refer to.
    private func leavingOutReferred(_ steps: [StoredStep]) async throws -> [StoredStep] {
        var steps = steps
        for side in Side.allCases {
            let own = steps.filter { $0.state == .planned && $0.step.action == .delete && $0.step.target == side }
            guard !own.isEmpty else { continue }
            let search = ReferrerSearch(run: run, target: side)
            let referred = try await search.referred(among: own.map(\.step), except: ended)
            for index in steps.indices where steps[index].step.action == .delete {
                guard steps[index].state == .planned, let id = steps[index].step.ids[side], referred.contains(id),
                    steps[index].step.target == side
                else { continue }
                steps[index].state = .leftOut
                steps[index].reason = Message("undo.referred")
            }
        }
        return steps
    }

    private func leftOut(_ step: Step, _ reason: Message) -> StoredStep {
        let isWrite = step.action == .update || step.action == .delete
        let plan = isWrite ? run.plans[step.target] : run.plans.couplings
        return StoredStep(plan: plan, job: nil, step: step, state: .leftOut, reason: reason)
    }

    /// Writes as they would be put back, for showing what is left out.
    private func fields(_ writes: [FieldWrite], _ target: Side) -> [Step.Field] {
        writes.compactMap { write in
            guard let field = run.context.program.fields.first(where: { $0.id == write.field }) else { return nil }
            var back = write
            back.value = write.before
            back.before = write.value
            back.cause = .undo
            return Step.Field(target: field.field(target), write: back)
        }
    }
}

extension HistoryEntry {
    /// Whether it took the company's stamp from a record of the CRM.
    fileprivate var isUnstamping: Bool {
        action == .update && side == .crm && !fields.isEmpty && fields.allSatisfy { $0.cause == .uncouple }
    }
}
