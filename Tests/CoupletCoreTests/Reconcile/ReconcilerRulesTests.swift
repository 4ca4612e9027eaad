import CoupletCore
import Testing

@Suite("Reconciler: several fields of a record")
struct RecordDecisionTests {
    static let fields = ["a", "b", "c"].map { Sample.field($0) }

    private func decide(
        base: [BySide<Value>?]?,
        erp: [String: Value?]?,
        crm: [String: Value?]?,
        job: Direction = .bidirectional,
        change: (inout PairInput) -> Void = { _ in }
    ) throws -> (decision: PairDecision, steps: BySide<Step?>) {
        let program = try Sample.program(Self.fields)
        var input = PairInput(
            coupling: 7,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: base.map { Base(layout: program.baseLayout, values: $0) },
            observed: BySide(
                erp: erp.map { Sample.row($0, program.layouts.erp) },
                crm: crm.map { Sample.row($0, program.layouts.crm) }
            ),
            versions: BySide(erp: "e9", crm: "c9")
        )
        change(&input)
        let reconciler = Reconciler(program: program, direction: job, isFull: false)
        let decision = reconciler.decide(input, references: ReferenceTable())
        return (decision, reconciler.steps(for: decision, input: input, label: "10000 Adatum"))
    }

    static let base: [BySide<Value>?] = [.both("A"), .both("B"), .both("C")]

    @Test func `edits of different fields merge into one step a side`() throws {
        let found = try decide(
            base: Self.base,
            erp: ["e_a": "A1", "e_b": "B", "e_c": "C"],
            crm: ["c_a": "A", "c_b": "B2", "c_c": "C"]
        )
        #expect(found.decision.conflicts.isEmpty)
        let toCRM = try #require(found.steps.crm)
        #expect(toCRM.action == .update)
        #expect(toCRM.precondition == "c9")
        #expect(toCRM.coupling == 7)
        #expect(toCRM.label == "10000 Adatum")
        #expect(toCRM.ids == BySide<RecordID?>(erp: Sample.id(1), crm: Sample.id(1, .crm)))
        #expect(toCRM.fields.map(\.target.name) == ["c_a"])
        #expect(
            toCRM.fields.map(\.write) == [
                FieldWrite(field: "e_a|c_a", value: "A1", source: "A1", before: "A", cause: .edit)
            ]
        )
        let toERP = try #require(found.steps.erp)
        #expect(toERP.precondition == "e9")
        #expect(toERP.fields.map(\.target.name) == ["e_b"])
    }

    @Test func `a conflict in one field does not hold up the others`() throws {
        let found = try decide(
            base: Self.base,
            erp: ["e_a": "A1", "e_b": "B1", "e_c": "C"],
            crm: ["c_a": "A2", "c_b": "B", "c_c": "C2"]
        )
        #expect(
            found.decision.conflicts == [
                FieldDifference(field: "e_a|c_a", base: .both("A"), present: BySide(erp: "A1", crm: "A2"))
            ]
        )
        #expect(found.steps.crm?.fields.map(\.write.value) == ["B1"])
        #expect(found.steps.erp?.fields.map(\.write.value) == ["C2"])
    }

    @Test func `the same edit on both sides is an agreement and writes nothing`() throws {
        let found = try decide(
            base: Self.base,
            erp: ["e_a": "N", "e_b": "B", "e_c": "C"],
            crm: ["c_a": "N", "c_b": "B", "c_c": "C"]
        )
        #expect(found.decision.agreements.map(\.present) == [.both("N")])
        #expect(found.steps.erp == nil && found.steps.crm == nil)
    }

    @Test func `nothing seen since the base decides nothing`() throws {
        #expect(try decide(base: Self.base, erp: nil, crm: nil).decision.isUnchanged)
    }

    @Test func `a field that the base lacks is compared anew, the others go on`() throws {
        let found = try decide(
            base: [.both("A"), nil, .both("C")],
            erp: ["e_a": "A1", "e_b": "X", "e_c": "C"],
            crm: ["c_a": "A", "c_b": "Y", "c_c": "C"]
        )
        #expect(found.steps.crm?.fields.map(\.write.value) == ["A1"])
        #expect(found.decision.undecided.map(\.field) == ["e_b|c_b"])
        #expect(found.decision.undecided.first?.base == nil)
    }

    @Test func `a field without base asks to read the side that was not seen`() throws {
        let found = try decide(
            base: [.both("A"), nil, .both("C")],
            erp: ["e_a": "A1", "e_b": "X", "e_c": "C"],
            crm: nil
        )
        #expect(found.decision.unread == BySide(erp: false, crm: true))
        #expect(!found.decision.isUnchanged)
        #expect(found.steps.crm?.fields.map(\.write.value) == ["A1"])
    }

    @Test func `bases and rows of older layouts are read by field`() throws {
        let old = RowLayout(number: 90, fields: ["gone|gone", "e_c|c_c", "e_a|c_a"])
        let oldFeed = RowLayout(number: 91, fields: ["e_c", "e_b", "e_x", "e_a"])
        let found = try decide(base: nil, erp: nil, crm: ["c_a": "A", "c_b": "B", "c_c": "C"]) {
            $0.base = Base(layout: old, values: [.both("?"), .both("C"), .both("A")])
            $0.observed.erp = Sample.row(["e_a": "A", "e_b": "B1", "e_c": "C1"], oldFeed)
        }
        #expect(found.steps.crm?.fields.map(\.write.value) == ["C1"])
        #expect(found.decision.undecided.map(\.field) == ["e_b|c_b"])
    }

    @Test(
        "records that are gone or out of scope are left alone",
        arguments: [
            (SkipReason.erpDeleted, true, false, false, false), (.crmDeleted, false, true, false, false),
            (.outOfScope, false, false, true, false), (.outOfScope, false, false, false, true),
            (.erpDeleted, true, true, true, true),
        ]
    )
    func skips(reason: SkipReason, erpGone: Bool, crmGone: Bool, erpOut: Bool, crmOut: Bool) throws {
        let found = try decide(base: Self.base, erp: ["e_a": "X"], crm: ["c_b": "Y"]) {
            $0.isDeleted = BySide(erp: erpGone, crm: crmGone)
            $0.isOutOfScope = BySide(erp: erpOut, crm: crmOut)
        }
        var expected = PairDecision(coupling: 7)
        expected.skip = reason
        #expect(found.decision == expected)
        #expect(found.steps.erp == nil && found.steps.crm == nil)
    }
}

