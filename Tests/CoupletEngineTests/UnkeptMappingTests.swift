import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Mappings with values that are not kept")
struct UnkeptMappingTests {
    @Test func `fields that something else keeps or needs are refused`() async throws {
        let world = try await Small.coupled()
        let all = try await world.store.read { try $0.mappings() }
        var customer = try #require(all.first { $0.name == "CUSTOMER" })
        func codes(_ change: (inout FieldMapping) -> Void, _ field: String) async throws -> [String] {
            var changed = customer
            let index = try #require(changed.fields.firstIndex { $0.erp.name == field })
            change(&changed.fields[index])
            let view = try await world.perform(ApplyMappings(mappings: [changed], isPreview: true))
            return Array(Set(view.problems.map(\.message.code))).sorted()
        }
        #expect(try await codes({ $0.isUnkept = true }, "number") == ["mapping.unkeptUsed"])
        #expect(try await codes({ $0.isUnkept = true }, "displayName") == ["mapping.unkeptUsed"])
        #expect(try await codes({ $0.isUnkept = true }, "salespersonCode") == ["mapping.unkeptReference"])
        var other = customer
        other.name = "OTHER"
        var changed = customer
        let index = try #require(changed.fields.firstIndex { $0.id == UnkeptTests.field })
        changed.fields[index].isUnkept = true
        func codes(_ other: TableMapping) -> [String] {
            let rest = all.filter { $0.name != "CUSTOMER" && $0.crm.table != customer.crm.table }
            return MappingValidator.problems(in: rest + [changed, other]).map(\.message.code)
        }
        #expect(codes(other) == ["mapping.unkeptElsewhere", "mapping.unkeptElsewhere"])
        other.fields[index].enabled = false
        #expect(codes(other) == ["mapping.unkeptElsewhere", "mapping.unkeptElsewhere"])
        other.fields[index].isUnkept = true
        #expect(codes(other) == [])
        try await world.perform(ApplyMappings(mappings: UnkeptTests.mappings(world, isUnkept: true)))
        customer.matchRules = []
        let rule = MatchRule(pairs: [MatchRule.Pair(erp: "phoneNumber", crm: "telephone1")], priority: 0)
        let match = MatchRecords(mapping: "CUSTOMER", rules: [rule])
        #expect(try await code { try await world.perform(match) } == "match.unkept")
    }
}
