import CoupletSimulation
import Testing

@Suite("Every order of a few events")
struct ExplorationTests {
    @Test
    func `every order of two events keeps every invariant, and states that meet are counted once`() async throws {
        let result = try await Exploration().run(events: 2, jobs: 1)
        #expect(result.violations.isEmpty, "\(result.violations)")
        #expect(result.states.count == 3)
        #expect(result.states[0] == 1)
        #expect(result.states[1] > 8)
        // Two edits of different sides are one state, in whichever order they come.
        #expect(result.states.reduce(0, +) < result.paths)
        #expect((result.checks[.convergence] ?? 0) > 0)
    }

    @Test
    func `a defect is found, with the events that lead to it`() async throws {
        let mutant = try #require(Mutant.all.first { $0.name == "ERP always right: edits of the CRM are written over" })
        let result = try await Exploration(mutant: mutant).run(events: 2, jobs: 1)
        let found = try #require(result.violations.first)
        #expect(found.events == "edit crm 1")
        #expect(found.story.contains { $0.hasPrefix("Expected:") })
    }
}
