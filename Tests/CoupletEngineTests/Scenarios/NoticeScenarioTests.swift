import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: what is told of a record, and its log")
struct NoticeScenarioTests {
    @Test(
        "A failed write is told on its record with its message, and its log has exactly the job it failed in",
        arguments: [
            ("S0515", "CONTACT", Side.erp), ("S0522", "CUSTOMER", .crm), ("S0529", "ITEM-PRODUCT", .erp),
            ("S0534", "VENDOR", .erp), ("S0540", "SALESPEOPLE", .crm), ("S0521", "VENDOR", .erp),
            ("S0528", "CUSTOMER", .erp), ("S0533", "ITEM-PRODUCT", .erp), ("S0542", "SALESPEOPLE", .crm),
            ("S0547", "ITEM-PRODUCT", .erp),
        ]
    )
    func told(scenario: String, name: String, source: Side) async throws {
        let whole = try await WholeWorld()
        let mapping = try await whole.mapping(name)
        let record = try #require(try await whole.coupled(name).first)
        let before = try await whole.world.perform(ListJobs(mapping: name, key: record.typedKey)).jobs.map(\.id)
        try whole.edit(record, mapping, source, "Changed")
        whole.refuseWrites(of: source.other)
        let run = try await whole.world.synchronize(name)
        #expect(run.counts.parked == 1, "\(scenario)")
        #expect(run.counts.modified == 0)
        #expect(try whole.text(record, mapping, source.other, from: source) != "Changed")
        let told = try await whole.world.perform(ExplainRecord(mapping: name, key: record.typedKey))
        #expect(told.state == .parked)
        #expect(told.reasons.filter { $0.code == "remote.rejected" }.count == 1)
        let failed = try #require(run.jobs?.first { $0.direction.writes(to: source.other) })
        let log = try await whole.world.perform(ListJobs(mapping: name, key: record.typedKey)).jobs.map(\.id)
        #expect(log == [failed.id] + before)
        // Looking changes nothing: it is told in the same way again.
        let again = try await whole.world.perform(ExplainRecord(mapping: name, key: record.typedKey))
        #expect(again.reasons == told.reasons)
    }

    @Test(
        "Each failed record tells its own error, and the error list has both records' ids",
        arguments: [
            ("S0520", "CONTACT"), ("S0523", "CUSTOMER"), ("S0530", "ITEM-PRODUCT"), ("S0535", "VENDOR"),
            ("S0039", "CUSTOMER"),
        ]
    )
    func ownErrors(scenario: String, name: String) async throws {
        let whole = try await WholeWorld()
        let mapping = try await whole.mapping(name)
        let records = try await whole.coupled(name).prefix(2)
        #expect(records.count == 2)
        for record in records {
            try whole.edit(record, mapping, .erp, "Changed")
            whole.refuseWrites(of: .crm)
            try await whole.world.synchronize(name)
        }
        for record in records {
            let told = try await whole.world.perform(ExplainRecord(mapping: name, key: record.typedKey))
            let error = try #require(told.reasons.first { $0.code == "remote.rejected" })
            let key = try #require(record.key)
            #expect(error.arguments["label"]?.hasPrefix(key) == true, "\(scenario)")
        }
        let cause = try #require(try await whole.world.perform(ListErrors(mapping: name)).causes.first)
        #expect(cause.count == 2)
        let listed = try await whole.world.perform(ShowError(cause: cause.id)).records
        #expect(Set(listed.map(\.ids.erp)) == Set(records.map(\.id)))
        #expect(Set(listed.map(\.ids.crm)) == Set(records.map(\.coupledTo)))
    }

    /// A customer whose account is refused when it is made.
    private static func refusedCreate() async throws -> World {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        var rule = FaultRule(.status(400, retryAfter: nil))
        (rule.part, rule.times) = (0, 1)
        world.addFault(rule, to: .crm)
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        return world
    }

    @Test("S0524 A failed creation is told on the record although nothing got coupled")
    func failedCreate() async throws {
        let world = try await Self.refusedCreate()
        let parked = try await world.states().filter { $0.value == .parked }
        #expect(parked.count == 1)
        let told = try await world.explain(try #require(parked.keys.first))
        #expect(told.record.coupledTo == nil)
        #expect(told.reasons.contains { $0.code == "remote.rejected" })
    }

    @Test("S0042 An error of a record that has no counterpart yet names the one record there is")
    func sourceOnly() async throws {
        let world = try await Self.refusedCreate()
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        let record = try #require(try await world.perform(ShowError(cause: cause.id)).records.first)
        #expect(record.ids.erp != nil)
        #expect(record.ids.crm == nil)
        #expect(cause.target == .crm)
    }

    @Test("S0041 An error of a record of the CRM that has no counterpart names that one")
    func destinationOnly() async throws {
        let long = Small.account(3, ["name": .string(String(repeating: "x", count: 120))])
        let world = try await World(seed: Small.seed(accounts: [long]))
        try await world.coupleSalespeople()
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        let record = try #require(try await world.perform(ShowError(cause: cause.id)).records.first)
        #expect(record.ids.erp == nil)
        #expect(record.ids.crm == RecordID("00000000-0000-4000-8000-00000000d003"))
    }

    @Test("S0545 A later success hides an earlier failure")
    func laterSuccess() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        try await world.synchronize()
        #expect(try await world.explain("C-001").state == .parked)
        try world.editAccount("C-001", "name", .string("Short"))
        try await world.synchronize()
        let told = try await world.explain("C-001")
        #expect(told.state == .inSync)
        #expect(told.reasons.map(\.code) == ["state.inSync"])
    }

    @Test("S0240 A record that is skipped says so with its details, and others say nothing of it")
    func skipped() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        try await world.synchronize()
        let told = try await world.explain("C-001")
        #expect(told.state == .parked)
        #expect(told.reasons.contains { $0.code == "field.tooLong" })
        #expect(told.next.map(\.code) == ["next.nothing"] || told.next.map(\.code) == ["next.parked"])
        #expect(try await world.explain("C-002").reasons.map(\.code) == ["state.inSync"])
    }

    @Test(
        "Of two failures, one for each direction, both are told, each with its side",
        arguments: ["S0143", "S0144"]
    )
    func bothDirections(scenario: String) async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(String(repeating: "x", count: 120)))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.part, rule.times) = (0, 1)
        world.addFault(rule, to: .crm)
        try await world.synchronize()
        let causes = try await world.perform(ListErrors()).causes
        #expect(Set(causes.map(\.target)) == [.erp, .crm], "\(scenario)")
        let codes = try await world.explain("C-001").reasons.map(\.code)
        #expect(codes.contains("remote.rejected"))
        #expect(codes.contains("field.tooLong"))
    }
}
