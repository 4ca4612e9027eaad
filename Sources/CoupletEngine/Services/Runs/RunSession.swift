import CoupletCore
import CoupletPorts

/// One run from its beginning to its end: opens mappings, reads feeds once, recovers, and closes the books.
struct RunSession: Sendable {
    let engine: Engine
    let progress: ProgressSink
    let book: RunBook
    let isPreview: Bool
    let collector: PreviewCollector?

    /// Does a run's work while no other run is at work, and closes its books however it ends.
    static func run(
        _ action: String,
        _ context: ActionContext,
        isPreview: Bool,
        _ body: (RunSession) async throws -> Void
    ) async throws -> RunOrPlan {
        try await context.engine.gate.withTurn {
            let book = try await RunBook.begin(
                isPreview ? action + ".preview" : action,
                by: context.startedBy,
                store: context.engine.store,
                clock: context.engine.clock
            )
            let session = RunSession(
                engine: context.engine,
                progress: context.progress,
                book: book,
                isPreview: isPreview,
                collector: isPreview ? PreviewCollector() : nil
            )
            do {
                try await body(session)
            } catch {
                let failure = Self.failure(error)
                try? await book.finishJobs(as: failure.status == .interrupted ? .interrupted : .failed)
                try? await book.finish(failure.status)
                throw failure.error
            }
            return try await session.close()
        }
    }

    private func close() async throws -> RunOrPlan {
        try await book.finishJobs()
        if let collector {
            try await book.finish(.done)
            return RunOrPlan(plan: collector.priced)
        }
        let result = RunOrPlan(run: book.run.id, jobs: book.jobs.map(JobView.init))
        try await book.finish(result.status)
        return result
    }

    private static func failure(_ error: any Error) -> (error: any Error, status: ExitStatus) {
        switch error {
        case let error as CoupletError: (error, error.status)
        case let error as ConnectorError: (CoupletError(error), CoupletError(error).status)
        case is CancellationError: (CoupletError("action.interrupted", status: .interrupted), .interrupted)
        default: (error, .defect)
        }
    }

    /// Opens a mapping for work: checks permission to write, opens its jobs and settles what was lost before.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - direction: Where values may flow in this run.
    ///   - isFull: Whether one-way fields are put back.
    ///   - writes: Whether remote systems may be written; then their connections must be enabled.
    /// - Returns: The mapping, open.
    /// - Throws: `CoupletError` when the direction or writing is not allowed, or a setting is missing.
    func open(_ mapping: TableMapping, _ direction: Direction, isFull: Bool, writes: Bool) async throws -> MappingRun {
        guard let allowed = mapping.direction.intersection(direction) else {
            throw CoupletError(
                "sync.directionNotAllowed",
                ["mapping": mapping.name, "direction": direction.rawValue, "allowed": mapping.direction.rawValue],
                status: .wrongUse
            )
        }
        if writes, !isPreview { try await requireEnabled(mapping, allowed) }
        let context = try await MappingContext.load(mapping, store: engine.store, connections: engine.connections)
        book.startCharging(context)
        price(context)
        let plans = try await openPlans()
        if !isPreview { book.note(plans: plans) }
        var jobs = BySide<Int64?>(erp: nil, crm: nil)
        if !isPreview {
            for side in [Side.crm, .erp] where allowed.writes(to: side) {
                jobs[side] = try await book.openJob(mapping.name, .toward(side))
            }
        }
        return MappingRun(
            store: engine.store,
            clock: engine.clock,
            ids: engine.ids,
            progress: progress,
            context: context,
            book: book,
            plans: plans,
            direction: allowed,
            mayWrite: writes && !isPreview,
            isFull: isFull,
            jobs: jobs,
            preview: collector
        )
    }

    private func openPlans() async throws -> BySide<Int64> {
        if let collector, collector.view.id != 0 {
            return BySide(erp: collector.view.id, crm: collector.view.id)
        }
        let plan = PlanRecord(run: book.run.id, state: isPreview ? .previewed : .applying, madeAt: engine.clock.now)
        let isPreview = isPreview
        let plans = try await engine.store.write { transaction in
            let crm = try transaction.insert(plan)
            return BySide(erp: isPreview ? crm : try transaction.insert(plan), crm: crm)
        }
        collector?.add { $0.id = plans.crm }
        return plans
    }

    /// Tells a preview the batch sizes that carrying it out would start with.
    private func price(_ context: MappingContext) {
        for side in Side.allCases {
            let pacing = BatchPacing(
                learned: context.feeds[side].batchSize,
                maximum: context.connectors[side].capabilities.maximumBatch
            )
            collector?.setPacing(pacing, mapping: context.name, side: side)
        }
    }

    private func requireEnabled(_ mapping: TableMapping, _ direction: Direction) async throws {
        let connections = try await engine.store.read { try $0.connections() }
        for side in Side.allCases where direction.writes(to: side) {
            let name = mapping.table(side).connection
            guard connections.first(where: { $0.name == name })?.isEnabled == true else {
                throw CoupletError(
                    "connection.disabled",
                    ["connection": name, "mapping": mapping.name],
                    status: .notAllowed
                )
            }
        }
    }

    /// Settles what earlier runs left, and brings the mapping's feeds up to date.
    func prepare(_ run: MappingRun, isFull: Bool) async throws {
        if !isPreview {
            try await recover(run)
            try await run.takeOverCreates()
        }
        for side in Side.allCases where book.isFirstVisit(run.context.feeds[side].id) {
            let reader = ChangeReader(store: engine.store, progress: progress)
            let floor = try await reader.refresh(run.context, side, isFull: isFull)
            if !isPreview { book.add(floor: floor, side, to: run.mainJob) }
        }
        if !isPreview { book.charge(run.mainJob, run.context) }
    }

    private func recover(_ run: MappingRun) async throws {
        let name = run.context.name
        let left = try await engine.store.read { transaction in
            var found: [StoredStep] = []
            var after: Int64 = 0
            while true {
                let page = try transaction.sentSteps(after: after, limit: 1000)
                guard let last = page.last else { break }
                found += page.filter { $0.step.mapping == name }
                after = last.id
            }
            return found
        }
        try await run.recover(left)
    }
}
