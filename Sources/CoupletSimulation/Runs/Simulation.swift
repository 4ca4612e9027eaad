import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletStore

/// One history of Couplet and both systems under one seed: users edit both sides and ask Couplet for things, networks
/// and processes fail, and an oracle judges what comes of it.
package struct Simulation: Sendable {
    /// How many synchronizations without faults must be enough for everything to come to rest.
    static let patience = 10
    /// The most requests of a synchronization that has nothing to do: one for each of the two systems' two tables.
    static let requestsAtRest = 4

    let driver: Driver
    let history: History
    let setting: Setting
    let counter: CaseCounter

    /// Runs one history.
    /// - Parameters:
    ///   - seed: Everything follows from it.
    ///   - focus: Which faults may strike.
    ///   - mutant: A deliberate defect; nil for none.
    /// - Returns: What happened and whether every invariant held.
    package static func run(
        seed: UInt64,
        focus: FaultFocus = FaultFocus(),
        mutant: Mutant? = nil
    ) async -> SimulationReport {
        await run(History(seed: seed, focus: focus), mutant: mutant)
    }

    /// Runs a history as it is given.
    package static func run(_ history: History, mutant: Mutant? = nil) async -> SimulationReport {
        await run([history], mutant: mutant).first ?? SimulationReport(seed: history.seed)
    }

    /// Runs histories of one beginning, each as if it were alone; what they have in common is done once.
    /// - Parameters:
    ///   - histories: The histories, with the same beginning and focus.
    ///   - mutant: A deliberate defect; nil for none.
    /// - Returns: What happened in each, in their order. What was counted before they part is in the first one's report.
    package static func run(_ histories: [History], mutant: Mutant? = nil) async -> [SimulationReport] {
        guard let first = histories.first else { return [] }
        return await withTaskExecutorPreference(SimulationExecutor()) {
            var setting = Setting(first)
            let counter = CaseCounter()
            var parts = Parts()
            mutant?.put(into: &parts)
            parts.decisions = WatchedDecisions(
                decisions: parts.decisions,
                counter: counter,
                limits: setting.limits
            )
            setting.options.parts = parts
            do {
                let world = try await World(seed: setting.company, options: setting.options)
                defer {
                    world.onMoments(nil)
                    world.onHandled(nil)
                    world.giveBack()
                }
                for (side, change) in setting.serverChanges { world.addChange(change, to: side) }
                let driver = Driver(world, oracle: Oracle(setting), seed: first.seed, focus: first.focus)
                let simulation = Simulation(driver: driver, history: first, setting: setting, counter: counter)
                return try await simulation.run(histories)
            } catch {
                return histories.map { history in
                    var report = SimulationReport(seed: history.seed)
                    report.check(.clearFailures, false, "the world could not be set up: \(error)")
                    return report
                }
            }
        }
    }

    var world: World { driver.world }

    private func run(_ histories: [History]) async throws -> [SimulationReport] {
        try await begin()
        guard histories.count > 1 else { return [await playOut()] }
        let (snapshot, trace) = (try world.snapshot(), world.trace)
        let state = driver.with { $0 }
        var reports = [await playOut()]
        for history in histories.dropFirst() {
            try world.begin(from: snapshot, trace: trace)
            counter.forget()
            driver.with { present in
                present = state
                present.report = SimulationReport(seed: history.seed)
                // Nothing that comes after a violation says anything.
                present.report.violations = state.report.violations
            }
            let simulation = Simulation(driver: driver, history: history, setting: setting, counter: counter)
            reports.append(await simulation.playOut())
        }
        return reports
    }

    /// What histories of one beginning have in common.
    private func begin() async throws {
        if setting.hasTwins { await judgeTwins() }
        if let first = history.events.first, first.kind == .setUp, !hasFailed {
            driver.with { $0.random = SimulationGenerator(seed: first.seed) }
            await setUp()
        }
        // Everybody who begins here begins with a process of their own.
        if !hasFailed { try world.restart() }
    }

    /// What comes after the beginning.
    private func playOut() async -> SimulationReport {
        for fault in setting.faults { driver.with { $0.count(fault, driver.world) } }
        for event in history.events where event.kind != .setUp && !hasFailed {
            driver.with { $0.random = SimulationGenerator(seed: event.seed) }
            await play(event)
        }
        let throttling = world.throttling
        return driver.with { state in
            state.report.checks[.throttleLaw, default: 0] += throttling.judged
            for text in throttling.early { state.report.check(.throttleLaw, false, text) }
            state.report.cases = counter.all
            state.report.trace = driver.world.trace
            state.report.labels = state.oracle.labels
            return state.report
        }
    }

    private func play(_ event: History.Event) async {
        switch event.kind {
        case .setUp: break
        case .edit: driver.userActs()
        case .action:
            driver.with { state in
                if state.random.oneIn(3) { state.snapshots.append(driver.world.systems.snapshot) }
                let plan = FaultPlanner.any(state.focus, &state.random)
                if !event.isCalm { state.plan = plan }
            }
            let wish = driver.with { Wish.any(&$0) }
            await perform([wish] + (company(event).map { [$0] } ?? []))
            calmDown()
        case .previewAndApply: await previewAndApply()
        case .mappingChange: await changeMapping()
        case .schemaChange: await loseField()
        case .restoreSystem(let side): await restoreSystem(side)
        case .quiet: await rest()
        case .restoreCouplet: await restoreCouplet()
        case .secondCopy: await workWithCopy()
        case .newField: await takeInField(isCalm: event.isCalm)
        case .coupleAgain: await coupleAgain(isCalm: event.isCalm)
        }
    }

    /// What a person does first, more often than not: couple what matches, and create the rest.
    private func setUp() async {
        let side: MatchSynchronization = driver.with { $0.random.oneIn(2) } ? .to : .both
        await perform(.match(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from), chosen: everyone))
        let people = Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        await perform(.synchronize(people, chosen: []))
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: side)
        await perform(.match(match, chosen: side == .both ? [] : everyone))
    }

    private var everyone: [RecordName] { driver.with { $0.oracle.records.keys.filter { $0.side == .erp }.sorted() } }

    var hasFailed: Bool { driver.with { !$0.report.violations.isEmpty } }

    /// Ends all faults, and lets a process that is gone be followed by another.
    func calmDown() {
        driver.with { $0.plan = .calm }
        for side in Side.allCases { world.clearFaults(of: side) }
        let pause = driver.with { $0.random.oneIn(3) ? 400.0 : Double($0.random.below(20)) / 10 }
        world.clock.advance(bySeconds: pause)
        world.deliverLateRequests()
        guard !world.isAlive else { return }
        do {
            try world.restart()
            world.note("restart")
        } catch {
            fail(.clearFailures, "the process could not be started again: \(error)")
        }
    }

    /// What somebody else asks for at the same time; nil where nobody does.
    private func company(_ event: History.Event) -> Wish? {
        // From a sequence of its own, so that everything else in the history stays the same.
        var random = SimulationGenerator(seed: event.seed ^ 0x2A7)
        guard history.focus.strikes(.twoAtOnce, oneIn: 16, &random), !event.isCalm else { return nil }
        return driver.with { state in
            state.count(.twoAtOnce, driver.world)
            swap(&state.random, &random)
            defer { swap(&state.random, &random) }
            return Wish.any(&state)
        }
    }

    /// Performs a wish.
    func perform(_ wish: Wish) async { await perform([wish]) }

    /// Performs wishes at the same time; each ends with a result, with a failure that says what to do, or with the process.
    func perform(_ wishes: [Wish]) async {
        for wish in wishes { world.note("ACTION \(wish.text)") }
        let writes = begin(wishes)
        if wishes.count == 1 {
            await attempt(0, of: wishes)
        } else {
            world.sharesNetwork = true
            await withTaskGroup(of: Void.self) { group in
                for index in wishes.indices { group.addTask { await attempt(index, of: wishes) } }
            }
            world.sharesNetwork = false
        }
        seeCouplings()
        driver.with { state in
            (state.oracle.mayUncouple, state.oracle.mayTakeOver, state.oracle.isUndoing) = (false, false, false)
        }
        guard wishes.allSatisfy(\.isPreview) else { return }
        driver.with { state in
            state.report.check(
                .previewIsApplied,
                state.oracle.writesInTime == writes,
                "\(wishes.map(\.text)) changed something, and was a preview"
            )
        }
    }

    /// Tells the oracle what is asked, and how many records Couplet had written before.
    private func begin(_ wishes: [Wish]) -> Int {
        noteBeginning()
        return driver.with { state in
            for wish in wishes {
                state.report.actions[wish.kind, default: 0] += 1
                wish.grant(in: &state.oracle)
            }
            state.refused = []
            state.oracle.mayUncouple = wishes.contains(where: \.mayUncouple)
            state.oracle.mayTakeOver = wishes.contains(where: \.mayTakeOver)
            if wishes.contains(where: \.isPersons) { state.oracle.forgetRepetitions() }
            if let refused = state.plan.refused {
                var rule = FaultRule(.status(403, retryAfter: nil))
                rule.pathContains = "/" + refused.table
                rule.times = nil
                state.count(.permissionLoss, driver.world)
                driver.world.addFault(rule, to: refused.side)
            }
            return state.oracle.writesInTime
        }
    }

    /// Tells the oracle that an action begins.
    func noteBeginning() {
        let hasLost = world.hasStepsOnTheirWay
        driver.with { state in
            state.oracle.actionBegan = state.oracle.event
            if !hasLost { state.oracle.scopeSince = state.oracle.event }
        }
    }

    private func attempt(_ index: Int, of wishes: [Wish]) async {
        let wish = wishes[index]
        do {
            try await wish.perform(world, driver)
            driver.with { $0.report.checks[.clearFailures, default: 0] += 1 }
        } catch let error as CoupletError where error.status != .defect {
            world.note("refused: \(error.message.code)")
            driver.with { $0.report.checks[.clearFailures, default: 0] += 1 }
            guard error.status == .wrongUse else { return }
            driver.with { state in
                state.refused.insert(index)
                let others = wishes.indices.filter { !state.refused.contains($0) }.map { wishes[$0] }
                wish.revoke(in: &state.oracle, but: others)
            }
        } catch {
            if world.isAlive { fail(.clearFailures, "\(wish.text) ended with \(error)") }
        }
    }

    func seeCouplings() {
        driver.settle()
        let hasLost = world.hasStepsOnTheirWay
        let found = OpenItems.couplings(world.store, mappings: driver.with { $0.oracle.mappings }, now: world.clock.now)
        driver.with {
            $0.oracle.observe(couplings: found, &$0.report)
            $0.oracle.note(compared: found)
            if !hasLost { $0.oracle.settleUnheard(found) }
        }
    }

    func fail(_ invariant: Invariant, _ text: String) {
        driver.with { $0.report.check(invariant, false, text) }
    }
}
