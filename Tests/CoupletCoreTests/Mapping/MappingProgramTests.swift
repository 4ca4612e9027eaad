import CoupletCore
import Testing

@Suite("Mappings compiled for their feeds")
struct MappingProgramTests {
    private func mapping(_ name: String, _ fields: [String]) -> TableMapping {
        Sample.mapping(
            name,
            fields.map { Sample.field($0) },
            matchRules: [MatchRule(pairs: [MatchRule.Pair(erp: "e_mail", crm: "c_mail")])]
        ) {
            $0.erp.modifiedField = "e_modified"
            $0.erp.filter = .all([.blank(field: "e_blocked"), .compare(field: "e_b", .notEqual, "x")])
        }
    }

    @Test func `a feed reads pair fields first, then what else the mapping needs, never the id`() {
        var one = mapping("ONE", ["a", "b"])
        one.fields.append(Sample.field("off"))
        one.fields[2].enabled = false
        one.crm.filter = .compare(field: "c_id", .notEqual, "x")
        let two = mapping("TWO", ["z", "a"])
        #expect(
            MappingProgram.feedFields(of: [one, two], side: .erp)
                == ["e_a", "e_b", "e_key", "e_label", "e_modified", "e_blocked", "e_mail", "e_z"]
        )
        #expect(
            MappingProgram.feedFields(of: [one, two], side: .crm)
                == ["c_a", "c_b", "c_key", "c_label", "c_mail", "c_z"]
        )
        #expect(MappingProgram.baseFields(of: one) == ["e_a|c_a", "e_b|c_b"])
    }

    @Test func `a layout that lacks a field is refused with the field's name`() {
        let one = mapping("ONE", ["a", "b"])
        let erp = MappingProgram.feedFields(of: [one], side: .erp)
        let error = #expect(throws: CoupletError.self) {
            try MappingProgram(
                mapping: one,
                layouts: BySide(
                    erp: RowLayout(number: 1, fields: erp.filter { $0 != "e_mail" }),
                    crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [one], side: .crm))
                ),
                baseLayout: RowLayout(number: 3, fields: MappingProgram.baseFields(of: one))
            )
        }
        #expect(error?.message == Message("mapping.fieldNotRead", ["mapping": "ONE", "field": "e_mail"]))
        #expect(error?.status == .wrongConfiguration)
    }

    @Test func `records say their key and name`() throws {
        let program = try Sample.program(mapping("ONE", ["a"]))
        let row = Sample.row(["e_key": " 10000 ", "e_label": "Adatum"], program.layouts.erp)
        #expect(program.key(of: row, side: .erp) == "10000")
        #expect(program.name(of: row, side: .erp) == "Adatum")
        let blank = Sample.row(["c_key": "  "], program.layouts.crm)
        #expect(program.key(of: blank, side: .crm) == nil)
        #expect(program.name(of: blank, side: .crm) == "")
        let older = Sample.row(
            ["e_label": "Older", "e_key": "7"],
            RowLayout(number: 40, fields: ["e_label", "e_key"])
        )
        #expect(program.key(of: older, side: .erp) == "7")
        #expect(program.name(of: older, side: .erp) == "Older")
    }

    @Test func `a table without key has none`() throws {
        var one = mapping("ONE", ["a"])
        one.crm.keyField = nil
        let program = try Sample.program(one)
        #expect(program.key(of: Sample.row([:], program.layouts.crm), side: .crm) == nil)
    }

    @Test func `a record is settled when every field equals its base`() throws {
        let program = try Sample.program(mapping("ONE", ["a", "b"]))
        let row = Sample.row(["e_a": "A", "e_b": ""], program.layouts.erp)
        func base(_ values: [BySide<Value>?]) -> Base { Base(layout: program.baseLayout, values: values) }
        func isSettled(_ base: Base) -> Bool { program.isSettled(row, side: .erp, record: .zero, base: base) }
        #expect(isSettled(base([.both("A"), BySide(erp: .null, crm: "x")])))
        #expect(!isSettled(base([.both("A"), BySide(erp: "B", crm: "")])))
        #expect(!isSettled(base([.both("A"), nil])))
    }
}

