import CoupletCore
import CoupletPorts

/// Follows a mapping's rule for records that a system has deleted, and lets go of couplings that have lost both records.
struct DeletionStrategy: Sendable {
    /// What was planned.
    struct Planned: Sendable {
        /// Records that are made again, by side.
        var restored = BySide(erp: 0, crm: 0)
        /// Couplings that are removed because the rule says so.
        var uncoupled = 0
        /// Couplings that are removed because neither record is there any more.
        var emptied = 0
        /// Those couplings whose surviving records may have a stamp of the company.
        var stamped: [Int64] = []

        /// How many couplings the rule settles.
        var gone: Int { restored.erp + restored.crm + uncoupled }
    }

    let run: MappingRun

    /// Plans the steps.
    /// - Returns: How many there are of each kind.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func plan(_ engine: Engine) async throws -> Planned {
        var planned = Planned()
        let states = try await states()
        guard !states.isEmpty else { return planned }
        let emptied = states.filter { $0.isGone == nil && $0.records.erp?.isDeleted == true }
        var uncoupled = emptied.map(\.coupling.id)
        planned.emptied = uncoupled.count
        switch run.context.mapping.conflictRules.deletion {
        case .ask: break
        case .uncouple:
            let found = states.filter { $0.isGone != nil }.map(\.coupling.id)
            planned.uncoupled = found.count
            planned.stamped = found.sorted()
            uncoupled += found
        case .restore:
            for side in run.targets where run.context.mapping.table(side).admitsCreates {
                let found = states.filter { $0.isGone == side }.map(\.coupling.id)
                planned.restored[side] = try await RestorePlan(run: run, target: side).plan(found.sorted())
            }
        }
        if !uncoupled.isEmpty {
            try await engine.plan(
                uncoupling: .couplings(uncoupled.sorted()),
                run,
                clearsStamps: run.isPreview
            )
        }
        return planned
    }

    /// The couplings that have lost a record.
    private func states() async throws -> [CouplingState] {
        let run = run
        return try await run.store.read { transaction in
            let couplings = try transaction.failures(mapping: run.context.name).filter(\.isDisappearance)
                .compactMap(\.coupling)
            guard !couplings.isEmpty else { return [] }
            return try transaction.couplingStates(
                mapping: run.context.name,
                feeds: run.context.feedIDs,
                scope: .couplings(Set(couplings).sorted()),
                now: run.clock.now,
                after: 0,
                limit: couplings.count
            )
        }
    }
}
