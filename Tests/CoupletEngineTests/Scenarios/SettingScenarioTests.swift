import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Scenarios: settings of mappings")
struct SettingScenarioTests {
    private static func world() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(seed: Small.seed(), options: options)
    }

    private static func shown(_ world: World, _ name: String) async throws -> TableMapping {
        try #require(try await world.perform(ShowMapping(mapping: name)).mappings.first?.mapping)
    }

    @Test(
        "A reset puts a default mapping of choices back, and a field added by hand is gone",
        arguments: [
            ("S0370", "SHIPMENT METHOD", "account.address1_freighttermscode"),
            ("S0371", "PAYMENT TERMS", "account.paymenttermscode"),
        ]
    )
    func reset(scenario: String, name: String, column: String) async throws {
        let world = try await Self.world()
        let before = try await Self.shown(world, name)
        var changed = before
        changed.fields.append(
            FieldMapping(
                erp: FieldMapping.Field("displayName", .text(maximum: 100)),
                crm: FieldMapping.Field("note", .text(maximum: 0)),
                direction: .toIntegrationTable
            )
        )
        #expect(try await world.perform(ApplyMappings(mappings: [changed])).isApplied)
        #expect(try await world.perform(ResetMapping(mapping: name)).isApplied)
        let after = try await Self.shown(world, name)
        #expect(after == before, "\(scenario)")
        #expect(after.crm.table == column)
        #expect(after.fields.count == 1)
        #expect(after.direction == .toIntegrationTable)
    }

    @Test("S0343 Every setting of a field mapping can be changed, and other fields are another field mapping")
    func editable() async throws {
        let world = try await Small.coupled()
        var mapping = try await Self.shown(world, "CUSTOMER")
        let index = try #require(mapping.fields.firstIndex { $0.erp.name == "phoneNumber" })
        mapping.fields[index].direction = .toIntegrationTable
        mapping.fields[index].keepTargetWhenBlank = true
        mapping.fields[index].rules = FieldRules(fromERP: [.trim])
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        #expect(try await Self.shown(world, "CUSTOMER") == mapping)
        let old = mapping.fields[index].id
        mapping.fields[index].crm.name = "telephone2"
        #expect(mapping.fields[index].id != old)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        try await world.synchronize("CUSTOMER")
        #expect(try world.account("C-001").text("telephone2") == "+46 40 1")
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
    }

    @Test("S0408 Proposed fields take part only when a person applies them")
    func proposed() async throws {
        let world = try await Self.world()
        let before = try await world.store.read { try $0.mappings() }
        let proposal = try await world.perform(
            ProposeMapping(
                mapping: "mine",
                tables: BySide(erp: "customers", crm: "accounts"),
                connections: BySide(erp: nil, crm: nil)
            )
        )
        #expect(proposal.mapping.fields.contains { $0.crm.name == "address1_city" })
        #expect(try await world.store.read { try $0.mappings() } == before)
    }
}
