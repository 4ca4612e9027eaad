import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("A whole Couplet in one process")
struct WorldTests {
    @Test
    func `the demonstration company ends up coupled, and a second synchronization writes nothing`() async throws {
        let world = try await World()
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        try await world.perform(Synchronize())
        let account = try #require(world.row(.crm, "accounts", where: "accountnumber", is: "10010"))
        #expect(account["telephone1"]?.string == "+44 1947 555 011")
        let writes = world.trace.count { $0.contains("$batch") }
        try await world.perform(Synchronize())
        #expect(world.trace.count { $0.contains("$batch") } == writes)
    }

    @Test
    func `a process that is gone reaches nothing, and the next one finds the store as it was`() async throws {
        let world = try await World()
        world.onMoments { moment in
            if case .afterCommit = moment { .crash } else { .none }
        }
        await #expect(throws: (any Error).self) { try await world.perform(Synchronize(mapping: "SALESPEOPLE")) }
        #expect(!world.isAlive)
        world.onMoments(nil)
        try world.restart()
        let view = try await world.perform(ListConnections())
        #expect(view.connections.map(\.connection.name) == ["bc", "crm"])
    }
}
