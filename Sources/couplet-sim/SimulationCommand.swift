import ArgumentParser
import CoupletSimulation
import Foundation

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
    @Option(help: "How many histories at a time.") var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "How many lines of a failing run's trace to print.") var lines = 60
    @Flag(help: "Print the whole trace of every run.") var trace = false

    func validate() throws {
        guard runs > 0, jobs > 0, repeating >= 0, lines >= 0 else {
            throw ValidationError("--runs and --jobs must be at least 1, --repeating and --lines at least 0")
        }
    }

    func run() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        var summary = SimulationSummary()
        try await withThrowingTaskGroup(of: Judged.self) { group in
            var started = 0
            var waiting: [Int: Judged] = [:]
            var shown = 0
            while shown < runs {
                while started < runs, started < shown + jobs * 4 {
                    let index = started
                    group.addTask { await judge(index) }
                    started += 1
                }
                guard let judged = try await group.next() else { break }
                waiting[judged.index] = judged
                // In the order of their seeds, so that the output follows from the options alone.
                while let next = waiting.removeValue(forKey: shown) {
                    summary.add(next.report, isSame: next.isSame)
                    try report(next, of: summary)
                    shown += 1
                }
            }
        }
        let took = began.duration(to: clock.now)
        for line in summary.lines(seconds: Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
        {
            print(line)
        }
        if summary.failed > 0 { throw ExitCode(1) }
    }

    /// A history with what a second run of its seed said.
    private struct Judged: Sendable {
        var index: Int
        var report: SimulationReport
        var isSame: Bool?
    }

    @concurrent private func judge(_ index: Int) async -> Judged {
        let seed = self.seed &+ UInt64(index)
        let report = await Simulation.run(seed: seed)
        var isSame: Bool?
        if repeating > 0, index % repeating == 0 {
            isSame = await Simulation.run(seed: seed).trace == report.trace
        }
        return Judged(index: index, report: report, isSame: isSame)
    }

    private func report(_ judged: Judged, of summary: SimulationSummary) throws {
        if trace { for line in judged.report.trace { print(line) } }
        if !judged.report.violations.isEmpty || judged.isSame == false { show(judged.report, judged.isSame) }
        guard (judged.index + 1) % 100 == 0 else { return }
        try FileHandle.standardError.write(
            contentsOf: Data("\(judged.index + 1) of \(runs) runs, \(summary.failed) with violations\n".utf8)
        )
    }

    private func show(_ report: SimulationReport, _ isSame: Bool?) {
        print("seed \(report.seed)")
        if isSame == false { print("  a second run of the seed went otherwise") }
        for violation in report.violations { print("  \(violation)") }
        for line in report.trace.suffix(lines) { print("    \(line)") }
    }
}
