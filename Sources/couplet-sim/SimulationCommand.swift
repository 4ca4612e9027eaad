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
            "Each run follows from its seed alone. A run in which an invariant does not hold is shortened and told as a"
            + " story, and the exit status is 1."
    )

    @Option(help: "How many histories.") var runs = 100
    @Option(help: "The first seed; each run takes the next.") var seed: UInt64 = 1
    @Option(help: "Run every so-manieth seed again, by itself, and compare the traces; 0 for none.") var repeating = 21
    @Option(help: "How many histories at a time.") var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Option(parsing: .upToNextOption, help: "Only these faults, more often: \(FaultKind.names).")
    var focus: [FaultKind] = []
    @Option(help: "How many failing runs are shortened and told.") var stories = 3
    @Option(help: "Run one history again, as a story names it, and tell it.") var replay: String?
    @Flag(help: "Print the whole trace of every run.") var trace = false
    @Flag(help: "Try whether deliberate defects are caught, with at most --runs runs each.") var mutants = false
    @Option(help: "With --mutants: only defects whose names have this text.") var defect = ""
    @Option(help: "Explore every order of so many events instead of histories by chance.") var explore: Int?
    @Option(
        parsing: .upToNextOption,
        help: "What users may do while exploring: \(Exploration.Slice.names); all but the first with 'slices'."
    )
    var users: [String] = ["everything"]

    func validate() throws {
        guard runs > 0, jobs > 0, repeating >= 0, stories >= 0, explore.map({ $0 > 0 }) ?? true else {
            throw ValidationError(
                "--runs, --jobs and --explore must be at least 1, --repeating and --stories at least 0"
            )
        }
    }

    func run() async throws {
        if let replay { return try await tell(replay) }
        if mutants { return try await MutantTrial(runs: runs, seed: seed, jobs: jobs, name: defect).run() }
        if let explore { return try await ExplorationReport(events: explore, jobs: jobs, slices: slices()).run() }
        try await simulate()
    }

    private func slices() throws -> [Exploration.Slice] {
        if users == ["slices"] { return Exploration.Slice.allCases.filter { $0 != .everything } }
        return try users.map { name in
            guard let slice = Exploration.Slice(rawValue: name) else {
                throw ValidationError("--users may be \(Exploration.Slice.names), or slices")
            }
            return slice
        }
    }

    private func tell(_ text: String) async throws {
        guard let history = History(text, focus: FaultFocus(Set(focus))) else {
            throw ValidationError("a history looks like 42 or 42:0.3c.7")
        }
        let report = await Simulation.run(history)
        for line in trace ? report.trace : [] { print(line) }
        for line in Story(history, report).lines { print(line) }
        if !report.violations.isEmpty { throw ExitCode(1) }
    }

    private func simulate() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        var summary = SimulationSummary()
        try await withThrowingTaskGroup(of: [Judged].self) { group in
            var waiting: [Int: Judged] = [:]
            var (started, shown) = (0, 0)
            while shown < runs {
                while started < runs, started < shown + jobs * 4 * Int(History.seedsPerBeginning) {
                    let first = started
                    let histories = History.sharingBeginning(
                        from: seed &+ UInt64(first),
                        atMost: runs - first,
                        focus: FaultFocus(Set(focus))
                    )
                    group.addTask { await judge(histories, from: first) }
                    started += histories.count
                }
                guard let judged = try await group.next() else { break }
                for one in judged { waiting[one.index] = one }
                // In the order of their seeds, so that the output follows from the options alone.
                while let next = waiting.removeValue(forKey: shown) {
                    summary.add(next.report, isSame: next.isSame)
                    try await report(next, of: summary)
                    shown += 1
                }
            }
        }
        for line in summary.lines(seconds: began.duration(to: clock.now).inSeconds) { print(line) }
        if focus.isEmpty, runs >= 5000, !summary.casesNeverSeen.isEmpty || !summary.invariantsNeverChecked.isEmpty {
            print("never seen: \(summary.casesNeverSeen.map(\.rawValue)) \(summary.invariantsNeverChecked)")
            throw ExitCode(1)
        }
        if summary.failed > 0 { throw ExitCode(1) }
    }

    /// A history with what a second run of its seed said.
    private struct Judged: Sendable {
        var index: Int
        var history: History
        var report: SimulationReport
        var isSame: Bool?
    }

    @concurrent private func judge(_ histories: [History], from first: Int) async -> [Judged] {
        let reports = await Simulation.run(histories)
        var judged: [Judged] = []
        for (index, (history, report)) in zip(histories, reports).enumerated() {
            var isSame: Bool?
            if repeating > 0, (first + index) % repeating == 0 {
                isSame = await Simulation.run(history).trace == report.trace
            }
            judged.append(Judged(index: first + index, history: history, report: report, isSame: isSame))
        }
        return judged
    }

    private func report(_ judged: Judged, of summary: SimulationSummary) async throws {
        if trace { for line in judged.report.trace { print(line) } }
        if judged.isSame == false { print("seed \(judged.report.seed): a second run of the seed went otherwise") }
        if !judged.report.violations.isEmpty { await show(judged, isTold: summary.failed <= stories) }
        guard (judged.index + 1) % 1000 == 0 else { return }
        try FileHandle.standardError.write(
            contentsOf: Data("\(judged.index + 1) of \(runs) runs, \(summary.failed) with violations\n".utf8)
        )
    }

    private func show(_ judged: Judged, isTold: Bool) async {
        for violation in judged.report.violations.prefix(3) { print("seed \(judged.report.seed): \(violation)") }
        guard isTold, let short = await Shrinker.shrink(judged.history, judged.report) else { return }
        print("\(short.history.count) of \(short.whole) events are enough, found in \(short.runs) runs:")
        for line in Story(short.history, short.report).lines { print("  \(line)") }
    }
}

extension FaultKind: ExpressibleByArgument {
    /// All names in one line.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Exploration.Slice {
    /// All names in one line.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
