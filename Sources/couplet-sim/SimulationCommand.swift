import ArgumentParser
import CoupletSimulation

/// Simulates many histories and says what was found.
@main
struct SimulationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "couplet-sim",
        abstract: "Simulate histories of edits, crashes and faults, and judge what Couplet makes of them.",
        discussion:
            "Each run follows from its seed alone. A run in which an invariant does not hold prints its seed and"
            + " the end of its trace, and the exit status is 1."
    )

    @Option(help: "How many histories.") var runs = 100
    @Option(help: "The first seed; each run takes the next.") var seed: UInt64 = 1
    @Option(help: "Run every so-manieth seed twice and compare the traces; 0 for none.") var repeating = 20
    @Option(help: "How many lines of a failing run's trace to print.") var lines = 60
    @Flag(help: "Print the whole trace of every run.") var trace = false

    func validate() throws {
        guard runs > 0, repeating >= 0, lines >= 0 else {
            throw ValidationError("--runs must be at least 1, --repeating and --lines at least 0")
        }
    }

    func run() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        var summary = SimulationSummary()
        for index in 0..<UInt64(runs) {
            let seed = self.seed &+ index
            let report = await Simulation.run(seed: seed)
            var isSame: Bool?
            if repeating > 0, index % UInt64(repeating) == 0 {
                isSame = await Simulation.run(seed: seed).trace == report.trace
            }
            summary.add(report, isSame: isSame)
            if trace { for line in report.trace { print(line) } }
            if !report.violations.isEmpty || isSame == false { show(report, isSame) }
        }
        let took = began.duration(to: clock.now)
        for line in summary.lines(seconds: Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
        {
            print(line)
        }
        if summary.failed > 0 { throw ExitCode(1) }
    }

    private func show(_ report: SimulationReport, _ isSame: Bool?) {
        print("seed \(report.seed)")
        if isSame == false { print("  a second run of the seed went otherwise") }
        for violation in report.violations { print("  \(violation)") }
        for line in report.trace.suffix(lines) { print("    \(line)") }
    }
}
