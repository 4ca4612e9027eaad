import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: synchronizing everything")
struct FullScenarioTests {
    /// All default mappings over the demonstration company, before anything is coupled.
    private static func fresh() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(options: options)
    }

    @Test("Mappings are worked after those they refer to", arguments: ["S0372", "S0373"])
    func order(scenario: String) async throws {
        let world = try await Self.fresh()
        let lines = try await world.perform(ReviewFullSynchronization()).lines
        #expect(Set(lines.map(\.mapping)).count == lines.count, "\(scenario)")
        #expect(lines.count == (try await world.perform(ListMappings()).mappings.count))
        for (position, line) in lines.enumerated() {
            let earlier = Set(lines[..<position].map(\.mapping))
            let later = Set(line.after).subtracting(earlier)
            // Only references that wait for nothing may go round.
            #expect(
                later.isEmpty || line.mapping == "CUSTOMER" || line.mapping == "VENDOR",
                "\(line.mapping): \(later)"
            )
        }
    }

    @Test("S0487 The default mappings depend on what they refer to")
    func dependencies() async throws {
        let world = try await Self.fresh()
        let after = Dictionary(
            uniqueKeysWithValues: try await world.perform(ReviewFullSynchronization()).lines.map {
                ($0.mapping, Set($0.after))
            }
        )
        let customer = try #require(after["CUSTOMER"])
        #expect(customer.isSuperset(of: ["SALESPEOPLE", "CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD"]))
        #expect(try #require(after["CONTACT"]).isSuperset(of: ["CUSTOMER", "VENDOR"]))
        #expect(try #require(after["ITEM-PRODUCT"]).contains("UNIT OF MEASURE"))
        #expect(after["SALESPEOPLE"] == [])
    }

    @Test(
        "What depends on nothing is worked first, and what depends on others once they are done",
        arguments: ["S0491", "S0492", "S0503", "S0504", "S0505", "S0506"]
    )
    func waves(scenario: String) async throws {
        let world = try await Self.fresh()
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        let run = try await world.perform(Synchronize(isFull: true, creates: true))
        let jobs = try #require(run.jobs)
        let lines = try await world.perform(ReviewFullSynchronization()).lines
        for line in lines {
            guard let own = jobs.first(where: { $0.mapping == line.mapping }) else { continue }
            for name in line.after where !["CONTACT"].contains(name) {
                guard let other = jobs.first(where: { $0.mapping == name }) else { continue }
                #expect(other.startedAt <= own.startedAt, "\(scenario): \(line.mapping) before \(name)")
            }
        }
        #expect(run.counts.inserted > 0)
    }

    @Test("S0495 One record that fails leaves the others coupled, and its job says so")
    func oneFails() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        world.edit(
            .erp,
            "salespeoplePurchasers",
            ["id": .string("00000000-0000-4000-8000-00000000b011"), "code": .string("PS"), "displayName": .string("P")]
        )
        try world.editCustomer("C-002", "salespersonCode", .string("PS"))
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true, creates: true))
        #expect(run.counts.inserted == 2)
        #expect(run.counts.waiting == 1)
        #expect(run.jobs?.contains { $0.status == .finishedWithOpenItems } == true)
        #expect(try await world.explain("C-002").state == .waiting)
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test("S0497 Synchronizing everything keeps to the filters, and creates where it is asked to")
    func filters() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        try world.editCustomer("C-002", "blocked", .string("All"))
        let careful = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(careful.counts.inserted == 0)
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true, creates: true))
        #expect(run.counts.inserted == 2)
        #expect(try await world.explain("C-002").state == .outOfScope)
        let mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first).mapping
        #expect(mapping.onlyCoupled)
    }

    @Test(
        "After everything was synchronized the next run begins where that one ended",
        arguments: ["S0035", "S0514"]
    )
    func marks(scenario: String) async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-002", "name", .string("Renamed"))
        #expect(try await world.perform(Synchronize(isFull: true)).counts.modified == 2, "\(scenario)")
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
        #expect(quiet.requests.erp <= 2 && quiet.requests.crm <= 2)
    }

    @Test("S0507 A review that is not carried out changes nothing")
    func declined() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let content = world.content
        let jobs = try await world.perform(ListJobs()).jobs
        let review = try await world.perform(ReviewFullSynchronization())
        #expect(review.lines.last?.changed == BySide(erp: 0, crm: 1))
        try await world.perform(RejectPlan(plan: try #require(review.plan).id))
        #expect(world.content == content)
        #expect(try await world.perform(ListJobs()).jobs == jobs)
    }

    @Test(
        "A synchronization of everything that was cut off goes on without what was done",
        arguments: ["S0490", "S0512"]
    )
    func restarted(scenario: String) async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-002", "city", .string("Malmö"))
        world.onMoments { moment in
            if case .afterHandling(.crm, let request, _) = moment, request.method == "POST",
                request.url.hasSuffix("$batch")
            {
                return .crash
            }
            return .none
        }
        await #expect(throws: (any Error).self) { try await world.perform(Synchronize(isFull: true)) }
        world.onMoments(nil)
        try world.restart()
        let before = try await world.perform(ListJobs(mapping: "SALESPEOPLE")).jobs.map(\.id)
        world.clock.advance(bySeconds: 10)
        let run = try await world.perform(Synchronize(isFull: true, continues: true))
        #expect(run.status == .done, "\(scenario)")
        #expect(try await world.perform(ListJobs(mapping: "SALESPEOPLE")).jobs.map(\.id) == before)
        #expect(try world.account("C-002").text("address1_city") == "Malmö")
    }

    @Test(
        "A mapping's line leads to its own jobs",
        arguments: ["S0508", "S0509"]
    )
    func lineToJobs(scenario: String) async throws {
        let world = try await Small.coupled()
        // Only the customers' jobs leave something open, so that no line can show another one's status unnoticed.
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        let jobs = try #require(try await world.perform(Synchronize(isFull: true)).jobs)
        let lines = try await world.perform(ReviewFullSynchronization()).lines
        #expect(lines.map(\.mapping) == ["SALESPEOPLE", "CUSTOMER"], "\(scenario)")
        for line in lines {
            let own = jobs.filter { $0.mapping == line.mapping }
            for side in Side.allCases {
                let job = own.first { $0.direction == .toward(side) }
                #expect(line.lastStatus[side] == job?.status, "\(line.mapping) \(side)")
            }
            let hasOpen = own.contains { $0.status == .finishedWithOpenItems }
            #expect(hasOpen == (line.mapping == "CUSTOMER"))
            let log = try await world.perform(ListJobs(limit: own.count, mapping: line.mapping)).jobs
            #expect(Set(log.map(\.id)) == Set(own.map(\.id)))
        }
    }
}
