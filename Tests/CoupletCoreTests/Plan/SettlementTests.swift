import CoupletCore
import Testing

@Suite("Settlement: what the base becomes")
struct SettlementTests {
    static let fields = [
        Sample.field("a"), Sample.field("n", .decimal, .decimal), Sample.field("b"),
        Sample.field("k", direction: .fromIntegrationTable),
    ]

    private func step(_ writes: [FieldWrite], _ action: Step.Action = .update, target: Side = .crm) -> Step {
        Step(
            mapping: "THING",
            action: action,
            target: target,
            coupling: 1,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            fields: writes.map { write in
                let field = Self.fields.first { $0.id == write.field }?.field(target)
                return Step.Field(target: field ?? FieldMapping.Field("fixed", .integer), write: write)
            },
            precondition: "v",
            label: "x"
        )
    }

    static let write = FieldWrite(field: "e_a|c_a", value: "New", source: "New", before: "A", cause: .edit)

    @Test func `written fields get both sides' values, all others keep theirs`() throws {
        let program = try Sample.program(Self.fields)
        let before: [BySide<Value>?] = [.both("A"), .both(.number("1")), nil, BySide(erp: "", crm: .null)]
        let base = Base(layout: program.baseLayout, values: before)
        let after = Settlement.base(
            applying: step([Self.write]),
            returned: nil,
            to: base,
            source: nil,
            program: program
        )
        #expect(after.values(of: "e_a|c_a") == .both("New"))
        for position in 1..<4 { #expect(after.values(at: position) == before[position]) }
    }

    @Test func `what the target answered is kept in its own spelling`() throws {
        let program = try Sample.program(Self.fields)
        let write = FieldWrite(
            field: "e_n|c_n",
            value: .number("1.50"),
            source: .number("1.50"),
            before: .null,
            cause: .edit
        )
        let row = Sample.row(["c_n": .number("1.5000"), "c_b": "changed beside"], program.layouts.crm).row
        let after = Settlement.base(applying: step([write]), returned: row, to: nil, source: nil, program: program)
        #expect(after.values(of: "e_n|c_n") == BySide(erp: .number("1.50"), crm: .number("1.5000")))
        #expect(after.values(of: "e_b|c_b") == nil)
    }

    @Test func `what the target made of the value is its own edit, never an agreement`() throws {
        let program = try Sample.program(Self.fields)
        let row = Sample.row(["c_a": "NEW!"], program.layouts.crm)
        let base = Settlement.base(
            applying: step([Self.write]),
            returned: row.row,
            to: nil,
            source: nil,
            program: program
        )
        #expect(base.values(of: "e_a|c_a") == .both("New"))
        #expect(!program.isSettled(row, side: .crm, record: .zero, base: base))
        let input = PairInput(
            coupling: 1,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: base,
            observed: BySide(erp: nil, crm: row)
        )
        let next = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: ReferenceTable())
        #expect(next.writes.erp.map(\.value) == ["NEW!"])
    }

    @Test func `a new record's blank fields are settled where both sides are blank`() throws {
        let program = try Sample.program(Self.fields)
        let source = Sample.row(["e_a": "New", "e_n": .number("0"), "e_b": "", "e_k": "K"], program.layouts.erp)
        let returned = Sample.row(
            ["c_a": "New", "c_n": .null, "c_b": "a default of the server", "c_k": .null],
            program.layouts.crm
        )
        let write = FieldWrite(field: "e_a|c_a", value: "New", source: "New", before: .null, cause: .create)
        let fixed = FieldWrite(field: "", value: .number("3"), source: .null, before: .null, cause: .create)
        let after = Settlement.base(
            applying: step([write, fixed], .create),
            returned: returned.row,
            to: nil,
            source: source,
            program: program
        )
        #expect(after.values(of: "e_a|c_a") == .both("New"))
        #expect(after.values(of: "e_n|c_n") == BySide(erp: .number("0"), crm: .null))
        #expect(after.values(of: "e_b|c_b") == nil)
        #expect(after.values(of: "e_k|c_k") == nil)
    }

    @Test func `a change settles its own fields only, whatever else the answer holds`() throws {
        let program = try Sample.program(Self.fields)
        let source = Sample.row(["e_a": "New", "e_n": .number("2"), "e_b": "both", "e_k": "K"], program.layouts.erp)
        let returned = Sample.row(["c_a": "New", "c_n": .number("2"), "c_b": "both", "c_k": "K"], program.layouts.crm)
        let after = Settlement.base(
            applying: step([Self.write]),
            returned: returned.row,
            to: nil,
            source: source,
            program: program
        )
        #expect((0..<4).map { after.values(at: $0) } == [.both("New"), nil, nil, nil])
    }

    @Test func `after a lost answer the fields that hold what was sent are done`() throws {
        let program = try Sample.program(Self.fields)
        let number = FieldWrite(
            field: "e_n|c_n",
            value: .number("1.50"),
            source: .number("1.50"),
            before: .null,
            cause: .edit
        )
        let sent = step([Self.write, number])
        func seen(_ values: [String: Value?]) -> [String]? {
            let row = Sample.row(values, program.layouts.crm).row
            return Settlement.confirmed(sent, by: row, program: program)?.fields.map(\.write.field)
        }
        #expect(seen(["c_a": "New", "c_n": .number("1.5")]) == ["e_a|c_a", "e_n|c_n"])
        #expect(seen(["c_a": "someone else's", "c_n": .number("1.5")]) == ["e_n|c_n"])
        #expect(seen(["c_a": "A", "c_n": .null]) == nil)
    }

    @Test func `agreements record what both sides hold`() throws {
        let program = try Sample.program(Self.fields)
        let base = Base(layout: program.baseLayout, values: [.both("A"), nil, .both("B"), nil])
        let agreed = FieldDifference(field: "e_b|c_b", base: nil, present: BySide(erp: "", crm: .null))
        let after = Settlement.base(agreeing: [agreed], to: base, program: program)
        #expect(after.values(of: "e_b|c_b") == BySide(erp: "", crm: .null))
        #expect(after.values(of: "e_a|c_a") == .both("A"))
    }

    @Test func `a base of an older layout is carried over field by field`() throws {
        let program = try Sample.program(Self.fields)
        let old = RowLayout(number: 50, fields: ["e_b|c_b", "gone|gone", "e_a|c_a"])
        let base = Base(layout: old, values: [.both("B"), .both("?"), .both("A")])
        let after = Settlement.base(
            applying: step([Self.write]),
            returned: nil,
            to: base,
            source: nil,
            program: program
        )
        #expect(after.layout == program.baseLayout)
        #expect(after.values(of: "e_b|c_b") == .both("B"))
        #expect(after.values(of: "e_a|c_a") == .both("New"))
        #expect(after.values(of: "e_n|c_n") == nil)
    }
}