@Suite("Reconciler: what a person decided")
struct ResolutionTests {
    private func decide(
        _ resolution: Resolution?,
        base: BySide<Value>? = .both("B"),
        erp: Value = "X",
        crm: Value = "Y",
        job: Direction = .bidirectional,
        field: FieldMapping = Sample.field("a")
    ) throws -> PairDecision {
        try OneField(field: field, job: job, resolution: resolution).decide(base: base, erp: erp, crm: crm)
    }

    @Test(arguments: [BySide<Value>.both("B"), nil])
    func `a side's value is taken`(base: BySide<Value>?) throws {
        let erp = try decide(.take(.erp), base: base)
        #expect(
            erp.writes.crm == [FieldWrite(field: "e_a|c_a", value: "X", source: "X", before: "Y", cause: .resolution)]
        )
        #expect(erp.writes.erp.isEmpty && erp.conflicts.isEmpty && erp.undecided.isEmpty)
        let crm = try decide(.take(.crm), base: base)
        #expect(crm.writes.erp.map(\.value) == ["Y"])
        #expect(crm.writes.crm.isEmpty && crm.conflicts.isEmpty && crm.undecided.isEmpty)
    }

    @Test func `a typed value goes to both sides, each in its own form`() throws {
        let field = Sample.field("a", .code(maximum: 10), .text(maximum: 10))
        let found = try decide(.value("SE"), base: .both("NO"), erp: "DK", crm: "fi", field: field)
        #expect(found.writes.erp.map(\.value) == ["SE"])
        #expect(found.writes.crm.map(\.value) == ["SE"])
        #expect(found.writes.erp.map(\.before) == ["DK"])
        #expect(found.writes.crm.map(\.before) == ["fi"])
        #expect(found.conflicts.isEmpty)
    }

    @Test func `a typed value that one side has already goes to the other only`() throws {
        let found = try decide(.value("X"))
        #expect(found.writes.erp.isEmpty)
        #expect(found.writes.crm.map(\.value) == ["X"])
    }

    @Test func `a typed value that both sides have is an agreement`() throws {
        let found = try decide(.value("X"), crm: "X")
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
        #expect(found.agreements.count == 1)
    }

    @Test func `a typed value half of which was written is finished, not undone`() throws {
        // The ERP's write was settled, the CRM's was not: the CRM still holds its old edit.
        let found = try decide(.value("Z"), base: .both("Z"), erp: "Z", crm: "Y")
        #expect(found.writes.crm.map(\.value) == ["Z"])
        #expect(found.writes.erp.isEmpty)
    }

    @Test func `a typed value too long for the other side is reported`() throws {
        let field = Sample.field("a", .text(maximum: 20), .text(maximum: 3))
        let found = try decide(.value("long"), erp: "X", crm: "Y", field: field)
        #expect(found.problems.map(\.message.code) == ["field.tooLong"])
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
    }

    @Test func `a decision that the job may not carry out is kept for another`() throws {
        let found = try decide(.take(.erp), job: .fromIntegrationTable)
        #expect(found.writes.crm.isEmpty && found.conflicts.isEmpty)
        #expect(found.left.erp.count == 1)
        let typed = try decide(.value("Z"), job: .toIntegrationTable)
        #expect(typed.writes.crm.isEmpty && typed.writes.erp.isEmpty)
        #expect(!typed.left.crm.isEmpty)
    }

    @Test func `the side chosen when coupling decides first comparisons only`() throws {
        let program = try Sample.program([Sample.field("a"), Sample.field("b")])
        let input = PairInput(
            coupling: 1,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: Base(layout: program.baseLayout, values: [.both("A"), nil]),
            observed: BySide(
                erp: Sample.row(["e_a": "A1", "e_b": "X"], program.layouts.erp),
                crm: Sample.row(["c_a": "A2", "c_b": "Y"], program.layouts.crm)
            ),
            firstChoice: .crm
        )
        let found = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(found.conflicts.map(\.field) == ["e_a|c_a"])
        #expect(found.writes.erp.map(\.value) == ["Y"])
        #expect(found.writes.erp.map(\.cause) == [.choice])
    }

    @Test func `the other fields' edits still go their way beside a named direction`() throws {
        let one = OneField(field: Sample.field("a"), choice: .erp)
        let found = try one.decide(base: .both("B"), erp: "B", crm: "Y")
        #expect(found.writes.erp.map(\.value) == ["Y"])
        #expect(found.writes.erp.map(\.cause) == [.edit])
    }
}

