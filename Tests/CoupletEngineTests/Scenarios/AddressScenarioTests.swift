import CoupletCore
import CoupletEngine
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: fields of the default mappings, from system to system")
struct AddressScenarioTests {
    /// Changes a property of a coupled record on one side, synchronizes it from there, and says what the other side holds.
    private static func carried(
        _ name: String,
        _ property: String,
        from side: Side,
        to other: String,
        _ value: String
    ) async throws -> String {
        let whole = try await WholeWorld()
        let mapping = try await whole.mapping(name)
        let record = try #require(try await whole.coupled(name).first)
        let ids = BySide(erp: record.id, crm: try #require(record.coupledTo))
        let (source, target) = (mapping.table(side), mapping.table(side.other))
        let problems = whole.world.edit(
            side,
            source.table,
            .members([source.idField: .string(ids[side].description), property: .string(value)])
        )
        #expect(problems.isEmpty)
        try await whole.world.perform(
            Synchronize(
                mapping: name,
                keys: [record.typedKey],
                direction: side == .erp ? .toIntegrationTable : .fromIntegrationTable
            )
        )
        let row = whole.world.rows(side.other, target.table).first {
            RecordID($0.text(target.idField)) == ids[side.other]
        }
        return try #require(row).text(other)
    }

    @Test("S0385 The CRM's state becomes the ERP's county")
    func stateToCounty() async throws {
        #expect(
            try await Self.carried("CONTACT", "address1_stateorprovince", from: .crm, to: "state", "Texas") == "Texas"
        )
    }

    @Test("S0388 The ERP's county becomes the CRM's state")
    func countyToState() async throws {
        #expect(
            try await Self.carried("CUSTOMER", "state", from: .erp, to: "address1_stateorprovince", "Texas") == "Texas"
        )
    }
}
