import CoupletCore
import Testing

@Suite("References to what is no plain record")
struct ReferencePathTests {
    private static let terms = FieldMapping.Reference(mapping: "TERMS", erpHoldsKey: false, required: false)
    private static let termID = "0a1b2c3d-0000-0000-0000-00000000000f"

    private func terms(_ answers: ReferenceTable = ReferenceTable()) -> OneField {
        OneField(
            field: Sample.field("t", .reference(table: "terms", property: ""), .option, reference: Self.terms),
            references: answers
        )
    }

    @Test func `a choice is known by the id that stands for its number`() {
        let id = RecordID(choice: 3)
        #expect(id.choice == 3)
        #expect(RecordID(id.description) == id)
        #expect(RecordID(choice: -1).choice == -1)
        #expect(RecordID.zero.choice == nil)
        #expect(RecordID(Self.termID)?.choice == nil)
    }

    @Test func `a choice is asked for by its id and written by its number`() throws {
        var answers = ReferenceTable()
        let choice = RecordID(choice: 3).description
        answers.set(ReferenceTable.Question(mapping: "TERMS", source: .erp, value: Self.termID), choice)
        answers.set(ReferenceTable.Question(mapping: "TERMS", source: .crm, value: choice), Self.termID)
        let zero = Value.text(RecordID.zero.description)
        let toCRM = try terms(answers).decide(base: BySide(erp: zero, crm: .null), erp: .text(Self.termID), crm: nil)
        #expect(toCRM.writes.crm.map(\.value) == [.number("3")])
        let toERP = try terms(answers).decide(base: BySide(erp: zero, crm: .null), erp: nil, crm: .number("3"))
        #expect(toERP.writes.erp.map(\.value) == [.text(Self.termID)])
        let cleared = try terms(answers)
            .decide(base: BySide(erp: .text(Self.termID), crm: .number("3")), erp: zero, crm: nil)
        #expect(cleared.writes.crm.map(\.value) == [.null])
        let same = try terms(answers).decide(base: nil, erp: .text(Self.termID), crm: .number("3"))
        #expect(same.agreements.count == 1)
    }

    @Test func `a choice that nothing is coupled with waits alone`() throws {
        let zero = Value.text(RecordID.zero.description)
        let found = try terms().decide(base: BySide(erp: zero, crm: .null), erp: nil, crm: .number("4"))
        #expect(found.waits.map(\.value) == [RecordID(choice: 4).description])
        #expect(found.waits.allSatisfy { !$0.required })
        #expect(found.writes.erp.isEmpty)
    }

    @Test func `a reference by way of other tables is asked with its path`() throws {
        let path = ReferencePath(
            others: ["SUPPLIER"],
            erpKeys: ReferencePath.KeyTable(table: "relations", idField: "owner", keyField: "number")
        )
        let field = Sample.field(
            "p",
            .code(maximum: 20),
            .reference(table: "accounts", property: "parent"),
            reference: FieldMapping.Reference(mapping: "BUYER", erpHoldsKey: true, required: true, path: path)
        )
        let one = OneField(field: field)
        let program = try Sample.program([field])
        let input = one.input(program, base: nil, erp: " n1 ", crm: .null)
        #expect(
            program.referenceQuestions([input]).couplings == [
                ReferenceTable.Question(mapping: "BUYER", source: .erp, value: "n1", path: path)
            ]
        )
        #expect(path.tables.map(\.side) == [.erp])
        #expect(field.reference?.mappings == ["BUYER", "SUPPLIER"])
    }

    @Test func `every mapping on the way must exist, comes first, and may not lead back`() throws {
        let path = ReferencePath(others: ["SUPPLIER"])
        let field = Sample.field(
            "p",
            .code(maximum: 20),
            .reference(table: "accounts", property: "parent"),
            reference: FieldMapping.Reference(mapping: "BUYER", erpHoldsKey: true, required: true, path: path)
        )
        let (person, buyer) = (Sample.mapping("PERSON", [field]), Sample.mapping("BUYER", [Sample.field("a")]))
        #expect(
            MappingValidator.problems(in: [person, buyer]).map(\.message.code) == ["mapping.unknownReference"]
        )
        let supplier = Sample.mapping("SUPPLIER", [Sample.field("a")])
        #expect(MappingValidator.problems(in: [person, buyer, supplier]).isEmpty)
        #expect(try StepOrdering.ordered([person, supplier, buyer]).last?.name == "PERSON")
        let renamed = person.renamed { $0 + "@N" }
        #expect(renamed.name == "PERSON@N")
        #expect(renamed.fields[0].reference?.mappings == ["BUYER@N", "SUPPLIER@N"])
    }
}

@Suite("A name on its way")
struct NameDecisionTests {
    private static let whole = FieldType.personName(first: "first", last: "last", maximum: 8)

    private func decide(base: BySide<Value>?, erp: Value?, crm: Value?) throws -> PairDecision {
        try OneField(field: Sample.field("n", .text(maximum: 40), Self.whole)).decide(base: base, erp: erp, crm: crm)
    }

    @Test func `both ways as it is`() throws {
        #expect(try decide(base: .both("A B"), erp: "A C", crm: nil).writes.crm.map(\.value) == ["A C"])
        #expect(try decide(base: .both("A B"), erp: nil, crm: "D E").writes.erp.map(\.value) == ["D E"])
        #expect(try decide(base: .both("A B"), erp: nil, crm: "D E F").writes.erp.map(\.value) == ["D E F"])
        #expect(try decide(base: nil, erp: "A B C", crm: .null).writes.crm.map(\.value) == ["A B C"])
    }

    @Test(arguments: [
        ("A, B", "field.nameNotSplit"), ("A  B", "field.nameNotSplit"), ("A B C", "field.nameAmbiguous"),
        ("Maximiliana B", "field.tooLong"),
    ])
    func `is not written where it cannot be told apart`(name: String, code: String) throws {
        let found = try decide(base: .both("A B"), erp: .text(name), crm: nil)
        #expect(found.writes.crm.isEmpty)
        #expect(found.problems.map(\.message.code) == [code])
        #expect(found.problems.map(\.target) == [.crm])
    }

    @Test func `that the CRM has as well is an agreement, however many words it has`() throws {
        #expect(try decide(base: .both("A B"), erp: "A B C", crm: "A B C").agreements.count == 1)
    }
}
