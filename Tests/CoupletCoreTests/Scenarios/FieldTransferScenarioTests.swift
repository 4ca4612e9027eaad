import CoupletCore
import Testing

@Suite("Scenarios: field transfer and transformation")
struct FieldTransferScenarioTests {
    private static let settled = BySide<Value>(erp: "a", crm: "a")

    private func create(
        _ fields: [FieldMapping],
        _ values: [String: Value?],
        _ templates: [RecordTemplate]
    ) throws -> [String: Value] {
        let mapping = Sample.mapping("THING", fields) { $0.erp.templates = templates }
        let program = try Sample.program(mapping)
        let decision = CreatePlanner(program: program, target: .erp).decide(
            source: Sample.row(values, program.layouts.crm),
            id: Sample.id(1, .crm),
            references: ReferenceTable(),
            newID: nil,
            naturalKey: nil,
            label: "new"
        )
        guard case .step(let step) = decision else { return [:] }
        return Dictionary(uniqueKeysWithValues: step.fields.map { ($0.target.name, $0.write.value) })
    }

    private func template(_ location: Value, fax: String? = nil, priority: Int = 0) -> RecordTemplate {
        RecordTemplate(
            filter: fax.map { .compare(field: "c_fax", .equal, .text($0)) } ?? .everything,
            priority: priority,
            values: [TableMapping.TemplateValue(field: FieldMapping.Field("e_location", Sample.text), value: location)]
        )
    }

    @Test("S0021 A template fills fields that are not mapped when a record is created")
    func templateFills() throws {
        let values = try create([Sample.field("name")], ["c_name": "Åre"], [template("X")])
        #expect(values == ["e_name": "Åre", "e_location": "X"])
    }

    @Test("S0023 The template whose filter fits the source is chosen")
    func templateByFilter() throws {
        let templates = [template("ONE", fax: "123"), template("TWO", fax: "456")]
        #expect(
            try create([Sample.field("name")], ["c_name": "Åre", "c_fax": "123"], templates)["e_location"] == "ONE"
        )
        #expect(
            try create([Sample.field("name")], ["c_name": "Åre", "c_fax": "456"], templates)["e_location"] == "TWO"
        )
        #expect(try create([Sample.field("name")], ["c_name": "Åre", "c_fax": "9"], templates)["e_location"] == nil)
    }

    @Test("S0024 Of several templates that fit, the lowest priority number wins")
    func templateByPriority() throws {
        let templates = [template("TWO", priority: 2), template("ONE", priority: 1)]
        #expect(try create([Sample.field("name")], ["c_name": "Åre"], templates)["e_location"] == "ONE")
    }

    @Test("S0054 Only what differs is written, also in a full synchronization")
    func onlyDifferences() throws {
        var one = OneField(field: Sample.field("a"))
        #expect(try one.decide(base: Self.settled, erp: "a", crm: "a").isUnchanged)
        #expect(try one.decide(base: Self.settled, erp: "b", crm: "a").writes.crm.map(\.value) == ["b"])
        one.isFull = true
        #expect(try one.decide(base: Self.settled, erp: "a", crm: "a").isUnchanged)
    }

    @Test("S0057 A difference in data that is not mapped is no change")
    func unmapped() throws {
        var mapping = Sample.mapping("THING", [Sample.field("a")])
        mapping.erp.modifiedField = "e_modified"
        let program = try Sample.program(mapping)
        var input = OneField(field: mapping.fields[0]).input(program, base: Self.settled, erp: nil, crm: nil)
        input.observed.erp = Sample.row(["e_a": "a", "e_modified": "2026-01-31T10:00:00Z"], program.layouts.erp)
        let reconciler = Reconciler(program: program, direction: .bidirectional, isFull: false)
        #expect(reconciler.decide(input, references: ReferenceTable()).isUnchanged)
    }

    @Test("S0058 A target edit of a one-way field is drift, never a conflict")
    func oneWayDifference() throws {
        let one = OneField(field: Sample.field("a", direction: .toIntegrationTable))
        let found = try one.decide(base: Self.settled, erp: "a", crm: "b")
        #expect(found.drift.count == 1)
        #expect(found.conflicts.isEmpty)
    }

    @Test("S0061 A two-way field that is as it was says nothing")
    func unchanged() throws {
        #expect(try OneField(field: Sample.field("a")).decide(base: Self.settled, erp: "a", crm: "a").isUnchanged)
    }

    @Test("S0374 Enabled fields go to a new record, disabled ones do not, and a long code is cut where a rule says so")
    func enabledFields() throws {
        var code = Sample.field("iso", .text(maximum: 5), .code(maximum: 10), direction: .fromIntegrationTable)
        code.rules = FieldRules(fromCRM: [.substring(.position(1), .length(5))])
        var disabled = Sample.field("note")
        disabled.enabled = false
        let values: [String: Value?] = ["c_iso": "SEKRONOR", "c_symbol": "kr", "c_note": "never"]
        #expect(
            try create([code, Sample.field("symbol"), disabled], values, []) == ["e_iso": "SEKRO", "e_symbol": "kr"]
        )
    }

    @Test("S0413 New salespeople get codes that are not blank and differ")
    func newCodes() {
        let pattern = TableMapping.KeyPattern(prefix: "SP-", digits: 5)
        let codes = [1, 2].map(pattern.key)
        #expect(codes == ["SP-00001", "SP-00002"])
    }

    @Test("S0584 A unit group is called by a prefix and its code", arguments: ["KM", "BRONTOZAUR", "NAV"])
    func unitGroupName(_ code: String) throws {
        var field = Sample.field("unit", .code(maximum: 10))
        field.rules = FieldRules(fromERP: [.addPrefix("NAV ")])
        let one = OneField(field: field)
        #expect(
            try one.decide(base: nil, erp: .text(code), crm: .null).writes.crm.map(\.value) == [.text("NAV \(code)")]
        )
        #expect(try one.decide(base: nil, erp: "", crm: .text("NAV \(code)")).writes.erp.map(\.value) == [.text(code)])
    }

    @Test("S0274 A code becomes the number of a choice by a table, and comes back")
    func codeToChoice() throws {
        var field = Sample.field("agent", .code(maximum: 10), .option)
        field.rules = FieldRules(fromERP: [
            .translate(TranslationTable(rows: [TranslationTable.Row(erp: "WILLCALL", crm: "7")]))
        ])
        let one = OneField(field: field)
        #expect(try one.decide(base: nil, erp: "WILLCALL", crm: .null).writes.crm.map(\.value) == [.number("7")])
        #expect(try one.decide(base: nil, erp: "", crm: .number("7")).writes.erp.map(\.value) == ["WILLCALL"])
        let unknown = try one.decide(base: nil, erp: "OTHER", crm: .null)
        #expect(unknown.problems.map(\.message.code) == ["rule.unlisted"])
    }
}
