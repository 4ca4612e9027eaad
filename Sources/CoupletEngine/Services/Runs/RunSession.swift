import CoupletCore
import CoupletPorts

/// One run from its beginning to its end: opens mappings, reads feeds once, recovers, and closes the books.
struct RunSession: Sendable {
    let engine: Engine
    let progress: ProgressSink
    let book: RunBook
    let isPreview: Bool
    /// Whether the feeds were brought up to date just before.
    var hasRead = false
    /// What becomes a rule when the preview's plan is applied.
    var standing: PlanDetails.StandingResolution?
    let tally = PlanTally()
    /// Counts what waits for approval.
    let held = PlanTally()

    /// Does a run's work while no other run is at work, and closes its books however it ends.
    /// - Parameters:
    ///   - action: The action's name.
    ///   - context: Who asks, and where progress goes.
    ///   - isPreview: Whether nothing is done.
    ///   - hasRead: Whether the feeds were brought up to date just before.
    ///   - standing: For a preview, what becomes a rule when its plan is applied.
    ///   - asked: What was asked for, for the audit log.
    ///   - body: The work.
    /// - Returns: What came of it.
    /// - Throws: What the body throws.
    static func run(
        _ action: String,
        _ context: ActionContext,
        isPreview: Bool,
        hasRead: Bool = false,
        standing: PlanDetails.StandingResolution? = nil,
        asked: [String: String] = [:],
        _ body: (RunSession) async throws -> Void
    ) async throws -> RunOrPlan {
        try await context.engine.gate.withTurn {
            let book = try await RunBook.begin(
                isPreview ? action + ".preview" : action,
                by: context.author,
                asked: isPreview ? nil : asked,
                store: context.engine.store,
                witness: context.engine.witness,
                clock: context.engine.clock
            )
            let session = RunSession(
                engine: context.engine,
                progress: { event in
                    // Whoever works by schedule waits for this run, and gets on as long as it does.
                    context.engine.pulse.getOn(at: context.engine.clock.now)
                    context.progress(event)
                },
                book: book,
                isPreview: isPreview,
                hasRead: hasRead,
                standing: standing
            )
            let meter = context.engine.meter
            meter.began(book.run)
            // What was only shown counts for nothing.
            func ended(_ status: ExitStatus) { meter.ended(book.run.id, status, jobs: isPreview ? [] : book.jobs) }
            do {
                try await body(session)
            } catch {
                let failure = Self.failure(error)
                book.endJobs(as: failure.status == .interrupted ? .interrupted : .failed)
                try? await book.finish(failure.status)
                ended(failure.status)
                throw failure.error
            }
            do {
                let result = try await session.close(context.startedBy, action)
                ended(isPreview ? .done : result.status)
                return result
            } catch {
                ended(Self.failure(error).status)
                throw error
            }
        }
    }

    private func close(_ who: String, _ action: String) async throws -> RunOrPlan {
        book.endJobs()
        if isPreview {
            let plan = try await show(tally, as: .previewed, who, action)
            try await book.finish(.done)
            return noted(RunOrPlan(plan: try await engine.plans.show(ShowPlan(plan: plan))))
        }
        var result = noted(RunOrPlan(run: book.run.id, jobs: book.jobs.map(JobView.init)))
        if !book.holds.isEmpty {
            let plan = try await show(held, as: .held, who, action)
            try await replaceHeld(by: plan)
            result.plan = try await engine.plans.show(ShowPlan(plan: plan))
        }
        if let applied = book.applied { result.leftOut = try await engine.plans.leftOut(applied) }
        let leftOut = book.leftOut
        if !leftOut.isEmpty { result.leftOut = (result.leftOut ?? []) + leftOut }
        try await book.finish(result.status, isWhole: true)
        return result
    }

    /// A result with what was noticed about the mappings, and why one was left out.
    private func noted(_ result: RunOrPlan) -> RunOrPlan {
        var result = result
        let notices = book.notices
        if !notices.isEmpty { result.notices = notices }
        result.failure = book.failure
        let settled = book.settledEarlier.sorted { $0.key < $1.key }
        if !settled.isEmpty { result.settledEarlier = settled.map { SettledJob(job: $0.key, count: $0.value) } }
        return result
    }

