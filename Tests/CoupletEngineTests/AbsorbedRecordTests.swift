import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Accounts that the CRM has merged")
struct AbsorbedRecordTests {
    private static let survivor = "00000000-0000-4000-8000-00000000d009"

    /// Three coupled customers, and an account into which that of the first is merged.
    private func merged() async throws -> World {
        let world = try await World(
            seed: Small.seed(accounts: [Small.account(9, ["name": .string("Survivor")])])
        )
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        let absorbed = try world.account("C-001").text("accountid")
        let problems = world.edit(
            .crm,
            "accounts",
            [
                "accountid": .string(absorbed), "_masterid_value": .string(Self.survivor),
                "merged": .boolean(true), "statecode": .number("1"), "statuscode": .number("2"),
            ]
        )
        #expect(problems.isEmpty)
        try await world.synchronize()
        return world
    }

    private func question(_ world: World) async throws -> QuestionRecord? {
        try await world.perform(ListQuestions()).questions.first { $0.kind == .absorbedCounterpart }
    }

    @Test func `are proposed to move to the survivor, once, and nothing is written`() async throws {
        let world = try await merged()
        let question = try #require(try await question(world))
        #expect(question.label.hasPrefix("C-001"))
        #expect(question.candidates.map { "\($0.id)".lowercased() } == [Self.survivor])
        let content = world.content
        try await world.synchronize()
        try await world.perform(Synchronize(isFull: true))
        #expect(try await world.perform(ListQuestions()).questions.count == 1)
        #expect(world.content == content)
        let reasons = try await world.explain("C-001").reasons.map(\.code)
        #expect(reasons.contains("explain.absorbed"))
    }

    @Test func `move with the answer, and with the chosen side's values`() async throws {
        let world = try await merged()
        let question = try #require(try await question(world))
        try await world.perform(
            AnswerQuestion(id: question.id, answer: .candidate("crm:" + Self.survivor), choice: .erp)
        )
        let survivor = try #require(world.row(.crm, "accounts", where: "accountid", is: Self.survivor))
        #expect(survivor.text("name") == "Customer 1")
        #expect(try await world.states()["C-001"] == .inSync)
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
    }

    @Test func `stay where a person says so, and nobody asks again`() async throws {
        let world = try await merged()
        let question = try #require(try await question(world))
        try await world.perform(AnswerQuestion(id: question.id, answer: .noCandidate, choice: nil))
        try await world.synchronize()
        try await world.perform(Synchronize(isFull: true))
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
        #expect(try await world.states()["C-001"] == .outOfScope)
    }

    @Test func `are not proposed to move to a record that is coupled`() async throws {
        let world = try await World(
            seed: Small.seed(accounts: [Small.account(9, ["name": .string("Survivor")])])
        )
        try await world.coupleSalespeople()
        try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: "C-002", with: Self.survivor, choice: .erp)
        )
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: nil, choice: nil))
        let absorbed = try world.account("C-001").text("accountid")
        _ = world.edit(
            .crm,
            "accounts",
            [
                "accountid": .string(absorbed), "_masterid_value": .string(Self.survivor),
                "statecode": .number("1"),
            ]
        )
        try await world.synchronize()
        #expect(try await question(world) == nil)
        #expect(try await world.states()["C-001"] == .outOfScope)
    }
}
