import ArgumentParser
import CoupletSimulation
import Foundation

/// Explores every order of so many events and says what was found.
struct ExplorationReport {
    /// The most events in an order.
    let events: Int
    /// How many orders are played at a time.
    let jobs: Int
    /// What users may do, one exploration each.
    let slices: [Exploration.Slice]

    /// Prints the states by number of events, and what is wrong in some.
    /// - Throws: `ExitCode` where an invariant does not hold in a state.
    func run() async throws {
        let clock = ContinuousClock()
        var failed = 0
        for slice in slices {
            let began = clock.now
            let result = try await Exploration(slice).run(events: events, jobs: jobs) { depth, states in
                let line = "\(slice.rawValue), \(depth) events: \(states) new states\n"
                try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
            }
            failed += result.violations.count
            show(slice, result, seconds: Int(began.duration(to: clock.now).inSeconds.rounded()))
        }
        print(failed == 0 ? "no violations" : "\(failed) states with violations")
        if failed > 0 { throw ExitCode(1) }
    }

    private func show(_ slice: Exploration.Slice, _ result: Exploration.Result, seconds: Int) {
        let depths = result.states.map(String.init).joined(separator: " + ")
        let isWhole = result.states.count == events + 1 && result.violations.isEmpty
        print(
            "\(slice.rawValue): \(result.states.reduce(0, +)) states (\(depths)), \(result.paths) orders of at most"
                + " \(events) events, \(result.checks.values.reduce(0, +)) checks, \(seconds) s,"
                + (isWhole ? " none left unexplored" : " not explored to the end")
        )
        for (events, story) in result.violations.prefix(3) {
            print("  violated after: \(events)")
            for line in story { print("    \(line)") }
        }
    }
}
