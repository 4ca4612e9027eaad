import ArgumentParser
import CoupletSimulation

/// Tries whether the simulation catches deliberate defects.
struct MutantTrial {
    /// The most runs for each.
    let runs: Int
    /// The first seed.
    let seed: UInt64
    /// How many defects at a time.
    let jobs: Int
    /// What the names of the defects have; empty for all.
    let name: String

    private struct Verdict: Sendable {
        var name: String
        var runs: Int
        var report: SimulationReport?
    }

    /// Prints a table: the defect, how many runs it took, and what caught it.
    /// - Throws: `ExitCode` where one was not caught.
    func run() async throws {
        var verdicts: [Int: Verdict] = [:]
        await withTaskGroup(of: (Int, Verdict).self) { group in
            var waiting = Array(Mutant.all.filter { name.isEmpty || $0.name.contains(name) }.enumerated())
            for _ in 0..<min(jobs, waiting.count) { start(&waiting, in: &group) }
            while let (index, verdict) = await group.next() {
                verdicts[index] = verdict
                start(&waiting, in: &group)
            }
        }
        print("| defect | runs | caught by |\n|---|---|---|")
        for (_, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
            let caught = verdict.report?.violations.first.map { "\($0.invariant.rawValue), \($0.invariant.sentence)" }
            print("| \(verdict.name) | \(verdict.runs) | \(caught ?? "not caught") |")
        }
        let missed = verdicts.values.count { $0.report == nil }
        print("\(verdicts.count - missed) of \(verdicts.count) defects caught")
        if missed > 0 { throw ExitCode(1) }
    }

    private func start(_ waiting: inout [(offset: Int, element: Mutant)], in group: inout TaskGroup<(Int, Verdict)>) {
        guard !waiting.isEmpty else { return }
        let (index, mutant) = waiting.removeFirst()
        group.addTask { (index, await attempt(mutant)) }
    }

    @concurrent private func attempt(_ mutant: Mutant) async -> Verdict {
        var run = 0
        while run < runs {
            let histories = History.sharingBeginning(from: seed &+ UInt64(run), atMost: runs - run)
            let reports = await Simulation.run(histories, mutant: mutant)
            if let index = reports.firstIndex(where: { !$0.violations.isEmpty }) {
                return Verdict(name: mutant.name, runs: run + index + 1, report: reports[index])
            }
            run += histories.count
        }
        return Verdict(name: mutant.name, runs: runs, report: nil)
    }
}
