import CoupletCore
import Testing

@Suite("Creating counterparts")
struct CreatePlannerTests {
    private func reference(required: Bool) -> FieldMapping {
        Sample.field(
            "p",
            .code(maximum: 20),
            .reference(table: "users", property: "owner"),
            reference: FieldMapping.Reference(mapping: "PEOPLE", erpHoldsKey: true, required: required)
        )
    }

    private func decide(
        _ fields: [FieldMapping],
        _ values: [String: Value?],
        target: Side = .crm,
        references: ReferenceTable = ReferenceTable(),
        newID: RecordID? = nil,
        naturalKey: String? = nil,
        configure: (inout TableMapping) -> Void = { _ in }
    ) throws -> CreatePlanner.Decision {
        let program = try Sample.program(Sample.mapping("THING", fields, configure: configure))
        let source = Sample.row(values, program.layouts[target.other])
        return CreatePlanner(program: program, target: target).decide(
            source: source,
            id: Sample.id(4, target.other),
            references: references,
            newID: newID,
            naturalKey: naturalKey,
            label: "10000 Adatum"
        )
    }

    @Test func `a create carries what the source has, in the target's form, and no blanks`() throws {
        let fields = [
            Sample.field("a"), Sample.field("b"), Sample.field("s", .text(maximum: 9), .code(maximum: 9)),
            Sample.field("o", direction: .fromIntegrationTable), Sample.field("t", direction: .toIntegrationTable),
        ]
        let values: [String: Value?] = ["e_a": "Adatum", "e_b": "", "e_s": "se", "e_o": "never", "e_t": "one way"]
        let decision = try decide(fields, values, newID: Sample.id(9, .crm)) {
            $0.crm.template = [
                TableMapping.TemplateValue(field: FieldMapping.Field("c_kind", .integer), value: .number("3")),
                TableMapping.TemplateValue(field: FieldMapping.Field("c_a", Sample.text), value: "template"),
                TableMapping.TemplateValue(field: FieldMapping.Field("c_b", Sample.text), value: "filled"),
            ]
        }
        guard case .step(let step) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(step.action == .create && step.target == .crm && step.coupling == nil && step.precondition.isEmpty)
        #expect(step.ids == BySide<RecordID?>(erp: Sample.id(4), crm: Sample.id(9, .crm)))
        #expect(step.fields.map(\.target.name) == ["c_a", "c_s", "c_t", "c_kind", "c_b"])
        #expect(step.fields.map(\.write.value) == ["Adatum", "SE", "one way", .number("3"), "filled"])
        #expect(step.fields.map(\.write.field) == ["e_a|c_a", "e_s|c_s", "e_t|c_t", "", ""])
        #expect(step.fields.allSatisfy { $0.write.cause == .create && $0.write.before == .null })
    }

    @Test func `a key of ours stands in the target's key field`() throws {
        let decision = try decide([Sample.field("a")], ["c_a": "Jo"], target: .erp, naturalKey: "SP-00001")
        guard case .step(let step) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(step.naturalKey == "SP-00001")
        #expect(step.fields.map(\.target.name) == ["e_a", "e_key"])
        #expect(step.fields.last?.write.value == "SP-00001")
        #expect(step.ids == BySide<RecordID?>(erp: nil, crm: Sample.id(4, .crm)))
    }

    @Test func `a value with no form on the other side keeps the record from being created without it`() throws {
        let fields = [
            Sample.field("a", .text(maximum: 20), .text(maximum: 3)), Sample.field("b", Sample.text, .decimal),
        ]
        let decision = try decide(fields, ["e_a": "long", "e_b": "no number"])
        guard case .problems(let problems) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(problems.map(\.message.code) == ["field.tooLong", "field.notANumber"])
    }

    @Test func `a field missing from the answer keeps the record from being created without it`() throws {
        let decision = try decide([Sample.field("a"), Sample.field("b")], ["e_a": "x", "e_b": Value?.none])
        guard case .problems(let problems) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(problems.map(\.message.code) == ["field.notInAnswer"])
    }

    @Test func `a required reference is waited for, an optional one left out`() throws {
        let values: [String: Value?] = ["e_p": "JO", "e_a": "x"]
        let waiting = try decide([reference(required: true), Sample.field("a")], values)
        guard case .waits(let waits) = waiting else { return #expect(Bool(false), "\(waiting)") }
        #expect(waits.map(\.value) == ["JO"])
        let going = try decide([reference(required: false), Sample.field("a")], values)
        guard case .step(let step) = going else { return #expect(Bool(false), "\(going)") }
        #expect(step.fields.map(\.target.name) == ["c_a"])
        var table = ReferenceTable()
        table.set(ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "JO"), "the-user")
        let whole = try decide([reference(required: true), Sample.field("a")], values, references: table)
        guard case .step(let step) = whole else { return #expect(Bool(false), "\(whole)") }
        #expect(step.fields.map(\.write.value) == ["the-user", "x"])
    }
}
