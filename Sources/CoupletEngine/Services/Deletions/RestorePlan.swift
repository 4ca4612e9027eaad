import CoupletCore
import CoupletPorts

/// Plans how records that a system has deleted are made again from their counterparts.
///
/// The coupling stays as it is until the new record is there; then the new pair takes its place.
struct RestorePlan: Sendable {
    let run: MappingRun
    /// The side that has lost its records.
    let target: Side

    private var source: Side { target.other }

    /// Plans the creates for couplings whose record on the target's side is gone.
    /// - Parameter couplings: The couplings' numbers.
    /// - Returns: How many steps were stored; what cannot be made again is noted with its failure.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func plan(_ couplings: [Int64]) async throws -> Int {
        var count = 0
        let inFlight = try await InFlight.load(run.context.name, run.store)
        for start in stride(from: 0, to: couplings.count, by: CouplingPlanner.batchSize) {
            let page = Array(couplings[start..<min(start + CouplingPlanner.batchSize, couplings.count)])
            let states = try await states(page).filter { state in
                state.isGone == target && !inFlight.sources.contains(state.coupling.ids[source])
            }
            let survivors = states.map { $0.coupling.ids[source] }
            // What they hold is known no more where it was settled.
            try await RecordFetcher(store: run.store).fetch(survivors, run.context, source)
            count += try await plan(states)
        }
        return count
    }

    private func states(_ couplings: [Int64]) async throws -> [CouplingState] {
        let run = run
        return try await run.store.read { transaction in
            try transaction.couplingStates(
                mapping: run.context.name,
                feeds: run.context.feedIDs,
                scope: .couplings(couplings),
                now: run.clock.now,
                after: 0,
                limit: max(1, couplings.count)
            )
        }
    }

    private func plan(_ states: [CouplingState]) async throws -> Int {
        var found = try await rows(of: states)
        if try await run.readKeys(lacking: found.lacking) { found = try await rows(of: states) }
        let planner = CreatePlanner(program: run.context.program, target: target)
        let connector = run.context.connectors[target]
        let table = run.context.mapping.table(target)
        let takesOurIDs = connector.capabilities.takesOurIDs && !connector.changesDefinitions(in: table.table)
        var steps: [Step] = []
        var failures: [FailureRecord] = []
        for state in states {
            let survivor = state.coupling.ids[source]
            guard let row = found.rows[survivor] else { continue }
            let decision = planner.decide(
                source: row,
                id: survivor,
                references: found.references,
                newID: takesOurIDs ? run.ids.next() : nil,
                // The number that people knew it by is free again.
                naturalKey: table.keyPattern == nil ? nil : state.records[target]?.key,
                label: MappingRun.label(of: state)
            )
            switch decision {
            case .step(var step):
                step.replaces = state.coupling.id
                step.key = state.key(survivingOn: source)
                step.versions = BySide(erp: "", crm: "")
                step.versions?[source] = row.version
                steps.append(step)
            case .problems(let problems): failures.append(failure(state, problems.map(\.message)))
            case .waits(let waits): failures.append(failure(state, waits.map(Message.init(waiting:))))
            }
        }
        try await store(steps, failures)
        return steps.count
    }

    private struct Survivors: Sendable {
        var rows: [RecordID: ObservedRow]
        var references: ReferenceTable
        var lacking: Set<MappingContext.KeyFeed>
    }

    private func rows(of states: [CouplingState]) async throws -> Survivors {
        let (context, source) = (run.context, source)
        let ids = states.map { $0.coupling.ids[source] }
        return try await run.store.read { transaction in
            let rows = try transaction.observations(feed: context.feeds[source].id, ids: ids)
                .compactMapValues { context.row($0, source) }
            var lookup = ReferenceLookup(context, transaction)
            try lookup.answer(context.program.referenceQuestions(creatingFrom: Array(rows.values), source: source))
            return Survivors(rows: rows, references: lookup.table, lacking: lookup.lacking)
        }
    }

    /// A disappearance that cannot be settled this way, with the reasons beside it.
    private func failure(_ state: CouplingState, _ messages: [Message]) -> FailureRecord {
        let now = run.clock.now
        let known = state.failures[target]
        let label = MappingRun.label(of: state)
        let first = known?.messages.first ?? Message(Disappearance.code, ["label": label, "side": target.rawValue])
        return FailureRecord(
            mapping: run.context.name,
            target: target,
            source: state.coupling.ids[source],
            coupling: state.coupling.id,
            label: label,
            messages: [first] + messages,
            disposition: .parked,
            attempts: (known?.attempts ?? 0) + 1,
            sourceVersion: "",
            targetVersion: "",
            firstAt: known?.firstAt ?? now,
            lastAt: now,
            nextAt: nil
        )
    }

    private func store(_ steps: [Step], _ failures: [FailureRecord]) async throws {
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
        guard !failures.isEmpty else { return }
        if run.isPreview { return try await run.show(failures.map(PlanItem.failure)) }
        try await run.store.write { transaction in
            for failure in failures { try transaction.save(failure) }
        }
        for failure in failures { run.book.note(run.mainJob, .parked(failure.source)) }
    }
}

extension CouplingState {
    /// The side that has lost its record while the other one still has its own; nil where both or none are there.
    var isGone: Side? {
        switch (records.erp?.isDeleted ?? false, records.crm?.isDeleted ?? false) {
        case (true, false): .erp
        case (false, true): .crm
        case (true, true), (false, false): nil
        }
    }

    /// How a person names the record that is left on a side.
    func key(survivingOn side: Side) -> String {
        side == .crm ? coupling.ids.crm.typed(on: .crm) : records.erp?.key ?? coupling.ids.erp.description
    }
}
