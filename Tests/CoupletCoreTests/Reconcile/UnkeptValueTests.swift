import CoupletCore
import Testing

@Suite("Comparing values that are not kept")
struct UnkeptValueTests {
    private static let digest: ValueDigest = { bytes in
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Array(String(hash, radix: 16).utf8)
    }

    private static func program(_ field: FieldMapping) throws -> MappingProgram {
        let mapping = Sample.mapping("THING", [field])
        return try MappingProgram(
            mapping: mapping,
            layouts: BySide(
                erp: RowLayout(number: 1, fields: MappingProgram.feedFields(of: [mapping], side: .erp)),
                crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [mapping], side: .crm))
            ),
            baseLayout: RowLayout(number: 3, fields: MappingProgram.baseFields(of: mapping)),
            digest: digest
        )
    }

    private static func unkept(_ type: FieldType = Sample.text, _ direction: Direction = .bidirectional) -> FieldMapping
    {
        var field = Sample.field("a", type, type, direction: direction)
        field.isUnkept = true
        return field
    }

    private static let ids = BySide(erp: Sample.id(1), crm: Sample.id(1, .crm))

    private static func digested(_ value: Value, _ field: FieldMapping, _ side: Side) -> Value {
        ValuePlace(side: side, record: ids[side], field: field.field(side)).digested(value, by: digest)
    }

    /// Decides one field whose base is a digest.
    private func decide(
        _ field: FieldMapping,
        base: Value?,
        erp: Value?,
        crm: Value?,
        _ change: (inout PairInput) -> Void = { _ in }
    ) throws -> PairDecision {
        let program = try Self.program(field)
        var input = OneField(field: field).input(program, base: nil, erp: erp, crm: crm)
        input.base = base.map { base in
            let pair = BySide(erp: Self.digested(base, field, .erp), crm: Self.digested(base, field, .crm))
            return Base(layout: program.baseLayout, values: [pair])
        }
        change(&input)
        return Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
    }

    private func isChanged(_ one: ComparisonTests.Case, _ side: Side) throws -> Bool {
        let field = Self.unkept(one.type)
        let program = try Self.program(field)
        let pair = BySide(erp: Self.digested(one.one, field, .erp), crm: Self.digested(one.one, field, .crm))
        let base = Base(layout: program.baseLayout, values: [pair])
        let stored = try #require(Base(blob: base.blob, layout: program.baseLayout))
        let row = Sample.row([field.field(side).name: one.two], program.layouts[side])
        return !program.isSettled(row, side: side, record: Self.ids[side], base: stored)
    }

    @Test("what means the same as a value has its digest", arguments: ComparisonTests.same)
    func isNoChange(one: ComparisonTests.Case) throws {
        for side in Side.allCases { #expect(try !isChanged(one, side)) }
    }

    @Test("what means something else has another digest", arguments: ComparisonTests.different)
    func isAChange(one: ComparisonTests.Case) throws {
        for side in Side.allCases { #expect(try isChanged(one, side)) }
    }

    @Test("digests of the same value differ by record, side and field")
    func bound() {
        let field = FieldMapping.Field("a", Sample.text)
        let places = [
            ValuePlace(side: .erp, record: Sample.id(1), field: field),
            ValuePlace(side: .crm, record: Sample.id(1), field: field),
            ValuePlace(side: .erp, record: Sample.id(2), field: field),
            ValuePlace(side: .erp, record: Sample.id(1), field: FieldMapping.Field("b", Sample.text)),
        ]
        #expect(Set(places.map { $0.digested("x", by: Self.digest) }).count == places.count)
        #expect(places[0].digested(.unkept("sealed"), by: Self.digest) == .unkept(""))
    }

    @Test("an edit is written once the other side is read, and asks for nothing else before")
    func edit() throws {
        let first = try decide(Self.unkept(), base: "x", erp: "y", crm: nil)
        #expect(first.isAwaited)
        #expect(first.unread == BySide(erp: false, crm: true))
        #expect(first.awaited == BySide(erp: ["e_a|c_a"], crm: []))
        #expect(first.writes.crm.isEmpty)
        let second = try decide(Self.unkept(), base: "x", erp: "y", crm: "x")
        #expect(second.writes.crm.map(\.value) == ["y"])
        #expect(second.conflicts.isEmpty)
    }

    @Test("both edits are a conflict where they differ, an agreement where they do not, and no edit is nothing")
    func bothSides() throws {
        #expect(try decide(Self.unkept(), base: "x", erp: "y", crm: "z").conflicts.count == 1)
        #expect(try decide(Self.unkept(), base: "x", erp: "y", crm: "y").agreements.count == 1)
        #expect(try decide(Self.unkept(), base: "x", erp: "x", crm: nil).isUnchanged)
        #expect(try decide(Self.unkept(), base: "x", erp: "x", crm: "x").isUnchanged)
    }

    @Test("a field that is kept again is compared with its digest, without a conflict")
    func keptAgain() throws {
        let field = Sample.field("a")
        #expect(try decide(field, base: "x", erp: "x", crm: nil).isUnchanged)
        #expect(try decide(field, base: "x", erp: "y", crm: nil).unread.crm)
        #expect(try decide(field, base: "x", erp: "y", crm: "x").writes.crm.map(\.value) == ["y"])
    }

    @Test("another field's edit needs nothing of a field that is not kept")
    func otherField() throws {
        let mapping = Sample.mapping("THING", [Self.unkept(), Sample.field("b")])
        let program = try MappingProgram(
            mapping: mapping,
            layouts: BySide(
                erp: RowLayout(number: 1, fields: MappingProgram.feedFields(of: [mapping], side: .erp)),
                crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [mapping], side: .crm))
            ),
            baseLayout: RowLayout(number: 3, fields: MappingProgram.baseFields(of: mapping)),
            digest: Self.digest
        )
        let field = mapping.fields[0]
        let pair = BySide(erp: Self.digested("x", field, .erp), crm: Self.digested("x", field, .crm))
        let input = PairInput(
            coupling: 1,
            ids: Self.ids,
            base: Base(layout: program.baseLayout, values: [pair, BySide(erp: "b", crm: "b")]),
            observed: BySide(erp: Sample.row(["e_a": "x", "e_b": "c"], program.layouts.erp), crm: nil),
            versions: BySide(erp: "1", crm: "1")
        )
        let decision = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(!decision.isAwaited)
        #expect(decision.writes.crm.map(\.field) == ["e_b|c_b"])
    }

    @Test("a problem names the field and no value, not even a shortened one")
    func problems() throws {
        let long = Value.text("planted" + String(repeating: "x", count: 30))
        let decision = try decide(Self.unkept(), base: "x", erp: long, crm: "x")
        #expect(decision.problems.map(\.message.code) == ["field.tooLong"])
        #expect(decision.problems.first?.message.arguments["field"] == "c_a")
        #expect(!"\(decision.problems)".contains("planted"))
    }

    @Test("what a system says of a write is relieved of the values, however it writes them")
    func withheld() {
        let field = FieldMapping.Field("c_a", Sample.text)
        let write = FieldWrite(field: "e_a|c_a", value: "+46 70-123", source: "Anna", before: "Bo", cause: .edit)
        let step = Step(
            mapping: "THING",
            action: .update,
            target: .crm,
            coupling: 1,
            ids: BySide(erp: nil, crm: nil),
            fields: [Step.Field(target: field, write: write)],
            precondition: "",
            label: "1 Anna"
        )
        func told(_ text: String) -> String? {
            step.withholding(Message("remote.rejected", ["message": text, "label": "1 Anna"]), of: ["e_a|c_a"])
                .arguments["message"]
        }
        for text in ["'+46 70-123' is wrong", "4670123 is wrong", "ANNA is wrong", "was Bo"] {
            #expect(told(text) == Value.unkeptText)
        }
        #expect(told("the field is wrong") == "the field is wrong")
        let message = Message("remote.rejected", ["label": "1 Anna"])
        #expect(step.withholding(message, of: ["e_a|c_a"]).arguments["label"] == "1 Anna")
    }
}
