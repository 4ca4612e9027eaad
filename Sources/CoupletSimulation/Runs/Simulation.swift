import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletStore

/// One history of Couplet and both systems under one seed: users edit both sides and ask Couplet for things, networks
/// and processes fail, and an oracle judges what comes of it.
package struct Simulation: Sendable {
    /// How long a history is.
    struct Length: Sendable {
        /// How often Couplet is given its time and judged.
        var quietPoints: Int
        /// How many things happen before each.
        var events: Int

        /// Gives a history a length: most are short, for what goes wrong needs few events, and some are long, for what
        /// needs many.
        init(_ random: inout SimulationGenerator) {
            switch random.below(10) {
            case 0...6: (quietPoints, events) = (1, 3 + random.below(5))
            case 7, 8: (quietPoints, events) = (2, 4 + random.below(5))
            default: (quietPoints, events) = (3, 8)
            }
        }
    }

    /// How many synchronizations without faults must be enough for everything to come to rest.
    static let patience = 10

    let driver: Driver
    let length: Length
    let hasSmallPages: Bool

    /// Runs one history.
    /// - Parameter seed: Everything follows from it.
    /// - Returns: What happened and whether every invariant held.
    package static func run(seed: UInt64) async -> SimulationReport {
        await withTaskExecutorPreference(SimulationExecutor()) {
            var random = SimulationGenerator(seed: seed)
            var options = World.Options()
            options.randomSeed = random.next()
            options.pageSize = random.oneIn(2) ? 3 : nil
            let company = Vocabulary.seed(&random)
            let length = Length(&random)
            do {
                let world = try await World(seed: company, options: options)
                defer {
                    world.onMoments(nil)
                    world.onHandled(nil)
                }
                let mappings = options.mappings(of: World.connections)
                let oracle = Oracle(mappings: mappings, plainFields: Vocabulary.plainFields)
                let driver = Driver(world, oracle: oracle, seed: seed)
                return await Simulation(driver: driver, length: length, hasSmallPages: options.pageSize != nil).run()
            } catch {
                var report = SimulationReport(seed: seed)
                report.check(.clearFailures, false, "the world could not be set up: \(error)")
                return report
            }
        }
    }

    private var world: World { driver.world }

    private func run() async -> SimulationReport {
        if driver.with({ !$0.random.oneIn(4) }) { await setUp() }
        for _ in 0..<length.quietPoints {
            for _ in 0..<length.events where !hasFailed {
                for _ in 0..<driver.with({ $0.random.below(4) }) { driver.userActs() }
                driver.with { $0.plan = FaultPlanner.any(&$0.random) }
                await perform(driver.with { Wish.any(&$0) })
                calmDown()
            }
            if hasFailed { break }
            await rest()
        }
        return driver.with { state in
            state.report.trace = driver.world.trace
            return state.report
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

    private var hasFailed: Bool { driver.with { !$0.report.violations.isEmpty } }

    /// Ends all faults, and lets a process that is gone be followed by another.
    private func calmDown() {
        driver.with { $0.plan = .calm }
        for side in Side.allCases { world.endFaults(of: side) }
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

    /// Performs a wish; it ends with a result, with a failure that says what to do, or with the process.
    private func perform(_ wish: Wish) async {
        world.note("ACTION \(wish.text)")
        let writes = driver.with { state in
            state.report.actions[wish.kind, default: 0] += 1
            wish.grant(in: &state.oracle)
            state.oracle.mayUncouple = wish.mayUncouple
            state.oracle.actionBegan = state.oracle.event
            return state.oracle.coupletWrites
        }
        do {
            try await wish.perform(world, driver)
        } catch let error as CoupletError where error.status != .defect {
            world.note("refused: \(error.message.code)")
            if error.status == .wrongUse { driver.with { wish.revoke(in: &$0.oracle) } }
        } catch {
            if world.isAlive { fail(.clearFailures, "\(wish.text) ended with \(error)") }
        }
        seeCouplings()
        driver.with { ($0.oracle.mayUncouple, $0.oracle.isUndoing) = (false, false) }
        guard wish.isPreview else { return }
        driver.with { state in
            state.report.check(
                .previewWritesNothing,
                state.oracle.coupletWrites == writes,
                "\(wish.text) changed something"
            )
        }
    }

    private func seeCouplings() {
        let found = OpenItems.couplings(world.store, mappings: driver.with { $0.oracle.mappings }, now: world.clock.now)
        driver.with {
            $0.oracle.observe(couplings: found, &$0.report)
            $0.oracle.note(compared: found)
        }
    }

    /// Gives Couplet time without edits and faults, and judges what has become of everything.
    private func rest() async {
        world.note("QUIET")
        world.clock.advance(bySeconds: 10)
        world.deliverLateRequests()
        var isAtRest = false
        for _ in 0..<Self.patience where !isAtRest {
            let before = driver.with { $0.oracle.coupletWrites }
            await synchronize()
            isAtRest = driver.with { $0.oracle.coupletWrites } == before
            world.clock.advance(bySeconds: 3600)
        }
        driver.with { $0.report.check(.convergence, isAtRest, "Couplet does not come to rest") }
        let requests = world.trace.count
        let before = driver.with { $0.oracle.coupletWrites }
        await synchronize()
        let hasSmallPages = hasSmallPages
        let asked = world.trace.dropFirst(requests).count { $0.contains("example") || $0.contains(" -> ") }
        let tokens = world.trace.dropFirst(requests).count { $0.contains("/token") }
        guard let open = try? OpenItems(world.store, mappings: driver.with { $0.oracle.mappings }, now: world.clock.now)
        else { return fail(.clearFailures, "the store could not be read") }
        let world = world
        driver.with { state in
            let writes = state.oracle.coupletWrites - before
            state.report.check(.quiescence, writes == 0, "a synchronization at rest wrote \(writes) records")
            state.report.check(
                .quiescence,
                !open.isClear || hasSmallPages || asked - tokens <= 4,
                "a synchronization at rest sent \(asked - tokens) requests"
            )
            state.oracle.judgeQuiet(open, kept: { world.kept($0, $1) }, &state.report)
            state.report.checks[.noDeletion, default: 0] += 1
            state.report.checks[.noResurrection, default: 0] += 1
        }
    }

    private func synchronize() async {
        do {
            let result = try await world.perform(Synchronize())
            world.note("synchronized: \(result.status)")
        } catch {
            fail(.convergence, "a synchronization without faults ended with \(error)")
        }
        seeCouplings()
    }

    private func fail(_ invariant: Invariant, _ text: String) {
        driver.with { $0.report.check(invariant, false, text) }
    }
}

extension World {
    /// Ends all faults of a system.
    func endFaults(of side: Side) {
        systems.with(side) { machine, _ in machine.desk.faults = FaultPlan() }
    }

    /// The values that the history keeps of a record's field, from before they were written over.
    func kept(_ record: RecordName, _ field: String) -> [String] {
        let entries =
            (try? store.readSync { try $0.history(side: record.side, record: record.id, limit: 10_000) }) ?? []
        return entries.flatMap(\.fields).filter { $0.field == field }.map(\.before.text)
    }
}
