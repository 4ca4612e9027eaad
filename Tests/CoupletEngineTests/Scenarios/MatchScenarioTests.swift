import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: coupling many records by match rules")
struct MatchScenarioTests {
    private static let phone = MatchRule(pairs: [MatchRule.Pair(erp: "phoneNumber", crm: "telephone1")])
    private static let uncoupled = (4...8).map { "K-\($0)" }

    /// Eight customers and eight accounts of other names, of which the first three are coupled and equal; phones tell
    /// which belong together.
    private func world(phone: (Int) -> String = { "040-1\($0)" }) async throws -> World {
        var source = Small.seed()
        let customers = (1...8).map { number in
            SandboxJSON.members([
                "id": .string("00000000-0000-4000-8000-00000000c10\(number)"), "number": .string("K-\(number)"),
                "type": .string("Company"), "displayName": .string("Customer \(number)"), "blocked": .string(" "),
                "phoneNumber": .string("040-1\(number)"), "salespersonCode": .string("SP-00007"),
            ])
        }
        let accounts = (1...8).map { number in
            Small.account(number, ["name": .string("Account \(number)"), "telephone1": .string(phone(number))])
        }
        source.businessCentral.removeAll { $0.entitySet == "customers" }
        source.businessCentral.append(SeedTable(entitySet: "customers", rows: customers))
        source.dataverse.removeAll { $0.entitySet == "accounts" }
        source.dataverse.append(SeedTable(entitySet: "accounts", rows: accounts))
        let world = try await World(seed: source)
        try await world.coupleSalespeople()
        for number in 1...3 {
            try await world.perform(
                CoupleRecords(
                    mapping: "CUSTOMER",
                    key: "K-\(number)",
                    with: "crm:00000000-0000-4000-8000-00000000d00\(number)",
                    choice: .erp
                )
            )
        }
        return world
    }

    private func match(
        _ keys: [String],
        _ synchronization: MatchSynchronization,
        isPreview: Bool = false
    )
        -> MatchRecords
    {
        MatchRecords(
            mapping: "CUSTOMER",
            keys: keys,
            rules: [Self.phone],
            synchronization: synchronization,
            isPreview: isPreview
        )
    }

    /// The numbers of the customers that are coupled, each with the account of its own number.
    private func coupled(_ world: World) async throws -> [String] {
        let records = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp)).records
        return try records.filter { $0.coupledTo != nil }.map { record in
            let key = try #require(record.key)
            #expect(record.coupledTo.map { "\($0)".suffix(1) } == key.suffix(1))
            return key
        }.sorted()
    }

    private func names(_ world: World) -> [String] {
        world.rows(.crm, "accounts").map { $0.text("name") }.sorted()
    }

    @Test("S0175 Matching selected records couples and writes no others")
    func oneSelected() async throws {
        let world = try await world()
        let result = try await world.perform(match(["K-5"], .to))
        #expect(result.counts.coupled == 1)
        #expect(try await coupled(world) == ["K-1", "K-2", "K-3", "K-5"])
        #expect(
            names(world) == [
                "Account 4", "Account 6", "Account 7", "Account 8", "Customer 1", "Customer 2", "Customer 3",
                "Customer 5",
            ]
        )
    }

    @Test("S0176 Coupled records among the selected ones are passed over")
    func coupledAmongSelected() async throws {
        let world = try await world()
        let result = try await world.perform(match(["K-1", "K-3"] + Self.uncoupled, .to))
        #expect(result.counts.coupled == 5)
        #expect(result.counts.failed == 0)
        #expect(try await coupled(world) == (1...8).map { "K-\($0)" })
        #expect(names(world) == (1...8).map { "Customer \($0)" })
    }

    @Test("S0178 Several matches couple nothing; they are a question with every candidate")
    func severalMatches() async throws {
        let world = try await world { $0 < 4 ? "040-1\($0)" : "040-14" }
        let before = names(world)
        let result = try await world.perform(match(Self.uncoupled, .to))
        #expect(result.counts.coupled == 0)
        #expect(try await coupled(world) == ["K-1", "K-2", "K-3"])
        #expect(names(world) == before)
        let questions = try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions
        #expect(questions.map { $0.candidates.count } == [5])
        #expect(questions.first?.label.contains("K-4") == true)
    }

    @Test("S0179 A match that is shown and then rejected has done nothing")
    func rejected() async throws {
        let world = try await world()
        let content = world.content
        let shown = try await world.perform(match(Self.uncoupled, .to, isPreview: true))
        let plan = try #require(shown.plan)
        #expect(plan.steps.count == 5)
        try await world.perform(RejectPlan(plan: plan.id))
        #expect(try await coupled(world) == ["K-1", "K-2", "K-3"])
        #expect(world.content == content)
    }

    @Test("S0180 Matching without synchronizing couples, and later runs leave the values apart")
    func withoutSynchronizing() async throws {
        let world = try await world()
        let content = world.content
        let result = try await world.perform(match(Self.uncoupled, .none))
        #expect(result.counts.coupled == 5)
        #expect(world.content == content)
        try await world.synchronize()
        #expect(world.content == content)
        #expect(try await world.states().values.count { $0 == .uncompared } == 5)
    }
}
