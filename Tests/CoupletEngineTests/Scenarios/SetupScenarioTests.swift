import CoupletConnectors
import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: setting up")
struct SetupScenarioTests {
    private static func whole() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(seed: Small.seed(), options: options)
    }

    private static func mapping(_ name: String, _ world: World) async throws -> TableMapping {
        try #require(try await world.perform(ShowMapping(mapping: name)).mappings.first).mapping
    }

    @Test(
        "A reset puts a default mapping back, with its key, its direction and its fields, and a field added by hand is gone",
        arguments: [
            ("S0352", "SALESPEOPLE", "systemuserid", Direction.fromIntegrationTable),
            ("S0353", "CUSTOMER", "accountid", .bidirectional), ("S0354", "CONTACT", "contactid", .bidirectional),
            ("S0355", "CURRENCY", "transactioncurrencyid", .toIntegrationTable),
            ("S0356", "ITEM-PRODUCT", "productid", .bidirectional),
            ("S0361", "UNIT OF MEASURE", "uomscheduleid", .toIntegrationTable),
        ]
    )
    func reset(scenario: String, name: String, key: String, direction: Direction) async throws {
        let world = try await Self.whole()
        let original = try await Self.mapping(name, world)
        #expect(original.crm.idField == key, "\(scenario)")
        #expect(original.direction == direction)
        var changed = original
        let stray = FieldMapping(
            erp: FieldMapping.Field("stray", .text(maximum: 10)),
            crm: FieldMapping.Field("stray", .text(maximum: 10)),
            direction: direction
        )
        changed.fields.append(stray)
        #expect(try await world.perform(ApplyMappings(mappings: [changed])).isApplied)
        #expect(try await Self.mapping(name, world) != original)
        #expect(try await world.perform(ResetMapping(mapping: name)).isApplied)
        #expect(try await Self.mapping(name, world) == original)
    }

    @Test("S0396 Resetting every mapping brings every default back, and no mapping more")
    func resetAll() async throws {
        let world = try await Self.whole()
        let before = try await world.perform(ListMappings()).mappings.map(\.mapping)
        for var mapping in before where mapping.direction == .bidirectional {
            mapping.direction = .toIntegrationTable
            for index in mapping.fields.indices where mapping.direction(of: mapping.fields[index]) == nil {
                mapping.fields[index].enabled = false
            }
            #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        }
        for mapping in before { _ = try await world.perform(ResetMapping(mapping: mapping.name)) }
        #expect(try await world.perform(ListMappings()).mappings.map(\.mapping) == before)
    }

    @Test(
        "The default filters let in whom they should, and only coupled records are synchronized",
        arguments: [
            ("S0436", "CURRENCY", "", ""), ("S0437", "CUSTOMER", "blocked", "customertypecode = 3"),
            ("S0438", "CONTACT", "Person", "statecode = 0"), ("S0439", "VENDOR", "blocked", "customertypecode = 11"),
            ("S0440", "ITEM-PRODUCT", "blocked", "producttypecode = 1"),
            ("S0449", "SALESPEOPLE", "", "islicensed"), ("S0645", "SALESPEOPLE", "", "isdisabled"),
            ("S0450", "UNIT OF MEASURE", "", ""),
        ]
    )
    func filters(scenario: String, name: String, erp: String, crm: String) async throws {
        let mapping = try await Self.mapping(name, try await Self.whole())
        let texts = BySide(
            erp: mapping.erp.filter.text(in: FilterContext(side: .erp)),
            crm: mapping.crm.filter.text(in: FilterContext(side: .crm))
        )
        #expect(erp.isEmpty ? texts.erp.isEmpty : texts.erp.contains(erp), "\(scenario): \(texts.erp)")
        #expect(crm.isEmpty ? texts.crm.isEmpty : texts.crm.contains(crm), "\(scenario): \(texts.crm)")
        #expect(mapping.onlyCoupled)
    }

    @Test("S0320 A customer's country flows both ways")
    func country() async throws {
        let mapping = try await Self.mapping("CUSTOMER", try await Self.whole())
        let field = try #require(mapping.fields.first { $0.erp.name == "country" })
        #expect(mapping.direction(of: field) == .bidirectional)
    }

    @Test(
        "A connection is tested whether it is enabled or not",
        arguments: [("S0608", false), ("S0739", false), ("S0609", true), ("S0822", true)]
    )
    func tested(scenario: String, isEnabled: Bool) async throws {
        var options = World.Options()
        options.isEnabled = isEnabled
        let world = try await World(seed: Small.seed(), options: options)
        let view = try await world.perform(TestConnection(connection: nil))
        #expect(view.connections.count == 2, "\(scenario)")
        #expect(view.connections.allSatisfy { $0.report != nil && $0.connection.isEnabled == isEnabled })
    }

    @Test("Two connections make the default mappings", arguments: ["S0670", "S0736", "S0741", "S0808"])
    func defaults(scenario: String) async throws {
        let world = try await Self.whole()
        let mappings = try await world.perform(ListMappings()).mappings.map(\.mapping)
        #expect(mappings.count == DefaultMappings.all(erp: "bc", crm: "crm").count, "\(scenario)")
        #expect(mappings.allSatisfy { !$0.fields.isEmpty && $0.pausedAt == nil })
    }

    @Test(
        "A connection that was disabled only reads; its mappings and couplings stay, and no job is begun",
        arguments: ["S0672", "S0692", "S0726"]
    )
    func disabled(scenario: String) async throws {
        let world = try await Small.coupled()
        try await world.perform(EnableConnection(connection: nil, isEnabled: false))
        #expect(try await world.perform(ListConnections()).connections.allSatisfy { !$0.connection.isEnabled })
        let jobs = try await world.perform(ListJobs()).jobs.count
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let content = world.content
        let refused = try await code { try await world.synchronize() }
        #expect(refused == "connection.disabled", "\(scenario)")
        #expect(world.content == content)
        #expect(try await world.perform(ListJobs()).jobs.count == jobs)
        #expect(try await world.perform(ListMappings()).mappings.map(\.couplings).contains(3))
        #expect(try await world.states()["C-001"] == .erpChanged)
        try await world.perform(EnableConnection(connection: nil, isEnabled: true))
        #expect(try await world.synchronize().counts.modified == 1)
    }

    @Test("S0339 A system that does not answer fails the run, and the next one goes on")
    func unreachable() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        var rule = FaultRule(.status(503, retryAfter: nil))
        rule.times = nil
        world.addFault(rule, to: .erp)
        let failed = try await code { try await world.synchronize() }
        #expect(failed != nil)
        world.clearFaults(of: .erp)
        #expect(try await world.synchronize().counts.modified == 1)
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
    }

    @Test("S0798 What is shown of a connection has no secret in it")
    func secret() async throws {
        let world = try await Small.coupled()
        let shown = String(describing: try await world.perform(ListConnections()))
        #expect(shown.contains("sandbox-client"))
        #expect(!shown.contains("sandbox-secret"))
    }

    @Test("S0245 Who may not delete a record keeps it, and its entry in the error list")
    func missingRight() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let cause = try await DeletionTests.cause(world)
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.part, rule.times) = (0, 1)
        let refusal = rule
        let once = Once()
        world.onMoments { moment in
            if case .beforeRequest(.crm, let request) = moment, request.method == "POST",
                String(decoding: request.body, as: UTF8.self).contains("DELETE"), once.isFirst()
            {
                world.addFault(refusal, to: .crm)
            }
            return .none
        }
        let run = try await world.perform(SettleDeletions(cause: cause.id, way: .delete))
        world.onMoments(nil)
        #expect(run.counts.deleted == 0)
        #expect(run.counts.parked == 1)
        #expect(world.rows(.crm, "accounts").count == 3)
        let after = try await DeletionTests.cause(world)
        #expect(after.id == cause.id)
        let record = try #require(try await world.perform(ShowError(cause: cause.id)).records.first)
        #expect(record.messages.map(\.code) == ["record.deleted", "remote.rejected"])
    }
}
