import CoupletSimulation
import Testing

@Suite("Deliberate defects")
struct MutantTests {
    @Test
    func `there are at least twenty-five of them, each with a name of its own`() {
        #expect(Mutant.all.count >= 25)
        #expect(Set(Mutant.all.map(\.name)).count == Mutant.all.count)
    }

    @Test(arguments: [
        "base moved on a conflict", "answers of a batch misaligned by one", "writes not kept in the history",
        "one-way field written back to its source", "blank values not written",
    ])
    func `a defect is caught in a few histories`(name: String) async throws {
        let mutant = try #require(Mutant.all.first { $0.name == name })
        for seed: UInt64 in 1...60 {
            if await !Simulation.run(seed: seed, mutant: mutant).violations.isEmpty { return }
        }
        Issue.record("not caught in 60 histories")
    }

    @Test
    func `what is caught is shortened to a story that says who did what, what was expected and what is`() async throws {
        let mutant = try #require(Mutant.all.first { $0.name == "base not moved by a write" })
        for seed: UInt64 in 1...60 {
            let history = History(seed: seed)
            let report = await Simulation.run(history, mutant: mutant)
            guard !report.violations.isEmpty else { continue }
            let short = try #require(await Shrinker.shrink(history, report, mutant: mutant, limit: 60))
            #expect(short.history.count < short.whole)
            let lines = Story(short.history, short.report).lines
            #expect(lines.contains { $0.contains("a person asks Couplet") })
            #expect(lines.contains { $0.hasPrefix("Expected:") })
            #expect(lines.contains { $0.hasPrefix("Instead:") })
            #expect(lines.last == "Again with: couplet-sim --replay \(short.history)")
            let again = try #require(History(short.history.description))
            #expect(await Simulation.run(again, mutant: mutant).violations == short.report.violations)
            return
        }
        Issue.record("the defect was not caught")
    }
}