@Suite("Mappings that cannot be used")
struct MappingValidatorTests {
    private func codes(_ mappings: [TableMapping]) -> [String] {
        MappingValidator.problems(in: mappings).map(\.message.code)
    }

    @Test func `a sound set has no problems`() {
        let people = Sample.mapping("PEOPLE", [Sample.field("a")])
        let lookup = Sample.field(
            "p",
            .code(maximum: 9),
            .reference(table: "users", property: "owner"),
            reference: FieldMapping.Reference(mapping: "PEOPLE", erpHoldsKey: true, required: true)
        )
        #expect(codes([Sample.mapping("THING", [Sample.field("a"), lookup]), people]) == [])
    }

    @Test func `each problem is told with the mapping and the field`() {
        let both = Sample.field("a")
        var off = Sample.field("a")
        off.enabled = false
        let cut = Sample.field("t", .text(maximum: 20), .text(maximum: 9), allowTruncation: true)
        let lookup = Sample.field("p", .code(maximum: 9), .reference(table: "users", property: "owner"))
        let unknown = OrderingTests.mapping("THING", "NOWHERE")
        let wrongWay = Sample.mapping(
            "THING",
            [both, Sample.field("w", direction: .fromIntegrationTable)],
            direction: .toIntegrationTable
        )
        let doubled = [both, FieldMapping(erp: both.erp, crm: .init("c_z", Sample.text), direction: .bidirectional)]
        let id = FieldMapping(
            erp: .init("e_id", .guid),
            crm: .init("c_z", Sample.text),
            direction: .toIntegrationTable
        )
        #expect(codes([Sample.mapping("THING", [off])]) == ["mapping.noFields"])
        #expect(codes([Sample.mapping("THING", [both, cut])]) == ["mapping.truncationBothWays"])
        #expect(codes([Sample.mapping("THING", [both, lookup])]) == ["mapping.referenceWithoutMapping"])
        #expect(codes([unknown]) == ["mapping.unknownReference"])
        #expect(codes([wrongWay]) == ["mapping.fieldDirection"])
        #expect(codes([Sample.mapping("THING", doubled)]) == ["mapping.duplicateTarget"])
        #expect(codes([Sample.mapping("THING", [both, id])]) == ["mapping.mapsID"])
        #expect(
            codes([Sample.mapping("THING", [both], matchRules: [MatchRule(pairs: [])])]) == ["mapping.emptyMatchRule"]
        )
        #expect(codes([Sample.mapping("A", [both]), Sample.mapping("A", [both])]) == ["mapping.duplicateName"])
        let many = (0...256).map { Sample.field("f\($0)") }
        #expect(codes([Sample.mapping("THING", many)]) == ["mapping.tooManyFields"])
        let problem = MappingValidator.problems(in: [wrongWay]).first
        #expect(problem?.message.arguments == ["mapping": "THING", "field": "e_w|c_w"])
        #expect(problem?.status == .wrongConfiguration)
    }

    @Test func `the same source may fill several targets one way`() {
        let fields = ["c_x", "c_y"].map {
            FieldMapping(
                erp: .init("e_a", Sample.text),
                crm: .init($0, Sample.text),
                direction: .toIntegrationTable
            )
        }
        #expect(codes([Sample.mapping("THING", fields)]) == [])
    }

    @Test func `cycles of required references are told, optional ones allowed`() {
        #expect(
            codes([OrderingTests.mapping("A", "B!"), OrderingTests.mapping("B", "A!")]) == ["mapping.requiredCycle"]
        )
        #expect(codes([OrderingTests.mapping("A", "B!"), OrderingTests.mapping("B", "A")]) == [])
        #expect(codes([OrderingTests.mapping("A", "A!")]) == [])
    }
}
