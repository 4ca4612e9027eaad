import CoupletCore
import Testing

@Suite("Scenarios: mappings and directions")
struct MappingScenarioTests {
    private static func codes(_ mapping: TableMapping) -> [String] {
        MappingValidator.problems(in: [mapping]).map(\.message.code)
    }

    private static func allowed(_ table: Direction, _ field: Direction) -> Direction? {
        let field = Sample.field("no", direction: field)
        return Sample.mapping("THING", [field], direction: table).direction(of: field)
    }

    @Test("S0001 A mapping without fields is refused")
    func noFields() {
        #expect(Self.codes(Sample.mapping("THING", [])) == ["mapping.noFields"])
    }

    @Test("S0375 All fields disabled is the same as none")
    func allDisabled() {
        var field = Sample.field("a")
        field.enabled = false
        #expect(Self.codes(Sample.mapping("THING", [field])) == ["mapping.noFields"])
    }

    @Test("S0401 Table and field both ways")
    func bothWays() {
        let direction = Self.allowed(.bidirectional, .bidirectional)
        #expect(Side.allCases.allSatisfy { direction?.writes(to: $0) == true })
    }

    @Test("S0403 Table and field to the CRM only")
    func toOnly() {
        let direction = Self.allowed(.toIntegrationTable, .toIntegrationTable)
        #expect(direction?.writes(to: .crm) == true)
        #expect(direction?.writes(to: .erp) == false)
    }

    @Test("S0404 A one-way table narrows a field that goes both ways")
    func narrowed() throws {
        #expect(Self.allowed(.toIntegrationTable, .bidirectional) == .toIntegrationTable)
        let one = OneField(field: Sample.field("a"), direction: .toIntegrationTable)
        let found = try one.decide(base: BySide<Value>(erp: "a", crm: "a"), erp: "a", crm: "b")
        #expect(found.writes.erp.isEmpty)
        #expect(found.drift.count == 1)
    }

    @Test("S0405 A field against its table's direction is refused")
    func opposite() {
        let field = Sample.field("a", direction: .fromIntegrationTable)
        let mapping = Sample.mapping("THING", [field], direction: .toIntegrationTable)
        #expect(mapping.direction(of: field) == nil)
        #expect(Self.codes(mapping) == ["mapping.fieldDirection"])
    }

    @Test("S0096 The filter keeps service products out of the items")
    func servicesStayOut() throws {
        var mapping = Sample.mapping("THING", [Sample.field("a")])
        mapping.crm.filter = try RecordFilter(parsing: "c_type = 1", in: FilterContext(side: .crm))
        let program = try Sample.program(mapping)
        let rows = ["1", "3"].map { Sample.row(["c_type": .number($0)], program.layouts.crm) }
        #expect(rows.map { program.isInScope($0, side: .crm) } == [true, false])
    }

    @Test("S0263 A coupled record outside the filter is left alone")
    func outside() throws {
        var mapping = Sample.mapping("THING", [Sample.field("a")])
        mapping.erp.filter = try RecordFilter(parsing: "e_type = Person", in: FilterContext(side: .erp))
        let program = try Sample.program(mapping)
        let row = Sample.row(["e_type": "Company", "e_a": "new"], program.layouts.erp)
        let one = OneField(field: mapping.fields[0])
        var input = one.input(program, base: BySide<Value>(erp: "a", crm: "a"), erp: nil, crm: "a")
        input.observed.erp = row
        input.isOutOfScope.erp = !program.isInScope(row, side: .erp)
        let reconciler = Reconciler(program: program, direction: .bidirectional, isFull: true)
        let found = reconciler.decide(input, references: ReferenceTable())
        #expect(found.skip == .outOfScope)
        #expect(found.writes.crm.isEmpty)
        #expect(found.problems.isEmpty)
    }

    @Test("S0346 A blank source may leave the target of any field as it is")
    func keepsTarget() throws {
        let field = Sample.field("a", direction: .toIntegrationTable, keepTargetWhenBlank: true)
        let one = OneField(field: field, direction: .toIntegrationTable)
        let found = try one.decide(base: BySide<Value>(erp: "a", crm: "a"), erp: "", crm: "a")
        #expect(found.writes.crm.isEmpty)
        #expect(Self.codes(Sample.mapping("THING", [field])) == [])
    }

    @Test(
        "A mapping needs a name and tables",
        arguments: [
            ("S0648", "mapping.withoutName"), ("S0649", "mapping.withoutTable"), ("S0775", "mapping.withoutName"),
        ]
    )
    func nameless(scenario: String, code: String) {
        let mapping = Sample.mapping(code == "mapping.withoutName" ? " " : "THING", [Sample.field("a")]) { mapping in
            if code == "mapping.withoutTable" { mapping.crm.table = "" }
        }
        #expect(Self.codes(mapping) == [code], "\(scenario)")
    }

    @Test("S0055 Without fields, or with fields that were not read, nothing is begun")
    func notRead() throws {
        #expect(Self.codes(Sample.mapping("THING", [])) == ["mapping.noFields"])
        let mapping = Sample.mapping("THING", [Sample.field("a")])
        let whole = try Sample.program(mapping)
        let nothing = RowLayout(number: 9, fields: [])
        let lacking = [
            (BySide(erp: nothing, crm: whole.layouts.crm), whole.baseLayout),
            (BySide(erp: whole.layouts.erp, crm: nothing), whole.baseLayout), (whole.layouts, nothing),
        ]
        for (layouts, base) in lacking {
            let error = #expect(throws: CoupletError.self) {
                try MappingProgram(mapping: mapping, layouts: layouts, baseLayout: base)
            }
            #expect(error?.message.code == "mapping.fieldNotRead")
        }
    }

    @Test("S0677 Mappings that refer to each other and to themselves are worked once each")
    func cycle() throws {
        func referring(_ name: String, to others: [String]) -> TableMapping {
            let fields = others.map { other in
                Sample.field(
                    "r" + other,
                    reference: FieldMapping.Reference(mapping: other, erpHoldsKey: true, required: false)
                )
            }
            return Sample.mapping(name, [Sample.field("a")] + fields)
        }
        let mappings = [referring("A", to: ["A", "B"]), referring("B", to: ["A"])]
        #expect(MappingValidator.problems(in: mappings) == [])
        #expect(try StepOrdering.ordered(mappings).map(\.name).sorted() == ["A", "B"])
        #expect(mappings.map(StepOrdering.predecessors(of:)) == [["B"], ["A"]])
    }

    @Test("S0657 A changed number is a change of its field, and the coupling stays")
    func rename() throws {
        let one = OneField(field: Sample.field("no", .code(maximum: 20), direction: .toIntegrationTable))
        let found = try one.decide(base: BySide<Value>(erp: "A1", crm: "A1"), erp: "A2", crm: "A1")
        #expect(found.writes.crm.map(\.value) == ["A2"])
        #expect(found.skip == nil)
    }
}
