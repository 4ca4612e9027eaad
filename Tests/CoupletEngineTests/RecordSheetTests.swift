import CoupletCore
import CoupletEngine
import CoupletSimulation
import Testing

@Suite("A record and its counterpart, field by field")
struct RecordSheetTests {
    @Test("each side's edit, a conflict and what is in sync are told apart, with the settled value")
    func states() async throws {
        let world = try await WholeWorld()
        let mapping = try await world.mapping("CUSTOMER")
        let record = try #require(try await world.coupled("CUSTOMER").first)
        let before = try await world.world.perform(ShowRecord(mapping: "CUSTOMER", key: record.typedKey))
        #expect(before.counterpart?.id == record.coupledTo)
        #expect(before.fields.count == mapping.fields.filter(\.enabled).count)
        #expect(!before.fields.contains { $0.state == .erpChanged || $0.state == .conflict })
        #expect(before.fields.contains { $0.state == .inSync })
        try world.edit(record, mapping, .erp, "Edited there")
        let after = try await world.world.perform(ShowRecord(mapping: "CUSTOMER", key: record.typedKey))
        let changed = after.fields.filter { $0.state == .erpChanged }
        #expect(changed.count == 1)
        #expect(changed.first?.values.erp == .text("Edited there"))
        #expect(changed.first?.base?.erp != .text("Edited there"))
        #expect(after.record.state == .erpChanged)
        try world.edit(record, mapping, .crm, "Edited here")
        let both = try await world.world.perform(ShowRecord(mapping: "CUSTOMER", key: record.typedKey))
        #expect(both.fields.contains { $0.state == .conflict || $0.state == .crmChanged })
    }

    @Test("a field that is mapped since is not read yet, and no more than that is said of it")
    func mappedSince() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        let whole = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        let field = "phoneNumber|telephone1"
        var without = whole
        without.fields.removeAll { $0.id == field }
        #expect(try await world.perform(ApplyMappings(mappings: [without])).isApplied)
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        #expect(try await world.perform(ApplyMappings(mappings: [whole])).isApplied)
        func shown() async throws -> RecordSheet.Field? {
            let show = ShowRecord(mapping: "CUSTOMER", key: "C-001", refreshes: false)
            return try await world.perform(show).fields.first { $0.id == field }
        }
        #expect(try await shown()?.state == .unread)
        try await world.synchronize()
        #expect(try await shown()?.state == .inSync)
        #expect(try await shown()?.values == BySide(erp: .text("+46 40 1"), crm: .text("+46 40 1")))
    }

    @Test("what is known is shown at once, without asking either system")
    func withoutRequests() async throws {
        let world = try await WholeWorld()
        let record = try #require(try await world.coupled("CUSTOMER").first)
        let (requests, _) = try await world.world.cost {
            _ = try await world.world.perform(
                ShowRecord(mapping: "CUSTOMER", key: record.typedKey, refreshes: false)
            )
            _ = try await world.world.perform(ListRecords(mapping: "CUSTOMER", refreshes: false))
        }
        #expect(requests == BySide(erp: 0, crm: 0))
    }
}
