import CoupletSimulation
import Testing

@Suite("Simulated histories")
struct SimulationTests {
    @Test(arguments: 0..<20)
    func `every invariant holds in five histories`(group: UInt64) async {
        for seed in group * 5 + 1...group * 5 + 5 {
            let report = await Simulation.run(seed: seed)
            let end = report.trace.suffix(40).joined(separator: "\n")
            #expect(report.violations.isEmpty, "couplet-sim --runs 1 --seed \(seed)\n\(end)")
        }
    }

    @Test
    func `the same seed gives the same trace`() async {
        let first = await Simulation.run(seed: 7)
        let second = await Simulation.run(seed: 7)
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 100)
    }

    @Test
    func `histories crash, lose answers and check what must hold`() async {
        var summary: [String: Int] = [:]
        var checked: Set<Invariant> = []
        for seed: UInt64 in 201...206 {
            let report = await Simulation.run(seed: seed)
            summary.merge(report.faults, uniquingKeysWith: +)
            checked.formUnion(report.checks.keys)
        }
        #expect(summary.keys.contains { $0.hasPrefix("crash") })
        #expect(checked.isSuperset(of: [.noLostUpdate, .noInvention, .convergence, .quiescence, .bijection]))
    }
}