    /// Gives the run's plan what people see of it.
    /// - Returns: The plan's number.
    private func show(
        _ tally: PlanTally,
        as state: PlanState,
        _ who: String,
        _ action: String
    ) async throws -> Int64 {
        let known = book.plan
        let made = PlanRecord(
            run: book.run.id,
            state: state,
            madeAt: engine.clock.now,
            details: PlanDetails(
                action: action,
                madeBy: who,
                settings: tally.settings,
                counts: tally.counts,
                requests: tally.requests,
                holds: book.holds,
                standing: state == .previewed ? standing : nil
            )
        )
        return try await engine.store.write { transaction in
            guard let known, var plan = try transaction.plan(known) else { return try transaction.insert(made) }
            plan.details = made.details
            plan.state = state
            try transaction.update(plan)
            return known
        }
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
    ///   - isMeasured: Whether the safety limits look at all that is planned, and hold it where a system has moved.
    /// - Returns: The mapping, open.
    /// - Throws: `CoupletError` when the direction or writing is not allowed, or a setting is missing.
    func open(
        _ mapping: TableMapping,
        _ direction: Direction,
        isFull: Bool,
        writes: Bool,
        isMeasured: Bool = false
    ) async throws
        -> MappingRun
    {
        guard let allowed = mapping.direction.intersection(direction) else {
            throw CoupletError(
                "sync.directionNotAllowed",
                ["mapping": mapping.name, "direction": direction.rawValue, "allowed": mapping.direction.rawValue],
                status: .wrongUse
            )
        }
        if writes, !isPreview {
            try await engine.store.read {
                try WritePermission.refuse(mapping, allowed, isMeasured: isMeasured, $0)
            }
        }
        let context = try await engine.context(of: mapping)
        book.startCharging(context)
        try await price(context, into: tally)
        let (plans, jobs) = try await openPlansAndJobs(mapping, toward: allowed)
        return MappingRun(
            store: engine.store,
            clock: engine.clock,
            ids: engine.ids,
            witness: engine.witness,
            progress: progress,
            context: context,
            book: book,
            plans: plans,
            direction: allowed,
            mayWrite: writes && !isPreview,
            isFull: isFull,
            jobs: jobs,
            tally: tally,
            isPreview: isPreview
        )
    }

    private func openPlansAndJobs(
        _ mapping: TableMapping,
        toward direction: Direction
    ) async throws -> (PlanParts, BySide<Int64?>) {
        let (parent, run, now) = (book.plan, book.run.id, engine.clock.now)
        let state: PlanState = isPreview ? .previewed : .applying
        let sides = isPreview ? [] : [Side.crm, .erp].filter(direction.writes(to:))
        let (book, name) = (book, mapping.name)
        let (plans, jobs) = try await engine.store.write { transaction in
            (
                try PlanParts.open(name, of: parent, run: run, state: state, now: now, transaction),
                try book.jobs(name, toward: sides, transaction)
            )
        }
        book.note(plans)
        book.note(jobs)
        var numbers = BySide<Int64?>(erp: nil, crm: nil)
        for (side, job) in zip(sides, jobs) { numbers[side] = job.id }
        return (plans, numbers)
    }

    /// Notes under what settings a mapping is planned, and the batch sizes that carrying it out would start with.
    func price(_ context: MappingContext, into tally: PlanTally) async throws {
        func pacing(_ side: Side) -> BatchPacing {
            BatchPacing(
                learned: context.feeds[side].batchSize,
                maximum: context.connectors[side].capabilities.maximumBatch
            )
        }
        let mapping = context.mapping
        let setting = try await engine.store.read { try PlanDetails.Setting(mapping, $0) }
        tally.note(setting, pacing: BySide(erp: pacing(.erp), crm: pacing(.crm)))
    }

    /// Settles what earlier runs left, and brings the mapping's feeds up to date.
    func prepare(_ run: MappingRun, isFull: Bool) async throws {
        if !isPreview {
            try await run.takeOverCreates()
            try await recover(run)
        }
        if isFull, !isPreview {
            try await examineEnvironment(of: run)
            try await examineSchema(of: run)
        }
        for side in Side.allCases where book.isFirstVisit(run.context.feeds[side].id) && !hasRead {
            let reader = ChangeReader(store: engine.store, progress: progress)
            do {
                let read = try await reader.refresh(run.context, side, isFull: isFull)
                if read.news > 0 { engine.wakeups.note(news: Wakeups.Table(run.context.feeds[side])) }
                if !isPreview { book.add(floor: read.floor, side, to: run.mainJob) }
            } catch let error as ConnectorError where error.kind == .notFound {
                throw await goneField(of: run, side) ?? CoupletError(error)
            }
        }
        try await run.readKeys(isFull: isFull)
        if !isPreview { book.charge(run.mainJob, run.context) }
    }

    private func recover(_ run: MappingRun) async throws {
        let name = run.context.name
        let left = try await engine.store.read { try $0.sentSteps(of: name) }
        try await run.recover(left)
    }
}

extension PlanDetails.Setting {
    /// A mapping and where its connections lead now.
    init(_ mapping: TableMapping, _ transaction: any StoreReading) throws {
        let connections = try transaction.connections()
        func address(_ side: Side) -> RemoteAddress {
            let found = connections.first { $0.name == mapping.table(side).connection }
            return RemoteAddress(url: found?.url ?? "", company: found?.company)
        }
        var mapping = mapping
        // Whether it is paused changes nothing about what its plans mean.
        mapping.pausedAt = nil
        // Nor does when it is synchronized.
        mapping.schedule = nil
        self.init(mapping: mapping, addresses: BySide(erp: address(.erp), crm: address(.crm)))
    }
}
