import CoupletCore
import Testing

@Suite("The company's stamp")
struct CompanyStampRuleTests {
    static let own = "0a1b2c3d-0000-4000-8000-00000000000f"
    static let other = "0a1b2c3d-0000-4000-8000-0000000000aa"
    static let field = FieldMapping.Field("c_company", .reference(table: "companies", property: "company"))
    static let stamp = CompanyStamp(field: field, value: .text(own))

    private func mapping(
        _ stamp: CompanyStamp?,
        direction: Direction = .bidirectional,
        configure: (inout TableMapping) -> Void = { _ in }
    ) -> TableMapping {
        Sample.mapping("THING", [Sample.field("a", direction: direction)], direction: direction) {
            $0.companyStamp = stamp
            configure(&$0)
        }
    }

    @Test(arguments: [
        (CompanyStamp.Admission.ownOrBlank, [true, true, false]), (.own, [true, false, false]),
        (.any, [true, true, true]),
    ])
    func `a mapping takes records for its own by their stamp`(admits: CompanyStamp.Admission, expected: [Bool]) throws {
        var stamp = Self.stamp
        stamp.admits = admits
        let program = try Sample.program(
            mapping(stamp) { $0.crm.filter = .compare(field: "c_a", .equal, .text("A")) }
        )
        let stamps: [Value] = [.text(Self.own.uppercased()), .null, .text(Self.other)]
        let found = stamps.map { value in
            program.isInScope(Sample.row(["c_a": "A", "c_company": value], program.layouts.crm), side: .crm)
        }
        #expect(found == expected)
        // The table's own filter holds as well.
        let outside = Sample.row(["c_a": "B", "c_company": .text(Self.own)], program.layouts.crm)
        #expect(!program.isInScope(outside, side: .crm))
        #expect(program.isInScope(Sample.row([:], program.layouts.erp), side: .erp))
    }

    @Test func `without a stamp, or before its value is known, nothing is stamped and no record is left out`() throws {
        for stamp in [nil, CompanyStamp(field: Self.field)] {
            let mapping = mapping(stamp)
            #expect(mapping.enabledFields.map(\.id) == ["e_a|c_a"])
            #expect(mapping.scope(.crm) == .everything)
        }
        let from = mapping(Self.stamp, direction: .fromIntegrationTable)
        #expect(from.enabledFields.map(\.id) == ["e_a|c_a"])
        #expect(MappingProgram.feedFields(of: [from], side: .crm).contains("c_company"))
    }

    @Test func `uncoupling takes away the company's own stamp and no other one`() throws {
        let write = try #require(Self.stamp.clearing(.text(Self.own.uppercased()))).write
        #expect(write.value == .null)
        #expect(write.before == .text(Self.own.uppercased()))
        #expect(write.cause == .uncouple)
        #expect(Self.stamp.clearing(.text(Self.other)) == nil)
        #expect(Self.stamp.clearing(.null) == nil)
        #expect(CompanyStamp(field: Self.field).clearing(.text(Self.own)) == nil)
    }

    @Test func `a column that is mapped already cannot be stamped as well`() {
        let doubled = mapping(CompanyStamp(field: FieldMapping.Field("c_a", Sample.text), value: .text("X")))
        #expect(MappingValidator.problems(in: [doubled]).map(\.message.code) == ["mapping.duplicateTarget"])
        let noID = mapping(CompanyStamp(field: Self.field, value: .text("X")))
        #expect(MappingValidator.problems(in: [noID]).map(\.message.code) == ["mapping.constantNoID"])
        #expect(MappingValidator.problems(in: [mapping(Self.stamp)]) == [])
    }

    @Test func `a constant may name a record by its id`() throws {
        let owner = FieldMapping(
            erp: FieldMapping.Field("", Sample.text),
            crm: FieldMapping.Field("c_owner", .reference(table: "teams", property: "owner")),
            direction: .toIntegrationTable,
            constant: .text(Self.own.uppercased())
        )
        let mapping = Sample.mapping("THING", [owner, Sample.field("a")])
        #expect(MappingValidator.problems(in: [mapping]) == [])
        let found = try OneField(field: owner).decide(base: nil, erp: "x", crm: .text(Self.other))
        #expect(found.writes.crm.map(\.value) == [.text(Self.own)])
    }
}
