import CoupletSimulation
import Testing

@Suite("Simulated histories")
struct SimulationTests {
    private static func histories(of beginning: UInt64) -> [History] {
        (0..<History.seedsPerBeginning).map { History(seed: beginning * History.seedsPerBeginning + $0) }
    }

    @Test(arguments: UInt64(0)..<13)
    func `every invariant holds in the histories of a beginning`(beginning: UInt64) async {
        let histories = Self.histories(of: beginning)
        for (history, report) in zip(histories, await Simulation.run(histories)) {
            #expect(report.violations.isEmpty, "\(Story(history, report).lines.joined(separator: "\n"))")
        }
    }

    @Test(arguments: UInt64(0)..<5)
    func `every invariant holds where values are not kept`(beginning: UInt64) async {
        let histories = Self.histories(of: beginning).map { history in
            var history = history
            history.unkept = ["phoneNumber", "website", "addressLine1", "email"]
            return history
        }
        for (history, report) in zip(histories, await Simulation.run(histories)) {
            #expect(report.violations.isEmpty, "\(Story(history, report).lines.joined(separator: "\n"))")
        }
    }

    @Test(arguments: UInt64(1)..<4)
    func `histories of one beginning go as each goes by itself`(beginning: UInt64) async {
        let histories = Self.histories(of: beginning)
        #expect(Set(histories.map(\.beginning)).count == 1)
        let reports = await Simulation.run(histories)
        #expect(reports.map(\.seed) == histories.map(\.seed))
        for (history, report) in zip(histories, reports) {
            let alone = await Simulation.run(history)
            #expect(report.trace == alone.trace)
            #expect(report.edits == alone.edits)
        }
        #expect(Set(reports.map(\.trace)).count == reports.count)
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
        let own = try #require(History("42@42:0.2c"))
        #expect(own.description == "42@42:0.2c")
        #expect(own.beginning == 42)
        #expect(History("42@40")?.description == "42")
        #expect(History("42@x") == nil)
        #expect(History("x") == nil)
    }
}
