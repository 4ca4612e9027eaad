import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletStore
import Synchronization

/// Every order of so many events in a small world: states that were met before are not gone on from, and every new one is
/// judged.
package struct Exploration: Sendable {
    /// What was found.
    package struct Result: Sendable {
        /// How many new states there were after each number of events.
        package var states: [Int] = []
        /// How many orders of events were played.
        package var paths = 0
        /// How often each invariant was checked.
        package var checks: [Invariant: Int] = [:]
        /// Orders of events after which an invariant does not hold, with what is wrong.
        package var violations: [(events: String, story: [String])] = []
    }

    private let mutant: Mutant?
    private let slice: Slice

    /// Begins with nothing.
    /// - Parameters:
    ///   - slice: What users do.
    ///   - mutant: A deliberate defect; nil for none.
    package init(_ slice: Slice = .everything, mutant: Mutant? = nil) {
        self.slice = slice
        self.mutant = mutant
    }

    /// Explores.
    /// - Parameters:
    ///   - events: How many events an order has at most.
    ///   - jobs: How many orders are played at a time.
    ///   - progress: Told after each number of events how many states are new.
    /// - Returns: What was found.
    /// - Throws: What making the small world throws.
    package func run(
        events: Int,
        jobs: Int,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> Result {
        var result = Result()
        var known = PathRun.Known()
        var frontier: [[ExplorationEvent]] = [[]]
        for depth in 0...events {
            var next: [[ExplorationEvent]] = []
            let share = max(1, (frontier.count + jobs - 1) / jobs)
            let parts = stride(from: 0, to: frontier.count, by: share).map {
                Array(frontier[$0..<min($0 + share, frontier.count)])
            }
            let before = known
            let found = try await withThrowingTaskGroup(of: (Int, [Played]).self) { group in
                for (place, part) in parts.enumerated() { group.addTask { (place, try await explore(part, before)) } }
                return try await group.reduce(into: [Int: [Played]]()) { $0[$1.0] = $1.1 }
            }
            result.paths += frontier.count
            var states = 0
            // In the order of the events, so that the numbers do not depend on how many are played at a time.
            for (path, run) in found.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
                guard let options = run.next, known.states.insert(run.fingerprint).inserted else { continue }
                known.judged.insert(run.rest)
                states += 1
                next += options.filter { slice.allows($0, after: path) }.map { path + [$0] }
                guard let report = run.report else { continue }
                result.checks.merge(report.checks, uniquingKeysWith: +)
                guard !report.violations.isEmpty else { continue }
                let story = Story(History(seed: 0), report).lines.dropFirst().dropLast()
                result.violations.append((path.map(\.description).joined(separator: ", "), Array(story)))
            }
            result.states.append(states)
            progress(depth, states)
            frontier = next
            if frontier.isEmpty || !result.violations.isEmpty { break }
        }
        return result
    }

    private typealias Played = (path: [ExplorationEvent], run: PathRun.Result)

    @concurrent private func explore(
        _ paths: [[ExplorationEvent]],
        _ before: PathRun.Known
    ) async throws -> [Played] {
        try await withTaskExecutorPreference(SimulationExecutor()) {
            let begun = try await BegunWorld(mutant: mutant)
            defer {
                begun.world.onMoments(nil)
                begun.world.onHandled(nil)
            }
            var known = before
            var results: [Played] = []
            for path in paths {
                let run = try await PathRun(begun.simulation(), path, known).run()
                if run.next != nil {
                    known.states.insert(run.fingerprint)
                    known.judged.insert(run.rest)
                }
                results.append((path, run))
            }
            return results
        }
    }
}

/// A small world that can be begun again and again.
private struct BegunWorld {
    let world: World
    private let setting: Setting
    private let snapshot: World.Snapshot
    private let oracle: Oracle

    init(mutant: Mutant?) async throws {
        var setting = SmallWorld.setting
        mutant?.put(into: &setting.options.parts)
        self.setting = setting
        world = try await World(seed: setting.company, options: setting.options)
        let driver = Driver(world, oracle: Oracle(setting), seed: 0, focus: FaultFocus())
        let simulation = Simulation(
            driver: driver,
            history: History(seed: 0),
            setting: setting,
            counter: CaseCounter()
        )
        await simulation.perform(
            .couple(
                CoupleRecords(mapping: "CUSTOMER", key: "1000", with: "crm:\(SmallWorld.pair.crm)", choice: .erp),
                chosen: []
            )
        )
        await simulation.rest()
        oracle = driver.with { $0.oracle }
        snapshot = try world.snapshot()
        world.onMoments(nil)
        world.onHandled(nil)
    }

    /// The world at its beginning.
    func simulation() throws -> Simulation {
        try world.begin(from: snapshot)
        let driver = Driver(world, oracle: oracle, seed: 0, focus: FaultFocus())
        return Simulation(driver: driver, history: History(seed: 0), setting: setting, counter: CaseCounter())
    }
}
