import CoupletSimulation
import Testing

@Suite("Simulated histories")
struct SimulationTests {
    @Test(arguments: 0..<20)
    func `every invariant holds in five histories`(group: UInt64) async {
        for seed in group * 5 + 1...group * 5 + 5 {
            let history = History(seed: seed)
            let report = await Simulation.run(history)
            #expect(report.violations.isEmpty, "\(Story(history, report).lines.joined(separator: "\n"))")
        }
    }

    @Test
    func `the same seed gives the same trace`() async {
        let first = await Simulation.run(seed: 7)
        let second = await Simulation.run(seed: 7)
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 100)
    }

    @Test(arguments: FaultKind.allCases)
    func `every fault strikes where only it may, and every invariant holds`(kind: FaultKind) async {
        var struck: Set<String> = []
        for seed: UInt64 in 1...40 where struck.isEmpty {
            let history = History(seed: seed, focus: FaultFocus([kind]))
            let report = await Simulation.run(history)
            #expect(report.violations.isEmpty, "\(Story(history, report).lines.joined(separator: "\n"))")
            struck.formUnion(report.faults.keys)
        }
        #expect(!struck.isEmpty)
        let isCrash = kind == .crashAtRequest || kind == .crashAtCommit
        #expect(struck.allSatisfy { isCrash ? $0.hasPrefix("crash") : $0 == kind.rawValue }, "\(struck)")
    }

    @Test
    func `a history is had again by its name, and without some of its events`() throws {
        let whole = History(seed: 42)
        #expect(whole.description == "42")
        let part = try #require(History("42:0.2c.3"))
        #expect(part.count == 3)
        #expect(part.description == "42:0.2c.3")
        #expect(History("42:0.99999") == nil)
        #expect(History("x") == nil)
    }
}
