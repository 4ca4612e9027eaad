import CoupletCore
import CoupletPorts

extension Engine {
    /// Settles that coupled records are gone; see `SettleDeletions`.
    func settle(_ action: SettleDeletions, _ context: ActionContext) async throws -> RunOrPlan {
        let (failures, mapping) = try await store.read { transaction in
            let failures = try Self.failures(cause: action.cause, keys: action.keys, transaction)
            if let first = failures.first, action.way != .uncouple, !first.isDisappearance {
                throw CoupletError("error.notDeleted", ["cause": action.cause], status: .wrongUse)
            }
            if failures.contains(where: { $0.coupling == nil }) {
                throw CoupletError("error.notCoupled", ["cause": action.cause], status: .wrongUse)
            }
            return (failures, try MappingService.mapping(named: failures[0].mapping, in: transaction))
        }
        let name = "error." + action.way.rawValue
        let asked = Asked.about(mapping.name, keys: action.keys, ["cause": action.cause])
        return try await RunSession.run(name, context, isPreview: action.isPreview, asked: asked) { session in
            let writes = action.way != .uncouple
            let direction = mapping.direction
            let run = try await session.open(mapping, direction, isFull: false, writes: writes, isMeasured: true)
            try action.requireAllowed(run, gone: failures[0].target)
            try await session.prepare(run, isFull: false)
            // A record may be back by now: then there is nothing to settle.
            try await run.lookAgain(failures)
            let couplings = failures.compactMap(\.coupling).sorted()
            try await session.settle(couplings, gone: failures[0].target, action.way, run)
            if !session.isPreview { session.book.charge(run.mainJob, run.context) }
        }
    }

    /// The failures of a cause, or some of them by their records' keys.
    static func failures(
        cause: String,
        keys: [String],
        _ transaction: any StoreReading
    ) throws -> [FailureRecord] {
        let all = try ErrorService.failures(cause, transaction)
        if all.isEmpty { throw ErrorService.unknown(cause) }
        guard !keys.isEmpty else { return all }
        return try keys.map { key in
            let id = RecordID(key.lowercased().hasPrefix("crm:") ? String(key.dropFirst(4)) : key)
            let found = all.first { failure in
                failure.source == id || failure.label.split(separator: " ").first.map(String.init) == key
            }
            guard let found else {
                throw CoupletError("error.unknownKey", ["cause": cause, "key": key], status: .wrongUse)
            }
            return found
        }
    }
}

extension SettleDeletions {
    /// Refuses what the mapping's direction does not allow.
    fileprivate func requireAllowed(_ run: MappingRun, gone: Side) throws {
        let mapping = run.context.mapping
        switch way {
        case .restore where !run.direction.writes(to: gone) || !mapping.table(gone).admitsCreates:
            throw CoupletError(
                "error.restoreNotAllowed",
                ["mapping": mapping.name, "side": gone.rawValue, "cause": cause],
                status: .wrongUse
            )
        case .delete where !run.direction.writes(to: gone.other):
            throw CoupletError(
                "error.deleteNotAllowed",
                ["mapping": mapping.name, "side": gone.other.rawValue, "cause": cause],
                status: .wrongUse
            )
        case .restore, .delete, .uncouple: return
        }
    }
}

extension MappingRun {
    /// Reads records by id that are said to be gone: one that is there again is as before.
    func lookAgain(_ failures: [FailureRecord]) async throws {
        let gone = failures.filter(\.isDisappearance)
        for side in Side.allCases {
            let couplings = gone.filter { $0.target == side }.compactMap(\.coupling)
            guard !couplings.isEmpty else { continue }
            let ids = try await store.read { transaction in
                try couplings.compactMap { try transaction.coupling($0)?.ids[side] }
            }
            try await RecordFetcher(store: store).fetch(ids, context, side)
        }
    }
}

extension RunSession {
    /// Plans how couplings are settled whose records are gone, and does it where that needs no approval.
    func settle(_ couplings: [Int64], gone: Side, _ way: SettleDeletions.Way, _ run: MappingRun) async throws {
        var created = BySide(erp: 0, crm: 0)
        var deleted = BySide(erp: 0, crm: 0)
        switch way {
        case .restore: created[gone] = try await RestorePlan(run: run, target: gone).plan(couplings)
        case .delete: deleted[gone.other] = try await DeletionPlan(run: run, target: gone.other).plan(couplings)
        case .uncouple: try await engine.plan(uncoupling: .couplings(couplings), run)
        }
        guard !isPreview else { return }
        let nothing = BySide(erp: 0, crm: 0)
        let holds = try await SafetyCheck(run: run).holds(changed: nothing, created: created, deleted: deleted)
        guard holds.isEmpty else { return try await hold(run, holds) }
        book.note(applied: run.plans.parent)
        try await PlanApplier.carryOut(run, hasRead: false)
    }
}
