import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: jobs")
struct JobScenarioTests {
    @Test("S0326 A run without anything to do still has a job for each direction")
    func emptyJobs() async throws {
        let world = try await Small.coupled()
        let both = try #require(try await world.synchronize("CUSTOMER").jobs)
        #expect(Set(both.map(\.direction)) == [.toIntegrationTable, .fromIntegrationTable])
        for direction in [Direction.toIntegrationTable, .fromIntegrationTable] {
            let one = try #require(try await world.synchronize("CUSTOMER", direction).jobs)
            #expect(one.map(\.direction) == [direction])
            #expect(one.allSatisfy { $0.status == .finished && $0.counts == JobCounts() })
        }
    }

    @Test("S0002 An empty table is synchronized with nothing in any counter")
    func emptyTable() async throws {
        let world = try await World(seed: SeedSource(businessCentral: [], dataverse: []))
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true, creates: true))
        #expect(run.status == .done)
        #expect(run.jobs?.allSatisfy { $0.counts == JobCounts() } == true)
    }

    @Test("S0347 The jobs of one mapping stand alone, newest first", arguments: ["S0347", "S0527"])
    func ofMapping(scenario: String) async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        try await world.synchronize()
        let jobs = try await world.perform(ListJobs(mapping: "CUSTOMER")).jobs
        #expect(jobs.count >= 4, "\(scenario)")
        #expect(jobs.allSatisfy { $0.mapping == "CUSTOMER" })
        #expect(jobs.map(\.startedAt) == jobs.map(\.startedAt).sorted(by: >))
    }

    @Test(
        "The log of a record has its own jobs and no other record's",
        arguments: ["S0234", "S0517"]
    )
    func ofRecord(scenario: String) async throws {
        let world = try await Small.coupled()
        var own: [String: Int64] = [:]
        for number in Small.numbers {
            var rule = FaultRule(.status(403, retryAfter: nil))
            (rule.part, rule.times) = (0, 1)
            world.addFault(rule, to: .crm)
            try world.editCustomer(number, "phoneNumber", .string("+46 \(number)"))
            let run = try await world.synchronize("CUSTOMER", .toIntegrationTable)
            own[number] = try #require(run.jobs?.first).id
        }
        for number in Small.numbers {
            let jobs = try await world.perform(ListJobs(mapping: "CUSTOMER", key: number)).jobs.map(\.id)
            #expect(jobs.contains(try #require(own[number])), "\(scenario)")
            #expect(Set(jobs).isDisjoint(with: Set(own.filter { $0.key != number }.values)))
        }
    }

    @Test("S0037 An error in one record is counted as that, and does not end the job")
    func oneError() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        var rule = FaultRule(.status(400, retryAfter: nil))
        (rule.part, rule.times) = (1, 1)
        world.addFault(rule, to: .crm)
        let run = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(run.counts.parked == 1)
        #expect(run.counts.inserted == 2)
        #expect(run.jobs?.contains { $0.status == .finishedWithOpenItems } == true)
    }

    @Test(
        "A change that goes through is counted in the job of its direction",
        arguments: [("S0549", Side.erp), ("S0550", .crm)]
    )
    func success(scenario: String, source: Side) async throws {
        let whole = try await WholeWorld()
        let mapping = try await whole.mapping("ITEM-PRODUCT")
        let record = try #require(try await whole.coupled("ITEM-PRODUCT").first)
        try whole.edit(record, mapping, source, "Changed")
        let run = try await whole.world.synchronize("ITEM-PRODUCT")
        #expect(try whole.text(record, mapping, source.other, from: source) == "Changed", "\(scenario)")
        let job = try #require(run.jobs?.first { $0.counts.modified == 1 })
        #expect(job.direction.writes(to: source.other))
        #expect(run.counts.failed + run.counts.parked == 0)
        let told = try await whole.world.perform(ExplainRecord(mapping: "ITEM-PRODUCT", key: record.typedKey))
        #expect(told.lastWrite?.job == job.id)
        #expect(told.lastWrite?.side == source.other)
    }

    @Test(
        "What an open item refers to survives pruning, with its job",
        arguments: ["S0238", "S0239"]
    )
    func pruned(scenario: String) async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        let failed = try #require(
            try await world.synchronize("CUSTOMER", .fromIntegrationTable).jobs?.first
        )
        try world.editCustomer("C-002", "city", .string("Malmö"))
        let other = try #require(try await world.synchronize("CUSTOMER", .toIntegrationTable).jobs?.first)
        world.clock.advance(bySeconds: 400 * 86_400)
        try await world.perform(ApplyRetention())
        #expect(try await world.perform(ShowJob(id: failed.id)).jobs.count == 1, "\(scenario)")
        let gone = try await code { try await world.perform(ShowJob(id: other.id)) }
        #expect(gone == "job.unknown")
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        #expect(cause.count == 1)
        #expect(try await world.explain("C-001").state == .parked)
    }

    @Test("S0555 The last error of a record is the one that is told")
    func lastError() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        try await world.synchronize()
        try world.editAccount("C-001", "name", .string(String(repeating: "y", count: 130)))
        try await world.synchronize()
        let reasons = try await world.explain("C-001").reasons.filter { $0.code == "field.tooLong" }
        #expect(reasons.map { $0.arguments["length"] } == ["130"])
    }

    @Test("S0669 Two records with the same error are both kept")
    func equalErrors() async throws {
        let world = try await Small.coupled()
        for number in ["C-001", "C-002"] {
            try world.editAccount(number, "name", .string(String(repeating: "x", count: 120)))
        }
        try await world.synchronize()
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        #expect(cause.count == 2)
        #expect(try await world.perform(ShowError(cause: cause.id)).records.count == 2)
    }

    @Test("A synchronization that a person declines makes no job", arguments: ["S0757", "S0814"])
    func declined(scenario: String) async throws {
        let world = try await Small.coupled()
        let before = try await world.perform(ListJobs()).jobs.count
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let content = world.content
        let shown = try await world.perform(Synchronize(isPreview: true))
        try await world.perform(RejectPlan(plan: try #require(shown.plan).id))
        #expect(try await world.perform(ListJobs()).jobs.count == before, "\(scenario)")
        #expect(world.content == content)
    }

    @Test("S0759 Synchronizing all makes a job for every mapping and direction")
    func everyJob() async throws {
        let whole = try await WholeWorld()
        let mappings = try await whole.world.perform(ListMappings()).mappings.map(\.mapping)
        let jobs = try #require(try await whole.world.synchronize().jobs)
        let expected = mappings.flatMap { mapping -> [String] in
            Side.allCases.filter { mapping.direction.writes(to: $0) }.map { "\(mapping.name) \($0)" }
        }
        let found = jobs.map { "\($0.mapping) \($0.direction.writes(to: .crm) ? Side.crm : .erp)" }
        #expect(Set(found) == Set(expected))
        #expect(found.count == expected.count)
    }
}
