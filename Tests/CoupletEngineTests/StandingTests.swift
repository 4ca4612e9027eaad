import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("How records stand")
struct StandingTests {
    @Test func `list and explain agree on every record`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        try await world.synchronize()
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try world.editAccount("C-003", "name", .string("Renamed"))
        world.edit(.crm, "accounts", Small.account(5, ["name": .string("Nobody's")]))
        let expected: [String: RecordState] = ["C-001": .conflict, "C-002": .erpChanged, "C-003": .crmChanged]
        #expect(try await world.states() == expected)
        for (key, state) in expected {
            let explained = try await world.explain(key)
            #expect(explained.state == state)
            #expect(!explained.reasons.isEmpty)
        }
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", isCoupled: false))
        #expect(view.records.map(\.name) == ["Nobody's"])
        #expect(view.records.map(\.state) == [.uncoupled])
        #expect(try await world.explain("crm:00000000-0000-4000-8000-00000000d005").state == .uncoupled)
        let found = try await world.perform(ListRecords(mapping: "CUSTOMER", containing: "OMER 3"))
        #expect(found.records.map(\.key) == ["C-003"])
    }

    @Test func `a change names field, old and new value`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-002", "city", .string("Malmö"))
        let explained = try await world.explain("C-002")
        let change = try #require(explained.reasons.first { $0.code == "explain.changed" })
        #expect(change.arguments["field"]?.contains("city") == true)
        #expect(change.arguments["before"] == "Lund")
        #expect(change.arguments["after"] == "Malmö")
    }

    @Test func `a record that matches several is in question until somebody chooses`() async throws {
        let twins = (1...2).map {
            Small.account($0, ["name": .string("customer 1 "), "address1_city": .string("LUND")])
        }
        let world = try await World(seed: Small.seed(accounts: twins))
        try await world.coupleSalespeople()
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(result.counts.questions == 1)
        #expect(result.counts.inserted == 2)
        #expect(try await world.explain("C-001").state == .question)
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        #expect(question.kind == .severalCandidates)
        #expect(question.candidates.count == 2)
        let answer = AnswerQuestion(id: question.id, answer: .candidate(CoupleTests.account), choice: .erp)
        #expect(try await world.perform(answer).status == .done)
        #expect(try world.account("C-001").text("accountid") == CoupleTests.account)
        #expect(world.rows(.crm, "accounts").count == 4)
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `a question can be answered with a new record, or with none`() async throws {
        let twins = (1...2).map {
            Small.account($0, ["name": .string("Customer 1"), "address1_city": .string("Lund")])
        }
        let world = try await World(seed: Small.seed(accounts: twins))
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER"))
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        try await world.perform(AnswerQuestion(id: question.id, answer: .noCandidate))
        #expect(try await world.explain("C-001").state == .uncoupled)
        #expect(world.rows(.crm, "accounts").count == 2)
        try await world.perform(MatchRecords(mapping: "CUSTOMER"))
        let again = try #require(try await world.perform(ListQuestions()).questions.first)
        #expect(try await world.perform(AnswerQuestion(id: again.id, answer: .create)).status == .done)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `jobs say what they did and what it took`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let run = try await world.synchronize()
        let jobs = try #require(run.jobs)
        #expect(jobs.map(\.direction) == [.fromIntegrationTable, .toIntegrationTable, .fromIntegrationTable])
        let stored = try await world.perform(ListJobs(limit: 3)).jobs
        #expect(Set(stored.map(\.id)) == Set(jobs.map(\.id)))
        let job = try #require(jobs.first { $0.counts.modified == 1 })
        #expect(try await world.perform(ShowJob(id: job.id)).jobs == [job])
        #expect(job.status == .finished)
        #expect(job.requests.crm > 0)
    }
}