@Suite("Reconciler: blank sources that leave the target alone")
struct KeepTargetTests {
    private func one(_ direction: Direction, isFull: Bool = false, choice: Side? = nil) -> OneField {
        OneField(
            field: Sample.field("a", direction: direction, keepTargetWhenBlank: true),
            isFull: isFull,
            choice: choice
        )
    }

    @Test(arguments: [Direction.toIntegrationTable, .bidirectional])
    func `clearing the source clears nothing, and is settled`(direction: Direction) throws {
        let found = try one(direction).decide(base: .both("B"), erp: "", crm: "B")
        #expect(found.writes.crm.isEmpty && found.writes.erp.isEmpty)
        #expect(found.agreements.map(\.present) == [BySide(erp: "", crm: "B")])
    }

    @Test func `a first comparison with a blank source asks nobody`() throws {
        for choice in [nil, Side.erp, .crm] {
            let found = try one(.toIntegrationTable, choice: choice).decide(base: nil, erp: "", crm: "Y")
            #expect(found.writes.crm.isEmpty && found.undecided.isEmpty)
            #expect(found.agreements.count == 1)
        }
    }

    @Test func `a full synchronization does not clear the target either`() throws {
        let found = try one(.toIntegrationTable, isFull: true)
            .decide(base: BySide(erp: "", crm: "B"), erp: "", crm: "Y")
        #expect(found.writes.crm.isEmpty && found.drift.isEmpty)
    }

    @Test func `a value that appears in the source is written`() throws {
        let found = try one(.toIntegrationTable).decide(base: BySide(erp: "", crm: "B"), erp: "N", crm: "B")
        #expect(found.writes.crm.map(\.value) == ["N"])
    }
}

@Suite("Reconciler: references")
struct ReferenceDecisionTests {
    static let user = "0a1b2c3d-0000-0000-0000-00000000000f"
    static let other = "0a1b2c3d-0000-0000-0000-0000000000aa"
    static let lookup = FieldType.reference(table: "users", property: "owner@bind")

