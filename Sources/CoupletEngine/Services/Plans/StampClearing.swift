import CoupletCore
import CoupletPorts

/// Plans that the company's stamp is taken from records of the CRM that the company gives up.
///
/// A record keeps it that another mapping of the company has coupled too, and one that names another company.
struct StampClearing: Sendable {
    let run: MappingRun

    /// Plans the writes for couplings that end.
    /// - Parameters:
    ///   - scope: The couplings.
    ///   - hasRead: Whether the CRM's records were read just now.
    /// - Returns: How many records are written.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func plan(_ scope: CouplingScope, hasRead: Bool) async throws -> Int {
        guard run.context.mapping.isStamped, run.direction.writes(to: .crm), try await mayWrite() else { return 0 }
        var after: Int64 = 0
        var count = 0
        while true {
            let page = try await states(scope, after: after)
            guard let last = page.last?.coupling.id else { return count }
            after = last
            let numbers = page.filter { $0.records.crm?.isDeleted == false }.map(\.coupling.id)
            guard !numbers.isEmpty else { continue }
            if !hasRead {
                let ids = page.filter { numbers.contains($0.coupling.id) }.map(\.coupling.ids.crm)
                try await RecordFetcher(store: run.store).fetch(ids.sorted(), run.context, .crm)
            }
            count += try await plan(numbers)
            try Task.checkCancellation()
        }
    }

    /// Clears the stamps of couplings that end, at once.
    func clear(_ couplings: [Int64]) async throws {
        guard !couplings.isEmpty, try await plan(.couplings(couplings), hasRead: false) > 0 else { return }
        let ready = try await StepCheck(run: run, target: .crm).check()
        if ready > 0 { _ = try await run.write(.crm, total: ready) }
        try await PlanApplier.close(run, .crm)
    }

    private func plan(_ numbers: [Int64]) async throws -> Int {
        let run = run
        let steps = try await run.store.write { transaction in
            let states = try transaction.couplingStates(
                mapping: run.context.name,
                feeds: run.context.feedIDs,
                scope: .couplings(numbers),
                now: run.clock.now,
                after: 0,
                limit: numbers.count
            )
            let kept = try self.kept(states.map(\.coupling.ids.crm), transaction)
            let inputs = try CouplingInput.all(states, run.context.program, transaction)
            let steps = inputs.filter { !kept.contains($0.state.coupling.ids.crm) }.compactMap(self.step)
            _ = try transaction.append(
                steps.map {
                    StoredStep(
                        plan: run.plans.crm,
                        job: run.isPreview ? nil : run.jobs.crm,
                        step: $0,
                        state: .planned
                    )
                }
            )
            return steps
        }
        run.tally.add(steps)
        return steps.count
    }

    /// Records that other mappings of the company have coupled.
    private func kept(_ ids: [RecordID], _ transaction: any StoreReading) throws -> Set<RecordID> {
        let company = run.context.mapping.erp.connection
        var kept: Set<RecordID> = []
        for sibling in run.context.siblings.crm where sibling.mapping.erp.connection == company {
            kept.formUnion(try transaction.couplings(side: .crm, records: ids, mapping: sibling.mapping.name).keys)
        }
        return kept
    }

    private func step(_ input: CouplingInput) -> Step? {
        let state = input.state
        guard !state.coupling.isOutOfScope.crm, let version = state.records.crm?.version, !version.isEmpty,
            let row = input.input.observed.crm ?? run.context.settledRow(state.base, .crm),
            let field = run.context.program.clearingStamp(of: row)
        else { return nil }
        return Step(
            mapping: run.context.name,
            action: .update,
            target: .crm,
            coupling: state.coupling.id,
            ids: BySide(erp: state.coupling.ids.erp, crm: state.coupling.ids.crm),
            fields: [field],
            precondition: version,
            label: MappingRun.label(of: state),
            reasons: [Message("uncouple.stamp")],
            key: state.records.erp?.key ?? state.coupling.ids.erp.description,
            versions: BySide(erp: "", crm: version)
        )
    }

    /// Whether the CRM may be written, as for any other write; where it may not, the stamps stay, and the run says so.
    private func mayWrite() async throws -> Bool {
        let mapping = run.context.mapping
        do {
            try await run.store.read { try WritePermission.refuse(mapping, .toIntegrationTable, $0) }
            return true
        } catch is CoupletError {
            let arguments = ["mapping": mapping.name, "connection": mapping.crm.connection]
            let message = Message("uncouple.stampsStay", arguments)
            run.book.note([FindingsView.Finding(.mapping, mapping.name, .warning, message)])
            return false
        }
    }

    private func states(_ scope: CouplingScope, after: Int64) async throws -> [CouplingState] {
        let run = run
        return try await run.store.read { transaction in
            try transaction.couplingStates(
                mapping: run.context.name,
                feeds: run.context.feedIDs,
                scope: scope,
                now: run.clock.now,
                after: after,
                limit: CouplingSteps.batchSize
            )
        }
    }
}

extension Step {
    /// Whether it takes the company's stamp from a record that is uncoupled.
    var isUnstamping: Bool {
        action == .update && !fields.isEmpty && fields.allSatisfy { $0.write.cause == .uncouple }
    }
}
