import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: changes on both sides")
struct ConflictScenarioTests {
    /// A coupled world whose customer mapping is changed.
    private static func world(_ change: (inout TableMapping) throws -> Void) async throws -> World {
        let world = try await Small.coupled()
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first).mapping
        try change(&mapping)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).problems.isEmpty)
        try await world.synchronize()
        return world
    }

    private static func index(_ name: String, _ mapping: TableMapping) throws -> Int {
        try #require(mapping.fields.firstIndex { $0.erp.name == name })
    }

    private static func editCities(_ world: World) throws {
        try world.editCustomer("C-001", "city", .string("ERP city"))
        try world.editAccount("C-001", "address1_city", .string("CRM city"))
    }

    @Test(
        "Of a field changed on both sides nothing is written until somebody names the direction",
        arguments: [
            ("S0033", Direction.fromIntegrationTable), ("S0034", .toIntegrationTable),
            ("S0551", .toIntegrationTable),
        ]
    )
    func forced(scenario: String, direction: Direction) async throws {
        let world = try await Small.coupled()
        try Self.editCities(world)
        let content = world.content
        let run = try await world.synchronize("CUSTOMER", direction)
        #expect(run.counts.modified == 0, "\(scenario)")
        #expect(run.counts.conflicts == 1)
        #expect(world.content == content)
        let forced = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: direction)
        )
        #expect(forced.counts.modified == 1)
        let stands = direction == .toIntegrationTable ? "ERP city" : "CRM city"
        #expect(try world.customer("C-001").text("city") == stands)
        #expect(try world.account("C-001").text("address1_city") == stands)
    }

    @Test("S0028 A one-way mapping writes over its newer target, and the history keeps what stood there")
    func oneWay() async throws {
        let world = try await Self.world { mapping in mapping.direction = .toIntegrationTable }
        try Self.editCities(world)
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.modified == 1)
        #expect(run.counts.conflicts == 0)
        #expect(try world.account("C-001").text("address1_city") == "ERP city")
        let entry = try #require(
            try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-001")).entries.first
        )
        #expect(entry.fields.contains { $0.before == .text("CRM city") && $0.after == .text("ERP city") })
    }

    @Test("S0043 Changes of data that is not mapped on both sides are no conflict")
    func unmapped() async throws {
        let world = try await Self.world { mapping in
            mapping.fields.remove(at: try Self.index("phoneNumber", mapping))
        }
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "telephone1", .string("+46 2"))
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.modified + run.counts.conflicts + run.counts.failed == 0)
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
        #expect(try world.account("C-001").text("telephone1") == "+46 2")
    }

    @Test("S0310 Changes without a mapped difference are no conflict, and nothing is written")
    func unmappedElsewhere() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "addressLine2", .string("c/o"))
        try world.editAccount("C-001", "description", .string("Note"))
        try world.editAccount("C-001", "address1_line2", .string("c/o"))
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.modified + run.counts.conflicts + run.counts.failed == 0)
        #expect(run.counts.unchanged == 1)
    }

    @Test("S0045 A one-way field changed on both sides takes its source's value")
    func oneWayField() async throws {
        let world = try await Self.world { mapping in
            mapping.fields[try Self.index("phoneNumber", mapping)].direction = .toIntegrationTable
        }
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "telephone1", .string("+46 2"))
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.modified == 1)
        #expect(run.counts.conflicts == 0)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
    }

    @Test(
        "Different fields changed on each side go both ways, and with whole records as one they are a conflict",
        arguments: [("S0047", Direction.toIntegrationTable), ("S0048", .fromIntegrationTable)]
    )
    func differentFields(scenario: String, direction: Direction) async throws {
        for scope in [ConflictRules.Scope.field, .record] {
            let world = try await Self.world { mapping in mapping.conflictRules.scope = scope }
            try world.editCustomer("C-001", "city", .string("ERP city"))
            try world.editAccount("C-001", "telephone1", .string("+46 2"))
            let run = try await world.synchronize("CUSTOMER", direction)
            let isRecord = scope == .record
            #expect(run.counts.modified == (isRecord ? 0 : 1), "\(scenario)")
            #expect(run.counts.conflicts == (isRecord ? 1 : 0))
            try await world.synchronize("CUSTOMER")
            #expect(try world.account("C-001").text("address1_city") == (isRecord ? "Lund" : "ERP city"))
            #expect(try world.customer("C-001").text("phoneNumber") == (isRecord ? "+46 40 1" : "+46 2"))
        }
    }

    @Test(
        "A mapping's rule settles a conflict without anybody being asked",
        arguments: [("S0050", ConflictRules.Update.erp, "ERP city"), ("S0051", .crm, "CRM city")]
    )
    func rule(scenario: String, update: ConflictRules.Update, stands: String) async throws {
        let world = try await Self.world { mapping in mapping.conflictRules.update = update }
        try Self.editCities(world)
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.conflicts + run.counts.failed == 0, "\(scenario)")
        #expect(run.counts.modified == 1)
        #expect(try world.customer("C-001").text("city") == stands)
        #expect(try world.account("C-001").text("address1_city") == stands)
    }

    @Test("S0166 Records that were coupled and never compared are not settled, whatever their times say")
    func neverCompared() async throws {
        let account = Small.account(1, ["name": .string("Other"), "address1_city": .string("Ystad")])
        let world = try await World(seed: Small.seed(accounts: [account]))
        try await world.coupleSalespeople()
        try await world.perform(
            CoupleRecords(
                mapping: "CUSTOMER",
                key: "C-001",
                with: "crm:00000000-0000-4000-8000-00000000d001",
                choice: nil
            )
        )
        world.clock.advance(bySeconds: 86_400)
        #expect(try await world.synchronize().counts.modified == 0)
        #expect(try await world.explain("C-001").state == .uncompared)
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: .toIntegrationTable)
        )
        #expect(try world.account("C-001").text("name") == "Customer 1")
        world.clock.advance(bySeconds: 86_400)
        #expect(try await world.synchronize().counts.modified == 0)
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test("A conflict stays, on both sides as it is, whatever the clocks say", arguments: ["S0289", "S0291"])
    func clocks(scenario: String) async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editCustomer("C-001", "city", .string("ERP city"))
        world.edit(
            .crm,
            "accounts",
            ["accountid": .string(id), "address1_city": .string("CRM city")],
            secondsAgo: scenario == "S0291" ? -300 : 0
        )
        for _ in 1...2 {
            let run = try await world.synchronize()
            #expect(run.counts.conflicts == 1, "\(scenario)")
            #expect(try world.customer("C-001").text("city") == "ERP city")
            #expect(try world.account("C-001").text("address1_city") == "CRM city")
            #expect(try await world.explain("C-001").state == .conflict)
        }
    }

    @Test("S0654 What was changed in the target of a one-way mapping is not written over without a word")
    func localChange() async throws {
        let world = try await Self.world { mapping in mapping.direction = .toIntegrationTable }
        try world.editAccount("C-001", "address1_city", .string("CRM city"))
        try await world.synchronize("CUSTOMER")
        #expect(try world.account("C-001").text("address1_city") == "CRM city")
        #expect(try await world.explain("C-001").state == .drift)
    }
}