    private func one(required: Bool, direction: Direction = .bidirectional) -> OneField {
        var table = ReferenceTable()
        table.set(ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "JO"), Self.user)
        table.set(ReferenceTable.Question(mapping: "PEOPLE", source: .crm, value: Self.user), "JO")
        return OneField(
            field: Sample.field(
                "p",
                .code(maximum: 20),
                Self.lookup,
                direction: direction,
                reference: FieldMapping.Reference(mapping: "PEOPLE", erpHoldsKey: true, required: required)
            ),
            references: table
        )
    }

    @Test func `a reference is written as the other side calls the record`() throws {
        let toCRM = try one(required: false).decide(base: BySide(erp: "", crm: .null), erp: "JO", crm: nil)
        #expect(toCRM.writes.crm.map(\.value) == [.text(Self.user)])
        let toERP = try one(required: false)
            .decide(base: BySide(erp: "", crm: .null), erp: nil, crm: .text(Self.user.uppercased()))
        #expect(toERP.writes.erp.map(\.value) == ["JO"])
    }

    @Test func `references to coupled records agree`() throws {
        let found = try one(required: false).decide(base: nil, erp: "JO", crm: .text(Self.user))
        #expect(found.agreements.count == 1)
    }

    @Test func `an optional reference that is not coupled waits alone`() throws {
        let found = try one(required: false).decide(base: BySide(erp: "", crm: .null), erp: "AN", crm: nil)
        #expect(
            found.waits == [
                ReferenceWait(field: "e_p|c_p", mapping: "PEOPLE", source: .erp, value: "AN", required: false)
            ]
        )
        #expect(found.writes.crm.isEmpty)
    }

    @Test func `a required reference that is not coupled holds the record's other writes to that side`() throws {
        let program = try Sample.program([one(required: true).field, Sample.field("a"), Sample.field("b")])
        let input = PairInput(
            coupling: 1,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: Base(layout: program.baseLayout, values: [BySide(erp: "", crm: .null), .both("A"), .both("B")]),
            observed: BySide(
                erp: Sample.row(["e_p": "AN", "e_a": "A1", "e_b": "B"], program.layouts.erp),
                crm: Sample.row(["c_p": .null, "c_a": "A", "c_b": "B1"], program.layouts.crm)
            )
        )
        let found = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(found.waits.map(\.value) == ["AN"])
        #expect(found.writes.crm.isEmpty)
        #expect(found.writes.erp.map(\.value) == ["B1"])
    }

    @Test func `blank and zero references are no references`() throws {
        let cleared = try one(required: true).decide(base: BySide(erp: "JO", crm: .text(Self.user)), erp: "", crm: nil)
        #expect(cleared.writes.crm.map(\.value) == [.null])
        #expect(cleared.waits.isEmpty)
        let zero = try one(required: true)
            .decide(base: BySide(erp: "JO", crm: .text(Self.user)), erp: nil, crm: .text(RecordID.zero.description))
        #expect(zero.writes.erp.map(\.value) == [""])
    }

    @Test func `two references that cannot be compared yet wait, and nobody is asked`() throws {
        let found = try one(required: false).decide(base: nil, erp: "AN", crm: .text(Self.other))
        #expect(found.undecided.isEmpty && found.conflicts.isEmpty)
        #expect(Set(found.waits.map(\.source)) == [.erp, .crm])
    }

    @Test func `two changed references that cannot be compared yet are no conflict`() throws {
        let base = BySide(erp: "OLD", crm: Value.null)
        let found = try one(required: false).decide(base: base, erp: "AN", crm: .text(Self.other))
        #expect(found.conflicts.isEmpty)
        #expect(found.waits.count == 2)
    }

    @Test func `two changed references one of which is known are a conflict`() throws {
        let base = BySide(erp: "OLD", crm: Value.null)
        let found = try one(required: false).decide(base: base, erp: "JO", crm: .text(Self.other))
        #expect(found.conflicts.count == 1)
        #expect(found.waits.isEmpty)
    }

    @Test func `questions name what both sides hold, once, and no blanks`() throws {
        let one = one(required: false)
        let program = try Sample.program([one.field, Sample.field("a")])
        let erp = Sample.row(["e_p": " JO "], program.layouts.erp)
        let crm = Sample.row(["c_p": .text(Self.other.uppercased())], program.layouts.crm)
        let blank = Sample.row(["e_p": "", "c_p": .text(RecordID.zero.description)], program.layouts.crm)
        let ids = BySide(erp: Sample.id(1), crm: Sample.id(1, .crm))
        let based = Base(layout: program.baseLayout, values: [BySide(erp: "BASE", crm: .text(Self.user)), nil])
        let questions = program.referenceQuestions([
            PairInput(coupling: 1, ids: ids, observed: BySide(erp: erp, crm: crm)),
            PairInput(coupling: 2, ids: ids, observed: BySide(erp: erp, crm: blank)),
            PairInput(coupling: 3, ids: ids, base: based),
        ])
        let expected: Set<ReferenceTable.Question> = [
            ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "JO"),
            ReferenceTable.Question(mapping: "PEOPLE", source: .crm, value: Self.other),
            ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "BASE"),
            ReferenceTable.Question(mapping: "PEOPLE", source: .crm, value: Self.user),
        ]
        #expect(questions.couplings == expected)
        #expect(
            program.referenceQuestions(creatingFrom: [erp], source: .erp).couplings
                == [ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "JO")]
        )
    }
}
