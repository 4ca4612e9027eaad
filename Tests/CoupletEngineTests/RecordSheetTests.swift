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
