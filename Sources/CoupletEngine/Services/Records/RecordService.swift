import CoupletCore
import CoupletPorts

/// Lists records and says how each stands and why.
package struct RecordService: Sendable {
    let store: any StateStore
    let clock: any EngineClock
    let connections: ConnectionService
    let gate: RunGate
    let wakeups: Wakeups

    /// Lists a mapping's records from what the feeds say now.
    func list(_ action: ListRecords, progress: @escaping ProgressSink) async throws -> RecordsView {
        let context = try await context(action.mapping, refreshes: action.refreshes, progress)
        let held = try await held(context)
        var views: [RecordView] = []
        if action.isCoupled != false { views += try await coupled(context, action.side, held) }
        if action.isCoupled != true {
            for side in Side.allCases where action.side == nil || action.side == side {
                views += try await uncoupled(context, side, held)
            }
        }
        if !action.states.isEmpty { views.removeAll { !action.states.contains($0.state) } }
        if let wanted = action.containing?.lowercased() {
            views.removeAll { view in
                !view.name.lowercased().contains(wanted) && !(view.key ?? "").lowercased().contains(wanted)
            }
        }
        views.sort { left, right in
            if left.side != right.side { return left.side == .erp }
            return (left.key ?? left.name, left.id) < (right.key ?? right.name, right.id)
        }
        return RecordsView(records: views)
    }

    /// Says how a record stands and why.
    func explain(_ action: ExplainRecord) async throws -> ExplanationView {
        let context = try await refreshed(action.mapping) { _ in }
        var view = try await explain(action, context)
        let named = ["mapping": context.name, "key": view.record.typedKey]
        for index in view.reasons.indices { view.reasons[index].arguments.merge(named) { own, _ in own } }
        if context.mapping.pausedAt != nil {
            view.reasons.append(Message("explain.paused", ["mapping": context.name]))
        }
        return view
    }

    func explain(_ action: ExplainRecord, _ context: MappingContext) async throws -> ExplanationView {
        try await explain(try await RecordKey.find(action.key, context, store), action, context)
    }

    func explain(
        _ key: RecordKey,
        _ action: ExplainRecord,
        _ context: MappingContext,
        reads: Bool = true
    ) async throws -> ExplanationView {
        if let coupling = key.coupling {
            var inputs = try await states(context, .couplings([coupling.id]), after: 0, references: true)
            // A system that does not answer keeps nobody from being told the rest.
            if reads, try await hasReadUnkept(inputs, context) {
                inputs = try await states(context, .couplings([coupling.id]), after: 0, references: true)
            }
            guard let input = inputs.inputs.first else {
                throw CoupletError("key.unknown", ["key": action.key, "mapping": context.name], status: .wrongUse)
            }
            let plan = try await held(context).plan(of: coupling.id)
            let standing = Standing(input, context, inputs.references, heldIn: plan)
            var reasons = standing.reasons
            if standing.state == .outOfScope {
                for side in Side.allCases {
                    if let row = input.input.observed[side] { reasons += context.clauses(excluding: row, side) }
                }
            }
            if standing.state == .inSync {
                let apart = try await store.read { try SettledApart(input, context, $0).reasons }
                if !apart.isEmpty { reasons = [Message("explain.apart")] + apart }
            }
            let reconciler = Reconciler(program: context.program, direction: .bidirectional, isFull: false)
            let decision = reconciler.decide(input.input, references: inputs.references)
            let next = NextPass(decision, input.state, isUncompared: standing.state == .uncompared)
            var explained = ExplanationView(record: view(input.state, key.side, standing.state), reasons: reasons)
            explained.lastWrite = try await lastWrite(key, context)
            explained.next = next.messages
            return explained
        }
        return try await explainUncoupled(key, context)
    }

    private func explainUncoupled(_ key: RecordKey, _ context: MappingContext) async throws -> ExplanationView {
        let sent = try await sentCreates(context)
        let (observation, question, failures) = try await store.read { transaction in
            (
                try transaction.observations(feed: context.feeds[key.side].id, ids: [key.id])[key.id],
                try transaction.openQuestion(mapping: context.name, side: key.side, record: key.id),
                try transaction.failures(mapping: context.name)
            )
        }
        var row = observation.flatMap { context.row($0, key.side) }
        // What lies outside the filter is not kept, so that only reading it says why.
        if row == nil, !key.record.isDeleted { row = try await read(key, context) }
        let failure = failures.first { $0.source == key.id && $0.target == key.side.other }
        let standing = Standing(
            uncoupled: key.record,
            isInScope: row.map { context.program.isInScope($0, side: key.side) } ?? false,
            question: question,
            failure: failure,
            isSent: sent.contains(key.id),
            side: key.side,
            onlyCoupled: context.mapping.onlyCoupled,
            heldIn: try await held(context).plan(creatingFrom: key.id)
        )
        var reasons = standing.reasons
        if standing.state == .outOfScope, let row { reasons += context.clauses(excluding: row, key.side) }
        var explained = ExplanationView(
            record: RecordView(
                side: key.side,
                key: key.record.key,
                id: key.id,
                name: key.record.name,
                coupledTo: nil,
                state: standing.state
            ),
            reasons: reasons
        )
        explained.lastWrite = try await lastWrite(key, context)
        explained.next = NextPass(uncoupled: standing.state, side: key.side, context.mapping).messages
        return explained
    }

    private func read(_ key: RecordKey, _ context: MappingContext) async throws -> ObservedRow? {
        do {
            let page = try await RecordFetcher(store: store).read([key.id], context, key.side).page
            guard page.count == 1 else { return nil }
            return ObservedRow(row: page.row(at: 0), layout: page.layout, version: page.version(at: 0))
        } catch let error as ConnectorError {
            throw CoupletError(error)
        }
    }

    /// What a mapping's records are judged by, after both systems were asked for changes, or as things are known.
    func context(
        _ name: String,
        refreshes: Bool,
        _ progress: @escaping ProgressSink
    ) async throws -> MappingContext {
        guard !refreshes else { return try await refreshed(name, progress) }
        let mapping = try await store.read { try MappingService.mapping(named: name, in: $0) }
        do {
            return try await MappingContext.load(mapping, store: store, connections: connections, now: clock.now)
        } catch let error as ConnectorError {
            throw CoupletError(error)
        }
    }

    func refreshed(_ name: String, _ progress: @escaping ProgressSink) async throws -> MappingContext {
        let mapping = try await store.read { try MappingService.mapping(named: name, in: $0) }
        return try await gate.withTurn {
            do {
                let context = try await MappingContext.load(
                    mapping,
                    store: store,
                    connections: connections,
                    now: clock.now
                )
                for side in Side.allCases {
                    let reader = ChangeReader(store: store, progress: progress)
                    let read = try await reader.refresh(context, side, isFull: false)
                    if read.news > 0 { wakeups.note(news: Wakeups.Table(context.feeds[side])) }
                }
                return context
            } catch let error as ConnectorError {
                throw CoupletError(error)
            }
        }
    }

    private func held(_ context: MappingContext) async throws -> HeldRecords {
        let name = context.name
        return try await store.read { try HeldRecords(name, $0) }
    }

    private func coupled(
        _ context: MappingContext,
        _ side: Side?,
        _ held: HeldRecords
    ) async throws -> [RecordView] {
        var views: [RecordView] = []
        var after: Int64 = 0
        while true {
            let batch = try await states(context, .all, after: after, references: true)
            guard let last = batch.inputs.last else { return views }
            after = last.state.coupling.id
            for input in batch.inputs {
                let plan = held.plan(of: input.state.coupling.id)
                let standing = Standing(input, context, batch.references, heldIn: plan)
                views.append(view(input.state, side ?? .erp, standing.state))
            }
        }
    }

    private func uncoupled(
        _ context: MappingContext,
        _ side: Side,
        _ held: HeldRecords
    ) async throws -> [RecordView] {
        let sent = try await sentCreates(context)
        var views: [RecordView] = []
        var after: RecordID?
        while true {
            let position = after
            let (batch, taken) = try await store.read { transaction in
                let batch = try transaction.uncoupled(
                    mapping: context.name,
                    side: side,
                    feed: context.feeds[side].id,
                    after: position,
                    limit: CouplingPlanner.batchSize
                )
                return (batch, side == .crm ? try context.taken(batch.map(\.record.id), transaction) : [])
            }
            guard let last = batch.last else { return views }
            after = last.record.id
            for record in batch where !taken.contains(record.record.id) {
                guard let row = context.row(record.observation, side), context.program.isInScope(row, side: side) else {
                    continue
                }
                let standing = Standing(
                    uncoupled: record.record,
                    isInScope: true,
                    question: record.question,
                    failure: record.failure,
                    isSent: sent.contains(record.record.id),
                    side: side,
                    onlyCoupled: context.mapping.onlyCoupled,
                    heldIn: held.plan(creatingFrom: record.record.id)
                )
                views.append(
                    RecordView(
                        side: side,
                        key: record.record.key,
                        id: record.record.id,
                        name: record.record.name,
                        coupledTo: nil,
                        state: standing.state
                    )
                )
            }
        }
    }

    private func view(_ state: CouplingState, _ side: Side, _ standing: RecordState) -> RecordView {
        let record = state.records[side]
        return RecordView(
            side: side,
            key: record?.key,
            id: state.coupling.ids[side],
            name: record?.name ?? "",
            coupledTo: state.coupling.ids[side.other],
            state: standing
        )
    }

    func states(
        _ context: MappingContext,
        _ scope: CouplingScope,
        after: Int64,
        references: Bool
    ) async throws
        -> CouplingPlanner.Batch
    {
        let now = clock.now
        return try await store.read { transaction in
            let states = try transaction.couplingStates(
                mapping: context.name,
                feeds: context.feedIDs,
                scope: scope,
                now: now,
                after: after,
                limit: CouplingPlanner.batchSize
            )
            let inputs = try CouplingInput.all(states, context.program, transaction)
            let questions = context.program.referenceQuestions(inputs.map(\.input))
            return CouplingPlanner.Batch(inputs: inputs, references: try context.answers(questions, transaction))
        }
    }

    /// How many records within the filter of a side are not coupled, and not another company's.
    func uncoupledCount(_ context: MappingContext, _ side: Side) async throws -> Int {
        try await uncoupled(context, side, held(context)).count
    }

    /// The source records of creates that were sent and of which nobody knows yet.
    private func sentCreates(_ context: MappingContext) async throws -> Set<RecordID> {
        let name = context.name
        return try await store.read { transaction in
            let steps = try transaction.sentSteps(after: 0, limit: 10_000)
            return Set(
                steps.filter { $0.step.mapping == name && $0.step.action == .create }
                    .compactMap { $0.step.ids[$0.step.target.other] }
            )
        }
    }
}
