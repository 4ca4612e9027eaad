import CoupletCore
import Testing

@Suite("Transformation rules of fields")
struct FieldRulesTests {
    private static func field(
        _ erp: FieldType = Sample.text,
        _ crm: FieldType = Sample.text,
        _ direction: Direction = .bidirectional,
        fromERP: [TransformationRule]? = nil,
        fromCRM: [TransformationRule]? = nil
    ) -> FieldMapping {
        var field = Sample.field("a", erp, crm, direction: direction)
        field.rules = FieldRules(fromERP: fromERP, fromCRM: fromCRM)
        return field
    }

    private static let prefixed = field(.code(maximum: 20), fromERP: [.addPrefix("SE-")])

    @Test func `An edit goes through the rules, and back through their inverse`() throws {
        let one = OneField(field: Self.prefixed)
        let base = BySide<Value>(erp: "10", crm: "SE-10")
        let toCRM = try one.decide(base: base, erp: "20", crm: "SE-10")
        #expect(toCRM.writes.crm.map(\.value) == ["SE-20"])
        #expect(toCRM.writes.crm.map(\.source) == ["20"])
        let toERP = try one.decide(base: base, erp: "10", crm: "SE-30")
        #expect(toERP.writes.erp.map(\.value) == ["30"])
    }

    @Test func `What a rule wrote comes back as no change`() throws {
        let one = OneField(field: Self.prefixed)
        let written = BySide<Value>(erp: "20", crm: "SE-20")
        #expect(try one.decide(base: written, erp: "20", crm: "SE-20").isUnchanged)
    }

    @Test func `Edits on both sides that mean the same by the rules are an agreement`() throws {
        let one = OneField(field: Self.prefixed)
        let base = BySide<Value>(erp: "10", crm: "SE-10")
        let same = try one.decide(base: base, erp: "20", crm: "SE-20")
        #expect(same.agreements.map(\.field) == [one.field.id])
        let other = try one.decide(base: base, erp: "20", crm: "SE-30")
        #expect(other.conflicts.map(\.field) == [one.field.id])
    }

    @Test func `Without a base, values that correspond by the rules need no question`() throws {
        let one = OneField(field: Self.prefixed)
        #expect(try one.decide(base: nil, erp: "10", crm: "SE-10").agreements.count == 1)
        #expect(try one.decide(base: nil, erp: "10", crm: "10").undecided.count == 1)
        #expect(try one.decide(base: nil, erp: "10", crm: "").writes.crm.map(\.value) == ["SE-10"])
    }

