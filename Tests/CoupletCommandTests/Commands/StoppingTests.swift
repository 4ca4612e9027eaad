import Foundation
import Glibc
import Testing

@Suite("A server that is asked to end", .timeLimit(.minutes(10)))
struct StoppingTests {
    /// A world whose server is writing accounts, the answer to the first batch held up.
    private static func atWork(_ world: World) async throws -> (serve: CoupletProcess, command: CoupletProcess) {
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        _ = try await world.json("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")
        let serve = try world.start(["serve", "--on-request-only", "--json"])
        _ = try #require(await serve.output.line(containing: "socket"))
        let before = try await world.requests("crm", "POST", ending: "/$batch")
        let rule = #"{"fault":"delay","milliseconds":120000,"method":"POST","path":"/$batch"}"#
        _ = try await world.administer("crm", "POST", "faults", rule)
        let command = try world.start(["match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--json"])
        try await world.waitForRequests(before + 1, "crm", "POST", ending: "/$batch", of: command)
        return (serve, command)
    }

    private static func expectNothingLost(_ world: World) async throws {
        _ = try await world.administer("crm", "DELETE", "faults")
        try await world.synchronizeFirst()
        let numbers = try await world.rows("crm", "accounts").compactMap { $0["accountnumber"].text }
            .filter { !$0.isEmpty }
        #expect(Set(numbers).count == numbers.count, "an account was made twice")
        let listed = try await world.json("list", "CUSTOMER", "--side", "erp")["records"].elements
        let open = listed.filter { $0["coupledTo"] == .null }
        #expect(open.allSatisfy { $0["state"].text == "question" || $0["state"].text == "outOfScope" }, "\(open)")
        #expect(listed.count - open.count > 5)
    }

    @Test("it settles what was sent, tells whoever waits, and ends in good order")
    func settles() async throws {
        let world = try await World()
        let (serve, command) = try await Self.atWork(world)
        let began = ContinuousClock.now
        serve.send(SIGTERM)
        _ = try await world.administer("crm", "DELETE", "faults")
        let ended = await serve.finished()
        #expect(ContinuousClock.now - began < .seconds(12))
        #expect(ended.status == 0, "\(ended.errors)")
        let told = await command.finished()
        #expect(told.status == 130, "\(told.output) \(told.errors)")
        #expect(try told.json()["error"]["code"].text == "action.interrupted")
        let jobs = try await world.json("job", "list")["jobs"].elements
        #expect(jobs.contains { $0["status"].text == "interrupted" }, "\(jobs)")
        try await Self.expectNothingLost(world)
    }

    @Test("a system that does not answer keeps it no longer than ten seconds, and the next start finds out")
    func silentSystem() async throws {
        let world = try await World()
        let (serve, command) = try await Self.atWork(world)
        let began = ContinuousClock.now
        serve.send(SIGTERM)
        let ended = await serve.finished()
        #expect(ContinuousClock.now - began < .seconds(15))
        #expect(ended.status == 0, "\(ended.errors)")
        #expect([75, 130].contains(await command.finished().status))
        try await Self.expectNothingLost(world)
    }
}
