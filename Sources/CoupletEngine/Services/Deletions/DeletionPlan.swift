import CoupletCore
import CoupletPorts

/// Plans how records whose counterparts a system has deleted are deleted too, because a person wants them to be.
struct DeletionPlan: Sendable {
    let run: MappingRun
    /// The side that still has its records.
    let target: Side

    /// Plans the deletions for couplings whose record on the other side is gone.
    /// - Parameter couplings: The couplings' numbers.
    /// - Returns: How many steps were stored.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func plan(_ couplings: [Int64]) async throws -> Int {
        var count = 0
        let inFlight = try await InFlight.load(run.context.name, run.store)
        for start in stride(from: 0, to: couplings.count, by: CouplingPlanner.batchSize) {
            let page = Array(couplings[start..<min(start + CouplingPlanner.batchSize, couplings.count)])
                .filter { !inFlight.couplings.contains($0) }
            let survivors = try await inputs(page).map { $0.state.coupling.ids[target] }
            // They are deleted as they are now, and their values stay in the history.
            try await RecordFetcher(store: run.store).fetch(survivors, run.context, target)
            let steps = try await inputs(page).compactMap(step)
            run.tally.add(steps)
            let stored = steps.map {
                StoredStep(
                    plan: run.plans[target],
                    job: run.isPreview ? nil : run.jobs[target],
                    step: $0,
                    state: .planned
                )
            }
            try await run.store.write { _ = try $0.append(stored) }
            count += steps.count
        }
        return count
    }

    private func inputs(_ couplings: [Int64]) async throws -> [CouplingInput] {
        let (run, gone) = (run, target.other)
        return try await run.store.read { transaction in
            let states = try transaction.couplingStates(
                mapping: run.context.name,
                feeds: run.context.feedIDs,
                scope: .couplings(couplings),
                now: run.clock.now,
                after: 0,
                limit: max(1, couplings.count)
            )
            return try CouplingInput.all(states.filter { $0.isGone == gone }, run.context.program, transaction)
        }
    }

    private func step(_ input: CouplingInput) -> Step? {
        let state = input.state
        guard let version = state.records[target]?.version, !version.isEmpty, let row = input.input.observed[target]
        else { return nil }
        let program = run.context.program
        var versions = BySide(erp: "", crm: "")
        versions[target] = version
        return Step(
            mapping: run.context.name,
            action: .delete,
            target: target,
            coupling: state.coupling.id,
            ids: BySide(erp: state.coupling.ids.erp, crm: state.coupling.ids.crm),
            fields: program.fields.indices.compactMap { index in
                guard let before = program.value(of: row, field: index, side: target), !before.isBlank else {
                    return nil
                }
                let field = program.fields[index]
                let write = FieldWrite(field: field.id, value: .null, source: .null, before: before, cause: .delete)
                return Step.Field(target: field.field(target), write: write)
            },
            precondition: version,
            label: state.records[target].map { MappingRun.label(key: $0.key, name: $0.name) } ?? "",
            reasons: [Message("couple.chosen")],
            key: state.key(survivingOn: target),
            versions: versions
        )
    }
}