    @Test func `A value without a result is reported with the field, and nothing is written`() throws {
        let one = OneField(field: Self.prefixed)
        let found = try one.decide(base: BySide<Value>(erp: "10", crm: "SE-10"), erp: "10", crm: "30")
        #expect(found.writes.erp.isEmpty)
        #expect(
            found.problems.map(\.message) == [
                Message("rule.noPrefix", ["field": "e_a", "value": "30", "prefix": "SE-"])
            ]
        )
    }

    @Test func `A value that would not come back is reported`() throws {
        let field = Self.field(fromERP: [.replace("a", with: "b")])
        let found = try OneField(field: field).decide(base: BySide<Value>(erp: "x", crm: "x"), erp: "ab", crm: "x")
        #expect(found.problems.map(\.message.code) == ["field.noRoundTrip"])
    }

    @Test func `Rules work on the text of numbers and days, and their results on the target's type`() throws {
        let day = Self.field(.date, .text(maximum: 20), fromERP: [.writeDate(DatePattern("dd.MM.yyyy"))])
        let found = try OneField(field: day).decide(
            base: BySide<Value>(erp: "2024-01-01", crm: "01.01.2024"),
            erp: "2024-01-01",
            crm: "29.02.2024"
        )
        #expect(found.writes.erp.map(\.value) == ["2024-02-29"])
        let price = Self.field(.decimal, .decimal, .toIntegrationTable, fromERP: [.round(to: "0.1", .nearest)])
        let rounded = try OneField(field: price, direction: .toIntegrationTable).decide(
            base: BySide<Value>(erp: .number("1"), crm: .number("1")),
            erp: .number("1.250"),
            crm: .number("1")
        )
        #expect(rounded.writes.crm.map(\.value) == [.number("1.3")])
    }

    @Test func `A result that is too long is reported like any other text`() throws {
        let field = Self.field(.text(maximum: 20), .text(maximum: 5), fromERP: [.addPrefix("SE-")])
        let found = try OneField(field: field).decide(base: nil, erp: "1234", crm: "")
        #expect(found.problems.map(\.message.code) == ["field.tooLong"])
    }

    @Test func `A new record gets what the rules make, and nothing where they leave nothing`() throws {
        let cleared = Self.field(
            Sample.text,
            Sample.text,
            .toIntegrationTable,
            fromERP: [.replace("NOTPROVIDED", with: "")]
        )
        let program = try Sample.program(
            [Self.prefixed, cleared].enumerated().map { index, field in
                var field = field
                field.erp.name = "e_\(index)"
                field.crm.name = "c_\(index)"
                return field
            }
        )
        let source = Sample.row(["e_0": "10", "e_1": "NOTPROVIDED"], program.layouts.erp)
        let decision = CreatePlanner(program: program, target: .crm).decide(
            source: source,
            id: Sample.id(1),
            references: ReferenceTable(),
            newID: nil,
            naturalKey: nil,
            label: "10"
        )
        guard case .step(let step) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(step.fields.map(\.target.name) == ["c_0"])
        #expect(step.fields.map(\.write.value) == ["SE-10"])
    }

    @Test(
        "A mapping whose two-way rules do not lead back is refused, with the values",
        arguments: [
            (field(fromERP: [.uppercase]), "mapping.ruleRoundTrip"), (field(fromERP: [.trim]), "mapping.ruleRoundTrip"),
            (field(.decimal, .decimal, fromERP: [.round(to: "0.5", .nearest)]), "mapping.ruleRoundTrip"),
            (field(fromERP: [.addPrefix("A")], fromCRM: []), "mapping.ruleRoundTrip"),
            (field(fromERP: [.substring(.position(1), .length(3))]), "mapping.ruleWithoutInverse"),
            (field(fromERP: [.extractMatches("\\d")]), "mapping.ruleWithoutInverse"),
            (
                field(fromERP: [
                    .translate(
                        TranslationTable(rows: [
                            TranslationTable.Row(erp: "SE", crm: "Norden"),
                            TranslationTable.Row(erp: "NO", crm: "Norden"),
                        ])
                    )
                ]), "mapping.ruleRoundTrip"
            ), (field(fromERP: [.replace("", with: "x")]), "rule.emptyText"),
            (
                field(Sample.text, Sample.text, .fromIntegrationTable, fromERP: [.extractMatches("x")]),
                "mapping.ruleWithoutInverse"
            ),
        ]
    )
    func refused(_ field: FieldMapping, _ code: String) {
        let problems = MappingValidator.problems(in: [Sample.mapping("THING", [field])])
        #expect(problems.map(\.message.code) == [code])
        #expect(problems.first?.message.arguments["field"] == field.id)
        guard code == "mapping.ruleRoundTrip" else { return }
        #expect(problems.first?.message.arguments["value"]?.isEmpty == false)
        #expect(problems.first?.message.arguments["converted"]?.isEmpty == false)
    }

    @Test(
        "A mapping whose rules lead back, or flow one way, is accepted",
        arguments: [
            prefixed, field(.code(maximum: 20), fromERP: [.uppercase, .trim]),
            field(fromERP: [.addSuffix("!"), .addPrefix("?")]),
            field(.date, fromERP: [.writeDate(DatePattern("dd.MM.yyyy"))]),
            field(.text(maximum: 20), .decimal, fromERP: [.readDecimal(.swedish)]),
            field(.dateTime, fromERP: [.writeTime(DatePattern("yyyy-MM-dd HH:mm:ss.fff"), .utc)]),
            field(fromERP: [.translate(TransformationRuleTests.countries)]),
            field(Sample.text, Sample.text, .toIntegrationTable, fromERP: [.extractMatches("\\d"), .uppercase]),
            field(Sample.text, Sample.text, .fromIntegrationTable, fromCRM: [.titleCase]),
        ]
    )
    func accepted(_ field: FieldMapping) {
        #expect(MappingValidator.problems(in: [Sample.mapping("THING", [field])]) == [])
    }

    @Test func `References have no rules`() {
        var field = Sample.field(
            "a",
            reference: FieldMapping.Reference(mapping: "THING", erpHoldsKey: true, required: false)
        )
        field.rules = FieldRules(fromERP: [.uppercase])
        let problems = MappingValidator.problems(in: [Sample.mapping("THING", [field])])
        #expect(problems.map(\.message.code) == ["mapping.ruleOnReference"])
    }
}
